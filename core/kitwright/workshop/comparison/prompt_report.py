"""The report of a study of prompts: what was tried, which is the best, and whether the questions can show that."""

from collections.abc import Mapping
from typing import Any, Final

from kitwright.errors import Fault, UsageError
from kitwright.evaluation import Difference
from kitwright.kit import BotFile
from kitwright.pages import render_page
from kitwright.workshop.comparison.page import TEMPLATE
from kitwright.workshop.comparison.prompt_choice import PromptChoice
from kitwright.workshop.comparison.prompt_file import put_into, snippet
from kitwright.workshop.comparison.prompt_study import PromptComparison, PromptStudy
from kitwright.workshop.comparison.report import as_json, estimates, origin_of, sample_lines, variant_row, write_files
from kitwright.workshop.comparison.result import ArmResult
from kitwright.workshop.comparison.verdict import ASPECTS, METRIC, p_words, percent, signed

REPORT: Final = "prompts.json"
SAMPLES: Final = "prompts.samples.jsonl"
PAGE: Final = "prompts.html"
CHOSEN: Final = "prompts.yaml"
_PAGE: Final = TEMPLATE.with_name("prompts.html.j2")


def build_prompt_report(study: PromptStudy, found: PromptComparison) -> dict[str, Any]:
    """Every figure, with where it comes from."""
    seed, bot = study.seed, study.bot
    gap = found.gap(seed=seed)
    return {
        "bot": bot.name,
        "kit": bot.kit.name,
        "model": study.adapter.name if study.adapter else "base model",
        "budget": study.budget,
        "metric": study.metric,
        "questions": {"chosen_by": len(study.samples), "fresh": len(study.fresh)},
        "current": {**_keys(found.current, bot.file), **estimates(found.arm, seed)},
        "variants": [
            {"name": choice.name(found.current), **variant_row(result, seed, study.metric)}
            for choice, result in found.tried.items()
        ],
        "winner": {
            "name": found.best.name(found.current),
            **_keys(found.best, bot.file),
            "fresh": variant_row(found.fresh, seed, study.metric) if found.fresh else None,
            "difference": gap.as_dict() if gap else None,
            "clear": bool(gap and gap.is_clear and gap.value > 0),
            "words": _words(found, gap, seed),
        },
        "origin": origin_of(bot, seed),
    }


def write_prompt_report(study: PromptStudy, found: PromptComparison, report: Mapping[str, Any]) -> None:
    """Write prompts.json, prompts.html, prompts.samples.jsonl, and prompts.yaml: the best as lines of a bot.yaml.

    Raises:
        UsageError: the folder can not be written.
    """
    fresh = [found.fresh.default_arm, found.fresh.arm] if found.fresh else []
    arms = [found.arm, *(each.arm for each in found.tried.values()), *fresh]
    files = {
        REPORT: as_json(report),
        PAGE: render_prompts(study, report),
        SAMPLES: sample_lines(found.questions, arms),
        CHOSEN: _chosen(study, report),
    }
    write_files(study.out, files)


def render_prompts(study: PromptStudy, report: Mapping[str, Any]) -> str:
    """The page as HTML."""
    return render_page(
        f"{study.bot.file.title or study.bot.name}: prompts compared",
        _PAGE,
        report=report,
        main_metric=study.metric,
        main_title=ASPECTS[study.metric][0],
        chosen=_chosen(study, report),
        percent=percent,
        signed=signed,
        p_words=p_words,
    )


def require_writable(study: PromptStudy) -> None:
    """Refuse to change a prompt that the bot's adapter is bound to.

    Raises:
        UsageError: the bot would be left with an adapter that does not fit.
    """
    if study.adapter is None and study.bot.file.adapter_folder is not None:
        problem = "the bot's adapter is bound to its layers"
        hint = "`--adapter NAME` varies only the examples; or put `adapter: null` into bot.yaml, and train again after"
        raise UsageError(Fault(code="KW002", place="--write", problem=problem, hint=hint))


def write_choice(study: PromptStudy, report: Mapping[str, Any]) -> bool:
    """Put the best into the bot's bot.yaml if it is clearly better; returns whether it was.

    Raises:
        UsageError: the file can not be written.
    """
    if report["winner"]["clear"]:
        put_into(study.bot.file.path, _chosen(study, report))
    return bool(report["winner"]["clear"])


def _keys(choice: PromptChoice, file: BotFile) -> dict[str, Any]:
    """The choice as keys of bot.yaml; `examples` only where it says something."""
    chosen = choice.applied(file)
    shown = chosen.examples.model_dump() if chosen.examples.count else {"count": 0}
    return {"prompts": dict(chosen.prompts), **({"examples": shown} if shown["count"] or file.examples.count else {})}


def _chosen(study: PromptStudy, report: Mapping[str, Any]) -> str:
    winner, searched = report["winner"], f" --search --budget {study.budget}" if study.budget else ""
    chosen_by = "" if study.metric == METRIC else f" --metric {study.metric}"
    command = f"kitwright compare {study.bot.name} --prompts{searched}{chosen_by} --seed {study.seed}"
    head = [f"`{command}`, asked of: {report['model']}.", winner["words"]]
    return snippet({key: winner[key] for key in ("prompts", "examples") if key in winner}, head)


def _words(found: PromptComparison, gap: Difference | None, seed: int) -> str:
    """Which prompt is the best, and how sure that is."""
    name, tried = found.best.name(found.current), f"Of {len(found.tried)} tried,"
    counted = ASPECTS[found.metric][0].lower()
    if gap is None:
        score = _score(found.arm, found.metric, seed)
        return (
            f"{tried} none does better than the bot's own prompt: {counted} {score}, {len(found.arm.scores)} questions."
        )
    shown = found.fresh or found.tried[found.best]
    one, other = (_score(arm, found.metric, seed) for arm in (shown.arm, shown.default_arm))
    means = f"{counted} {one}, {other} with the bot's own"
    which = "it was not chosen by" if found.fresh else "it was chosen by; p adjusted for all that was tried"
    sure = (
        f"{signed(gap.value)} points, 95% interval {signed(gap.low)} to {signed(gap.high)}, {p_words(gap.p_value)}, "
        f"{gap.count} questions {which}"
    )
    if not gap.is_clear:
        return f"{tried} {name} did best: {means}; no difference that {gap.count} questions can show ({sure})."
    held = "and it held" if gap.value > 0 else "but it did harm"
    return f"{tried} {name} did best, {held}: {means} ({sure})."


def _score(arm: ArmResult, metric: str, seed: int) -> str:
    known = arm.estimates(seed=seed)[metric]
    return f"{percent(known.value)} ({percent(known.low)} to {percent(known.high)})" if known else percent(None)
