"""`kitwright data import`: turn a published dataset into records, without personal data."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import note, print_json
from kitwright.errors import Fault, UsageError

if TYPE_CHECKING:
    from kitwright.workshop.importing import Imported

_FORMATS = "abcd, bitext, banking77, clinc150, medquad, ddxplus, rasa, chat or csv."
_COLUMNS = "For csv: text=A,label=B or prompt=A,completion=B."
_NO_SCRUB = "Leave personal data in; only for data that holds none."


def import_(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help=_FORMATS)],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files as published, or their folders.")],
    out: Annotated[Path, typer.Option("--out", help="JSON lines to write.")],
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Stop after so many records.")] = None,
    split: Annotated[str | None, typer.Option("--split", help="Only this split of the source.")] = None,
    kit: Annotated[str | None, typer.Option("--kit", help="Scrub by this kit's privacy.yaml.")] = None,
    columns: Annotated[str | None, typer.Option("--columns", help=_COLUMNS)] = None,
    no_scrub: Annotated[bool, typer.Option("--no-scrub", help=_NO_SCRUB)] = False,
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """Turn a published dataset into records, without personal data; faulty rows are named and left out.

    Example: kitwright data import bitext customer_support.csv --out bitext.jsonl --limit 500
    """
    from kitwright.kit import load_kit
    from kitwright.workshop.importing import ImportJob, import_records

    job = ImportJob(
        format=format_,
        paths=paths,
        out=out,
        limit=limit,
        split=split,
        columns=_columns(columns) if columns else {},
        scrub=not no_scrub,
        policy=load_kit(kit, kit_paths=kit_path or ()).privacy if kit else None,
    )
    with _counting() as tick:
        done = import_records(job, tick)
    for fault in done.faults:
        note(fault.line())
    if as_json:
        print_json({"format": format_, "out": str(out), **done.as_dict()})
    else:
        print("\n".join(_summary(done, out)))


def _summary(done: "Imported", out: Path) -> Iterator[str]:
    yield f"wrote {done.records} records to {out}"
    if done.faulty:
        shown = f", of which {len(done.faults)} are shown" if done.faulty > len(done.faults) else ""
        yield f"left out, faulty: {done.faulty}{shown}"
    for why, number in done.skipped.items():
        yield f"left out, {why}: {number}"
    if done.hidden:
        yield "hidden: " + ", ".join(f"{label} {number}" for label, number in sorted(done.hidden.items()))


def _columns(given: str) -> dict[str, str]:
    from kitwright.dataset.importers import FIELDS

    pairs = [part.partition("=") for part in given.split(",")]
    columns = {field.strip(): column.strip() for field, _, column in pairs}
    if set(columns) not in map(set, FIELDS) or not all(columns.values()) or len(pairs) != len(columns):
        problem = "names neither text and label nor prompt and completion, each once"
        hint = "--columns text=question,label=topic"
        raise UsageError(Fault(code="KW002", place="--columns", problem=problem, value=given, hint=hint))
    return columns


@contextmanager
def _counting() -> Iterator[Callable[[], None]]:
    """The number of records so far, on a terminal; how many there will be is not known."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} records"), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("importing", total=None)
        yield lambda: bar.advance(task)
