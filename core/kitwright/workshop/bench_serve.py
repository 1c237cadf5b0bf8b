"""How the server holds up: hundreds of open conversations that listen, dozens that send at once, without a model.

The server runs in a process of its own and is spoken to over its port, as people's pages do. Each open conversation
listens on a stream; whatever is acknowledged must be heard there too, once.
"""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kitwright.bot import load_bot
from kitwright.errors import Fault, ModelUnavailable
from kitwright.generation import EchoBackend
from kitwright.store import SqlStore
from kitwright.workshop.bench import Figure
from kitwright.workshop.http_line import Line, Stream

LIMIT_MS: Final = 250.0
_LATE_S: Final = 30.0  # for the last messages to arrive on the streams
_START_S: Final = 300.0
_ALONE: Final = 40  # messages sent one at a time, as a peer
_SETTLED: Final = 4  # the share of turns after which memory is looked at first: a quarter
_NO_LIMITS: Final = {
    "KITWRIGHT_SERVE_SENDS_PER_MINUTE": "1000000",
    "KITWRIGHT_SERVE_SENDS_PER_MINUTE_ADDRESS": "100000000",
    "KITWRIGHT_SERVE_OPENS_PER_MINUTE": "1000000",
    "KITWRIGHT_SERVE_QUEUE": "1000",
    "KITWRIGHT_SERVE_CONNECTIONS": "5000",
    "KITWRIGHT_SECRET": "bench" * 8,
}


@dataclass(slots=True)
class Run:
    """What was measured.

    Args:
        times: milliseconds of each message.
        lost: messages that were not acknowledged.
        seconds: of the whole.
        heard: messages that came on the streams.
        memory: megabytes of the server, after a quarter of the turns and at the end.
    """

    times: list[float] = field(default_factory=list)
    lost: int = 0
    seconds: float = 0.0
    heard: int = 0
    memory: tuple[float, float] = (0.0, 0.0)


def bench_serve(
    bot: str, *, conversations: int, at_once: int, turns: int, tick: Callable[[], None], rasa: str | None = None
) -> list[Figure]:
    """Measure the server with the echo backend.

    Args:
        bot: its name.
        conversations: how many are open and listen.
        at_once: how many send at the same time.
        turns: messages in all.
        tick: called after each.
        rasa: base URL of a Rasa server that runs, to be sent the same messages on its REST channel.

    Raises:
        UsageError: there is no such bot.
        ModelUnavailable: the server does not start.
    """
    texts = _texts(bot)
    with _serving(bot) as (port, pid):
        alone = asyncio.run(_Bench(port, pid, bot, texts).run(1, 1, _ALONE, lambda: None))
        run = asyncio.run(_Bench(port, pid, bot, texts).run(conversations, at_once, turns, tick))
    peers = [("one at a time", _p95(alone.times)), ("the limit", LIMIT_MS)]
    if rasa is not None:
        peers.append(("Rasa's REST channel", _p95(asyncio.run(_rasa(rasa, at_once, turns // 10, texts)))))
    what = f"{at_once} at once of {conversations} open"
    figures = [Figure(f"{what}, p95", _p95(run.times), "ms", *peer) for peer in peers]
    figures.append(
        Figure(f"{what}, p50", statistics.median(run.times), "ms", peers[0][0], statistics.median(alone.times))
    )
    figures.append(Figure(what, len(run.times) / run.seconds, "turns/s", peers[0][0], len(alone.times) / alone.seconds))
    figures.append(Figure("acknowledged", len(run.times), "messages", "sent", len(run.times) + run.lost))
    figures.append(Figure("different messages", min(len(set(texts)), turns), "messages", "sent", turns))
    figures.append(Figure("heard on streams", run.heard, "messages", "questions and replies", 2 * len(run.times)))
    if run.memory[0]:
        earlier = f"after {turns // _SETTLED} turns"
        figures.append(Figure(f"memory after {turns} turns", run.memory[1], "MB", earlier, run.memory[0]))
    return figures


class _Bench:
    """One run against a server.

    Args:
        port: of the server.
        pid: of its process.
        bot: name of the bot.
        texts: what is said, in turn.
    """

    def __init__(self, port: int, pid: int, bot: str, texts: Sequence[str]) -> None:
        self._port = port
        self._pid = pid
        self._bot = bot
        self._texts = texts
        self._sent = 0
        self._answered: Counter[str] = Counter()
        self._run = Run()

    async def run(self, conversations: int, at_once: int, turns: int, tick: Callable[[], None]) -> Run:
        async with Line(self._port) as line:
            opened = [await line.call("POST", "/api/conversations", {"bot": self._bot}) for _ in range(conversations)]
        talks = [(body["conversation_id"], body["token"]) for _, body in opened]
        streams = [Stream(self._port, f"/api/conversations/{name}/events", token) for name, token in talks]
        for stream in streams:
            await stream.open()
        started = time.perf_counter()
        shares = [talks[number::at_once] for number in range(at_once)]
        await asyncio.gather(*(self._talk(share, turns, tick) for share in shares if share))
        self._run.seconds = time.perf_counter() - started
        self._run.memory = (self._run.memory[0], _megabytes(self._pid))
        expected = [(stream, 2 * self._answered[name]) for stream, (name, _) in zip(streams, talks, strict=True)]
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*(stream.reach(count) for stream, count in expected)), _LATE_S)
        self._run.heard = sum(stream.messages for stream in streams)
        for stream in streams:
            await stream.close()
        return self._run

    async def _talk(self, talks: Sequence[tuple[str, str]], turns: int, tick: Callable[[], None]) -> None:
        async with Line(self._port) as line:
            while self._sent < turns:
                number, self._sent = self._sent, self._sent + 1
                name, token = talks[number % len(talks)]
                text = self._texts[number % len(self._texts)]
                sent = {"text": text, "message_id": f"m{number}"}
                began = time.perf_counter()
                status, _ = await line.call("POST", f"/api/conversations/{name}/messages", sent, token=token)
                if status == 200:
                    self._answered[name] += 1
                    self._run.times.append((time.perf_counter() - began) * 1000)
                else:
                    self._run.lost += 1
                if len(self._run.times) == turns // _SETTLED:
                    self._run.memory = (_megabytes(self._pid), 0.0)
                tick()


async def _rasa(url: str, at_once: int, turns: int, texts: Sequence[str]) -> list[float]:
    """Milliseconds of each message on Rasa's REST channel."""
    import httpx

    times: list[float] = []

    async def talk(client: httpx.AsyncClient, sender: int) -> None:
        while len(times) < turns:
            began = time.perf_counter()
            sent = {"sender": f"bench-{sender}", "message": texts[len(times) % len(texts)]}
            answer = await client.post(f"{url.rstrip('/')}/webhooks/rest/webhook", json=sent)
            answer.raise_for_status()
            times.append((time.perf_counter() - began) * 1000)

    async with httpx.AsyncClient(timeout=60) as client:
        await asyncio.gather(*(talk(client, number) for number in range(at_once)))
    return times


@contextmanager
def _serving(bot: str) -> Iterator[tuple[int, int]]:
    """A server with the echo backend on a store of its own: its port and the id of its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="kitwright-bench-") as folder:
        program = "from kitwright.cli import main; main()"
        command = [sys.executable, "-c", program, "serve", bot, "--echo", "--port", str(port)]
        environment = {**os.environ, **_NO_LIMITS, "KITWRIGHT_DATA": folder}
        with (Path(folder) / "serve.log").open("wb") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own command
        try:
            asyncio.run(_ready(port, process))
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(timeout=60)


async def _ready(port: int, process: "subprocess.Popen[bytes]") -> None:
    async def answers() -> bool:
        try:
            async with Line(port) as line:
                return (await line.call("GET", "/ready"))[0] == 200
        except OSError:
            return False

    ends = time.monotonic() + _START_S
    while process.poll() is None and time.monotonic() < ends:
        if await answers():
            return
        await asyncio.sleep(0.1)
    raise ModelUnavailable(Fault(code="KW301", place="serve", problem="the server did not start"))


def _texts(name: str) -> list[str]:
    """Messages of the kit's evals, or else its examples."""
    bot = load_bot(name, backend=EchoBackend(), store=SqlStore("sqlite://"))
    texts = [sample.text for suite in bot.kit.evals for sample in suite.samples]
    found = texts or [example.text for example in bot.kit.nlu.examples]
    bot.close()
    return found


def _megabytes(pid: int) -> float:
    """Resident memory of a process; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
