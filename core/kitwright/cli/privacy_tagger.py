"""`kitwright privacy train|evaluate`: train the tagger of personal data, and measure what is found and touched."""

from pathlib import Path
from typing import Annotated

import typer

from kitwright.cli.options import JsonOption
from kitwright.cli.show import print_json, print_table, progress, training_progress


def train(
    out: Annotated[Path, typer.Option("--out", help="Folder to write the tagger to.")],
    recipe: Annotated[Path | None, typer.Option("--recipe", help="A recipe instead of the own one.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Train the tagger of personal data on sentences filled with names and numbers of many countries.

    Example: kitwright privacy train --out tagger
    """
    from kitwright.workshop.privacy.tagger import RECIPE, train_pii

    with training_progress("tagging") as tick:
        about = train_pii(out, recipe=recipe or RECIPE, tick=tick)
    if as_json:
        print_json({"model": str(out), **about})
    else:
        print(f"wrote {out}: {about['examples']} examples, {about['seconds']} s")


def evaluate(
    data: Annotated[list[Path] | None, typer.Option("--data", help="Marked sentences instead of the own set.")] = None,
    model: Annotated[Path | None, typer.Option("--model", help="Folder of another tagger.")] = None,
    tagger: Annotated[bool, typer.Option("--tagger/--no-tagger", help="With the tagger, or patterns only.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Measure what the scrubber misses and what it touches that should stay, by file, with 95% intervals.

    Example: kitwright privacy evaluate --json
    """
    from kitwright.workshop.privacy.tagger import evaluate_pii

    with progress("scrubbing", 0) as tick:
        results = evaluate_pii(data or (), model=model, tagger=tagger, tick=tick)
    if as_json:
        print_json([result.as_dict() for result in results])
        return
    names = list(dict.fromkeys(name for result in results for name in result.figures))
    rows = [(name.replace("_", " "), *(_shown(result.figures.get(name)) for result in results)) for name in names]
    print_table(("figure", *(f"{result.name} ({result.sentences})" for result in results)), rows)
    labels = sorted({label for result in results for label in result.missed})
    counts = [(label, *(_of(result.missed.get(label)) for result in results)) for label in labels]
    print_table(("missed", *(result.name for result in results)), counts)


def _shown(figure: tuple[float, float, float] | None) -> str:
    return "" if figure is None else f"{figure[0]:.3f} ({figure[1]:.3f}–{figure[2]:.3f})"


def _of(missed: tuple[int, int] | None) -> str:
    return "" if missed is None else f"{missed[1]} of {missed[0]}"
