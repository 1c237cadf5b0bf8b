"""`kitwright kits` and `kitwright kit new|check|show`: find, write, check and describe kits."""

from pathlib import Path
from typing import Annotated

import typer

from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import note, print_json, print_table
from kitwright.errors import FaultsFound

app = typer.Typer(help="Write, check and describe a kit.", no_args_is_help=True)
KitName = Annotated[str, typer.Argument(metavar="KIT", help="Name of a kit; `kitwright kits` lists them.")]


def kits(kit_path: KitPathOption = None, as_json: JsonOption = False) -> None:
    """List the kits that are found.

    Example: kitwright kits
    """
    from kitwright.kit import find_kits

    found = find_kits(kit_path or ())
    if as_json:
        print_json([{"name": name, "path": str(path)} for name, path in sorted(found.items())])
    else:
        print_table(("kit", "folder"), [(name, str(path)) for name, path in sorted(found.items())])


@app.command("check")
def check(kit: KitName, kit_path: KitPathOption = None, as_json: JsonOption = False) -> None:
    """Check every file of a kit; all faults are named, with file and line. Exit code 1 if there are any.

    Example: kitwright kit check clothing_support
    """
    from kitwright.kit import load_kit

    try:
        load_kit(kit, kit_paths=kit_path or (), with_code=True)
    except FaultsFound as error:
        if not as_json:
            note(f"{len(error.faults)} fault{'s' if len(error.faults) != 1 else ''} in kit {kit}")
            raise
        print_json({"kit": kit, "ok": False, "faults": [fault.as_dict() for fault in error.faults]})
        raise typer.Exit(1) from None
    if as_json:
        print_json({"kit": kit, "ok": True, "faults": []})
    else:
        print(f"kit {kit} is sound")


@app.command("new")
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Lower-case letters, digits and underscores.")],
    from_kit: Annotated[str | None, typer.Option("--from", help="Copy this kit instead of the skeleton.")] = None,
    destination: Annotated[Path, typer.Option("--in", help="Folder that gets kits/NAME and bots/NAME.")] = Path(),
    kit_path: KitPathOption = None,
) -> None:
    """Write a new kit that works, and a bot for it.

    Example: kitwright kit new bookshop
    """
    from kitwright.kit import new_kit

    written = new_kit(name, destination, from_kit=from_kit, kit_paths=kit_path or ())
    print(f"wrote {written.kit}\nwrote {written.bot}")
    print(f"next: kitwright kit check {name}; kitwright evaluate {name} --suite conversations; kitwright chat {name}")


@app.command("show")
def show(kit: KitName, kit_path: KitPathOption = None, as_json: JsonOption = False) -> None:
    """Say what a kit is and what it brings.

    Example: kitwright kit show clothing_support
    """
    from kitwright.kit import load_kit

    loaded = load_kit(kit, kit_paths=kit_path or ())
    manifest = loaded.manifest
    facts = {
        "name": manifest.name,
        "title": manifest.title,
        "version": manifest.version,
        "language": manifest.language,
        "licence": manifest.licence,
        "risk class": manifest.risk_class,
        "intended use": " ".join(manifest.intended_use.split()),
        "intents": len(loaded.domain.intents),
        "utterances": len(loaded.nlu.examples),
        "flows": len(loaded.flows),
        "tools": len(loaded.code.tools),
        "passages": len(loaded.passages),
        "prompt variants": {layer: sorted(variants) for layer, variants in loaded.prompts.templates.items()},
        "recipes": sorted(loaded.recipes),
        "evals": {entry.name: len(entry.samples) for entry in loaded.evals},
        "conversation tests": len(loaded.tests),
        "folder": str(loaded.root),
    }
    if as_json:
        print_json(facts)
    else:
        print_table(("", manifest.title), [(name, _shown(value)) for name, value in facts.items()])


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_shown(item)}" for name, item in value.items())
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
