"""Where kits and bots are found: given folders, the environment, here, shipped with us, other packages."""

import importlib.util
import os
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

from kitwright.errors import Fault, UsageError
from kitwright.files import closest

KIT_FILE: Final = "kit.yaml"
BOT_FILE: Final = "bot.yaml"
ENVIRONMENT: Final = "KITWRIGHT_KIT_PATH"
ENTRY_POINTS: Final = "kitwright.kits"


def find_kits(kit_paths: Sequence[Path] = ()) -> dict[str, Path]:
    """Kit name to folder; of two kits of one name the first found counts.

    Args:
        kit_paths: folders that hold kits, or are one; they come first.
    """
    return _named(_kit_folders(kit_paths), KIT_FILE)


def find_bots(kit_paths: Sequence[Path] = ()) -> dict[str, Path]:
    """Bot name to folder: in `bots/` beside every folder of kits."""
    folders = [_kits_folder(path) for path in _kit_folders(kit_paths)]
    return _named((folder.parent / "bots" for folder in folders), BOT_FILE)


def find_training_data(name: str, root: Path) -> Path | None:
    """The folder `training_data/<name>`: beside the kit's own folder of kits, or shipped."""
    candidates = (root.parent.parent / "training_data" / name, shipped("training_data") / name)
    return next((folder for folder in candidates if folder.is_dir()), None)


def shipped(folder: str) -> Path:
    """`kits`, `bots` or `training_data` as shipped: package data of a wheel, or the repository's folder."""
    package = Path(__file__).parents[1]
    packed = package / "shipped" / folder
    return packed if packed.is_dir() else package.parents[1] / folder


def pick(kind: str, name: str, found: dict[str, Path]) -> Path:
    """The folder of the kit or bot called `name`.

    Raises:
        UsageError: KW001, there is none.
    """
    if name in found:
        return found[name]
    choices = tuple(sorted(found))
    hint = closest(name, choices) or f"`kitwright {kind}s` lists them with their folders"
    raise UsageError(Fault(code="KW001", place=kind, problem=f"no such {kind}", value=name, choices=choices, hint=hint))


def _kit_folders(kit_paths: Sequence[Path]) -> Iterator[Path]:
    yield from (Path(path).absolute() for path in kit_paths)
    yield from (Path(part).absolute() for part in os.environ.get(ENVIRONMENT, "").split(os.pathsep) if part)
    yield Path.cwd() / "kits"
    yield shipped("kits")
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        # The package is located, not imported: looking for kits must not run their code.
        spec = importlib.util.find_spec(entry.module)
        yield from (Path(place) for place in (spec and spec.submodule_search_locations) or ())


def _kits_folder(path: Path) -> Path:
    return path.parent if (path / KIT_FILE).is_file() else path


def _named(folders: Iterable[Path], marker: str) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        for candidate in _with_inside(folder):
            if os.path.isfile(candidate / marker):  # noqa: PTH113 - says no where Path.is_file() raises
                found.setdefault(candidate.name, candidate)
    return found


def _with_inside(folder: Path) -> list[Path]:
    """The folder and what is in it; a folder that is not there, or closed to us, holds nothing."""
    try:
        return [folder, *sorted(folder.iterdir())]
    except OSError:
        return []
