"""rasa-webchat and deep-chat, the published packages, in a page in a real browser."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette

from e2e.doors.conftest import Build, House, show_page
from e2e.doors.packages import DEEP_CHAT, RASA_WEBCHAT, npm_package
from e2e.widget.serving import Served
from unit.bot.museum import ASK_ADDRESS, GROUNDED, PARKING

ADDRESS = "ada.lovelace@example.org"
WAIT_MS = 60_000
expect.set_options(timeout=WAIT_MS)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a visitor nobody knows; other hosts, where these clients look for fonts, are not there."""
    context = browser.new_context()
    context.set_default_timeout(WAIT_MS)
    context.route(re.compile(r"^https?://(?!127\.0\.0\.1[:/])"), lambda route: route.abort())
    yield context.new_page()
    context.close()


class Elsewhere:
    """A server of somebody else, with a page on it."""

    def __init__(self) -> None:
        self._app = Starlette()
        self.served = Served(self._app)
        self.url = self.served.url

    def show(self, name: str, **texts: str) -> str:
        """Put up the page; where it is."""
        show_page(self._app, "/", name, **texts)
        return self.url


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    made = Elsewhere()
    yield made
    made.served.stop()


def test_rasa_webchat_on_a_page_of_somebody_else(build: Build, page: Page, elsewhere: Elsewhere) -> None:
    npm_package(*RASA_WEBCHAT)
    house = build(origins=(elsewhere.url,), socketio_session_persistence=True)
    page.goto(elsewhere.show("rasa_webchat.html", url=house.url))
    page.locator(".rw-launcher").click()
    expect(page.locator(".rw-response").first).to_contain_text("Ask me anything about your visit")
    page.locator(".rw-reply").get_by_text("Plan a visit").click()
    expect(page.locator(".rw-response").last).to_contain_text("On which day would you like to come?")
    for text, answer in (("stop", "stopped"), (PARKING, GROUNDED), (ASK_ADDRESS, "address"), (ADDRESS, ADDRESS)):
        page.locator(".rw-new-message").fill(text)
        page.locator(".rw-new-message").press("Enter")
        expect(page.locator(".rw-response").last).to_contain_text(answer)
    page.reload()
    expect(page.locator(".rw-response").last).to_contain_text(ADDRESS)
    page.locator(".rw-new-message").fill("/plan_visit")
    page.locator(".rw-new-message").press("Enter")
    expect(page.locator(".rw-response").last).to_contain_text("On which day")
    assert len(house.conversations()) == 1


def test_rasa_webchat_is_refused_where_its_page_is_not_allowed(house: House, page: Page, elsewhere: Elsewhere) -> None:
    npm_package(*RASA_WEBCHAT)
    with page.expect_event("requestfailed", lambda request: "/socket.io/" in request.url):
        page.goto(elsewhere.show("rasa_webchat.html", url=house.url))
    assert house.conversations() == []


def deep_chat(page: Page, text: str) -> None:
    """Type into deep-chat and send."""
    box = page.locator("#text-input")
    box.click()
    box.press_sequentially(text)
    box.press("Enter")


@pytest.mark.parametrize("stream", [False, True])
def test_deep_chat_on_our_own_origin(house: House, page: Page, stream: bool) -> None:
    npm_package(*DEEP_CHAT)
    connect = json.dumps({"url": "/webhooks/deep-chat/museum", "stream": stream})
    show_page(house.app, "/somebody", "deep_chat.html", connect=connect)
    page.goto(f"{house.url}/somebody")
    answers = page.locator(".ai-message-text")
    for text, answer in ((PARKING, GROUNDED), (ASK_ADDRESS, "To which address may we write?"), (ADDRESS, ADDRESS)):
        deep_chat(page, text)
        expect(answers.last).to_contain_text(answer)
    deep_chat(page, "hello")
    if stream:
        expect(answers.last).to_contain_text("Plan a visit")
        deep_chat(page, "Plan a visit")
    else:
        page.locator(".deep-chat-suggestion-button").click()
    expect(answers.last).to_contain_text("On which day would you like to come?")
    assert len(house.conversations()) == 1
    assert ADDRESS not in str(house.bot.store.events("museum", house.conversations()[0]))


def test_deep_chat_elsewhere_with_the_token_of_a_conversation(build: Build, page: Page, elsewhere: Elsewhere) -> None:
    npm_package(*DEEP_CHAT)
    house = build(origins=(elsewhere.url,))
    opened = page.request.post(f"{house.url}/api/conversations", data={"bot": "museum"}).json()
    connect = {
        "url": f"{house.url}/webhooks/deep-chat/museum",
        "additionalBodyProps": {"token": opened["token"]},
        "stream": True,
    }
    page.goto(elsewhere.show("deep_chat.html", connect=json.dumps(connect)))
    for text, answer in ((ASK_ADDRESS, "To which address"), (ADDRESS, ADDRESS)):
        deep_chat(page, text)
        expect(page.locator(".ai-message-text").last).to_contain_text(answer)
    assert house.conversations() == [opened["conversation_id"]]


@pytest.mark.parametrize("stream", [False, True])
def test_deep_chat_shows_what_is_wrong(build: Build, page: Page, stream: bool) -> None:
    npm_package(*DEEP_CHAT)
    house = build(message_characters=5)
    connect = json.dumps({"url": "/webhooks/deep-chat/museum", "stream": stream})
    show_page(house.app, "/somebody", "deep_chat.html", connect=connect)
    page.goto(f"{house.url}/somebody")
    deep_chat(page, "too long")
    expect(page.locator(".error-message-text")).to_be_visible()
    expect(page.locator(".error-message-text")).to_contain_text("Longer than 5 characters" if not stream else "")
