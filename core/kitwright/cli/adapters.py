"""`kitwright adapters`: list, show and verify a bot's trained adapters; promote one, or roll back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import note, print_json, print_table
from kitwright.errors import AdapterMismatch

if TYPE_CHECKING:
    from kitwright.workshop.adapters import AdapterReport, Promoted

app = typer.Typer(help="List a bot's trained adapters, and say which is in use.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Of an adapter; `kitwright adapters list` shows them.")]
BotOption = Annotated[str | None, typer.Option("--bot", help="Whose adapter; needed where several bots have one.")]


@app.command("list")
def list_(
    bot: Annotated[str | None, typer.Argument(metavar="[BOT]", help="Name of a bot; all bots by default.")] = None,
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """List adapters with size, figures and what has changed since they were trained; * is the promoted one.

    Example: kitwright adapters list clothing_support
    """
    from kitwright.workshop import adapters

    reports = adapters.list_adapters(bot, kit_paths=kit_path or ())
    if as_json:
        print_json([report.as_dict() for report in reports])
    elif reports:
        print_table(("", "adapter", "bot", "created", "rank", "size", "figures", "state"), map(_row, reports))
    else:
        note(f"no adapters yet; train one: kitwright train {bot or 'BOT'}")


@app.command("show")
def show(name: Name, bot: BotOption = None, kit_path: KitPathOption = None, as_json: JsonOption = False) -> None:
    """Say what an adapter was trained with, what was measured on it, and whether it fits its bot as it is now.

    Example: kitwright adapters show clothing_support-1
    """
    from kitwright.workshop import adapters

    report = adapters.show_adapter(name, bot=bot, kit_paths=kit_path or ())
    if as_json:
        print_json(report.as_dict())
        return
    created, rank = _made(report)
    facts = {
        "bot": report.bot,
        "promoted": "yes" if report.promoted else "no",
        "created": created,
        "parent": (report.manifest.parent if report.manifest else None) or "none",
        "rank": rank,
        "size": _size(report.size),
        "figures": _figures(report.metrics, len(report.metrics)),
        "state": _state(report),
        "folder": str(report.folder),
    }
    if report.binding:
        bound = report.binding.model_dump(exclude={"rank", "versions"})
        facts |= {f"trained with: {part}": str(value) for part, value in bound.items()}
        facts["libraries"] = ", ".join(f"{part} {version}" for part, version in report.binding.versions.items())
    print_table(("", name), facts.items())
    for fault in report.faults:
        note(fault.line())


@app.command("verify")
def verify(name: Name, bot: BotOption = None, kit_path: KitPathOption = None, as_json: JsonOption = False) -> None:
    """Check that an adapter's files are as registered and that it fits its bot; exit code 1 if not.

    Example: kitwright adapters verify clothing_support-1
    """
    from kitwright.workshop import adapters

    report = adapters.show_adapter(name, bot=bot, thorough=True, kit_paths=kit_path or ())
    if as_json:
        print_json({"name": name, "bot": report.bot, "ok": not report.faults, **_findings(report)})
        if report.faults:
            raise typer.Exit(1)
        return
    if report.faults:
        raise AdapterMismatch(report.faults)
    print(f"{name} is as registered, and fits the bot {report.bot}")
    for change in report.drift:
        note(f"{name}: {change}")


@app.command("promote")
def promote(
    name: Name,
    bot: BotOption = None,
    why: Annotated[str, typer.Option("--why", help="Kept in the history.")] = "",
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an adapter the one in use; exit code 1 where it does not fit its bot, or misses a floor of the kit.

    Example: kitwright adapters promote clothing_support-2 --why "answers more of the delivery questions"
    """
    from kitwright.workshop import adapters

    _say(adapters.promote(name, bot=bot, why=why, kit_paths=kit_path or ()), as_json=as_json)


@app.command("rollback")
def rollback(bot: BotOption = None, kit_path: KitPathOption = None, as_json: JsonOption = False) -> None:
    """Go back to the adapter that was promoted before, at last to the base model alone.

    Example: kitwright adapters rollback --bot clothing_support
    """
    from kitwright.workshop import adapters

    _say(adapters.rollback(bot=bot, kit_paths=kit_path or ()), as_json=as_json)


def _say(change: "Promoted", *, as_json: bool) -> None:
    if as_json:
        print_json({"bot": change.bot, "before": change.before, "promoted": change.now, "in_use": change.in_use})
        return
    before, now = change.before or "the base model", change.now or "the base model"
    print(f"{change.bot}: {now} is promoted; before it was {before}")
    if not change.in_use:
        note(f"bots/{change.bot}/bot.yaml does not use it: write `adapter: promoted` there")


def _row(report: "AdapterReport") -> tuple[str, ...]:
    created, rank = _made(report)
    mark = "*" if report.promoted else ""
    figures = _figures(report.metrics, 3)
    return mark, report.name, report.bot, created, rank, _size(report.size), figures, _state(report)


def _made(report: "AdapterReport") -> tuple[str, str]:
    created = report.manifest.created if report.manifest else "unknown"
    return created, str(report.binding.rank) if report.binding else "unknown"


def _state(report: "AdapterReport") -> str:
    if report.faults:
        return "does not fit: " + "; ".join(fault.problem for fault in report.faults)
    return "; ".join(report.drift) or "fits"


def _findings(report: "AdapterReport") -> dict[str, object]:
    return {"faults": [fault.as_dict() for fault in report.faults], "drift": list(report.drift)}


def _figures(metrics: Mapping[str, float], limit: int) -> str:
    shown = [f"{name} {value:.4g}" for name, value in list(metrics.items())[:limit]]
    return ", ".join(shown) or "not measured"


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
