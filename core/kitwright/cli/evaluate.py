"""`kitwright evaluate`: run a bot's suites; exit code 1 where a test or a floor does not hold."""

from typing import Annotated, Literal

import typer

from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import note, print_json, print_table, progress

Suite = Literal["all", "conversations", "intents"]


def evaluate(
    bot: Annotated[str, typer.Argument(metavar="BOT", help="Name of a bot.")],
    suite: Annotated[Suite, typer.Option("--suite", help="Which suite to run.")] = "all",
    echo: Annotated[bool, typer.Option("--echo", help="Use the echo backend instead of the language model.")] = False,
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run a bot's conversation tests and its intent evals.

    Example: kitwright evaluate clothing_support --suite conversations
    """
    from kitwright.bot import load_bot
    from kitwright.generation import EchoBackend
    from kitwright.store import SqlStore
    from kitwright.workshop import SuiteResult, conversation_suite, intent_suites

    backend = EchoBackend() if echo else None
    loaded = load_bot(bot, kit_paths=kit_path or (), backend=backend, store=SqlStore("sqlite://"))
    results: list[SuiteResult] = []
    if suite in ("all", "conversations"):
        with progress("conversations", len(loaded.kit.tests)) as tick:
            results.append(conversation_suite(loaded, lambda _result: tick()))
    if suite in ("all", "intents"):
        results += [result for result, _report in intent_suites(loaded)]
    if as_json:
        print_json([{"suite": r.suite, "metrics": r.metrics, "misses": list(r.misses)} for r in results])
    else:
        rows = [(r.suite, name, _shown(value)) for r in results for name, value in r.metrics.items()]
        print_table(("suite", "metric", "value"), rows)
    for result in results:
        for miss in result.misses:
            note(miss)
    if any(result.misses for result in results):
        raise typer.Exit(1)


def _shown(value: float | int | None) -> str:
    if value is None:
        return "none"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
