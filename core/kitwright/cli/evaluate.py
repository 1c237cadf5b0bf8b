"""`kitwright evaluate`: run a bot's suites; exit code 1 where a test or a floor does not hold."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import note, print_json, print_table, progress
from kitwright.cli.simulated import show_conversations

if TYPE_CHECKING:
    from kitwright.bot import Bot
    from kitwright.evaluation import SimulatedConversation
    from kitwright.protocols import Backend
    from kitwright.registry import Registry
    from kitwright.workshop import SuiteResult

Suite = Literal["all", "conversations", "simulated", "intents", "answers", "own"]


def evaluate(
    bot: Annotated[str, typer.Argument(metavar="BOT", help="Name of a bot.")],
    suite: Annotated[Suite, typer.Option("--suite", help="Which suite to run.")] = "all",
    echo: Annotated[bool, typer.Option("--echo", help="Use the echo backend instead of the language model.")] = False,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick",
            help="One simulated conversation a goal, about 60 samples of each answer eval; `all` always does so.",
        ),
    ] = False,
    seed: Annotated[int, typer.Option("--seed", help="Another seed is other simulated conversations.")] = 0,
    out: Annotated[
        Path | None, typer.Option("--out", help="Also write the figures of the answer evals, as metrics.json has them.")
    ] = None,
    adapter: Annotated[
        str | None,
        typer.Option(
            "--adapter",
            help="Measure this registered adapter; all of `answers` is kept with it, for `adapters promote`.",
        ),
    ] = None,
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run conversation tests, simulated users, intents and entities, and the model on the kit's answer evals.

    `simulated`: people with a goal, slips of the finger, corrections and questions in between, drawn by the seed. It is
    measured how many reach their goal, in how many turns, and who is asked twice for the same thing; who does not, or
    is, is shown with the whole conversation. Tools are really called: give a bot with a real shop a shop to play with.

    `own`: what the kit measures by its own code, such as the levels of the triage kit.

    Example: kitwright evaluate clothing_support --suite conversations
    """
    from kitwright.bot import load_bot
    from kitwright.errors import Fault, UsageError
    from kitwright.generation import EchoBackend
    from kitwright.registry import Registry
    from kitwright.store import SqlStore

    if adapter and echo:
        raise UsageError(
            Fault(code="KW001", place="--adapter", problem="the echo backend has no adapter", value=adapter)
        )
    backend = EchoBackend() if echo else None
    store = SqlStore("sqlite://")
    loaded = load_bot(bot, kit_paths=kit_path or (), adapter=adapter, backend=backend, store=store)
    results = [*_talked(loaded, suite, quick=quick, seed=seed, as_json=as_json)]
    if suite == "answers" or (suite == "all" and not echo):
        results += _answered(loaded, backend, suite, quick=quick, out=out)
    _show(results, as_json=as_json)
    if adapter and suite == "answers" and not quick:
        _keep(Registry(loaded.file.adapters_folder), adapter, results)
    if any(result.misses for result in results):
        raise typer.Exit(1)


def _talked(loaded: "Bot", suite: Suite, *, quick: bool, seed: int, as_json: bool) -> "Iterator[SuiteResult]":
    """The suites for which the bot is talked to; simulated conversations are shown as soon as they are held."""
    from kitwright.workshop import conversation_suite, entity_suite, intent_suites, own_suites, simulated_suite

    if suite in ("all", "conversations"):
        with progress("conversations", len(loaded.kit.tests)) as tick:
            yield conversation_suite(loaded, lambda _result: tick())
    if suite == "simulated" or (suite == "all" and loaded.kit.simulation):
        held = _simulated(loaded, quick=quick or suite == "all", seed=seed)
        if not as_json:
            show_conversations(held)
        yield simulated_suite(loaded, held)
    if suite in ("all", "intents"):
        yield from (result for result, _report in intent_suites(loaded))
        entities = entity_suite(loaded.kit)
        if entities:
            yield entities
    if suite in ("all", "own"):
        yield from own_suites(loaded.kit)


def _simulated(loaded: "Bot", *, quick: bool, seed: int) -> "tuple[SimulatedConversation, ...]":
    from kitwright.workshop import simulated_conversations, simulation_size

    with progress("simulated", simulation_size(loaded, quick=quick)) as tick:
        return simulated_conversations(loaded, quick=quick, seed=seed, done=tick)


def _answered(
    loaded: "Bot", backend: "Backend | None", suite: Suite, *, quick: bool, out: Path | None
) -> "list[SuiteResult]":
    """The answer evals; in `all` a sample of them, and none is no fault there."""
    from kitwright.bot import tuned_backend
    from kitwright.encoder import embedded_encoder
    from kitwright.workshop import answer_suites, suite_size
    from kitwright.workshop.comparison import answer_samples

    if suite == "answers":
        answer_samples(loaded)
    quick = quick or suite == "all"
    speaking = backend or tuned_backend(loaded.file, loaded.kit)
    with progress("answers", sum(suite_size(each, quick=quick) for each in loaded.kit.evals)) as tick:
        results = list(answer_suites(loaded, speaking, embedded_encoder(), quick=quick, tick=tick))
    speaking.close()
    if out is not None:
        _write_metrics(out, results)
    return results


def _write_metrics(out: Path, results: "Iterable[SuiteResult]") -> None:
    from kitwright.errors import Fault, UsageError
    from kitwright.files import write_atomically

    try:
        write_atomically(out, json.dumps(_figures(results), indent=1).encode() + b"\n")
    except OSError as error:
        problem = f"can not be written ({error.strerror or type(error).__name__})"
        raise UsageError(Fault(code="KW002", place=f"--out {out}", problem=problem)) from error


def _keep(registry: "Registry", adapter: str, results: "Iterable[SuiteResult]") -> None:
    """Keep the figures with an adapter that has none; a version never changes."""
    from kitwright.registry.version import METRICS

    if METRICS in registry.show(adapter).manifest.files:
        note(f"{adapter} was measured before; its figures stay as they are")
    else:
        registry.add_metrics(adapter, _figures(results))


def _figures(results: "Iterable[SuiteResult]") -> dict[str, float]:
    """`<eval>.<metric>` to value, as an adapter's metrics.json has them."""
    return {
        f"{result.suite}.{name}": value
        for result in results
        for name, value in result.metrics.items()
        if value is not None
    }


def _show(results: "Sequence[SuiteResult]", *, as_json: bool) -> None:
    if as_json:
        print_json([_as_dict(result) for result in results])
    else:
        rows = [
            (r.suite, name, _shown(value), "{:.3f} to {:.3f}".format(*r.intervals[name]) if name in r.intervals else "")
            for r in results
            for name, value in r.metrics.items()
        ]
        print_table(("suite", "metric", "value", "95% interval"), rows)
    for result in results:
        for miss in result.misses:
            note(miss)


def _as_dict(result: "SuiteResult") -> dict[str, object]:
    shown: dict[str, object] = {"suite": result.suite, "metrics": result.metrics, "misses": list(result.misses)}
    if result.intervals:
        shown["intervals"] = {name: list(ends) for name, ends in result.intervals.items()}
    return {**shown, **result.details}


def _shown(value: float | int | None) -> str:
    if value is None:
        return "none"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
