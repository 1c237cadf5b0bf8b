"""One answer of llama.cpp: requests for a server's slot, and the pieces that come back."""

import queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

from kitwright.generation.sampling import Sampling
from kitwright.types import ScrubbedText

_LOOK_S: Final = 0.1
_LIKELIEST: Final = 64
_STRETCH: Final = 2
_PART: Final = 2


class Server(Protocol):
    """What an answer needs of `LlamaServer`."""

    def complete(self, request: Mapping[str, Any], take: Callable[[Mapping[str, Any]], bool]) -> None:
        """Send a request and give each chunk of the answer to `take`, until that returns true."""
        ...


class LlamaAnswer:
    """An answer under way: `run` asks for it in one thread, `pieces` hands it out in another.

    llama.cpp counts repeated tokens in a window that reaches back from the newest token, prompt included. An answer
    must be free to quote its passages, so with a repetition penalty it is asked for in stretches, each with a window
    as long as the answer is by then: it covers two thirds of the answer at least, and never the prompt. A stretch costs
    next to nothing, as the slot still holds what came before.

    Args:
        server: runs the model.
        ids: the prompt.
        sampling: how tokens are chosen.
        limit: tokens that the answer may have.
        stop: ids that end it.
        encode: text to ids, for a character that took several tokens.
    """

    def __init__(
        self,
        server: Server,
        ids: Sequence[int],
        *,
        sampling: Sampling,
        limit: int,
        stop: frozenset[int],
        encode: Callable[[str], Sequence[int]],
    ) -> None:
        self._server = server
        self._prompt = list(ids)
        self._sampling = sampling
        self._limit = limit
        self._stop = stop
        self._encode = encode
        self._answer: list[int] = []
        self._finished = False
        self._unwanted = False
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def run(self) -> None:
        """Generate the whole answer, or until nobody wants it any more.

        Raises:
            BackendFailed: the runtime failed.
        """
        try:
            while not self._over and len(self._answer) < self._limit:
                before = len(self._answer)
                self._server.complete(self._request(), self._take)
                self._finished = self._finished or len(self._answer) == before
        finally:
            self._queue.put(None)

    def pieces(self, cancelled: Callable[[], bool]) -> Iterator[ScrubbedText]:
        """The pieces as they come; when this iterator ends or is closed, so does the answer."""
        try:
            while not cancelled():
                try:
                    piece = self._queue.get(timeout=_LOOK_S)
                except queue.Empty:
                    continue
                if piece is None:
                    return
                yield ScrubbedText(piece)
        finally:
            self._unwanted = True

    @property
    def _over(self) -> bool:
        return self._finished or self._unwanted

    def _request(self) -> dict[str, Any]:
        done, left = len(self._answer), self._limit - len(self._answer)
        penalised = self._sampling.repetition_penalty > 1
        return {
            "prompt": self._prompt + self._answer,
            "n_predict": min(left, max(done // _PART, _STRETCH)) if penalised else left,
            "stream": True,
            "cache_prompt": True,
            # One probability is the one way to be told the ids; taken after sampling, it costs nothing.
            "n_probs": 1,
            "post_sampling_probs": True,
            **sampler_options(self._sampling, done),
        }

    def _take(self, chunk: Mapping[str, Any]) -> bool:
        """Note a chunk; returns whether the rest is not wanted."""
        for choice in chunk.get("choices") or ():
            text, ids = choice.get("text") or "", self._ids(choice)
            if not self._stop.isdisjoint(ids) or choice.get("finish_reason") == "stop":
                self._finished = True
                return True
            self._answer.extend(ids)
            if text:
                self._queue.put(text)
        return self._unwanted

    def _ids(self, choice: Mapping[str, Any]) -> Sequence[int]:
        content = (choice.get("logprobs") or {}).get("content") or ()
        if not content:
            return ()
        shown = content[-1]
        # Of a character in several tokens only the last one's id is told.
        whole = shown["bytes"] == shown["top_probs"][0]["bytes"] or not choice.get("text")
        return [shown["id"]] if whole else self._encode(choice["text"])


def sampler_options(sampling: Sampling, done: int) -> dict[str, Any]:
    """The entries of a request that choose tokens as `Sampling` says.

    Args:
        sampling: of the bot.
        done: tokens of the answer so far.
    """
    penalty = sampling.repetition_penalty if done else 1.0
    repeats = {"repeat_penalty": penalty, "repeat_last_n": done}
    if sampling.temperature > 0:
        draw = {"temperature": sampling.temperature, "top_p": sampling.top_p, "seed": sampling.seed + done}
        return {"samplers": ["penalties", "temperature", "top_p"], **draw, **repeats}
    if penalty == 1:
        return {"samplers": ["top_k"], "top_k": 1}
    # The penalty never lifts a token, so the likeliest one after it is among the likeliest before it.
    return {"samplers": ["top_k", "penalties", "temperature"], "top_k": _LIKELIEST, "temperature": 0, **repeats}
