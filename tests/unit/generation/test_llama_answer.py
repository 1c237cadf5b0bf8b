"""An answer of llama.cpp: what is asked of the server, and what is made of its chunks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pytest

from kitwright.generation import Sampling
from kitwright.generation.llama_answer import LlamaAnswer, sampler_options

PROMPT = (100, 101, 102)
STOP = 2
Chunk = Mapping[str, Any]


def token(id_: int, text: str, *, last: str | None = None) -> Chunk:
    """A chunk as xllamacpp sends it; `last` is what the last token alone stands for, where that is not the text."""
    shown = {
        "id": id_,
        "bytes": list(text.encode()),
        "top_probs": [{"id": id_, "bytes": list((text if last is None else last).encode())}],
    }
    return {"choices": [{"text": text, "logprobs": {"content": [shown]}, "finish_reason": None}]}


def end(reason: str) -> Chunk:
    return {"choices": [{"text": "", "logprobs": None, "finish_reason": reason}]}


class Scripted:
    """Serves the tokens of a script, from where the answer in the prompt ends, as llama.cpp does."""

    def __init__(self, script: Sequence[Chunk]) -> None:
        self._script = script
        self.requests: list[Mapping[str, Any]] = []
        self.served = 0

    def complete(self, request: Mapping[str, Any], take: Callable[[Chunk], bool]) -> None:
        self.requests.append(request)
        done = len(request["prompt"]) - len(PROMPT)
        part = self._script[done : done + request["n_predict"]]
        for chunk in part:
            self.served += 1
            if take(chunk):
                return
        take(end("stop" if len(part) < request["n_predict"] else "length"))


def answer_of(server: Scripted, *, penalty: float = 1.0, limit: int = 40) -> LlamaAnswer:
    sampling = Sampling(repetition_penalty=penalty)
    return LlamaAnswer(
        server, PROMPT, sampling=sampling, limit=limit, stop=frozenset({STOP}), encode=lambda text: [900] * len(text)
    )


def said(answer: LlamaAnswer) -> str:
    answer.run()
    return "".join(answer.pieces(lambda: False))


def words(count: int) -> list[Chunk]:
    return [token(10 + number, f" w{number}") for number in range(count)]


def windows(requests: Iterable[Mapping[str, Any]]) -> list[tuple[int, int]]:
    return [(request["repeat_last_n"], request["n_predict"]) for request in requests]


def test_without_a_penalty_one_request_brings_the_whole_answer() -> None:
    server = Scripted(words(5))
    assert said(answer_of(server)) == " w0 w1 w2 w3 w4"
    assert [request["prompt"] for request in server.requests] == [list(PROMPT)]
    assert server.requests[0]["n_predict"] == 40


def test_the_window_of_the_penalty_grows_with_the_answer_and_never_reaches_the_prompt() -> None:
    server = Scripted(words(40))
    text = said(answer_of(server, penalty=1.1))
    assert text == "".join(f" w{number}" for number in range(40))
    assert windows(server.requests[1:]) == [(2, 2), (4, 2), (6, 3), (9, 4), (13, 6), (19, 9), (28, 12)]
    assert "repeat_last_n" not in server.requests[0]
    assert server.requests[-1]["prompt"] == [*PROMPT, *range(10, 38)]


def test_the_limit_is_kept() -> None:
    server = Scripted(words(40))
    assert said(answer_of(server, penalty=1.1, limit=11)).split()[-1] == "w10"
    assert [request["n_predict"] for request in server.requests] == [2, 2, 2, 3, 2]


@pytest.mark.parametrize("penalty", [1.0, 1.1])
def test_a_stop_id_ends_the_answer_and_is_not_shown(penalty: float) -> None:
    server = Scripted([token(10, "Yes."), token(STOP, ""), *words(20)])
    assert said(answer_of(server, penalty=penalty)) == "Yes."
    assert (len(server.requests), server.served) == (1, 2)


def test_an_answer_that_ends_within_a_stretch_is_not_asked_for_again() -> None:
    server = Scripted(words(5))
    said(answer_of(server, penalty=1.1))
    assert len(server.requests) == 3


def test_a_character_of_several_tokens_is_encoded_again() -> None:
    server = Scripted([token(10, "a"), token(77, "🧥", last="\x7f"), *words(8)])
    said(answer_of(server, penalty=1.1))
    assert server.requests[1]["prompt"][:5] == [*PROMPT, 10, 900]


def test_a_stretch_that_brings_nothing_ends_the_answer() -> None:
    class Mute(Scripted):
        def complete(self, request: Mapping[str, Any], take: Callable[[Chunk], bool]) -> None:
            self.requests.append(request)
            take(end("length"))

    server = Mute([])
    assert said(answer_of(server, penalty=1.1)) == ""
    assert len(server.requests) == 1


def test_an_answer_that_nobody_wants_stops_at_the_next_token() -> None:
    server = Scripted(words(40))
    answer = answer_of(server, penalty=1.1)
    assert list(answer.pieces(lambda: True)) == []
    answer.run()
    assert server.requests == []


def test_an_error_of_the_server_ends_the_pieces_too() -> None:
    class Failing(Scripted):
        def complete(self, request: Mapping[str, Any], take: Callable[[Chunk], bool]) -> None:
            take(words(1)[0])
            raise RuntimeError("out of memory")

    answer = answer_of(Failing([]))
    with pytest.raises(RuntimeError):
        answer.run()
    assert list(answer.pieces(lambda: False)) == [" w0"]


def test_greedy_takes_the_likeliest() -> None:
    assert sampler_options(Sampling(repetition_penalty=1.0), 5) == {"samplers": ["top_k"], "top_k": 1}
    assert sampler_options(Sampling(repetition_penalty=1.2), 0) == {"samplers": ["top_k"], "top_k": 1}
    greedy = sampler_options(Sampling(repetition_penalty=1.2), 8)
    assert greedy["samplers"] == ["top_k", "penalties", "temperature"]
    assert (greedy["temperature"], greedy["repeat_penalty"], greedy["repeat_last_n"]) == (0, 1.2, 8)


def test_drawing_keeps_the_order_and_the_settings_of_the_reference() -> None:
    drawn = sampler_options(Sampling(temperature=0.7, top_p=0.9, repetition_penalty=1.1, seed=3), 8)
    assert drawn["samplers"] == ["penalties", "temperature", "top_p"]
    assert (drawn["temperature"], drawn["top_p"], drawn["repeat_penalty"]) == (0.7, 0.9, 1.1)
    assert drawn["seed"] != sampler_options(Sampling(temperature=0.7, seed=3), 16)["seed"]
