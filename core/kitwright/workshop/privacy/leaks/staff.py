"""The staff's console, as somebody of the staff who looks at everything; it may show no value either."""

import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

from kitwright.errors import Fault, UsageError
from kitwright.workshop.privacy.leaks.ground import Ground

if TYPE_CHECKING:
    import httpx

NAME: Final = "auditor"
_PATIENCE_S: Final = 180.0
_LOOKED_AT: Final = 40  # conversations
_PAGES: Final = ("/", "/rows", "/waiting", "/search?words=order", "/ratings", "/dashboard", "/dashboard/unanswered")
_KEPT: Final = ("/replies", "/staff", "/audit", "/account")
_TOKEN: Final = re.compile(r'name="token" value="([^"]+)"')
_LINK: Final = re.compile(r'href="(/console/conversations/[^"]+)"')


def look_over(ground: Ground, url: str) -> None:
    """Sign in at the console of a server on this ground, and keep every page for the search.

    Raises:
        UsageError: the console does not let its own staff in.
    """
    import httpx

    password = _hired(ground)
    with httpx.Client(base_url=f"{url}/console", timeout=_PATIENCE_S, follow_redirects=True) as client:
        form = client.get("/sign-in")
        token = _TOKEN.search(form.text)
        fields = {"token": token[1] if token else "", "name": NAME, "password": password, "back": ""}
        if 'name="password"' in client.post("/sign-in", data=fields).text:
            problem = "the console does not let its own staff in"
            raise UsageError(Fault(code="KW207", place="console", problem=problem))
        with (ground.place("console") / "pages.html").open("ab") as file:
            for page in _pages(client):
                file.write(page)


def _hired(ground: Ground) -> str:
    """A password of somebody who may see everything."""
    from argon2 import PasswordHasher

    from kitwright.store import Staff

    password = secrets.token_urlsafe(16)
    hashed = PasswordHasher().hash(password)
    with closing(ground.store()) as store:
        staff = Staff(store.engine)
        with suppress(UsageError):
            staff.add(NAME, "admin", hashed)
        staff.set_hash(NAME, hashed)
    return password


def _pages(client: "httpx.Client") -> Iterator[bytes]:
    for path in (*_PAGES, *_KEPT):
        yield client.get(path).content
    for conversation in _links(client.get("/").text)[:_LOOKED_AT]:
        shown = client.get(conversation.removeprefix("/console"))
        yield shown.content
        for trace in _links(shown.text):
            yield client.get(trace.removeprefix("/console")).content


def _links(page: str) -> Sequence[str]:
    return list(dict.fromkeys(_LINK.findall(page)))
