"""`kitwright privacy`: the rights of the people who chat, how long conversations are kept, and what can leak."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kitwright.cli.lines import writing
from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import note, print_json, print_table, progress
from kitwright.errors import Fault, UsageError

if TYPE_CHECKING:
    from kitwright.bot import Forgotten
    from kitwright.workshop.privacy.leaks import AuditResult

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


@app.command("report")
def report(
    bot: BotArgument,
    out: Annotated[Path | None, typer.Option("--out", help="Write the report as one page.")] = None,
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a bot does with personal data, what was found where, and what people can ask for.

    Example: kitwright privacy report clothing_support --out privacy.html
    """
    from kitwright.workshop.privacy.report import PLACES, privacy_report, report_page

    if out is None and not as_json:
        hint = "kitwright privacy report BOT --out FILE.html, or --json"
        raise UsageError(Fault(code="KW002", place="report", problem="neither --out nor --json", hint=hint))
    with progress("looking", PLACES) as tick:
        found = privacy_report(bot, kit_paths=kit_path or (), done=tick)
    if out is not None:
        with writing(out) as file:
            file.write(report_page(found))
        note(f"wrote {out}")
    if as_json:
        print_json(found.as_dict())


@app.command("kanon")
def kanon(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="JSON-lines records, as for `data check`.")],
    k: Annotated[int, typer.Option("--k", min=2, help="People that a group has at least.")] = 11,
    drop: Annotated[Path | None, typer.Option("--drop", help="Write the records that stand in no small group.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Find people who could be told apart by age, place, work, illness and the like; exit code 1 if there are any.

    Counted over everything that a person says in a conversation; records of one carry the same conversation_id.

    Example: kitwright privacy kanon records.jsonl --drop anonymous.jsonl
    """
    from kitwright.workshop.privacy.anonymous import anonymity_of, drop_exposed, read_people, said_in

    samples = read_people(path)
    said = said_in(samples)
    with progress("reading", len(said)) as tick:
        found = anonymity_of(said, k=k, done=tick)
    if drop is not None:
        note(f"wrote {drop_exposed(samples, found, drop)} of {len(samples)} records to {drop}")
    if as_json:
        print_json(found.as_dict())
    else:
        rows = [
            (
                str(len(group.people)),
                _few(group.people),
                "\n".join(f"{kind}: {value}" for kind, value in group.quasi),
                group.advice,
            )
            for group in found.small
        ]
        if rows:
            print_table(("people", "records", "what they tell", "advice"), rows)
        print(found.line())
    if not found.ok:
        raise typer.Exit(1)


def _few(names: tuple[str, ...], limit: int = 5) -> str:
    more = f" and {len(names) - limit} more" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more


@app.command("audit")
def audit(
    bot: BotArgument,
    conversations: Annotated[int, typer.Option("--conversations", min=6, help="How many, over all ways in.")] = 60,
    url: Annotated[
        str | None, typer.Option("--url", help="A server that runs the bot, instead of one of the audit's own.")
    ] = None,
    own_model: Annotated[
        bool, typer.Option("--own-model", help="Keep the bot's model; what it is sent is then not seen.")
    ] = False,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Another seed says other things.")] = 0,
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell a bot values that nobody has, search all that it could write for them; exit code 1 where one is found.

    An endpoint that records what it is sent stands in for the model; the bot's own store is not touched.

    Example: kitwright privacy audit clothing_support --conversations 100
    """
    from kitwright.workshop.privacy.leaks import audit_bot, audit_server

    paths = kit_path or ()
    if url is None:
        result = audit_bot(bot, conversations=conversations, seed=seed, own_model=own_model, kit_paths=paths, told=note)
    else:
        result = audit_server(bot, url, conversations=conversations, seed=seed, kit_paths=paths)
    if as_json:
        print_json(result.as_dict())
    else:
        _show_audit(result)
    if not result.ok:
        raise typer.Exit(1)


def _show_audit(result: "AuditResult") -> None:
    columns = (
        "way in",
        "conversations",
        "turns",
        "values sent",
        "answers with them",
        "tool calls with them",
        "troubles",
    )
    print_table(columns, [(*map(str, row), str(o.troubles.total())) for o in result.outcomes for row in [o.row]])
    doors = [outcome.door for outcome in result.outcomes]
    rows = [
        (
            place.name,
            str(len(place.files)),
            f"{place.size / 1000:.0f}",
            *(str(result.leaked(d, place.name)) for d in doors),
        )
        for place in result.places
    ]
    rows.append(("replies to others", "", "", *(str(result.leaked(door, "replies to others")) for door in doors)))
    print_table(("searched", "files", "kB", *(f"found of {door}" for door in doors)), rows)
    for failure in result.failures:
        print(failure)
    print(f"planted to test the search: {result.planted[1]} values, {result.planted[0]} found")
    if result.left_out:
        print(f"{result.left_out} of {result.wordings} wordings were not recognised, and not sent")
    print("nothing was found where it should not be" if result.ok else "the bot does not hold")


def _tell(gone: "Forgotten") -> None:
    told = gone.as_dict()
    print(f"deleted: {told['messages']} messages, {told['events']} events, {told['personal_values']} personal values")
    if not gone.deletion.overwritten:
        note("the rows are gone; their bytes stay in the database's files until it tidies up (in PostgreSQL: VACUUM)")
