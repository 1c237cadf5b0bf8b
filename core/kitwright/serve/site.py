"""The pages: the front page at `/`, a page for each bot, and the widget as one script.

    GET /              the page that the first bot brings beside its bot.yaml (`page/index.html`), or the plain page
    GET /site/{file}   what lies beside that page
    GET /bots/{bot}    the plain page of any bot that is served
    GET /widget.js     the chat widget, compressed where the browser takes it
    GET /page/{file}   what the plain page needs

All are static and the same for everybody: no cookie, no inline script or style, nothing from another host.
"""

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

PAGE: Final = Path(__file__).parent / "page"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'"
)


@dataclass(frozen=True, slots=True)
class Front:
    """What a page needs to know of a bot.

    Args:
        folder: where the bot's own page lies; it need not exist.
    """

    name: str
    title: str
    language: str
    folder: Path | None = None

    @property
    def page(self) -> Path | None:
        """The bot's own page, if it brings one."""
        page = self.folder / "index.html" if self.folder else None
        return page if page and page.is_file() else None


def site_routes(fronts: Sequence[Front]) -> list[BaseRoute]:
    """The routes of the pages for these bots; the first is the one at `/`."""
    first = fronts[0]
    by_name = {front.name: front for front in fronts}

    def front_page(_request: Request) -> Response:
        return FileResponse(first.page, headers=_headers()) if first.page else _plain(first)

    def bot_page(request: Request) -> Response:
        front = by_name.get(request.path_params["bot"])
        if front is None:
            raise HTTPException(404)
        return _plain(front)

    routes: list[BaseRoute] = [
        Route("/", front_page, include_in_schema=False),
        Route("/bots/{bot}", bot_page, include_in_schema=False),
        Route("/widget.js", _Script(PAGE / "widget.js").answer, include_in_schema=False),
        Route("/page/icon.svg", lambda _request: FileResponse(PAGE / "icon.svg"), include_in_schema=False),
        Mount("/page/plain", StaticFiles(directory=PAGE / "plain"), name="plain"),
    ]
    if first.page:
        routes.append(Mount("/site", StaticFiles(directory=first.page.parent), name="site"))
    return routes


def _plain(front: Front) -> Response:
    page = (PAGE / "plain" / "index.html").read_text(encoding="utf-8")
    for name in ("language", "title", "name"):
        page = page.replace(f"{{{name}}}", escape(str(getattr(front, name))))
    return HTMLResponse(page, headers=_headers())


def _headers() -> dict[str, str]:
    return {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}


class _Script:
    """A script in memory, plain and compressed, for pages of any origin: the API decides what they may ask."""

    def __init__(self, path: Path) -> None:
        self._plain = path.read_bytes()
        self._small = gzip.compress(self._plain, 9, mtime=0)
        self._tag = f'"{hashlib.sha256(self._plain).hexdigest()[:20]}"'

    def answer(self, request: Request) -> Response:
        """The script; 304 to who has it."""
        headers = {
            "ETag": self._tag,
            "Cache-Control": "public, max-age=300, stale-while-revalidate=86400",
            "Vary": "Accept-Encoding",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "X-Content-Type-Options": "nosniff",
        }
        if self._tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        small = "gzip" in request.headers.get("accept-encoding", "")
        if small:
            headers["Content-Encoding"] = "gzip"
        return Response(self._small if small else self._plain, media_type="text/javascript", headers=headers)
