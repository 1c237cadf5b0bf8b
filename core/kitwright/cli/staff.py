"""`kitwright staff`: who may use the console.

Passwords are asked for on the terminal or read from stdin, never taken as an argument: other people can see those.
"""

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kitwright.cli.options import JsonOption
from kitwright.cli.show import note, print_json, print_table

if TYPE_CHECKING:
    from kitwright.serve.console.register import Register

app = typer.Typer(no_args_is_help=True, help="The staff of the console: who may sign in, and as what.")

NameArgument = Annotated[str, typer.Argument(help="Name, as visitors see it.")]
BotOption = Annotated[
    str,
    typer.Option(
        "--bot", help="The first bot that is served; its database has the staff, unless $KITWRIGHT_STAFF_URL."
    ),
]
RoleOption = Annotated[str, typer.Option("--role", help="agent, reviewer or admin.")]


@app.command("add")
def add(name: NameArgument, role: RoleOption = "agent", bot: BotOption = "clothing_support") -> None:
    """Add somebody; the password is asked for, or is the first line of stdin.

    Example: kitwright staff add ana --role admin
    """
    register = _register(bot)
    register.check_free(name, role)
    register.add(name, role, _new_password())
    note(f"{name} may sign in at /console as {role}")


@app.command("list")
def show(bot: BotOption = "clothing_support", as_json: JsonOption = False) -> None:
    """Show everybody of the staff.

    Example: kitwright staff list
    """
    members = _register(bot).staff.all()
    if as_json:
        print_json([{"name": m.name, "role": m.role, "active": m.active, "at": m.at.isoformat()} for m in members])
        return
    rows = [(m.name, m.role, "may sign in" if m.active else "off", m.at.strftime("%Y-%m-%d")) for m in members]
    print_table(("name", "role", "access", "since"), rows)


@app.command("role")
def set_role(
    name: NameArgument,
    role: Annotated[str, typer.Argument(help="agent, reviewer or admin.")],
    bot: BotOption = "clothing_support",
) -> None:
    """Give somebody another role; they are signed out.

    Example: kitwright staff role ana reviewer
    """
    _register(bot).set_role(name, role)
    note(f"{name} is {role} now")


@app.command("off")
def turn_off(
    name: NameArgument,
    on: Annotated[bool, typer.Option("--on", help="Let them sign in again.")] = False,
    bot: BotOption = "clothing_support",
) -> None:
    """Sign somebody out, and let them sign in no more.

    Example: kitwright staff off ana
    """
    _register(bot).set_active(name, active=on)
    note(f"{name} may {'sign in again' if on else 'not sign in any more'}")


@app.command("password")
def set_password(name: NameArgument, bot: BotOption = "clothing_support") -> None:
    """Give somebody another password; they are signed out.

    Example: kitwright staff password ana
    """
    register = _register(bot)
    register.staff.get(name)
    register.set_password(name, _new_password())
    note(f"{name} has another password")


def _register(bot: str) -> "Register":
    from kitwright.serve.console.register import open_register

    return open_register(bot)


def _new_password() -> str:
    """Asked for twice on a terminal, else the first line of stdin."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") == password:
        return password
    raise typer.BadParameter("the passwords are not the same")
