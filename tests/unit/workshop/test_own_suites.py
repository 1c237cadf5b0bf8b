"""Evals that a kit measures by its own code, held to their floors and ceilings."""

from pathlib import Path

from kitwright.kit import load_kit
from kitwright.workshop.suites import own_suites
from unit.bot.museum import write_museum

CODE = '''"""Figures."""


def figures() -> dict[str, float]:
    """Two figures."""
    return {"right": 0.8, "slow": 3.0}
'''
EVALS = "{house: {function: figures.figures, floors: {right: 0.9, known: 0.1}, ceilings: {slow: 2}}}"


def test_figures_are_held_to_floors_and_ceilings(tmp_path: Path) -> None:
    write_museum(tmp_path)
    kit = tmp_path / "kits" / "museum"
    (kit / "figures.py").write_text(CODE, encoding="utf-8")
    manifest = (kit / "kit.yaml").read_text("utf-8")
    assert "code:" in manifest
    (kit / "kit.yaml").write_text(manifest.replace("code:", f"code:\n  evals: {EVALS}"), encoding="utf-8")
    (result,) = own_suites(load_kit("museum", kit_paths=[tmp_path / "kits"]))
    assert result.suite == "house"
    assert result.metrics == {"right": 0.8, "slow": 3.0}
    assert result.misses == (
        "house: right is 0.800, the floor is 0.9",
        "house: known is missing, the floor is 0.1",
        "house: slow is 3.000, the ceiling is 2.0",
    )
