"""The door of every route of the console: who comes, what they may do, and whether a form came from our own page."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from kitwright.errors import Fault, KitwrightError, UsageError
from kitwright.serve.console.page import HEADERS, refusal
from kitwright.serve.console.parts import console_of
from kitwright.serve.console.rights import Right, has
from kitwright.serve.console.session import PATH, Session, is_token
from kitwright.serve.faults import status_of

_FIELD: Final = "token"
_HEADER: Final = "X-Form-Token"
_FIELDS: Final = 40


class NotSignedInError(Exception):
    """Nobody is signed in."""


class RefusedError(Exception):
    """The person may not do that, or can not now.

    Args:
        status: of the answer.
        problem: one clause.
        hint: what to do next.
    """

    def __init__(self, status: int, problem: str, hint: str | None = None) -> None:
        super().__init__(problem)
        self.status = status
        self.fault = Fault(code="KW207", place="console", problem=problem, hint=hint)


class ConsoleRoute(APIRoute):
    """A route whose refusals and faults are pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except NotSignedInError:
                return _to_sign_in(request)
            except RefusedError as error:
                return refusal(request, error.status, [error.fault], _known(request))
            except KitwrightError as error:
                response = refusal(request, _status_of(error), list(error.faults), _known(request))
            except RequestValidationError:
                fault = Fault(code="KW106", place="address", problem="a value is missing or of the wrong kind")
                response = refusal(request, 422, [fault], _known(request))
            return response

        return handled


async def signed_in(request: Request) -> Session:
    """Who a request comes from.

    Raises:
        NotSignedInError: nobody is signed in.
        StoreFailed: the sessions can not be read.
    """
    console = console_of(request)
    session = await console.desk.io(console.sessions.of, request)
    if session is None:
        raise NotSignedInError
    request.state.session = session
    return session


def needs(right: Right) -> Callable[[Session], Session]:
    """A dependency: who a request comes from, if they have a right."""

    def allowed(session: "SignedIn") -> Session:
        if not has(session.member, right):
            raise RefusedError(403, "your role does not allow that", "ask an admin")
        return session

    return allowed


async def posted(request: Request, session: "SignedIn") -> Mapping[str, str]:
    """The fields of a form that was sent from a page of this session.

    Raises:
        RefusedError: it was not, or can not be read.
    """
    fields = await fields_of(request)
    given = request.headers.get(_HEADER) or fields.get(_FIELD, "")
    if not is_token(given, session.token):
        raise forged()
    return fields


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form.

    Raises:
        RefusedError: it can not be read.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    body = await request.body()
    if body and kind != "application/x-www-form-urlencoded":
        raise RefusedError(400, "forms are sent as application/x-www-form-urlencoded")
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS))
    except (UnicodeDecodeError, ValueError):
        problem = "the form can not be read"
    raise RefusedError(400, problem)


def forged() -> RefusedError:
    """The refusal of a form that did not come from our own page."""
    return RefusedError(403, "the form was not sent from a page of yours", "load the page again, and send it again")


def is_htmx(request: Request) -> bool:
    """Whether a part of a page asks."""
    return request.headers.get("HX-Request") == "true"


def go(request: Request, path: str, **query: str) -> Response:
    """Send the browser to a page of the console."""
    target = f"{PATH}{quote(path)}{'?' + urlencode(query) if query else ''}"
    if is_htmx(request):
        return Response(status_code=204, headers={**HEADERS, "HX-Redirect": target})
    return RedirectResponse(target, 303, HEADERS)


def _to_sign_in(request: Request) -> Response:
    back = request.url.path.removeprefix(PATH)
    is_page = request.method == "GET" and not is_htmx(request) and back not in ("", "/")
    return go(request, "/sign-in", **({"back": back} if is_page else {}))


def _status_of(error: KitwrightError) -> int:
    """The status of a page that says so: what was asked for is not there, or is wrong, or the server can not."""
    is_wrong = isinstance(error, UsageError) and error.faults[0].code != "KW001"
    return 422 if is_wrong else status_of(error.faults)


def _known(request: Request) -> Session | None:
    found: Session | None = getattr(request.state, "session", None)
    return found


SignedIn = Annotated[Session, Depends(signed_in)]
Posted = Annotated[Mapping[str, str], Depends(posted)]
Answering = Annotated[Session, Depends(needs("answer"))]
Reviewing = Annotated[Session, Depends(needs("review"))]
Preparing = Annotated[Session, Depends(needs("prepare"))]
KeepingStaff = Annotated[Session, Depends(needs("keep_staff"))]
