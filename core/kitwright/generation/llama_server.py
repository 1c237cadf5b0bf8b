"""llama.cpp in this process: one model, several conversations at once, reached by calls and not over a network.

The wheel `xllamacpp` brings llama.cpp's server, which also insists on listening somewhere. It is given a socket in a
folder that only this user can enter, and a key that nobody is told.
"""

import secrets
import socket
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from kitwright.errors import BackendFailed, Fault, ModelUnavailable
from kitwright.generation.openmp import wait_shortly

_SILENT: Final = -1
_SAME_CONVERSATION: Final = 0.6  # share of the prompt that a slot must hold, else the one longest unused is taken


class LlamaServer:
    """A loaded model; `complete` may be called from many threads.

    Args:
        gguf: the model.
        threads: that compute.
        parallel: conversations that are computed at once.
        context: tokens that prompt and answer of one conversation may have together.

    Raises:
        ModelUnavailable: llama.cpp can not be loaded, or can not load the model.
    """

    def __init__(self, gguf: Path, *, threads: int, parallel: int, context: int) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="kitwright-")
        try:
            self._server = _open(gguf, _address(Path(self._folder.name)), threads, parallel, context)
        except BaseException:
            self._folder.cleanup()
            raise

    def complete(self, request: Mapping[str, Any], take: Callable[[Mapping[str, Any]], bool]) -> None:
        """Send a request and give each chunk of the answer to `take`, until that returns true.

        Args:
            request: as llama.cpp's `/v1/completions` takes it.
            take: called in this thread; returns whether the rest is not wanted.

        Raises:
            BackendFailed: llama.cpp refused the request or failed.
        """
        refused: list[Any] = []

        def hand_on(chunk: Any) -> bool:
            for each in chunk if isinstance(chunk, list) else [chunk]:
                if "error" in each:
                    refused.append(each["error"].get("type"))
                    return True
                if take(each):
                    return True
            return False

        self._server.handle_completions(dict(request), hand_on)
        if refused:
            raise runtime_failed(f"llama.cpp refused or failed ({refused[0]})", "see whether memory is left")

    def close(self) -> None:
        """Release the model; no request may be running or follow."""
        self._server = None
        self._folder.cleanup()


def runtime_failed(problem: str, hint: str) -> BackendFailed:
    """The error of a runtime that can not go on with one prompt."""
    return BackendFailed(Fault(code="KW303", place="generate", problem=problem, hint=hint))


def _open(gguf: Path, address: str, threads: int, parallel: int, context: int) -> Any:
    wait_shortly()
    try:
        import xllamacpp
    except ImportError as error:
        raise _unavailable("xllamacpp", "pip install xllamacpp; on Linux it needs the system's libgomp1") from error
    params = xllamacpp.CommonParams()
    params.model.path = str(gguf)
    params.n_gpu_layers = 0
    params.n_parallel = parallel
    params.n_ctx = context * parallel
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.verbosity = _SILENT
    params.cache_ram_mib = 0  # copies of whole conversations; every slot has the system prompt already
    params.slot_prompt_similarity = _SAME_CONVERSATION
    params.n_ctx_checkpoints = 0
    # On a CPU, flash attention over half floats takes a quarter of the decoding speed at 250 tokens of context.
    params.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
    params.cache_type_k = xllamacpp.ggml_type.GGML_TYPE_Q8_0
    params.fit_params = False
    params.hostnames = [address]
    params.api_keys = [secrets.token_hex(32)]
    params.n_threads_http = 1
    params.endpoint_slots = False
    params.ui = False
    try:
        return xllamacpp.Server(params)
    except RuntimeError as error:
        raise _unavailable(gguf.name, "remove the cache folder, or use `kind: transformers`") from error


def _address(folder: Path) -> str:
    return str(folder / "llama.sock") if hasattr(socket, "AF_UNIX") else "127.0.0.1"


def _unavailable(value: str, hint: str) -> ModelUnavailable:
    problem = "llama.cpp can not be loaded, or can not load the model"
    return ModelUnavailable(Fault(code="KW301", place="model.kind", problem=problem, value=value, hint=hint))
