"""A new kit and its bot: written from the template files in `skeleton/`, or copied from another kit."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitwright.errors import Fault, UsageError
from kitwright.kit.finding import KIT_FILE, find_kits, pick
from kitwright.kit.manifest import NAME_PATTERN

_TEMPLATES: Final = Path(__file__).parent / "skeleton"
SCHEMA_FOLDER: Final = Path(__file__).parent.absolute() / "schemas"
_LEFT_BEHIND: Final = shutil.ignore_patterns("__pycache__", ".*")


@dataclass(frozen=True, slots=True)
class NewKit:
    """The folders that were written."""

    kit: Path
    bot: Path


def new_kit(name: str, destination: Path, *, from_kit: str | None = None, kit_paths: Sequence[Path] = ()) -> NewKit:
    """Write `kits/<name>` and `bots/<name>` in the folder `destination`.

    Args:
        name: lower-case letters, digits and underscores.
        destination: the folder that holds, or will hold, `kits/` and `bots/`.
        from_kit: name of a kit to copy instead of the skeleton.
        kit_paths: where to look for `from_kit` first.

    Raises:
        UsageError: KW001 no kit `from_kit`; KW002 a name that does not do, or a folder that is there already.
    """
    if not re.fullmatch(NAME_PATTERN, name):
        hint = "use lower-case letters, digits and underscores, a letter first"
        raise UsageError(Fault(code="KW002", place="NAME", problem="does not do as a name", value=name, hint=hint))
    new = NewKit(destination / "kits" / name, destination / "bots" / name)
    for folder in (new.kit, new.bot):
        if folder.exists():
            problem, hint = "the folder exists already", "take another name, or move the folder away"
            raise UsageError(Fault(code="KW002", place=str(folder), problem=problem, value=name, hint=hint))
    source = _TEMPLATES / "kit" if from_kit is None else pick("kit", from_kit, find_kits(kit_paths))
    try:
        _copy(_TEMPLATES / "bot", new.bot, fill_in=name)
        _copy(source, new.kit, fill_in=name if from_kit is None else None)
        _rename(new.kit / KIT_FILE, name)
    except OSError as error:
        problem = f"can not be written ({error.strerror or type(error).__name__})"
        raise UsageError(Fault(code="KW002", place=str(destination), problem=problem)) from None
    return new


def _copy(source: Path, target: Path, *, fill_in: str | None) -> None:
    shutil.copytree(source, target, ignore=_LEFT_BEHIND)
    for path in target.rglob("*") if fill_in else ():
        if path.is_file():
            _fill(path, str(fill_in))


def _fill(path: Path, name: str) -> None:
    """Put the name into a template; plain replacement, since templates hold Jinja of their own."""
    text = path.read_text(encoding="utf-8")
    title = name.replace("_", " ").capitalize()
    for mark, value in (("KIT_NAME", name), ("KIT_TITLE", title), ("SCHEMA_FOLDER", SCHEMA_FOLDER.as_uri())):
        text = text.replace(mark, value)
    path.write_text(text, encoding="utf-8")


def _rename(manifest: Path, name: str) -> None:
    """Change the name in a copied kit.yaml and nothing else, so that its comments stay."""
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(re.sub(r"^name:.*$", f"name: {name}", text, count=1, flags=re.MULTILINE), encoding="utf-8")
