"""Pages of the console: templates with everything escaped, and headers that let a page do nothing it need not do."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse

from kitwright.errors import Fault
from kitwright.serve.console.rights import has
from kitwright.serve.console.session import Session
from kitwright.serve.console.transcript import pieces

HERE: Final = Path(__file__).parent
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # with none at all, browsers do not say which page a form was sent from
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TITLES: Final[Mapping[int, str]] = {
    400: "That form can not be used",
    403: "Not for you",
    404: "There is no such page",
    409: "That is not possible now",
    422: "Something is missing",
    429: "Too many tries",
}


def page(
    request: Request, template: str, session: Session | None = None, *, status: int = 200, **values: object
) -> HTMLResponse:
    """A page, or a part of one, for somebody.

    Args:
        request: what it answers.
        template: name of the template.
        session: whose; None for somebody who is not signed in.
        status: of the answer.
        values: what the template shows.
    """
    given: dict[str, Any] = {"session": session, "me": session.member if session else None, "path": request.url.path}
    text = _environment().get_template(f"{template}.html.j2").render(**given, **values)
    # Half a surrogate pair, from a person or a tool, could not be sent otherwise.
    return HTMLResponse(text.encode("utf-8", "replace"), status, HEADERS)


def refusal(request: Request, status: int, faults: list[Fault], session: Session | None = None) -> HTMLResponse:
    """A page that says what is wrong."""
    title = TITLES.get(status, "The server can not do that now")
    return page(request, "refusal", session, status=status, title=title, faults=faults)


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["may"] = has
    environment.filters |= {
        "ago": ago,
        "clock": clock,
        "ms": milliseconds,
        "pieces": pieces,
        "short": short,
        "words": words,
    }
    return environment


def ago(at: datetime) -> str:
    """How long ago a moment was, in one unit.

    Example:
        >>> ago(datetime.now(UTC))
        'now'
    """
    seconds = max(0, int((datetime.now(UTC) - at).total_seconds()))
    for name, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size} {name}"
    return "now" if seconds < 10 else f"{seconds} s"


def clock(at: datetime) -> str:
    """A moment for people, in UTC; the page's script turns it into their own time."""
    today = datetime.now(UTC).date() == at.astimezone(UTC).date()
    return at.astimezone(UTC).strftime("%H:%M" if today else "%-d %b %H:%M")


def milliseconds(ms: float) -> str:
    """A duration for people.

    Example:
        >>> milliseconds(1234.5), milliseconds(0.04)
        ('1.23 s', '0.0 ms')
    """
    return f"{ms / 1000:.2f} s" if ms >= 1000 else f"{ms:.0f} ms" if ms >= 10 else f"{ms:.1f} ms"


def short(name: str) -> str:
    """The beginning of an id, enough to tell conversations apart."""
    return name if len(name) <= 10 else f"{name[:8]}…"


def words(name: str) -> str:
    """A name of ours as words."""
    return str(name).replace("_", " ")
