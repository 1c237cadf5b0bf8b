"""How the command line shows things: JSON, tables, progress bars, lines on stderr."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager


def print_json(value: object) -> None:
    """JSON with an indent, UTF-8."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def note(line: str) -> None:
    """A line on stderr, so that stdout holds results only."""
    print(line, file=sys.stderr, flush=True)


def note_warning(line: str | None) -> None:
    """A line on stderr, if there is something to say."""
    if line is not None:
        note(f"warning: {line}")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table that reads without colour."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    width = None if sys.stdout.isatty() else 160
    Console(width=width, highlight=False, markup=False).print(table)


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal, nothing elsewhere; gives the function to call after each piece."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def training_progress(title: str) -> Iterator[Callable[[int, int, float | None], None]]:
    """A progress bar with time left and the last loss; off a terminal, a line every ten steps."""
    if not sys.stderr.isatty():
        yield _every_ten_steps
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn(title),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[loss]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=None, loss="")

        def tick(step: int, steps: int, loss: float | None) -> None:
            bar.update(task, completed=step, total=steps, loss="" if loss is None else f"loss {loss:.3f}")

        yield tick


def _every_ten_steps(step: int, steps: int, loss: float | None) -> None:
    if step % 10 == 0 or step == steps:
        note(f"step {step} of {steps}" + ("" if loss is None else f", loss {loss:.3f}"))
