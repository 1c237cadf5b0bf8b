"""The backend that runs a model in this process with llama.cpp: the quickest on a CPU, for many at once."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from kitwright.chat_format import ChatFormat
from kitwright.generation.causal_model import load_tokenizer
from kitwright.generation.gguf_file import GgufPrecision, merged_gguf, model_folder
from kitwright.generation.llama_answer import LlamaAnswer
from kitwright.generation.llama_server import LlamaServer, runtime_failed
from kitwright.generation.sampling import Sampling
from kitwright.generation.transformers_backend import EMBEDDED
from kitwright.types import Message, Prompt, ScrubbedText


class _Loaded(NamedTuple):
    """The running model, and a thread for each conversation that it computes at once."""

    server: LlamaServer
    threads: ThreadPoolExecutor


class LlamaCppBackend:
    """Generates for several conversations at once with one resident model; more wait for a free slot.

    Nothing is loaded before it is needed, and `count` needs the tokenizer only.

    Args:
        model: `embedded`, or a folder with a Hugging Face model of the Llama family and its GGUF.
        adapter: a folder with PEFT weights, merged into the model's file.
        admit: called with the chat format before the adapter is loaded; raises where they do not belong together.
        sampling: how tokens are chosen.
        precision: of the weights.
        threads: that compute; None is one for each CPU.
        parallel: conversations computed at once.
        context: tokens that prompt and answer of one conversation may have together.
        progress: called with one line before a long stage.
    """

    name = "llama_cpp"

    def __init__(
        self,
        model: str = EMBEDDED,
        *,
        adapter: Path | None = None,
        admit: Callable[[ChatFormat], None] | None = None,
        sampling: Sampling | None = None,
        precision: GgufPrecision = "q8_0",
        threads: int | None = None,
        parallel: int = 8,
        context: int = 2048,
        progress: Callable[[str], None] | None = None,
    ) -> None:
        self._model = model
        self._adapter = adapter
        self._admit = admit
        self._sampling = sampling or Sampling()
        self._precision: GgufPrecision = precision
        self._threads = threads
        self._parallel = parallel
        self._context = context
        self._progress = progress
        self._tokenizer: Any = None
        self._format: ChatFormat | None = None
        self._running: _Loaded | None = None
        self._loading = threading.Lock()

    @property
    def chat_format(self) -> ChatFormat:
        """The chat format of the model's tokenizer.

        Raises:
            ModelUnavailable: the tokenizer can not be loaded.
            CacheUnusable: the embedded model can not be unpacked.
        """
        with self._loading:
            if self._format is None:
                self._tokenizer = load_tokenizer(model_folder(self._model, progress=self._progress), None)
                self._format = ChatFormat(self._tokenizer)
            return self._format

    def count(self, messages: Sequence[Message]) -> int:
        """Tokens of the messages, ready for the assistant's answer; loads the tokenizer, not the model.

        Raises:
            ModelUnavailable: the tokenizer can not be loaded.
            CacheUnusable: the embedded model can not be unpacked.
        """
        return len(self.chat_format.encode(messages, for_answer=True).ids)

    def warm(self, system: Message) -> None:
        """Load the model and compute the system prompt once, for all prompts that begin with it, in any slot.

        Raises:
            BackendFailed: the runtime failed.
            ModelUnavailable: the model can not be loaded.
            CacheUnusable: the cache folder can not be written.
            AdapterMismatch: the adapter does not fit.
        """
        server = self._loaded().server
        ids = list(self.chat_format.encode([system], for_answer=False).ids)
        # Asked for several answers to one prompt, llama.cpp computes it once and copies it into as many slots.
        request = {"prompt": ids, "n": self._parallel, "n_predict": 1, "stream": False, "cache_prompt": True}
        server.complete(request, lambda _chunk: False)

    def stream(self, prompt: Prompt, *, cancelled: Callable[[], bool]) -> Iterator[ScrubbedText]:
        """Pieces of the answer; whole characters only, no control tokens.

        Raises:
            BackendFailed: the prompt leaves no room for an answer, or the model failed.
            ModelUnavailable: the model can not be loaded.
            CacheUnusable: the cache folder can not be written.
            AdapterMismatch: the adapter does not fit.
        """
        loaded = self._loaded()
        ids = self.chat_format.encode(prompt.messages, for_answer=True).ids
        limit = min(prompt.max_new_tokens, self._context - len(ids))
        if limit < 1:
            hint = "give the prompt a smaller budget of tokens, or the model a larger `context`"
            raise runtime_failed("the prompt leaves no room for an answer", hint)
        stop = frozenset(self.chat_format.stop_ids)
        answer = LlamaAnswer(loaded.server, ids, sampling=self._sampling, limit=limit, stop=stop, encode=self._encode)
        job = loaded.threads.submit(answer.run)
        try:
            yield from answer.pieces(lambda: cancelled() or job.cancelled())
            if not (cancelled() or job.cancelled()):
                job.result()  # raises what the thread raised
        finally:
            job.cancel()  # if it still waits for a slot; one that runs sees that nobody listens

    def close(self) -> None:
        """Release the model, after the answers under way; a later call loads it again."""
        with self._loading:
            running, self._running = self._running, None
        if running is not None:
            running.threads.shutdown(wait=True, cancel_futures=True)
            running.server.close()

    def _encode(self, text: str) -> Sequence[int]:
        ids: list[int] = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        return ids

    def _loaded(self) -> _Loaded:
        chat_format = self.chat_format
        with self._loading:
            if self._running is None:
                if self._admit is not None:
                    self._admit(chat_format)
                gguf = merged_gguf(self._model, self._adapter, self._precision, progress=self._progress)
                threads = self._threads or _cpus()
                server = LlamaServer(gguf, threads=threads, parallel=self._parallel, context=self._context)
                self._running = _Loaded(server, ThreadPoolExecutor(self._parallel, thread_name_prefix="llama"))
            return self._running


def _cpus() -> int:
    """CPUs that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # Linux only
    return len(affinity(0)) if affinity else os.cpu_count() or 1
