"""Doors of the server beside its plain API: pages with a token, and programs that speak other people's protocols.

Each conversation keeps to one protocol. What a protocol answers shows no trace, so the trace is read in the store.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any, Protocol

from kitwright.workshop.privacy.leaks.conversation import Conversation
from kitwright.workshop.privacy.leaks.ground import Ground
from kitwright.workshop.privacy.leaks.outcome import Outcome
from kitwright.workshop.privacy.leaks.processes import PATIENCE_S, THREADS, ask_metrics, delete, serving
from kitwright.workshop.privacy.leaks.staff import look_over

if TYPE_CHECKING:
    import httpx


class Visitor(Protocol):
    """Somebody who speaks one protocol, over restarts of the server."""

    def say(self, url: str, text: str) -> str:
        """Send a message to the server; everything that came back."""
        ...


def run_pages(ground: Ground, conversations: Sequence[Conversation], outcome: Outcome) -> None:
    """Pages with a visitor's token: JSON, server-sent events and the WebSocket in turn."""
    _run(ground, conversations, outcome, (_JsonPage, _EventPage, _SocketPage))


def run_clients(ground: Ground, conversations: Sequence[Conversation], outcome: Outcome) -> None:
    """Programs that speak OpenAI's, Rasa's and deep-chat's protocol in turn."""
    _run(ground, conversations, outcome, (_OpenAi, _Rasa, _DeepChat))


def _run(
    ground: Ground,
    conversations: Sequence[Conversation],
    outcome: Outcome,
    kinds: Sequence[Callable[[str, Conversation], Visitor]],
) -> None:
    visitors = {each.id: kinds[n % len(kinds)](ground.bot, each) for n, each in enumerate(conversations)}
    for half in (0, 1):
        with serving(ground) as url, ThreadPoolExecutor(THREADS) as pool:
            going = [each for each in conversations if half == 0 or not each.deleted]
            list(
                pool.map(
                    lambda each, n=half: _talk(ground, url, visitors[each.id], each, half=n, outcome=outcome), going
                )
            )
            if half == 0:
                delete(ground, conversations)
            look_over(ground, url)
            ask_metrics(ground, url)


def _talk(
    ground: Ground, url: str, visitor: Visitor, conversation: Conversation, *, half: int, outcome: Outcome
) -> None:
    name: str | None = None
    for message in conversation.halves[half]:
        shown = visitor.say(url, message.text)
        with closing(ground.store()) as store:
            name = name or ground.stored(store, conversation)
            turns = store.turns(ground.bot, name) if name else ()
        steps: Any = turns[-1].trace["steps"] if turns else ()
        ground.trace(steps)
        outcome.answered(conversation, message, shown, steps)


class _Page:
    """Opens a conversation and keeps its token."""

    def __init__(self, bot: str, _conversation: Conversation) -> None:
        self._bot = bot
        self._opened: dict[str, str] = {}

    def open(self, client: "httpx.Client") -> tuple[str, dict[str, str]]:
        """Where its messages go, and the header that lets them in."""
        if not self._opened:
            answer = client.post("/api/conversations", json={"bot": self._bot, "consent": True})
            self._opened = answer.raise_for_status().json()
        headers = {"Authorization": f"Bearer {self._opened['token']}"}
        return f"/api/conversations/{self._opened['conversation_id']}", headers


class _JsonPage(_Page):
    """Asks for JSON, and then for the whole conversation, as a page does that is loaded again."""

    def say(self, url: str, text: str) -> str:
        with _client(url) as client:
            path, headers = self.open(client)
            answer = client.post(f"{path}/messages", json={"text": text}, headers=headers)
            return answer.text + client.get(path, headers=headers).text


class _EventPage(_Page):
    """Asks for server-sent events, and gets all of them once more as somebody who was away."""

    def say(self, url: str, text: str) -> str:
        with _client(url) as client:
            path, headers = self.open(client)
            events = headers | {"Accept": "text/event-stream"}
            answer = client.post(f"{path}/messages", json={"text": text}, headers=events).text
            last = next((line for line in reversed(answer.splitlines()) if line.startswith("id: ")), None)
            if last is None:
                return answer
            with client.stream("GET", f"{path}/events", params={"after": 0}, headers=headers) as missed:
                return answer + "\n".join(_until(missed.iter_lines(), last))


class _SocketPage(_Page):
    """Speaks over the WebSocket, a new one for each message."""

    def say(self, url: str, text: str) -> str:
        from websockets.sync.client import connect

        with _client(url) as client:
            path, _ = self.open(client)
        came: list[str] = []
        with connect(f"{url.replace('http', 'ws', 1)}{path}/socket", open_timeout=PATIENCE_S) as socket:
            socket.send(json.dumps({"token": self._opened["token"]}))
            socket.send(json.dumps({"type": "message", "text": text}))
            while not came or json.loads(came[-1])["type"] not in ("done", "error"):
                came.append(str(socket.recv(PATIENCE_S)))
        return "\n".join(came)


class _OpenAi:
    """Streams, as programs that show answers do."""

    def __init__(self, bot: str, conversation: Conversation) -> None:
        self._body = {"model": bot, "metadata": {"conversation_id": conversation.id, "consent": "true"}}

    def say(self, url: str, text: str) -> str:
        body = {**self._body, "messages": [{"role": "user", "content": text}], "stream": True}
        with _client(url) as client:
            return client.post("/v1/chat/completions", json=body).text


class _Rasa:
    """Speaks to the REST channel."""

    def __init__(self, bot: str, conversation: Conversation) -> None:
        self._body = {"sender": conversation.id, "metadata": {"bot": bot, "consent": True}}

    def say(self, url: str, text: str) -> str:
        with _client(url) as client:
            return client.post("/webhooks/rest/webhook", json={**self._body, "message": text}).text


class _DeepChat:
    """Keeps the cookie that deep-chat's browser would keep."""

    def __init__(self, bot: str, _conversation: Conversation) -> None:
        self._path = f"/webhooks/deep-chat/{bot}"
        self._cookies: dict[str, str] = {}

    def say(self, url: str, text: str) -> str:
        with _client(url, self._cookies) as client:
            answer = client.post(self._path, json={"messages": [{"role": "user", "text": text}], "consent": True})
            self._cookies |= dict(answer.cookies)
            return answer.text


def _until(lines: Iterator[str], last: str) -> Iterator[str]:
    """The lines of a stream up to the event of this number."""
    for line in lines:
        yield line
        if line == last:
            yield from (next(lines), next(lines))  # its kind and its data
            return


def _client(url: str, cookies: "dict[str, str] | None" = None) -> "httpx.Client":
    import httpx

    return httpx.Client(base_url=url, timeout=PATIENCE_S, cookies=cookies)
