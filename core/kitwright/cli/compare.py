"""`kitwright compare`: prompting and fine-tuning side by side on a bot's own questions."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from kitwright.cli.compare_prompts import compare_prompts, refuse_mixed
from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import note, print_json, print_table, progress


def compare(
    bot: Annotated[str, typer.Argument(metavar="BOT", help="Name of a bot.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the report; an unfinished one is gone on with.")],
    quick: Annotated[bool, typer.Option("--quick", help="About 60 samples; no variants, no learning curve.")] = False,
    arms: Annotated[
        str, typer.Option("--arms", help="Some of base, prompt, adapter, prompt+adapter; each also +retrieval.")
    ] = "",
    samples: Annotated[int | None, typer.Option("--samples", min=2, help="How many questions.")] = None,
    adapter: Annotated[
        str | None, typer.Option("--adapter", help="An adapter's name, or a folder; with --prompts only examples vary.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of samples, search and resampling.")] = 0,
    prompts: Annotated[bool, typer.Option("--prompts", help="Try prompts: layer variants and examples.")] = False,
    search: Annotated[bool, typer.Option("--search", help="With --prompts: also their combinations.")] = False,
    budget: Annotated[int | None, typer.Option("--budget", min=1, help="Prompts a search tries; 20.")] = None,
    metric: Annotated[
        str | None, typer.Option("--metric", help="With --prompts: required_facts (by default), passed or sendable.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Put a prompt that is clearly better into bot.yaml.")] = False,
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare base model, prompting, fine-tuning and both, with and without notes; or one prompt with others.

    Example: kitwright compare clothing_support --out comparison --quick

    Example: kitwright compare clothing_support --out prompts --prompts --search --budget 12
    """
    refuse_mixed(prompts=prompts, search=search, budget=budget, metric=metric, write=write, arms=arms)
    if prompts:
        options = {"quick": quick, "count": samples, "adapter": adapter, "seed": seed, "kit_paths": kit_path or ()}
        options |= {"metric": metric} if metric else {}
        compare_prompts(bot, out, search=search, budget=budget, write=write, as_json=as_json, options=options)
        return
    from kitwright.workshop import comparison

    study = comparison.prepare(
        bot,
        out=out,
        arms=[name.strip() for name in arms.split(",") if name.strip()],
        quick=quick,
        count=samples,
        adapter=adapter,
        seed=seed,
        kit_paths=kit_path or (),
    )
    with progress("answers", study.total) as tick:
        found = study.run(tick)
    report = comparison.build_report(study, found)
    comparison.write_report(out, report, found, comparison.render(study, found, report))
    if as_json:
        print_json(report)
        return
    _show(report)
    note(f"written: {out / 'index.html'}")


def _show(report: Mapping[str, Any]) -> None:
    columns = ("passed", "required_facts", "no_forbidden_facts", "grounded", "sendable")
    rows = [
        (name, *(_share(arm["metrics"][metric]) for metric in columns), f"{arm['cost']['p50_s']:.2f} s")
        for name, arm in report["arms"].items()
    ]
    print_table(("arm", *(name.replace("_", " ") for name in columns), "median"), rows)
    notes = report["notes"]
    if notes["found"] is not None and notes["facts"] is not None:
        print(f"right notes found: {notes['found']:.0%}; required facts that stand in them: {notes['facts']:.0%}")
    for verdict in report["verdicts"]:
        print(f"\n{verdict['title']}: {' '.join(verdict['headline'])}")
        for finding in verdict["findings"]:
            print(f"- {finding['words']}")


def _share(estimate: Mapping[str, float] | None) -> str:
    if estimate is None:
        return "none"
    return f"{100 * estimate['value']:.0f}% ({100 * estimate['low']:.0f}-{100 * estimate['high']:.0f})"
