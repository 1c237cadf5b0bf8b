"""`kitwright chat`: talk to a bot on the terminal, send one message, or run a script of conversations."""

import json
from pathlib import Path
from typing import Annotated

import typer

from kitwright.cli.lines import read_lines, writing
from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import note, print_json, progress
from kitwright.errors import Fault, UsageError

_ECHO = typer.Option("--echo", help="Use the echo backend instead of the language model.")


def chat(
    bot: Annotated[str, typer.Argument(metavar="BOT", help="Name of a bot; `kitwright bots` lists them.")],
    message: Annotated[str | None, typer.Option("--message", help="Send this one message and print the reply.")] = None,
    script: Annotated[Path | None, typer.Option("--script", help='JSON lines {"conversation_id","text"}.')] = None,
    target: Annotated[Path | None, typer.Option("--out", help="Where the script's replies go, a line a turn.")] = None,
    trace: Annotated[bool, typer.Option("--trace", help="Show what each step did.")] = False,
    echo: Annotated[bool, _ECHO] = False,
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """Chat with a bot.

    Example: kitwright chat clothing_support --message "can I return swimwear?"
    """
    if (script is None) != (target is None) or (script and message is not None):
        hint = "kitwright chat BOT --script IN.jsonl --out OUT.jsonl"
        raise UsageError(Fault(code="KW002", place="chat", problem="--script and --out go together, alone", hint=hint))
    from kitwright.cli import terminal
    from kitwright.generation import EchoBackend

    lines = read_lines(script, {"conversation_id": (str,), "text": (str,)}) if script else []
    from kitwright.bot import load_bot

    loaded = load_bot(bot, kit_paths=kit_path or (), backend=EchoBackend() if echo else None)
    try:
        if script is not None or message is not None:
            loaded.warm()  # side by side; the first message would load one model after the other
        if script is not None and target is not None:
            with writing(target) as out, progress("answering", len(lines)) as tick:
                for line in lines:
                    reply = loaded.reply(line["text"], conversation=line["conversation_id"])
                    out.write(json.dumps(reply.as_record(line["text"]), ensure_ascii=False) + "\n")
                    tick()
        elif message is None:
            terminal.talk(loaded, show_trace=trace)
        elif as_json:
            print_json(loaded.reply(message).as_record(message))
        else:
            terminal.show(loaded.reply(message), show_trace=trace)
    finally:
        loaded.close()
    if script is not None:
        note(f"{len(lines)} turns written to {target}")
