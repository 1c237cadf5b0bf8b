"""The pages: nothing inline, nothing from elsewhere, a widget that is small and fresh in caches."""

import gzip
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kitwright.serve.site import PAGE, POLICY, Front, site_routes

ROOT = Path(__file__).parents[3]
SHOP = ROOT / "bots" / "clothing_support" / "page"


@pytest.fixture
def shop() -> TestClient:
    """A server whose first bot brings a page, and whose second does not."""
    fronts = [Front("clothing_support", "Fern", "en", SHOP), Front("zoo", 'Zoe <"&"> Zebra', "nl", Path("/nowhere"))]
    return TestClient(Starlette(routes=site_routes(fronts)))


@pytest.mark.parametrize("path", ["/", "/bots/zoo"])
def test_a_page_runs_only_what_its_policy_allows(shop: TestClient, path: str) -> None:
    response = shop.get(path)
    assert response.status_code == 200
    assert response.headers["content-security-policy"] == POLICY
    html = response.text
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", html) == []
    asked = re.findall(r'(?:src|href)="(/[^"]+)"', html)
    assert {"/widget.js", "/page/icon.svg"} < set(asked)
    assert [path for path in asked if shop.get(path).status_code != 200] == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []


def test_the_first_bot_with_a_page_has_it_at_the_front(shop: TestClient) -> None:
    assert "Fernhill" in shop.get("/").text
    assert 'bot="clothing_support"' in shop.get("/").text


def test_a_bot_without_a_page_gets_a_plain_one_with_its_title_as_text(shop: TestClient) -> None:
    html = shop.get("/bots/zoo").text
    assert '<html lang="nl">' in html
    assert "<title>Zoe &lt;&quot;&amp;&quot;&gt; Zebra</title>" in html
    assert '<kitwright-chat bot="zoo"' in html
    assert shop.get("/bots/nobody").status_code == 404
    alone = TestClient(Starlette(routes=site_routes([Front("zoo", "Zoe", "nl")])))
    assert '<kitwright-chat bot="zoo"' in alone.get("/").text


@pytest.mark.parametrize(
    "path", ["/site/../bot.yaml", "/site/%2e%2e/bot.yaml", "/page/plain/../widget/index.js", "/page/widget/index.js"]
)
def test_nothing_else_is_served(shop: TestClient, path: str) -> None:
    assert shop.get(path).status_code == 404


def test_the_widget_is_sent_compressed_and_kept_by_browsers(shop: TestClient) -> None:
    plain = shop.get("/widget.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    small = shop.get("/widget.js", headers={"accept-encoding": "gzip, br"})
    assert small.headers["content-encoding"] == "gzip"
    assert small.text == plain.text == (PAGE / "widget.js").read_text("utf-8")
    assert small.headers["content-type"].startswith("text/javascript")
    again = shop.get("/widget.js", headers={"if-none-match": small.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_widget_is_at_most_30_kb_compressed() -> None:
    assert len(gzip.compress((PAGE / "widget.js").read_bytes(), 9)) <= 30_000


def test_the_widget_makes_no_markup_style_or_script_of_text_and_names_no_host() -> None:
    for path in [PAGE / "widget.js", *(PAGE / "widget").rglob("*.js"), SHOP / "shop.js"]:
        script = path.read_text("utf-8")
        assert not re.findall(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|cssText", script
        )
        assert set(re.findall(r"""["'`](https?://[^"'`]+)""", script)) <= {"http://www.w3.org/2000/svg"}


def test_files_of_the_widget_are_short_and_say_what_they_are() -> None:
    files = [path for kind in ("js", "css") for path in (PAGE / "widget").rglob(f"*.{kind}")]
    assert len(files) > 30
    for path in files:
        text = path.read_text("utf-8")
        assert text.startswith(("// ", "/* ")), path
        assert len(text.splitlines()) <= 450, path


def test_all_languages_have_the_same_texts_with_the_same_values() -> None:
    def texts(path: Path) -> dict[str, set[str]]:
        pairs = re.findall(r'^  (\w+): "(.*)",$', path.read_text("utf-8"), re.MULTILINE)
        return {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in pairs}

    languages = sorted((PAGE / "widget" / "texts").glob("*.js"))
    assert [path.stem for path in languages] == ["ar", "de", "en", "es", "fr", "ja"]
    english = texts(PAGE / "widget" / "texts" / "en.js")
    assert len(english) > 50
    assert [path.stem for path in languages if texts(path) != english] == []
