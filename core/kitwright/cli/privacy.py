"""`kitwright privacy`: the rights of the people who chat, how long conversations are kept, and what can leak."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kitwright.cli.lines import writing
from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import note, print_json

if TYPE_CHECKING:
    from kitwright.bot import Forgotten

app = typer.Typer(help="Export, delete and audit what is kept of conversations.", no_args_is_help=True)
BotArgument = Annotated[str, typer.Argument(metavar="BOT", help="Name of a bot.")]
ConversationOption = Annotated[str, typer.Option("--conversation", help="Its id, as every reply carries it.")]


@app.command("export")
def export(
    bot: BotArgument,
    conversation: ConversationOption,
    out: Annotated[Path | None, typer.Option("--out", help="Write it to a file instead of stdout.")] = None,
    kit_path: KitPathOption = None,
) -> None:
    """Give out all that is kept of a conversation, as JSON; personal values were never kept.

    Example: kitwright privacy export clothing_support --conversation 6f1d0c --out mine.json
    """
    from kitwright.workshop.privacy import rights

    record = rights.export(bot, conversation, kit_paths=kit_path or ())
    if out is None:
        print_json(record)
        return
    with writing(out) as file:
        file.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    note(f"wrote {out}")


@app.command("delete")
def delete(
    bot: BotArgument, conversation: ConversationOption, kit_path: KitPathOption = None, as_json: JsonOption = False
) -> None:
    """Delete a conversation for good, and say what went; a server that runs on the same store forgets it too.

    Example: kitwright privacy delete clothing_support --conversation 6f1d0c
    """
    from kitwright.workshop.privacy import rights

    gone = rights.delete(bot, conversation, kit_paths=kit_path or ())
    if as_json:
        print_json(gone.as_dict())
    else:
        _tell(gone)


@app.command("purge")
def purge(bot: BotArgument, kit_path: KitPathOption = None, as_json: JsonOption = False) -> None:
    """Delete the conversations that are older than the kit's retention_days.

    Example: kitwright privacy purge clothing_support
    """
    from kitwright.workshop.privacy import rights

    done = rights.purge(bot, kit_paths=kit_path or ())
    if as_json:
        print_json({"retention_days": done.days, "conversations": list(done.conversations)})
    else:
        print(f"{len(done.conversations)} conversations deleted in which nothing had happened for {done.days} days")


def _tell(gone: "Forgotten") -> None:
    told = gone.as_dict()
    print(f"deleted: {told['messages']} messages, {told['events']} events, {told['personal_values']} personal values")
    if not gone.deletion.overwritten:
        note("the rows are gone; their bytes stay in the database's files until it tidies up (in PostgreSQL: VACUUM)")
