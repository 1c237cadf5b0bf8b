"""A speaker: a model that answers the questions of a comparison, several at once, and is timed."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from kitwright.files import content_hash
from kitwright.generation import ModelSettings, build_backend
from kitwright.protocols import Backend
from kitwright.types import Message, Prompt, ScrubbedText
from kitwright.workshop.comparison.memory import resident_mb
from kitwright.workshop.comparison.outputs import Output, OutputLog, key_of

AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True)
class Speaker:
    """A model runtime, and the hash of what tells its answers from another's."""

    backend: Backend
    model: str


class Ask(NamedTuple):
    """A prompt for one arm and sample."""

    arm: str
    sample: str
    prompt: Prompt


def open_speaker(settings: ModelSettings, adapter: Path | None) -> Speaker:
    """The bot's model with or without an adapter; it always takes the likeliest token."""
    chosen = greedy(settings)
    weights = (
        content_hash(*(path.read_bytes() for path in sorted(adapter.glob("*.safetensors")))) if adapter else "none"
    )
    return Speaker(build_backend(chosen, adapter), content_hash(chosen.model_dump_json(), weights))


def answer_all(
    speaker: Speaker, asks: Sequence[Ask], log: OutputLog, tick: Callable[[], None], *, at_once: int = AT_ONCE
) -> dict[str, Output]:
    """The answers by sample; what the log holds is not asked again.

    Args:
        speaker: who answers.
        asks: of one arm.
        log: takes every answer as soon as it is there.
        tick: called after each.
        at_once: questions asked at the same time.

    Raises:
        BackendFailed: the runtime failed; what was answered until then is in the log.
    """
    broken = threading.Event()

    def work(ask: Ask) -> Output:
        key = key_of(ask.prompt, speaker.model)
        output = log.get(key) or _answered(speaker, ask, key, broken.is_set)
        if output is None:
            raise CancelledError
        if log.get(key) is None:
            log.add(output)
        tick()
        return output

    with ThreadPoolExecutor(at_once) as pool:
        try:
            outputs = list(pool.map(work, asks))
        except BaseException:
            broken.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return {ask.sample: output for ask, output in zip(asks, outputs, strict=True)}


def _answered(speaker: Speaker, ask: Ask, key: str, cancelled: Callable[[], bool]) -> Output | None:
    """The model's answer, or None if the run was broken off meanwhile."""
    began, started, first = time.time(), time.perf_counter(), None
    pieces = []
    for piece in speaker.backend.stream(ask.prompt, cancelled=cancelled):
        first = first or time.perf_counter() - started
        pieces.append(piece)
    seconds = time.perf_counter() - started
    if cancelled():
        return None
    answer = "".join(pieces)
    return Output(
        key=key,
        arm=ask.arm,
        sample=ask.sample,
        model=speaker.model,
        answer=answer,
        prompt_tokens=ask.prompt.tokens,
        answer_tokens=_tokens(speaker.backend, answer),
        first_s=round(first or seconds, 4),
        seconds=round(seconds, 4),
        started=round(began, 3),
        memory_mb=resident_mb(),
    )


def _tokens(backend: Backend, answer: str) -> int:
    """Tokens of the answer without what every message has around it."""
    said, empty = (backend.count([Message("assistant", ScrubbedText(text))]) for text in (answer, ""))
    return said - empty


def greedy(settings: ModelSettings) -> ModelSettings:
    """The settings, with the likeliest token always taken."""
    sampling = getattr(settings, "sampling", None)
    if sampling is not None:
        return settings.model_copy(update={"sampling": sampling.model_copy(update={"temperature": 0.0})})
    return settings.model_copy(update={"temperature": 0.0}) if hasattr(settings, "temperature") else settings
