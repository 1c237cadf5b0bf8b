"""Importing published datasets: read as they are, scrubbed, numbered, checked, and written whole or not at all."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, TextIO

from kitwright.dataset import IntentSample, SftRecord
from kitwright.dataset.importers import IMPORTERS, Draft, Importer, Outcome, Skip, TextDraft, recognise
from kitwright.dataset.importers import with_columns as table_importer
from kitwright.errors import Fault, FaultsFound, ScrubFailed, UsageError
from kitwright.files import Faults, closest, read_yaml
from kitwright.nlu.data import read_nlu
from kitwright.privacy import PrivacyPolicy
from kitwright.workshop.record_scrubbing import RecordScrubber

SHOWN: Final = 20


@dataclass(slots=True)
class Imported:
    """What an import gave.

    Args:
        records: number written.
        faulty: number of faults; the first `SHOWN` of them are kept in `faults`.
        skipped: reason to number of sound rows that were left out.
        hidden: label to number of personal values that became placeholders.
        splits: the splits of its sound records; None for those of no split.
    """

    records: int = 0
    faulty: int = 0
    faults: list[Fault] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    hidden: Counter[str] = field(default_factory=Counter)
    splits: set[str | None] = field(default_factory=set)

    def add(self, fault: Fault) -> None:
        """Count a fault."""
        self.faulty += 1
        if len(self.faults) < SHOWN:
            self.faults.append(fault)

    def as_dict(self) -> dict[str, object]:
        """The figures for `--json`."""
        return {
            "records": self.records,
            "faulty": self.faulty,
            "faults": [fault.as_dict() for fault in self.faults],
            "skipped": dict(self.skipped),
            "hidden": dict(sorted(self.hidden.items())),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportJob:
    """What to import.

    Args:
        format: a name of `formats()`.
        paths: files, and folders whose files of the format are read.
        out: JSON lines; replaced once all is read.
        limit: stop after so many records.
        split: only records of this split of the source.
        columns: for `csv`: field to column, both of text and label, or of prompt and completion.
        scrub: replace personal data.
        policy: how; the defaults where None.
    """

    format: str
    paths: Sequence[Path]
    out: Path
    limit: int | None = None
    split: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    scrub: bool = True
    policy: PrivacyPolicy | None = None


def formats() -> dict[str, Importer]:
    """Every format by name."""
    return {**IMPORTERS, "rasa": Importer(_read_rasa, ("*.yml", "*.yaml"))}


def import_records(job: ImportJob, tick: Callable[[], None] = lambda: None) -> Imported:
    """Read, scrub and write; a faulty row is counted and never stops the rest.

    Args:
        job: what to import, and where to.
        tick: called after each record.

    Raises:
        UsageError: no such format, path or split, or the target can not be written.
        FaultsFound: not one record could be read.
    """
    importer = _importer(job)
    files = _files(job, importer)
    done = Imported()
    scrubber = RecordScrubber(job.policy) if job.scrub else None
    with _whole_or_nothing(job.out) as out:
        for draft in _drafts(files, importer, job, done):
            line = _line(draft, job, scrubber, done)
            if line is not None:
                out.write(line + "\n")
                tick()
            if done.records == job.limit:
                break
        _refuse_nothing(job, done)
    if scrubber:
        done.hidden = scrubber.hidden
    return done


def _importer(job: ImportJob) -> Importer:
    known = formats()
    if job.format not in known:
        fault = Fault(
            code="KW001",
            place="FORMAT",
            problem="unknown format",
            value=job.format,
            choices=tuple(known),
            hint=closest(job.format, known),
        )
        raise UsageError(fault)
    if not job.columns:
        return known[job.format]
    if job.format != "csv":
        hint = f"leave it out: the columns of {job.format} are known"
        raise UsageError(Fault(code="KW002", place="--columns", problem="is for the format csv only", hint=hint))
    return table_importer(job.columns)


def _files(job: ImportJob, importer: Importer) -> list[Path]:
    faults, files = [], []
    for path in job.paths:
        found = _in_folder(path, importer, job.format) if path.is_dir() else [path]
        if not path.exists():
            faults.append(Fault(code="KW101", place="PATH", problem="no such file or folder", value=str(path)))
        elif not found:
            problem, wanted = f"the folder holds no file of the format {job.format}", ", ".join(importer.files)
            hint = f"looked for {wanted}"
            faults.append(Fault(code="KW101", place="PATH", problem=problem, value=str(path), hint=hint))
        files += found
    if any(file.resolve() == job.out.resolve() for file in files):
        faults.append(Fault(code="KW002", place="--out", problem="is one of the files to read", value=str(job.out)))
    if faults:
        raise UsageError(faults)
    return files


def _in_folder(folder: Path, importer: Importer, name: str) -> list[Path]:
    found = {path for pattern in importer.files for path in folder.rglob(pattern) if path.is_file()}
    return sorted(path for path in found if name == "csv" or recognise(path) == name)


def _drafts(files: Sequence[Path], importer: Importer, job: ImportJob, done: Imported) -> Iterator[Draft]:
    """Drafts of the wanted split; everything else is counted."""
    for file in files:
        for outcome in _outcomes(file, importer, job.format):
            if isinstance(outcome, Fault):
                done.add(outcome)
            elif isinstance(outcome, Skip):
                done.skipped[outcome.why] += 1
            else:
                done.splits.add(outcome.split)
                if job.split in (None, outcome.split):
                    yield outcome


def _outcomes(file: Path, importer: Importer, name: str) -> Iterator[Outcome]:
    try:
        yield from importer.read(file)
    except FaultsFound as error:
        like = recognise(file)
        for fault in error.faults:
            if like in (None, name) or fault.code in ("KW101", "KW102"):
                yield fault
            else:
                hint = f"it looks like {like}: kitwright data import {like} {file}"
                yield replace(fault, choices=fault.choices or tuple(formats()), hint=hint)


def _line(draft: Draft, job: ImportJob, scrubber: RecordScrubber | None, done: Imported) -> str | None:
    """The record as it is written, or None where it is faulty."""
    try:
        clean = scrubber.scrub(draft) if scrubber else draft
        record = _as_record(clean, f"{job.format}-{done.records + 1}", with_split=job.split is None)
        line = json.dumps(record, ensure_ascii=False)
        line.encode()
    except ScrubFailed as error:
        done.add(replace(error.faults[0], place=draft.place))
        return None
    except UnicodeEncodeError:
        done.add(Fault(code="KW113", place=draft.place, problem="is not UTF-8 text"))
        return None
    done.records += 1
    return line


def _as_record(draft: Draft, name: str, *, with_split: bool) -> dict[str, Any]:
    """The draft in the form of its model; a labelled text tells its split only where several are mixed."""
    if isinstance(draft, TextDraft):
        sample = IntentSample(id=name, text=draft.text, label=draft.label)
        split = {"split": draft.split} if draft.split and with_split else {}
        return {**sample.model_dump(exclude_none=True), **split}
    tags = (*draft.tags, f"split:{draft.split}") if draft.split else draft.tags
    messages = [said._asdict() for said in draft.turns]
    record = SftRecord.model_validate({"id": name, "messages": messages, "facts": draft.facts, "tags": tags})
    return record.model_dump(mode="json")


def _refuse_nothing(job: ImportJob, done: Imported) -> None:
    if done.records:
        return
    if job.split and done.splits:
        raise UsageError(_wrong_split(job.split, tuple(sorted(name for name in done.splits if name))))
    if done.faults:
        raise FaultsFound(done.faults)
    why = "; ".join(f"{number}: {reason}" for reason, number in done.skipped.items()) or None
    raise FaultsFound(Fault(code="KW103", place="PATH", problem="holds not one record to import", hint=why))


def _wrong_split(split: str, known: tuple[str, ...]) -> Fault:
    if known:
        return Fault(code="KW001", place="--split", problem="no such split", value=split, choices=known)
    hint = "leave it out, and give the file of that split"
    return Fault(code="KW002", place="--split", problem="the source names no splits", value=split, hint=hint)


@contextmanager
def _whole_or_nothing(target: Path) -> Iterator[TextIO]:
    """A file that takes its name when the block ends well, and is gone when it does not."""
    partial = target.with_name(f".{target.name}.part")
    try:
        with partial.open("w", encoding="utf-8") as out:
            yield out
        partial.replace(target)
    except OSError as error:
        problem = f"can not be written ({error.strerror or type(error).__name__})"
        raise UsageError(Fault(code="KW002", place=f"--out {target}", problem=problem)) from error
    finally:
        partial.unlink(missing_ok=True)


def _read_rasa(path: Path) -> Iterator[Outcome]:
    """The utterances of a Rasa 3.1 nlu file, without their annotations."""
    faults = Faults()
    data = read_nlu(faults, read_yaml(path))
    yield from faults.found
    for example in data.examples if data else ():
        yield TextDraft(place=example.place, text=example.text, label=example.intent)
