"""The registry of a bot's adapters: numbered versions that never change, one of them promoted."""

import errno
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kitwright.errors import AdapterMismatch, Fault, FloorNotHeld, UsageError
from kitwright.files import closest, write_atomically
from kitwright.registry.binding import AdapterBinding, Conditions
from kitwright.registry.fit import require_fit
from kitwright.registry.promotions import Promotions
from kitwright.registry.version import (
    CARD,
    METRICS,
    TRAINING,
    AdapterVersion,
    Manifest,
    file_hashes,
    is_version_name,
    read_metrics,
    version_number,
)
from kitwright.registry.weights import CONFIG, WEIGHTS, read_config, weight_faults

_TAKEN: Final = (CONFIG, WEIGHTS, CARD, METRICS, TRAINING, "loss.svg")


class Registry:
    """The adapters in one folder, `bots/<bot>/adapters`; it need not exist yet.

    Example:
        >>> Registry(Path("bots/nobody/adapters")).versions()
        ()
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def versions(self) -> tuple[AdapterVersion, ...]:
        """All versions, oldest first."""
        if not self.folder.is_dir():
            return ()
        folders = [path for path in self.folder.iterdir() if path.is_dir() and is_version_name(path.name)]
        return tuple(map(AdapterVersion, sorted(folders, key=lambda path: (len(path.name), path.name))))

    def show(self, name: str) -> AdapterVersion:
        """The version of that name.

        Raises:
            UsageError: there is none.
        """
        known = {version.name: version for version in self.versions()}
        if name in known:
            return known[name]
        hint = closest(name, known) or "kitwright adapters list"
        fault = Fault(
            code="KW001", place="adapter", problem="no such adapter", value=name, choices=tuple(known), hint=hint
        )
        raise UsageError(fault)

    def verify(self, name: str) -> None:
        """Refuse a version whose files are not as registered, or do not go together.

        Raises:
            UsageError: there is no such version.
            AdapterMismatch: every file that was changed, taken away or added, with both hashes.
        """
        require_fit(self.show(name).folder, Conditions())

    def register(self, source: Path, *, binding: AdapterBinding, name: str) -> str:
        """Copy a trained adapter into the registry as its next version, whole or not at all.

        Args:
            source: folder with PEFT's files and the model card; metrics, training report and loss curve where there.
            binding: what it was trained with.
            name: of the kit.

        Returns:
            The version's name, `<kit>-<number>`.

        Raises:
            AdapterMismatch: a file is missing or damaged, or the rank is not the binding's.
            UsageError: the registry can not be written.
        """
        with self._writing():
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh = Path(tempfile.mkdtemp(prefix=".registering-", dir=self.folder))
            try:
                _copy(source, fresh, binding)
                return self._move_into_place(fresh, name)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)

    def add_metrics(self, name: str, metrics: Mapping[str, float]) -> None:
        """Add what was measured on a version that was registered without figures; once.

        Raises:
            UsageError: there is no such version, it has figures already, or the registry can not be written.
            AdapterMismatch: the version is not as registered.
        """
        version = self.show(name)
        if METRICS in version.manifest.files:
            problem = "the adapter was measured already, and a version never changes"
            raise UsageError(Fault(code="KW002", place=str(version.folder / METRICS), problem=problem, value=name))
        with self._writing():
            # Left by a call that was cut short before the manifest named it.
            (version.folder / METRICS).unlink(missing_ok=True)
            self.verify(name)
            _write_metrics(version.folder, metrics)
            version.manifest.model_copy(update={"files": file_hashes(version.folder)}).write(version.folder)

    def promoted(self) -> str | None:
        """Name of the version in use, None where that is the base model alone.

        Raises:
            AdapterMismatch: `promoted.json` can not be read.
        """
        return self.promotions().current

    def promotions(self) -> Promotions:
        """Which version is in use, and how that came to be.

        Raises:
            AdapterMismatch: `promoted.json` can not be read.
        """
        return Promotions.read(self.folder)

    def promote(
        self, name: str, floors: Mapping[str, float], metrics: Mapping[str, float] | None = None, *, why: str = ""
    ) -> None:
        """Make a version the one in use; nothing happens where it is already.

        Args:
            name: of the version.
            floors: metric to the least that must have been measured.
            metrics: what was measured; the version's own figures by default.
            why: kept in the history.

        Raises:
            UsageError: there is no such version, or the registry can not be written.
            AdapterMismatch: the version is not as registered.
            FloorNotHeld: every floor that does not hold, or whose metric was not measured.
        """
        self.verify(name)
        measured = self.show(name).metrics if metrics is None else metrics
        faults = [*_below(name, floors, measured)]
        if faults:
            raise FloorNotHeld(faults)
        before = self.promotions()
        if before.current != name:
            with self._writing():
                before.promoting(name, why or "promoted").write(self.folder)

    def rollback(self) -> str | None:
        """Go back to what was in use before the current version was promoted, at last to the base model alone.

        Returns:
            The name of the version now in use, None for the base model.

        Raises:
            UsageError: nothing is promoted, or the registry can not be written.
            AdapterMismatch: the version to go back to is not as registered.
        """
        before = self.promotions()
        if before.current is None:
            hint = "kitwright adapters list shows the versions; promote one"
            fault = Fault(code="KW002", place="adapters rollback", problem="no adapter is promoted", hint=hint)
            raise UsageError(fault)
        if before.previous is not None:
            self.verify(before.previous)
        with self._writing():
            before.rolling_back().write(self.folder)
        return before.previous

    def _move_into_place(self, fresh: Path, kit: str) -> str:
        """Others may register at the same time; whoever renames first has the number."""
        parent = self.promoted()
        while True:
            name = f"{kit}-{self._last_number(kit) + 1}"
            created = datetime.now(UTC).isoformat(timespec="seconds")
            Manifest(name=name, created=created, files=file_hashes(fresh), parent=parent).write(fresh)
            fresh.chmod(0o755)  # mkdtemp made it ours alone
            try:
                fresh.rename(self.folder / name)
                return name
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise

    def _last_number(self, kit: str) -> int:
        """The highest number ever in use, since a deleted version's number would name something else in the history."""
        names = [version.name for version in self.versions()]
        names += [each.name for each in self.promotions().history if each.name]
        return max((version_number(name, kit) for name in names), default=0)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            problem = f"the registry can not be written ({error.strerror or type(error).__name__})"
            hint = "free some space, or copy the bot to a folder of yours: bots/<name>/bot.yaml"
            raise UsageError(Fault(code="KW002", place=str(self.folder), problem=problem, hint=hint)) from error


def _copy(source: Path, fresh: Path, binding: AdapterBinding) -> None:
    """Take the files of a version, read-only, and no others: trainers leave optimisers and tokenizers beside them."""
    faults = [*weight_faults(source, binding.rank)]
    if not (source / CARD).is_file():
        faults.append(Fault(code="KW304", place=str(source / CARD), problem="the adapter has no model card"))
    if faults:
        raise AdapterMismatch(faults)
    read_metrics(source)
    for name in _TAKEN:
        if (source / name).is_file():
            shutil.copyfile(source / name, fresh / name)
    # PEFT writes the folder that the base model was loaded from, which means nothing on another machine.
    config = read_config(source) | {"base_model_name_or_path": binding.base}
    write_atomically(fresh / CONFIG, json.dumps(config, indent=2, sort_keys=True).encode() + b"\n")
    binding.write(fresh)
    for path in fresh.iterdir():
        path.chmod(0o444)


def _write_metrics(folder: Path, metrics: Mapping[str, float]) -> None:
    write_atomically(folder / METRICS, json.dumps(dict(metrics), indent=1).encode() + b"\n")
    (folder / METRICS).chmod(0o444)


def _below(name: str, floors: Mapping[str, float], metrics: Mapping[str, float]) -> Iterator[Fault]:
    hint = "train a better adapter, or measure this one: its figures stand in metrics.json"
    for metric, floor in floors.items():
        value = metrics.get(metric)
        if value is None:
            yield Fault(
                code="KW306", place=f"{name} {metric}", problem=f"not measured, the floor is {floor:g}", hint=hint
            )
        elif not value >= floor:  # a NaN holds no floor
            problem = f"is {value:.4g}, the floor is {floor:g}"
            yield Fault(code="KW306", place=f"{name} {metric}", problem=problem, hint=hint)
