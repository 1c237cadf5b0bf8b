"""`kitwright train`: tune a bot's language model by a recipe of its kit, and register the adapter."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import note, note_warning, print_json, print_table, training_progress

if TYPE_CHECKING:
    from kitwright.training import Plan


def train(
    bot: Annotated[str, typer.Argument(metavar="BOT", help="Name of a bot.")],
    recipe: Annotated[str | None, typer.Option("--recipe", help="A recipe of kind sft; the kit's only one.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would take, and train nothing.")] = False,
    export: Annotated[
        str | None, typer.Option("--export", help="Write it out for llama-factory or axolotl instead of training.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder for --export.")] = Path("exported"),
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tune a bot's language model by a recipe of its kit; a run that was broken off goes on where it was.

    Example: kitwright train clothing_support --dry-run
    """
    from kitwright.workshop import training
    from kitwright.workshop.privacy.anonymous import export_warning

    job = training.training_job(bot, recipe=recipe, kit_paths=kit_path or ())
    if export is not None:
        for path in training.export(job, training.trainer_named(export), out):
            print(path)
        note_warning(export_warning(training.said_in(job)))
        return
    if dry_run:
        _show_plan(training.plan(job), as_json=as_json)
        return
    note(_audit_line(job.audit.as_dict()))
    with training_progress("training") as tick:
        trained = training.train(job, tick)
    if not trained.first_process:
        return
    name = training.register(job, trained)
    figures = {
        "adapter": name,
        "steps": trained.steps,
        "seconds": round(trained.seconds, 1),
        "final_loss": round(trained.final_loss, 4),
        "best_loss": None if trained.best_loss is None else round(trained.best_loss, 4),
        "resumed_from": trained.resumed_from,
        "stopped_early": trained.stopped_early,
    }
    if as_json:
        print_json(figures)
        return
    print_table(("figure", "value"), [(key, str(value)) for key, value in figures.items()])
    note(f"next: kitwright adapters promote {name} --bot {bot}")


def _show_plan(plan: "Plan", *, as_json: bool) -> None:
    if as_json:
        print_json(plan.as_dict())
        return
    print(_audit_line(plan.audit.as_dict()))
    rows = [
        ("conversations held out", str(plan.held_out)),
        ("steps", str(plan.steps)),
        ("tokens read", f"{plan.tokens:,}"),
        ("trained parameters", f"{plan.trainable:,}"),
        ("adapter", f"{plan.adapter_mb:.1f} MB"),
        ("time on this machine", f"about {plan.seconds / 60:.0f} minutes"),
        ("memory", f"about {plan.memory_mb / 1024:.1f} GB"),
    ]
    print_table(("what", "estimate"), rows)


def _audit_line(audit: dict[str, float]) -> str:
    return (
        f"{audit['examples']} conversations, {audit['tokens']:,} tokens, of which {audit['supervised']:,} "
        f"({audit['share']:.0%}) are learned; each ends in the stop token"
    )
