"""Writes the generated parts of documents: JSON Schemas, and tables between markers in README.md.

Run `make docs`; `make check` runs it with `--check`, which writes nothing and fails where something is stale.
"""

import re
import sys
from pathlib import Path

import typer

from kitwright.cli.main import app
from kitwright.errors import CATALOGUE
from kitwright.kit import find_bots, load_bot_file, load_kit, schema_files

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "core" / "kitwright" / "kit" / "schemas"
MARKED = re.compile(r"(<!-- (?P<name>[a-z]+):start -->\n).*?(<!-- (?P=name):end -->)", re.DOTALL)


def commands() -> str:
    """Every command with the first line of its help."""
    rows = [f"| `kitwright {path}` | {text} |" for path, text in _walk(typer.main.get_command(app), "")]
    return "\n".join(["| command | what it does |", "|---|---|", *rows])


def _walk(command: object, path: str) -> list[tuple[str, str]]:
    children = getattr(command, "commands", None)
    if children:
        return [row for name, child in children.items() for row in _walk(child, f"{path} {name}".strip())]
    return [(path, str(getattr(command, "help", "")).split("\n")[0])]


def bots() -> str:
    """The shipped bots and what their kits hold."""
    rows = [
        "| bot | kit | intents | utterances | flows | tools | passages | tests |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in sorted(find_bots()):
        kit = load_kit(load_bot_file(name).kit)
        counts = (kit.domain.intents, kit.nlu.examples, kit.flows, kit.code.tools, kit.passages, kit.tests)
        rows.append(f"| `{name}` | {kit.manifest.title} | {' | '.join(str(len(c)) for c in counts)} |")
    return "\n".join(rows)


def errors() -> str:
    """The catalogue of error codes."""
    return "\n".join(["| code | meaning |", "|---|---|", *(f"| {code} | {text} |" for code, text in CATALOGUE.items())])


PARTS = {"commands": commands, "bots": bots, "errors": errors}


def wanted_files() -> dict[Path, str]:
    """Path to the content it should have."""
    files = {SCHEMAS / name: text for name, text in schema_files().items()}
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        files[ROOT / name] = MARKED.sub(lambda m: f"{m[1]}{PARTS[m['name']]()}\n{m[3]}", text)
    return files


def main() -> int:
    """Write what is stale, or with `--check` only say so."""
    stale = [
        (path, text)
        for path, text in wanted_files().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path, text in stale:
        sys.stderr.write(f"stale: {path.relative_to(ROOT)}; run: make docs\n")
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
