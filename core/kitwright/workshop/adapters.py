"""A bot's trained adapters as people handle them: listed with what has changed since, promoted, rolled back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kitwright.bot import adapter_faults
from kitwright.errors import AdapterMismatch, Fault, UsageError
from kitwright.files import closest
from kitwright.kit import BotFile, Kit, conversations_hash, find_bots, load_bot_file, load_kit
from kitwright.kit.bot_file import PROMOTED
from kitwright.recipe import SftRecipe
from kitwright.registry import AdapterBinding, AdapterVersion, Manifest, Registry

OTHER_DATA: Final = "trained on other data than the kit has now"
OTHER_RECIPE: Final = "trained with another recipe than the kit has now"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdapterReport:
    """An adapter, and how it stands to the bot and the kit as they are now.

    Args:
        bot: name of the bot.
        folder: of the adapter.
        promoted: whether it is the version that is promoted.
        manifest: what was registered; None where that can not be read, or the adapter lies outside the registry.
        binding: what it was trained with; None where that can not be read.
        metrics: what was measured on it.
        training: the report of its training run.
        size: bytes on disk.
        drift: what has changed in the kit since it was trained; the bot is served all the same.
        faults: why it can not be served.
    """

    bot: str
    folder: Path
    promoted: bool
    manifest: Manifest | None
    binding: AdapterBinding | None
    metrics: Mapping[str, float]
    training: Mapping[str, Any]
    size: int
    drift: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def name(self) -> str:
        """The version's name."""
        return self.folder.name

    def as_dict(self) -> dict[str, object]:
        """The report for `--json`."""
        return {
            "name": self.name,
            "bot": self.bot,
            "promoted": self.promoted,
            "created": self.manifest.created if self.manifest else None,
            "parent": self.manifest.parent if self.manifest else None,
            "rank": self.binding.rank if self.binding else None,
            "bytes": self.size,
            "metrics": dict(self.metrics),
            "drift": list(self.drift),
            "faults": [fault.as_dict() for fault in self.faults],
            "binding": self.binding.model_dump() if self.binding else None,
            "folder": str(self.folder),
        }


@dataclass(frozen=True, slots=True)
class Promoted:
    """What a promotion or rollback changed; None is the base model alone.

    Args:
        in_use: whether bot.yaml says `adapter: promoted`, without which nothing changes for the bot.
    """

    bot: str
    before: str | None
    now: str | None
    in_use: bool


def list_adapters(bot: str | None = None, *, kit_paths: Sequence[Path] = ()) -> tuple[AdapterReport, ...]:
    """All adapters in the registries of one bot, or of all, oldest first.

    Raises:
        UsageError: there is no such bot.
        FaultsFound: files of the bot or its kit are wrong.
    """
    reports: list[AdapterReport] = []
    for file in _files(bot, kit_paths):
        versions = _registry(file).versions()
        if versions:
            kit = load_kit(file.kit, kit_paths=kit_paths)
            reports += [report_on(file, kit, version.folder) for version in versions]
    return tuple(reports)


def show_adapter(
    name: str, *, bot: str | None = None, thorough: bool = False, kit_paths: Sequence[Path] = ()
) -> AdapterReport:
    """One adapter.

    Args:
        name: of the version.
        bot: whose it is; found by the version's name where left out.
        thorough: compare the chat format too, which loads the tokenizer.
        kit_paths: further folders to look for kits in.

    Raises:
        UsageError: there is no such bot or adapter.
        FaultsFound: files of the bot or its kit are wrong.
    """
    file = _owner(name, bot, kit_paths)
    folder = _registry(file).show(name).folder
    return report_on(file, load_kit(file.kit, kit_paths=kit_paths), folder, thorough=thorough)


def served_adapter(bot: str, *, kit_paths: Sequence[Path] = ()) -> AdapterReport | None:
    """The adapter that a bot is served with, None for the base model alone.

    Raises:
        UsageError: there is no such bot.
        FaultsFound: files of the bot or its kit are wrong.
        AdapterMismatch: the registry does not say which version is promoted.
    """
    file = load_bot_file(bot, kit_paths=kit_paths)
    folder = file.adapter_folder
    return None if folder is None else report_on(file, load_kit(file.kit, kit_paths=kit_paths), folder)


def report_on(file: BotFile, kit: Kit, folder: Path, *, thorough: bool = False) -> AdapterReport:
    """An adapter's report, also of a broken one."""
    version = AdapterVersion(folder)
    faults = list(adapter_faults(file, kit, folder, thorough=thorough))
    manifest, binding, metrics = None, None, {}
    try:
        metrics = version.metrics
    except AdapterMismatch as error:
        faults += error.faults
    try:
        binding = version.binding
        manifest = version.manifest
    except AdapterMismatch:  # one of the faults, where there should be one
        pass
    return AdapterReport(
        bot=file.name,
        folder=folder,
        promoted=_registry(file).promoted() == version.name,
        manifest=manifest,
        binding=binding,
        metrics=metrics,
        training=version.training,
        size=version.size,
        drift=drift(kit, binding) if binding else (),
        faults=tuple(faults),
    )


def promote(name: str, *, bot: str | None = None, why: str = "", kit_paths: Sequence[Path] = ()) -> Promoted:
    """Make an adapter the one in use, if it fits its bot and holds every floor of the kit's answer evals.

    Raises:
        UsageError: there is no such bot or adapter.
        AdapterMismatch: it does not fit; every difference is named.
        FloorNotHeld: every floor that does not hold, or was not measured.
    """
    file = _owner(name, bot, kit_paths)
    kit = load_kit(file.kit, kit_paths=kit_paths)
    faults = adapter_faults(file, kit, _registry(file).show(name).folder, thorough=True)
    if faults:
        raise AdapterMismatch(faults)
    before = _registry(file).promoted()
    _registry(file).promote(name, answer_floors(kit), why=why)
    return Promoted(file.name, before, name, file.adapter == PROMOTED)


def rollback(*, bot: str | None = None, kit_paths: Sequence[Path] = ()) -> Promoted:
    """Go back to the version promoted before.

    Raises:
        UsageError: there is no such bot, or nothing is promoted.
        AdapterMismatch: the version to go back to is not as registered.
    """
    files = [file for file in _files(bot, kit_paths) if bot or _registry(file).promoted()]
    if len(files) != 1:
        names = tuple(file.name for file in files)
        problem = "more than one bot has a promoted adapter" if names else "no bot has a promoted adapter"
        raise UsageError(Fault(code="KW002", place="--bot", problem=problem, choices=names))
    file = files[0]
    before = _registry(file).promoted()
    return Promoted(file.name, before, _registry(file).rollback(), file.adapter == PROMOTED)


def answer_floors(kit: Kit) -> dict[str, float]:
    """The floors that an adapter must hold, as metrics.json names them: `<eval>.<metric>`."""
    entries = (entry for entry in kit.evals if entry.kind == "answers")
    return {f"{entry.name}.{metric}": floor for entry in entries for metric, floor in entry.floors.items()}


def drift(kit: Kit, binding: AdapterBinding) -> tuple[str, ...]:
    """What has changed in the kit since an adapter was trained, one clause each.

    Neither stops a bot: recipe and data say where an adapter comes from, not what it is to be served with.
    """
    recipes = {each.hash: each for each in kit.recipes.values() if isinstance(each, SftRecipe)}
    same = recipes.get(binding.recipe)
    hashes = {conversations_hash(kit, each) for each in ([same] if same else recipes.values())}
    found = [] if same else [OTHER_RECIPE]
    return tuple(found if binding.data in hashes else [*found, OTHER_DATA])


def _files(bot: str | None, kit_paths: Sequence[Path]) -> list[BotFile]:
    names = [bot] if bot else sorted(find_bots(kit_paths))
    return [load_bot_file(name, kit_paths=kit_paths) for name in names]


def _owner(name: str, bot: str | None, kit_paths: Sequence[Path]) -> BotFile:
    """The bot that has the adapter in its registry."""
    files = _files(bot, kit_paths)
    if bot:
        return files[0]
    owners = {file.name: file for file in files if name in _names(file)}
    if len(owners) == 1:
        return next(iter(owners.values()))
    if owners:
        problem = "more than one bot has an adapter of this name"
        raise UsageError(Fault(code="KW002", place="--bot", problem=problem, value=name, choices=tuple(owners)))
    choices = tuple(each for file in files for each in _names(file))
    hint = closest(name, choices) or "kitwright adapters list"
    raise UsageError(
        Fault(code="KW001", place="adapter", problem="no such adapter", value=name, choices=choices, hint=hint)
    )


def _registry(file: BotFile) -> Registry:
    return Registry(file.adapters_folder)


def _names(file: BotFile) -> list[str]:
    return [version.name for version in _registry(file).versions()]
