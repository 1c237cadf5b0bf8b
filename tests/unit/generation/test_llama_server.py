"""The llama.cpp server with a stand-in for the package: how it is opened, and what becomes of errors."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kitwright.errors import BackendFailed, ModelUnavailable
from kitwright.generation.llama_server import LlamaServer

GGUF = Path("model.gguf")


class FakeRuntime:
    """Stands in for `xllamacpp.Server`: answers with `chunks`, or fails to open."""

    chunks: list[Any] = []
    fails = False
    params: Any = None

    def __init__(self, params: Any) -> None:
        type(self).params = params
        if self.fails:
            raise RuntimeError("can not read secret/model.gguf")
        self.taken = 0

    def handle_completions(self, _request: dict[str, Any], take: Callable[[Any], bool]) -> None:
        for chunk in self.chunks:
            self.taken += 1
            if take(chunk):
                return


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> type[FakeRuntime]:
    fake = type("Runtime", (FakeRuntime,), {})

    def params() -> SimpleNamespace:
        return SimpleNamespace(model=SimpleNamespace(), cpuparams=SimpleNamespace(), cpuparams_batch=SimpleNamespace())

    kinds: Any = {
        "llama_flash_attn_type": SimpleNamespace(LLAMA_FLASH_ATTN_TYPE_DISABLED=0),
        "ggml_type": SimpleNamespace(GGML_TYPE_Q8_0=8),
    }
    package: Any = SimpleNamespace(CommonParams=params, Server=fake, **kinds)
    monkeypatch.setitem(sys.modules, "xllamacpp", package)
    return fake


def opened() -> LlamaServer:
    return LlamaServer(GGUF, threads=2, parallel=3, context=512)


def test_each_conversation_has_the_context_to_itself(runtime: type[FakeRuntime]) -> None:
    opened().close()
    assert (runtime.params.n_parallel, runtime.params.n_ctx) == (3, 1536)
    assert runtime.params.cpuparams.n_threads == runtime.params.cpuparams_batch.n_threads == 2


def test_nobody_else_can_reach_it(runtime: type[FakeRuntime]) -> None:
    server = opened()
    socket = Path(runtime.params.hostnames[0])
    assert socket.suffix == ".sock"
    assert socket.parent.stat().st_mode & 0o077 == 0
    assert len(runtime.params.api_keys[0]) >= 32
    server.close()
    assert not socket.parent.exists()


def test_chunks_come_until_they_are_not_wanted(runtime: type[FakeRuntime]) -> None:
    runtime.chunks = [{"n": 1}, [{"n": 2}, {"n": 3}], {"n": 4}]
    seen: list[Any] = []

    def take(chunk: Any) -> bool:
        seen.append(chunk["n"])
        return bool(chunk["n"] == 2)

    opened().complete({}, take)
    assert seen == [1, 2]


def test_an_error_is_a_backend_failure_that_quotes_nothing(runtime: type[FakeRuntime]) -> None:
    runtime.chunks = [{"error": {"type": "server_error", "message": "secret words"}}]
    with pytest.raises(BackendFailed, match="server_error") as caught:
        opened().complete({}, lambda _chunk: False)
    assert "secret" not in str(caught.value)


def test_a_model_that_can_not_be_loaded(runtime: type[FakeRuntime]) -> None:
    runtime.fails = True
    with pytest.raises(ModelUnavailable, match=r"model\.gguf") as caught:
        opened()
    assert "secret" not in str(caught.value)


def test_a_package_that_can_not_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(ModelUnavailable, match="libgomp1"):
        opened()
