"""`kitwright run KIT COMMAND`: a command that a kit brings."""

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kitwright.cli.options import KitPathOption
from kitwright.cli.show import print_table
from kitwright.errors import Fault, UsageError

if TYPE_CHECKING:
    from kitwright.kit import KitCode

SETTINGS: Final = {"allow_extra_args": True, "allow_interspersed_args": False, "ignore_unknown_options": True}
"""What follows the command's name is the command's own, `--help` too."""


def run(
    typed: typer.Context,
    kit: Annotated[str, typer.Argument(metavar="KIT", help="A kit's name.")],
    kit_path: KitPathOption = None,
) -> None:
    """Run a command that a kit brings; without a name, list them.

    Example: kitwright run medical_triage assess --in cases.jsonl --out results.jsonl
    """
    from kitwright.kit import load_kit

    code = load_kit(kit, kit_paths=kit_path or []).code
    name, *arguments = typed.args or [""]
    if not name:
        _list(code)
        return
    command = code.commands.get(name)
    if command is None:
        choices = tuple(sorted(code.commands))
        raise UsageError(
            Fault(code="KW002", place=f"run {kit}", problem="has no such command", value=name, choices=choices)
        )
    _call(f"kitwright run {kit} {name}", command, arguments)


def _list(code: "KitCode") -> None:
    rows = [(name, (inspect.getdoc(function) or "").partition("\n")[0]) for name, function in code.commands.items()]
    print_table(("command", "what it does"), rows)


def _call(path: str, command: Callable[..., Any], arguments: list[str]) -> None:
    """Run a function as a command line of its own; it says by ValueError that its input is wrong, a fault a line."""
    from kitwright.workshop import with_context

    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command(context_settings={"help_option_names": ["-h", "--help"]})(with_context(command))
    try:
        code = app(arguments, prog_name=path, standalone_mode=False)
    except ValueError as error:
        problem = str(error)
    else:
        if code:
            raise typer.Exit(code if isinstance(code, int) else 0)
        return
    raise UsageError(
        [Fault(code="KW002", place=path, problem=line) for line in problem.splitlines() or ["wrong input"]]
    )
