"""`kitwright compare --prompts`: layer variants and examples tried against the prompt that a bot has."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kitwright.cli.show import note, print_json, print_table, progress
from kitwright.errors import Fault, UsageError


def refuse_mixed(
    *, prompts: bool, search: bool, budget: int | None, metric: str | None, write: bool, arms: str
) -> None:
    """Refuse options that do not go together.

    Raises:
        UsageError: KW002, one for each.
    """
    given = {"--search": search, "--budget": budget is not None, "--metric": metric is not None, "--write": write}
    faults = [_fault(name, "goes with --prompts only") for name, on in given.items() if on and not prompts]
    if prompts and budget is not None and not search:
        faults.append(_fault("--budget", "goes with --search only"))
    if prompts and arms:
        faults.append(_fault("--arms", "does not go with --prompts"))
    if faults:
        raise UsageError(faults)


def compare_prompts(
    bot: str,
    out: Path,
    *,
    search: bool,
    budget: int | None,
    write: bool,
    as_json: bool,
    options: Mapping[str, Any],
) -> None:
    """Run a study of prompts, write its report, and say which prompt did best.

    Args:
        bot: its name.
        out: folder of the report.
        search: try combinations, `budget` of them at most.
        budget: where left out, a default.
        write: put a prompt that is clearly better into bot.yaml.
        as_json: print the report instead of a table.
        options: of `prepare_prompts`.
    """
    from kitwright.workshop import comparison

    tries = (budget or comparison.BUDGET) if search else None
    study = comparison.prepare_prompts(bot, out=out, budget=tries, **options)
    if write:
        comparison.require_writable(study)
    with progress("answers", study.total) as tick:
        found = study.run(tick)
    report = comparison.build_prompt_report(study, found)
    comparison.write_prompt_report(study, found, report)
    written = write and comparison.write_choice(study, report)
    if as_json:
        print_json({**report, "written": str(study.bot.file.path) if written else None})
    else:
        _show(report)
    if write:
        changed = "now has it" if written else "is left as it is: nothing is clearly better"
        note(f"{study.bot.file.path} {changed}")
    note(f"written: {out / 'prompts.html'}, {out / 'prompts.yaml'}")


def _show(report: Mapping[str, Any]) -> None:
    from kitwright.workshop.comparison import ASPECTS

    rows = [("current", *_shares(report["current"]["metrics"], ASPECTS), "", "")]
    for each in report["variants"]:
        gap = each["against_default"] or {}
        points = "{difference:+.0%} ({low:+.0%} to {high:+.0%})".format(**gap) if gap else ""
        rows.append((each["name"], *_shares(each["metrics"], ASPECTS), points, f"{each['prompt_tokens']:.0f}"))
    titles = (title.lower() for title, _ in ASPECTS.values())
    print_table(("prompt", *titles, f"{report['metric']} against the current one", "tokens"), rows)
    print(report["winner"]["words"])


def _shares(metrics: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    return [_share(metrics[name]) for name in names]


def _share(found: Mapping[str, Any] | None) -> str:
    return "none" if found is None else "{value:.0%} ({low:.0%} to {high:.0%})".format(**found)


def _fault(place: str, problem: str) -> Fault:
    return Fault(code="KW002", place=place, problem=problem)
