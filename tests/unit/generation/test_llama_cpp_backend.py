"""The llama.cpp backend with a stand-in for the server: lazy loading, waiting for a slot, cancelling, closing."""

import itertools
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kitwright.errors import AdapterMismatch, BackendFailed, Fault
from kitwright.generation import LlamaCppBackend
from kitwright.generation import llama_cpp_backend as module
from kitwright.generation.llama_server import runtime_failed
from kitwright.types import Message, Prompt, ScrubbedText
from unit.generation.tiny import saved_model

SYSTEM = Message("system", ScrubbedText("Be brief."))
CONTEXT = 256


def never() -> bool:
    return False


def prompt(text: str = "hello", limit: int = 20) -> Prompt:
    return Prompt(messages=(SYSTEM, Message("user", ScrubbedText(text))), tokens=0, max_new_tokens=limit)


class FakeServer:
    """Says `x` until the limit; calls `pace` before each."""

    made: list["FakeServer"] = []
    pace: Callable[[], object] = staticmethod(lambda: None)
    fails = False

    def __init__(self, gguf: Path, *, threads: int, parallel: int, context: int) -> None:
        self.settings = (gguf, threads, parallel, context)
        self.requests: list[Mapping[str, Any]] = []
        self.closed = False
        self.given = 0
        self.made.append(self)

    def complete(self, request: Mapping[str, Any], take: Callable[[Mapping[str, Any]], bool]) -> None:
        self.requests.append(request)
        if self.fails:
            raise runtime_failed("it broke", "mend it")
        for _ in range(request["n_predict"]):
            self.pace()
            self.given += 1
            shown = {"id": 50, "bytes": [120], "top_probs": [{"id": 50, "bytes": [120]}]}
            if take({"choices": [{"text": "x", "logprobs": {"content": [shown]}, "finish_reason": None}]}):
                return

    def close(self) -> None:
        self.closed = True


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch) -> type[FakeServer]:
    fake = type("Server", (FakeServer,), {"made": []})
    monkeypatch.setattr(module, "LlamaServer", fake)
    monkeypatch.setattr(module, "merged_gguf", lambda *_args, **_options: Path("made.gguf"))
    return fake


@pytest.fixture
def backend(folder: Path) -> LlamaCppBackend:
    return LlamaCppBackend(str(folder), threads=1, parallel=2, context=CONTEXT)


def said(backend: LlamaCppBackend, limit: int = 20) -> str:
    return "".join(backend.stream(prompt(limit=limit), cancelled=never))


def test_counting_loads_no_model(backend: LlamaCppBackend, server: type[FakeServer]) -> None:
    messages = prompt().messages
    assert backend.count(messages) == len(backend.chat_format.encode(messages, for_answer=True).ids)
    assert server.made == []


def test_the_model_is_loaded_once_with_the_settings(backend: LlamaCppBackend, server: type[FakeServer]) -> None:
    assert [said(backend, 3), said(backend, 5)] == ["xxx", "xxxxx"]
    assert [made.settings for made in server.made] == [(Path("made.gguf"), 1, 2, CONTEXT)]


def test_prompts_go_as_ids_of_our_chat_format(backend: LlamaCppBackend, server: type[FakeServer]) -> None:
    said(backend, 3)
    ids = backend.chat_format.encode(prompt().messages, for_answer=True).ids
    assert server.made[0].requests[0]["prompt"] == list(ids)


def test_warming_fills_every_slot_with_the_beginning_of_prompts(
    backend: LlamaCppBackend, server: type[FakeServer]
) -> None:
    backend.warm(SYSTEM)
    request = server.made[0].requests[0]
    ids = backend.chat_format.encode(prompt().messages, for_answer=True).ids
    assert request["n"] == 2
    assert request["prompt"] == list(ids[: len(request["prompt"])])


def test_a_prompt_without_room_for_an_answer_is_refused(backend: LlamaCppBackend) -> None:
    with pytest.raises(BackendFailed, match="no room"):
        list(backend.stream(prompt("x" * 300), cancelled=never))


def test_an_answer_ends_where_the_context_does(backend: LlamaCppBackend) -> None:
    free = CONTEXT - backend.count(prompt().messages)
    assert said(backend, 10_000) == "x" * free


def test_a_failure_reaches_the_caller(backend: LlamaCppBackend, server: type[FakeServer]) -> None:
    server.fails = True
    with pytest.raises(BackendFailed, match="it broke"):
        said(backend)
    server.fails = False
    assert said(backend, 2) == "xx"


def test_cancelling_stops_the_server_within_two_tokens(backend: LlamaCppBackend, server: type[FakeServer]) -> None:
    allowed = threading.Semaphore(3)
    server.pace = staticmethod(allowed.acquire)
    asked = itertools.count()
    assert list(backend.stream(prompt(), cancelled=lambda: next(asked) >= 3)) == ["x"] * 3
    allowed.release(10)
    backend.close()  # waits for what runs
    assert server.made[0].given <= 5


def test_closing_the_stream_frees_its_slot(backend: LlamaCppBackend, server: type[FakeServer]) -> None:
    for _ in range(5):  # more than there are slots
        stream: Any = backend.stream(prompt(), cancelled=never)
        next(stream)
        stream.close()
    assert said(backend, 2) == "xx"


def test_one_who_waits_for_a_slot_can_be_cancelled(backend: LlamaCppBackend, server: type[FakeServer]) -> None:
    running, go = threading.Barrier(3), threading.Event()

    def hold() -> None:
        if not go.is_set():
            running.wait(10)
            go.wait(10)

    server.pace = staticmethod(hold)
    busy = [threading.Thread(target=said, args=(backend, 8)) for _ in range(2)]
    for thread in busy:
        thread.start()
    running.wait(10)
    looks = itertools.count()
    assert list(backend.stream(prompt(), cancelled=lambda: next(looks) > 1)) == []
    go.set()
    for thread in busy:
        thread.join()
    backend.close()
    begun = [each for each in server.made[0].requests if "repeat_last_n" not in each]  # later ones go on with an answer
    assert len(begun) == 2


def test_closing_releases_the_model_and_a_later_call_loads_it_again(
    backend: LlamaCppBackend, server: type[FakeServer]
) -> None:
    backend.close()
    said(backend, 1)
    backend.close()
    backend.close()
    assert server.made[0].closed
    assert said(backend, 1) == "x"
    assert len(server.made) == 2


def test_an_adapter_that_is_not_admitted_is_not_loaded(folder: Path, server: type[FakeServer]) -> None:
    def refuse(_chat_format: object) -> None:
        raise AdapterMismatch(Fault(code="KW304", place="adapter", problem="of another chat format"))

    backend = LlamaCppBackend(str(folder), adapter=folder, admit=refuse)
    with pytest.raises(AdapterMismatch):
        said(backend)
    assert server.made == []
