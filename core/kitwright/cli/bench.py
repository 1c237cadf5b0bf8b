"""`kitwright bench`: speeds as ratios against a named peer in the same run."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kitwright.cli.options import JsonOption
from kitwright.cli.show import print_json, print_table, progress
from kitwright.errors import Fault, UsageError

if TYPE_CHECKING:
    from kitwright.workshop.bench import Figure

app = typer.Typer(help="Measure speed against a named peer in the same run.", no_args_is_help=True)
BotArgument = Annotated[str, typer.Argument(metavar="[BOT]", help="Name of a bot.")]


@app.command("turn")
def turn(
    bot: BotArgument = "clothing_support",
    turns: Annotated[int, typer.Option("--turns", min=20, help="How many messages to send.")] = 200,
    as_json: JsonOption = False,
) -> None:
    """Time everything but generation, by step.

    Example: kitwright bench turn clothing_support --turns 200
    """
    from kitwright.workshop import bench_turn

    with tempfile.TemporaryDirectory() as folder, progress("turns", turns) as tick:
        figures = bench_turn(bot, turns=turns, store_url=f"sqlite:///{Path(folder) / 'bench.sqlite'}", tick=tick)
    _show(figures, as_json)


@app.command("generate")
def generate(bot: BotArgument = "clothing_support", as_json: JsonOption = False) -> None:
    """Time the model: decoding, the first token, and eight conversations at once.

    Example: kitwright bench generate clothing_support
    """
    from kitwright.workshop.bench_generate import ROUNDS, bench_generate

    with progress("rounds", ROUNDS * 3) as tick:
        figures = bench_generate(bot, tick=tick)
    _show(figures, as_json)


@app.command("train")
def train(bot: BotArgument = "clothing_support", as_json: JsonOption = False) -> None:
    """Time a training step by the bot's recipe.

    Example: kitwright bench train clothing_support
    """
    from kitwright.workshop.bench_train import EXAMPLES, bench_train

    with progress("examples", EXAMPLES + 1) as tick:
        figures = bench_train(bot, tick=tick)
    _show(figures, as_json)


@app.command("nlu")
def nlu(
    kit: Annotated[str, typer.Argument(metavar="[KIT]", help="Name of a kit.")] = "clothing_support",
    train: Annotated[
        Path | None, typer.Option("--train", help='Instead of the kit: JSON lines {"text","label"}.')
    ] = None,
    test: Annotated[Path | None, typer.Option("--test", help="What to measure on; label `oos`: out of scope.")] = None,
    rasa: Annotated[
        Path | None, typer.Option("--rasa", help="A Python with Rasa 3.6, to measure its DIET too.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure the reader of intents beside a frozen encoder, TF-IDF and Rasa's DIET, on the same texts.

    Example: kitwright bench nlu --train train.jsonl --test test.jsonl --rasa rasa/bin/python
    """
    from kitwright.cli.lines import read_labelled
    from kitwright.workshop.bench_nlu import bench_nlu, pairs_of_kit

    if (train is None) != (test is None):
        raise UsageError(Fault(code="KW002", place="--train", problem="--train and --test go together"))
    pairs = (read_labelled(train), read_labelled(test)) if train and test else pairs_of_kit(kit)
    with progress("readers", 4 if rasa else 3) as tick:
        figures = bench_nlu(*pairs, rasa=rasa, tick=tick)
    _show(figures, as_json)


@app.command("scrub")
def scrub(
    kit: Annotated[str | None, typer.Option("--kit", help="Use this kit's privacy.yaml.")] = None,
    messages: Annotated[int, typer.Option("--messages", min=40, help="How many messages to scrub.")] = 400,
    as_json: JsonOption = False,
) -> None:
    """Time the scrubber on messages of 200 characters, beside Presidio's analyzer.

    Example: kitwright bench scrub --kit clothing_support
    """
    from kitwright.workshop.bench_scrub import bench_scrub

    with progress("messages", messages) as tick:
        figures = bench_scrub(kit, messages=messages, tick=tick)
    _show(figures, as_json)


@app.command("serve")
def serve(
    bot: BotArgument = "clothing_support",
    conversations: Annotated[int, typer.Option("--conversations", min=1, help="How many are open.")] = 500,
    at_once: Annotated[int, typer.Option("--at-once", min=1, help="How many send at the same time.")] = 50,
    turns: Annotated[int, typer.Option("--turns", min=100, help="How many messages to send.")] = 2000,
    rasa: Annotated[
        str | None, typer.Option("--rasa", metavar="URL", help="A Rasa server that runs, to measure its REST channel.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure the server, without a model: time of a message, losses, memory.

    Example: kitwright bench serve --turns 20000 --rasa http://127.0.0.1:5005
    """
    from kitwright.workshop.bench_serve import bench_serve

    with progress("messages", turns) as tick:
        figures = bench_serve(bot, conversations=conversations, at_once=at_once, turns=turns, tick=tick, rasa=rasa)
    _show(figures, as_json)


def _show(figures: "Sequence[Figure]", as_json: bool) -> None:
    if as_json:
        print_json([figure.as_dict() for figure in figures])
        return
    rows = [
        (f.name, f"{f.value:.2f}", f.unit, f.peer, f"{f.peer_value:.2f}", f"{f.value / f.peer_value:.2f}")
        for f in figures
    ]
    print_table(("figure", "value", "unit", "peer", "its value", "ratio"), rows)
