"""Every kind of fault is found in a damaged kit, at its file and line; and all of them in one go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kitwright.errors import Fault, FaultsFound
from kitwright.kit import load_kit

Edit = Callable[[str, str, str], None]


@dataclass(frozen=True)
class Seed:
    """A fault to put in, and how it must be reported.

    `where` is text on the line that the fault must point at, or None for a fault without a line; a seed that
    is `alone` hides others, so it is left out where all come together.
    """

    name: str
    edits: tuple[dict[str, str], ...]
    code: str
    file: str
    says: str
    where: str | None = None
    alone: bool = False

    def put_in(self, root: Path) -> None:
        for edit in self.edits:
            path = root / edit["file"]
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            assert edit["old"] in text, f"{path.name} has no {edit['old']!r}"
            path.write_text(text.replace(edit["old"], edit["new"], 1), encoding="utf-8")

    def is_reported(self, root: Path, faults: list[Fault]) -> bool:
        place = f"kits/museum/{self.file}"
        if self.where is not None:
            lines = (root / self.file).read_text(encoding="utf-8").split("\n")
            place += f":{next(number for number, line in enumerate(lines, start=1) if self.where in line)}"
        return any(
            fault.code == self.code
            and (fault.place == place or fault.place.startswith(f"{place} "))
            and self.says in fault.line()
            for fault in faults
        )


SEEDS = [Seed(**entry) for entry in yaml.safe_load(Path(__file__).with_name("seeded_faults.yml").read_text())]


def faults_of(root: Path) -> list[Fault]:
    with pytest.raises(FaultsFound) as caught:
        load_kit("museum", kit_paths=[root.parent], with_code=True)
    return list(caught.value.faults)


def test_the_undamaged_kit_has_no_faults(root: Path) -> None:
    kit = load_kit("museum", kit_paths=[root.parent], with_code=True)
    assert kit.name == "museum"


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_a_seeded_fault_is_reported_at_its_place(seed: Seed, root: Path) -> None:
    seed.put_in(root)
    faults = faults_of(root)
    assert seed.is_reported(root, faults), "\n".join(fault.line() for fault in faults)


def test_all_faults_of_one_kit_are_reported_at_once(root: Path) -> None:
    seeds = [seed for seed in SEEDS if not seed.alone]
    assert len(seeds) >= 20
    for seed in seeds:
        seed.put_in(root)
    faults = faults_of(root)
    missed = [seed.name for seed in seeds if not seed.is_reported(root, faults)]
    assert not missed, "\n".join([*missed, *(fault.line() for fault in faults)])


@pytest.mark.parametrize("content", [b"name: caf\xe9\n", b"flows: {}\0\n"])
def test_a_file_that_is_not_text_is_reported(root: Path, content: bytes) -> None:
    (root / "flows.yml").write_bytes(content)
    (fault, *_) = faults_of(root)
    assert (fault.code, fault.place) == ("KW102", "kits/museum/flows.yml:1")


def test_an_unreadable_file_causes_no_faults_elsewhere(root: Path, edit: Edit) -> None:
    edit("domain.yml", "intents: [", "intents: [[")
    assert {fault.place.partition(":")[0] for fault in faults_of(root)} == {"kits/museum/domain.yml"}


def test_a_layer_with_one_variant_is_reported(root: Path) -> None:
    (root / "prompts/persona.clerk.md.j2").unlink()
    (fault,) = faults_of(root)
    assert fault.code == "KW111"
    assert "'persona' has 1 of at least 2" in fault.problem


def test_an_empty_knowledge_folder_is_reported(root: Path) -> None:
    for path in (root / "knowledge/visit").iterdir():
        path.unlink()
    codes = {fault.code for fault in faults_of(root)}
    assert "KW103" in codes


def test_a_circle_with_a_way_out_is_no_fault(root: Path, edit: Edit) -> None:
    edit(
        "flows.yml",
        "              - action: utter_closed\n                next: END",
        "              - link: plan_visit",
    )
    assert load_kit("museum", kit_paths=[root.parent]).flows["plan_visit"].steps[-1].branches()


FILES = ("kit.yaml", "domain.yml", "flows.yml", "nlu.yml", "guard.yaml", "privacy.yaml", "tests/visit.yml")
SCRAPS = [
    "name: x",
    "- a",
    "  b: [",
    "nlu:",
    "- intent: greet",
    "  examples: |",
    "    - [a](b",
    "? ",
    "&a *a",
    "!!int x",
    "version: '3.1'",
    "flows:",
    "  f: {description: d, steps: [{collect: x, next: [{if: '((', then: END}, {else: [{link: f}]}]}]}",
    "\t",
    "1e999: .nan",
    '"\\ud800"',
]
YAMLISH = st.lists(st.one_of(st.sampled_from(SCRAPS), st.text(max_size=20)), max_size=8).map("\n".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(FILES), text=YAMLISH)
def test_no_text_in_a_file_raises_anything_but_faults(root: Path, file: str, text: str) -> None:
    sound = (root / file).read_bytes()
    faults: Sequence[Fault] = ()
    try:
        (root / file).write_text(text, encoding="utf-8")
        load_kit("museum", kit_paths=[root.parent])
    except FaultsFound as error:
        faults = error.faults
    finally:
        (root / file).write_bytes(sound)
    assert all(fault.place.startswith("kits/museum/") for fault in faults)
