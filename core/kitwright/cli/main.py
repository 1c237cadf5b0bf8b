"""The entry point: builds the command tree, runs it, and turns errors into lines and exit codes."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

import typer

from kitwright.cli import (
    adapters,
    bench,
    bots,
    chat,
    compare,
    data,
    doctor,
    evaluate,
    kits,
    nlu,
    privacy,
    privacy_tagger,
    run,
    scrub,
    serve,
    staff,
    train,
)
from kitwright.errors import Fault, KitwrightError

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
app.add_typer(data.app, name="data")
app.command("run", context_settings=run.SETTINGS)(run.run)
app.command("train")(train.train)
app.command("evaluate")(evaluate.evaluate)
app.command("compare")(compare.compare)
app.add_typer(adapters.app, name="adapters")
privacy.app.command("train")(privacy_tagger.train)
privacy.app.command("evaluate")(privacy_tagger.evaluate)
app.add_typer(privacy.app, name="privacy")
app.add_typer(staff.app, name="staff")
app.add_typer(bench.app, name="bench")


def main() -> None:
    """Run the command line and exit."""
    _write_no_core_dumps()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except KitwrightError as error:
        _say(error.faults)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        # A bug of ours. Its message is not shown, since it could carry what a person typed.
        if os.environ.get("KITWRIGHT_DEBUG"):
            raise
        hint = "set KITWRIGHT_DEBUG=1 to see where, and report it"
        problem = f"stopped by an unexpected {type(error).__name__}"
        _say([Fault(code="KW900", place="kitwright", problem=problem, hint=hint)])
        sys.exit(1)


def _write_no_core_dumps() -> None:
    """A crash must not leave a picture of memory on the disk: it holds what people typed."""
    with suppress(ImportError, OSError, ValueError):  # there is no such limit on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _say(faults: Iterable[Fault]) -> None:
    for fault in faults:
        print(fault.line(), file=sys.stderr)
