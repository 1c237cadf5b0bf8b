"""Benchmarks: figures as ratios against a named peer, measured in the same run."""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kitwright.bot import load_bot
from kitwright.encoder import embedded_encoder
from kitwright.generation import EchoBackend
from kitwright.store import SqlStore
from kitwright.types import ScrubbedText


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value beside its peer's; `ratio` is value / peer_value."""

    name: str
    value: float
    unit: str
    peer: str
    peer_value: float

    def as_dict(self) -> dict[str, object]:
        """The figure for `--json`."""
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "unit": self.unit,
            "peer": self.peer,
            "peer_value": round(self.peer_value, 4),
            "ratio": round(self.value / self.peer_value, 4),
        }


PEER = "all-MiniLM-L6-v2, one sentence"


def bench_turn(bot_name: str, *, turns: int, store_url: str, tick: Callable[[], None]) -> list[Figure]:
    """Time everything but generation, by step, over messages of the kit's evals and tests.

    The peer is what one pass of the same sentence encoder takes on the same messages: a turn can not be
    cheaper than that.
    """
    bot = load_bot(bot_name, backend=EchoBackend(), store=SqlStore(store_url))
    bot.warm()
    texts = _messages(
        [s.text for e in bot.kit.evals for s in e.samples] or [e.text for e in bot.kit.nlu.examples], turns
    )
    peer = _encoder_times(texts)
    times: dict[str, list[float]] = defaultdict(list)
    for number, text in enumerate(texts):
        trace = bot.reply(text, conversation=f"bench-{number // 5}").trace
        for entry in trace:
            if entry.step != "generate":
                times[entry.step].append(entry.ms)
        times["turn without generation"].append(sum(e.ms for e in trace if e.step != "generate"))
        tick()
    bot.close()
    return [
        Figure(f"{name} {label}", of(values), "ms", PEER, of(peer))
        for name, values in times.items()
        for label, of in (("p50", statistics.median), ("p95", _p95))
    ]


def _messages(texts: Sequence[str], turns: int) -> list[str]:
    return [texts[number % len(texts)] for number in range(turns)]


def _encoder_times(texts: Sequence[str]) -> list[float]:
    """Milliseconds of an encoder pass for each text; every text is made unlike those in the encoder's memory."""
    encoder = embedded_encoder()
    encoder.encode([ScrubbedText("warm")])
    taken = []
    for number, text in enumerate(texts):
        started = time.perf_counter()
        encoder.encode([ScrubbedText(f"{text} {number}")])
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
