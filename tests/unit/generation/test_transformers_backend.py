"""The transformers backend on a tiny model: streaming, cancelling, one at a time, lazy loading."""

import itertools
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kitwright.errors import BackendFailed, ModelUnavailable
from kitwright.generation import Sampling, TransformersBackend
from kitwright.generation import transformers_backend as module
from kitwright.types import Message, Prompt, ScrubbedText
from unit.generation.tiny import saved_model

SYSTEM = Message("system", ScrubbedText("Be brief."))


def never() -> bool:
    return False


def prompt(text: str, limit: int = 20) -> Prompt:
    return Prompt(messages=(SYSTEM, Message("user", ScrubbedText(text))), tokens=0, max_new_tokens=limit)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def backend(folder: Path) -> TransformersBackend:
    return TransformersBackend(str(folder), sampling=Sampling(repetition_penalty=1.0), precision="float32")


def said(backend: TransformersBackend, text: str) -> str:
    return "".join(backend.stream(prompt(text), cancelled=never))


def test_count_is_the_length_for_the_model_and_does_not_load_it(
    backend: TransformersBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "load_model", lambda *_: pytest.fail("the model was loaded"))
    messages = prompt("hello").messages
    assert backend.count(messages) == len(backend.chat_format.encode(messages, for_answer=True).ids)


def test_warming_changes_no_answer(folder: Path, backend: TransformersBackend) -> None:
    cold = said(backend, "hello")
    backend.warm(SYSTEM)
    assert said(backend, "hello") == cold
    assert said(backend, "goodbye") != cold
    assert said(backend, "hello") == cold


def test_pieces_are_whole_characters_without_control_tokens(backend: TransformersBackend) -> None:
    pieces = list(backend.stream(prompt("hello", limit=100), cancelled=never))
    assert pieces
    assert "<|" not in "".join(pieces)


def test_cancelling_stops_and_frees_the_model(backend: TransformersBackend) -> None:
    asked = itertools.count()
    pieces = list(backend.stream(prompt("hello", limit=100), cancelled=lambda: next(asked) >= 3))
    assert len(pieces) <= 3
    assert said(backend, "again")


def test_closing_the_stream_in_another_thread_frees_the_model(backend: TransformersBackend) -> None:
    stream: Any = backend.stream(prompt("hello", limit=100), cancelled=never)
    next(stream)
    closing = threading.Thread(target=stream.close)
    closing.start()
    closing.join()
    assert said(backend, "again")


def test_one_who_waits_can_be_cancelled(backend: TransformersBackend) -> None:
    first: Iterator[str] = backend.stream(prompt("hello", limit=100), cancelled=never)
    next(first)
    assert list(backend.stream(prompt("hello"), cancelled=lambda: True)) == []


def test_two_threads_get_the_answers_they_would_get_alone(backend: TransformersBackend) -> None:
    alone = {text: said(backend, text) for text in ("one", "two")}
    got: dict[str, str] = {}

    def ask(text: str) -> None:
        got[text] = said(backend, text)

    threads = [threading.Thread(target=ask, args=(text,)) for text in alone]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == alone


def test_a_prompt_without_room_for_an_answer_is_refused(backend: TransformersBackend) -> None:
    with pytest.raises(BackendFailed, match="no room"):
        list(backend.stream(prompt("x" * 300), cancelled=never))


def test_a_model_that_fails_is_a_backend_failure_that_quotes_nothing(
    backend: TransformersBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend.warm(SYSTEM)
    monkeypatch.setattr("kitwright.generation.decoder.Decoder._forward", _raise(RuntimeError("secret words")))
    with pytest.raises(BackendFailed) as caught:
        list(backend.stream(prompt("secret words"), cancelled=never))
    assert "secret" not in str(caught.value)


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="KW301"):
        TransformersBackend(str(tmp_path / "nothing")).warm(SYSTEM)


def _raise(error: Exception) -> Callable[..., None]:
    def raising(*_args: object) -> None:
        raise error

    return raising
