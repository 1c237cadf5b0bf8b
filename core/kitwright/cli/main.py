"""The entry point: builds the command tree, runs it, and turns errors into lines and exit codes."""

import os
import sys

import typer

from kitwright.cli import bench, bots, chat, doctor, evaluate, kits, nlu, scrub, serve
from kitwright.errors import KitwrightError

app = typer.Typer(
    name="kitwright",
    help="Domain-specialist chatbots: prompting over a fine-tuned model.\n\nTry: kitwright chat clothing_support",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("chat")(chat.chat)
app.command("serve")(serve.serve)
app.command("kits")(kits.kits)
app.add_typer(kits.app, name="kit")
app.command("bots")(bots.bots)
app.command("doctor")(doctor.doctor)
app.command("scrub")(scrub.scrub)
app.add_typer(nlu.app, name="nlu")
app.command("evaluate")(evaluate.evaluate)
app.add_typer(bench.app, name="bench")


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except KitwrightError as error:
        for fault in error.faults:
            print(fault.line(), file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
