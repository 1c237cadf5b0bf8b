"""Sign in and out, and one's own password; guessing passwords is slow, limited, and on record."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from kitwright.errors import Refused, UsageError
from kitwright.serve.console.door import ConsoleRoute, Posted, SignedIn, fields_of, forged, go
from kitwright.serve.console.page import HEADERS, page
from kitwright.serve.console.parts import Console, console_of
from kitwright.serve.console.passwords import LEAST
from kitwright.serve.console.session import PATH, is_token
from kitwright.serve.reception import address_of
from kitwright.store import StaffMember

router = APIRouter(route_class=ConsoleRoute)
_WRONG: Final = "Name and password do not fit, or you may not sign in."


@router.get("/sign-in")
async def sign_in_page(request: Request, back: str = "") -> Response:
    """The form to sign in."""
    console = console_of(request)
    if await console.desk.io(console.sessions.of, request):
        return go(request, "/")
    return await _form(request, back)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Sign in, with name and password."""
    console, fields = console_of(request), await fields_of(request)
    if not is_token(fields.get("token", ""), console.sessions.before(request)):
        raise forged()
    name, back = fields.get("name", "").strip(), fields.get("back", "")
    try:
        console.tries_by_address.take(address_of(request))
        console.tries_by_name.take(name[:80])
        console.tries.take(f"{address_of(request)} {name[:80]}")
    except Refused as error:
        response = await _form(request, back, problem=f"Too many tries: {error.faults[0].hint}.", status=429)
        response.headers["Retry-After"] = "".join(filter(str.isdigit, error.faults[0].hint or "")) or "60"
        return response
    member = await console.desk.io(_member, console, name, fields.get("password", ""))
    if member is None:
        return await _form(request, back, problem=_WRONG, status=403)
    console.staffed.look()
    response = RedirectResponse(f"{PATH}{back if back.startswith('/') else '/'}", 303, HEADERS)
    await console.desk.io(console.sessions.open, member, request, response)
    return response


@router.post("/sign-out")
async def sign_out(request: Request, session: SignedIn, _form: Posted) -> Response:
    """Sign out here."""
    console, response = console_of(request), go(request, "/sign-in")
    await console.desk.io(console.sessions.close, session, response)
    await console.desk.io(console.note, session.member.name, "signed out")
    return response


@router.get("/account")
async def account_page(request: Request, session: SignedIn, done: str = "") -> Response:
    """One's own account."""
    return page(request, "account", session, done=done, problem=None, least=LEAST)


@router.post("/account/password")
async def change_password(request: Request, session: SignedIn, form: Posted) -> Response:
    """Choose another password; all sessions end but a new one here."""
    console, name = console_of(request), session.member.name
    console.tries.take(f"password of {name}")
    problem = await console.desk.io(_changed_password, console, name, form)
    if problem:
        return page(request, "account", session, status=422, done="", problem=problem, least=LEAST)
    response = go(request, "/account", done="password")
    await console.desk.io(console.sessions.open, console.staff.get(name), request, response)
    return response


@router.post("/account/sign-out-everywhere")
async def sign_out_everywhere(request: Request, session: SignedIn, _form: Posted) -> Response:
    """End all of one's sessions, this one too."""
    console = console_of(request)
    await console.desk.io(console.staff.close_sessions, session.member.name)
    await console.desk.io(console.note, session.member.name, "signed out everywhere")
    return go(request, "/sign-in")


async def _form(request: Request, back: str, *, problem: str | None = None, status: int = 200) -> Response:
    console, holder = console_of(request), Response()
    token = console.sessions.begin(request, holder)
    is_empty = not await console.desk.io(console.staff.all)
    response = page(request, "sign_in", status=status, token=token, back=back, problem=problem, is_empty=is_empty)
    response.headers["Set-Cookie"] = holder.headers["Set-Cookie"]
    return response


def _member(console: Console, name: str, password: str) -> StaffMember | None:
    """The person, if the password is theirs and they may sign in; it is on record either way."""
    found = console.staff.with_hash(name)
    member, kept = found or (None, None)
    fits = console.passwords.fits(kept, password)
    if member is None or kept is None or not fits or not member.active:
        # A name that nobody has is not kept: people type passwords into the wrong field.
        console.note(member.name if member else "(nobody)", "sign-in refused")
        return None
    if console.passwords.is_old(kept):
        console.staff.renew_hash(name, console.passwords.hashed(password))
    console.note(member.name, "signed in")
    return member


def _changed_password(console: Console, name: str, form: Posted) -> str | None:
    """Change a password; what is wrong, where it was not changed."""
    found = console.staff.with_hash(name)
    if not console.passwords.fits(found[1] if found else None, form.get("old", "")):
        return "The present password is another one."
    if form.get("new") != form.get("again"):
        return "The new password was not written the same way twice."
    try:
        console.staff.set_hash(name, console.passwords.hashed(form.get("new", "")))
    except UsageError as error:
        return f"{error.faults[0].problem.capitalize()}."
    console.note(name, "changed their password")
    return None
