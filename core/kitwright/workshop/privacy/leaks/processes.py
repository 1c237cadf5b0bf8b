"""Doors that are processes of their own: `chat --script`, and the HTTP API of `serve`, killed and started again."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from kitwright.bot import forget
from kitwright.errors import Fault, ModelUnavailable
from kitwright.workshop.privacy.leaks.conversation import Conversation, Message
from kitwright.workshop.privacy.leaks.ground import Ground
from kitwright.workshop.privacy.leaks.outcome import Outcome

if TYPE_CHECKING:
    import httpx

THREADS: Final = 4
PATIENCE_S: Final = 180.0
_SHOWN: Final = ("reply", "buttons", "sources")
_REFUSED_EVERY: Final = 6  # conversations of which one also sends what is refused


def run_script(ground: Ground, conversations: Sequence[Conversation], outcome: Outcome) -> None:
    """`kitwright chat BOT --script`: the halves of the conversations, each in a process of its own."""
    for half in (0, 1):
        said = [
            (conversation, message)
            for conversation in conversations
            if half == 0 or not conversation.deleted
            for message in conversation.halves[half]
        ]
        lines = [{"conversation_id": conversation.id, "text": message.text} for conversation, message in said]
        script, out = ground.told / f"script-{half}.jsonl", ground.told / f"replies-{half}.jsonl"
        script.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        arguments = ["chat", ground.bot, "--script", str(script), "--out", str(out)]
        if ground.start(arguments, "chat.log").wait(PATIENCE_S):
            outcome.trouble("script broken off")
        replies = out.read_text("utf-8").splitlines() if out.exists() else []
        for (conversation, message), line in zip(said, replies, strict=False):
            _took(ground, conversation, message, json.loads(line), outcome)
        if half == 0:
            delete(ground, conversations)


def run_server(ground: Ground, conversations: Sequence[Conversation], outcome: Outcome) -> None:
    """The HTTP API: the server is killed half-way, while it answers, and started again."""
    for half in (0, 1):
        with serving(ground) as url, ThreadPoolExecutor(THREADS) as pool:
            going = [each for each in conversations if half == 0 or not each.deleted]
            list(pool.map(lambda each, n=half: talk(ground, url, each, each.halves[n], outcome), going))
            if half == 0:
                delete(ground, conversations)
            ask_metrics(ground, url)
            if half == 0:
                _ask_and_go(url, next(each for each in conversations if not each.deleted), ground.bot)
                outcome.trouble("server killed")


def talk(ground: Ground, url: str, conversation: Conversation, messages: Sequence[Message], outcome: Outcome) -> None:
    """Send messages over HTTP, and here and there what is refused."""
    import httpx

    address = f"{url}/api/bots/{ground.bot}/messages"
    with httpx.Client(timeout=PATIENCE_S) as client:
        for message in messages:
            answer = client.post(address, json={"text": message.text, "conversation_id": conversation.id})
            if answer.status_code == 200:
                _took(ground, conversation, message, answer.json(), outcome)
            else:
                outcome.trouble(f"status {answer.status_code}")
                _refused(ground, answer)
        if int(conversation.id[-4:], 16) % _REFUSED_EVERY == 0:
            for body in _refusable(messages[0].text):
                answer = client.post(address, content=body, headers={"Content-Type": "application/json"})
                outcome.trouble(f"status {answer.status_code}")
                _refused(ground, answer)


def ask_metrics(ground: Ground, url: str) -> None:
    """Keep the server's metrics, where it has some."""
    import httpx

    answer = httpx.get(f"{url}/metrics", timeout=PATIENCE_S)
    if answer.status_code == 200:
        with ground.place("metrics.txt").open("ab") as file:
            file.write(answer.content)


@contextmanager
def serving(ground: Ground) -> Iterator[str]:
    """A server on the bot of this ground, killed at the end without a word.

    Raises:
        ModelUnavailable: it does not start.
    """
    port = _free_port()
    process = ground.start(["serve", ground.bot, "--port", str(port)], "serve.log")
    try:
        url = f"http://127.0.0.1:{port}"
        _await(url, process)
        yield url
    finally:
        process.kill()
        process.wait()


def _await(url: str, process: "subprocess.Popen[bytes]") -> None:
    import httpx

    ends = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends and process.poll() is None:
        try:
            if httpx.get(f"{url}/health", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise ModelUnavailable(Fault(code="KW301", place="serve", problem="the server did not start"))


def _took(
    ground: Ground, conversation: Conversation, message: Message, record: dict[str, Any], outcome: Outcome
) -> None:
    ground.trace(record["trace"])
    shown = json.dumps([record[key] for key in _SHOWN], ensure_ascii=False)
    outcome.answered(conversation, message, shown, record["trace"])


def _refused(ground: Ground, answer: "httpx.Response") -> None:
    """What is said about a request that failed must not repeat it."""
    with (ground.place("refusals") / "answers.txt").open("ab") as file:
        file.write(answer.content + b"\n")


def _refusable(text: str) -> Iterator[bytes]:
    yield json.dumps({"text": text, "note": text}).encode()
    yield json.dumps({"text": "hello", "conversation_id": text}).encode()
    yield json.dumps({"text": [text]}).encode()
    yield json.dumps({"text": text}).encode()[:-1]
    yield json.dumps({"text": (text + " ") * (300_000 // len(text))}).encode()


def _ask_and_go(url: str, conversation: Conversation, bot: str) -> None:
    """A request whose answer nobody waits for."""
    host, _, port = url.removeprefix("http://").partition(":")
    body = json.dumps({"text": conversation.messages[0].text, "conversation_id": conversation.id}).encode()
    head = f"POST /api/bots/{bot}/messages HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        time.sleep(0.02)


def delete(ground: Ground, conversations: Sequence[Conversation]) -> None:
    """Delete the conversations that are to go half-way."""
    store = ground.store()
    try:
        for conversation in conversations:
            name = ground.stored(store, conversation) if conversation.deleted else None
            if name is not None:
                forget(store, ground.bot, name)
    finally:
        store.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
