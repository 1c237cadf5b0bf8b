"""`kitwright nlu train|test|parse`: train a reader of intents, measure it, try it."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kitwright.cli.lines import read_labelled
from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import print_json, print_table, progress, training_progress

app = typer.Typer(help="Train, measure and try the reader of intents.", no_args_is_help=True)
ModelOption = Annotated[Path, typer.Option("--model", help="Folder that `nlu train` wrote.")]


@app.command("train")
def train(
    data: Annotated[
        str, typer.Option("--data", help='JSON lines {"text","label"}, Rasa\'s nlu.yml, or the name of a kit.')
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder to write the model to.")],
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """Train on a kit's utterances, or on a file.

    Example: kitwright nlu train --data clothing_support --out intents
    """
    from kitwright.kit import load_kit
    from kitwright.workshop import train_intents

    is_file = data.endswith((".jsonl", ".yml", ".yaml")) or Path(data).is_file()
    source = read_labelled(Path(data)) if is_file else load_kit(data, kit_paths=kit_path or ())
    with training_progress("tuning the encoder") as tick:
        trained = train_intents(source, out, lambda done, of: tick(done, of, None))
    if as_json:
        facts = {"intents": trained.intents, "utterances": trained.utterances}
        print_json({"model": str(out), **facts, "train_seconds": round(trained.seconds, 2)})
    else:
        print(f"wrote {out}: {trained.intents} intents, {trained.utterances} utterances, {trained.seconds:.1f} s")


@app.command("test")
def measure(
    model: ModelOption,
    data: Annotated[
        Path, typer.Option("--data", help='JSON lines {"text","label"}, or nlu.yml; label `oos`: out of scope.')
    ],
    as_json: JsonOption = False,
) -> None:
    """Measure a model on labelled texts.

    Example: kitwright nlu test --model intents --data test.jsonl --json
    """
    from kitwright.dataset import IntentSample
    from kitwright.workshop import measure_intents

    samples = [IntentSample(id=str(n), text=text, label=label) for n, (text, label) in enumerate(read_labelled(data))]
    with progress("testing", len(samples)) as tick:
        figures = measure_intents(model, samples, tick)
    if as_json:
        print_json({name: value for name, value in figures.items() if value is not None})
    else:
        rows = [(name, f"{value:.4f}") for name, value in figures.items() if value is not None]
        print_table(("figure", "value"), rows)


@app.command("parse")
def parse(
    model: ModelOption,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="The text; stdin, a line each, if absent.")
    ] = None,
) -> None:
    """Read a text and print its intents as JSON.

    Example: kitwright nlu parse --model intents "where is my parcel"
    """
    from kitwright.types import ScrubbedText
    from kitwright.workshop import intent_parser

    parser = intent_parser(model)
    for line in [text] if text is not None else sys.stdin:
        read = parser.parse(ScrubbedText(line.rstrip("\n")))
        print_json({"intents": [asdict(intent) for intent in read.intents], "in_scope": round(read.in_scope, 4)})
