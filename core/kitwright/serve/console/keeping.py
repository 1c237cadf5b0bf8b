"""What the staff keep for themselves: who they are, what they did, and replies that were written beforehand."""

from collections.abc import Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from kitwright.errors import Fault, UsageError
from kitwright.serve.console.door import ConsoleRoute, KeepingStaff, Posted, Preparing, RefusedError, go
from kitwright.serve.console.page import page
from kitwright.serve.console.parts import Console, console_of
from kitwright.serve.console.passwords import LEAST
from kitwright.serve.console.scope import Scoped
from kitwright.store import ROLES, Role

router = APIRouter(route_class=ConsoleRoute)
_DONE: Final = "done"


@router.get("/staff")
async def staff_page(request: Request, session: KeepingStaff) -> Response:
    """Everybody of the staff."""
    console = console_of(request)
    members = await console.desk.io(console.staff.all)
    return page(request, "staff", session, members=members, roles=ROLES, least=LEAST)


@router.post("/staff")
async def add_to_staff(request: Request, session: KeepingStaff, form: Posted) -> Response:
    """Add somebody."""
    console = console_of(request)
    name, role = named(form.get("name", "")), as_role(form.get("role", ""))
    hashed = await console.desk.io(console.passwords.hashed, form.get("password", ""))
    await console.desk.io(console.staff.add, name, role, hashed)
    await console.desk.io(console.note, session.member.name, "added", of=f"{name}, {role}")
    console.staffed.look()
    return go(request, "/staff")


@router.post("/staff/{name}")
async def change_staff(request: Request, session: KeepingStaff, name: str, form: Posted) -> Response:
    """Change somebody's role or password, or let them sign in or not; they are signed out."""
    console = console_of(request)
    what = await console.desk.io(_changed, console, name, form)
    await console.desk.io(console.note, session.member.name, what[0], of=what[1])
    console.staffed.look()
    return go(request, "/staff")


@router.get("/audit")
async def audit_page(
    request: Request, session: KeepingStaff, scope: Scoped, who: Annotated[str, Query(max_length=80)] = ""
) -> Response:
    """What the staff did, newest first."""
    console = console_of(request)
    members = await console.desk.io(console.staff.all)
    known = who if any(member.name == who for member in members) else ""
    only = {"who": known or None, "bot": scope.chosen or None}
    entries = await console.desk.io(console.audit.between, scope.since, scope.until, **only)
    return page(request, "audit", session, scope=scope, members=members, who=known, entries=entries)


@router.get("/replies")
async def replies_page(request: Request, session: Preparing, scope: Scoped) -> Response:
    """Replies that were written beforehand."""
    console = console_of(request)
    replies = {bot.name: await console.desk.io(console.canned.of, bot.name) for bot in scope.bots}
    return page(request, "replies", session, scope=scope, replies=replies)


@router.post("/replies")
async def keep_reply(request: Request, session: Preparing, form: Posted) -> Response:
    """Keep a reply, or remove one."""
    console = console_of(request)
    bot = console.desk.bot(form.get("bot", "")).name
    if form.get("remove", "").isdecimal():
        await console.desk.io(console.canned.remove, bot, int(form["remove"][:9]))
        what, title = "removed a reply", ""
    else:
        title, text = form.get("title", "").strip(), form.get("text", "").strip()
        if not 1 <= len(title) <= 80 or not 1 <= len(text) <= 4000:
            raise RefusedError(422, "a title has 1 to 80 characters, a text 1 to 4000")
        await console.desk.io(console.canned.put, bot, title, text)
        what = "kept a reply"
    await console.desk.io(console.note, session.member.name, what, bot, of=title)
    return go(request, "/replies")


def named(name: str) -> str:
    """A name that somebody of the staff can have.

    Raises:
        UsageError: KW002, it is none.
    """
    name = name.strip()
    if not 1 <= len(name) <= 40 or not all(c.isalnum() or c in " ._-'" for c in name) or not name[0].isalnum():
        problem = "a name has 1 to 40 letters, digits, spaces, dots, dashes; visitors see it"
        raise UsageError(Fault(code="KW002", place="staff", problem=problem))
    return name


def as_role(role: str) -> Role:
    """A role by its name.

    Raises:
        UsageError: KW001, there is none.
    """
    for each in ROLES:
        if each == role:
            return each
    raise UsageError(Fault(code="KW001", place="role", problem="no such role", choices=ROLES))


def _changed(console: Console, name: str, form: Mapping[str, str]) -> tuple[str, str]:
    """Do what the form asks for; what it was, for the audit log."""
    match form.get(_DONE):
        case "role":
            role = as_role(form.get("role", ""))
            console.staff.set_role(name, role)
            return "changed a role", f"{name}, {role}"
        case "off":
            console.staff.set_active(name, active=False)
            return "turned off", name
        case "on":
            console.staff.set_active(name, active=True)
            return "turned on", name
        case "password":
            console.staff.set_hash(name, console.passwords.hashed(form.get("password", "")))
            return "changed a password", name
        case "sign-out":
            console.staff.close_sessions(console.staff.get(name).name)
            return "signed out everywhere", name
    raise RefusedError(422, "nothing to do")
