"""A real browser, the widget in a page, and screenshots of every state in reports/widget (kept out of git)."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from e2e.widget.fake_server import FakeApi, create_fake
from e2e.widget.serving import Served
from e2e.widget.visitor import PATIENCE, Visitor

ROOT = Path(__file__).parents[3]
SHOTS = ROOT / "reports" / "widget"
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def api() -> FakeApi:
    """The stand-in for the server's API, to order faults from."""
    return FakeApi()


@pytest.fixture
def fake(api: FakeApi) -> Iterator[Served]:
    """The stand-in, listening."""
    served = Served(create_fake(api))
    yield served
    served.stop()


Meet = Callable[..., Visitor]


@pytest.fixture
def meet(browser: Browser) -> Iterator[Meet]:
    """`meet(url, ...)`: a visitor whose browser opens a page; at the end nothing may have gone to another host.

    `path` is a page of the server; otherwise the widget is mounted on a page of someone with the other options.
    """
    visitors: list[Visitor] = []

    def come(
        url: str, *, path: str | None = None, browser_has: dict[str, Any] | None = None, **options: Any
    ) -> Visitor:
        has: dict[str, Any] = {
            "viewport": {"width": 1100, "height": 800},
            "reduced_motion": "reduce",
            "locale": "en-GB",
            **(browser_has or {}),
        }
        page_options: dict[str, str] = {
            key: str(options.pop(key)) for key in ("dir", "page-lang", "also", "mount") if key in options
        }
        page = browser.new_context(accept_downloads=True, **has).new_page()
        mounted: dict[str, Any] = {"bot": "clothing_support", **options}
        query = urlencode(page_options | {"options": json.dumps(mounted)})
        visitor = Visitor(page, SHOTS, also={urlsplit(each).netloc for each in (url, page_options.get("also", url))})
        visitors.append(visitor)
        page.goto(f"{url}{path or f'/host?{query}'}")
        return visitor

    yield come
    for visitor in visitors:
        visitor.page.context.close()
        assert visitor.strayed == []
        assert visitor.errors == []
