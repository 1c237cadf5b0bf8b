"""The backend that runs a model in this process with transformers, on the CPU."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from kitwright.chat_format import ChatFormat
from kitwright.errors import BackendFailed, Fault
from kitwright.generation.causal_model import Precision, load_model, load_tokenizer
from kitwright.generation.decoder import Decoder
from kitwright.generation.detokeniser import Detokeniser
from kitwright.generation.embedded import embedded_model_folder
from kitwright.generation.sampling import Sampler, Sampling
from kitwright.types import Message, Prompt, ScrubbedText

EMBEDDED: Final = "embedded"
_LOOK_S: Final = 0.1


class TransformersBackend:
    """Generates token by token with a model of its own; one generation at a time, others wait.

    Nothing is loaded before it is needed, and `count` needs the tokenizer only.

    Args:
        model: `embedded`, a folder, or a Hugging Face id.
        revision: of a Hugging Face id.
        adapter: a folder with PEFT weights, merged into the model when it is loaded.
        admit: called with the chat format before the adapter is loaded; raises where they do not belong together.
        sampling: how tokens are chosen.
        precision: `auto` is bf16 on CPUs that multiply it, else fp32.
        threads: of torch, for the whole process; None leaves them.
        progress: called with one line before a long stage.
    """

    name = "transformers"

    def __init__(
        self,
        model: str = EMBEDDED,
        *,
        revision: str | None = None,
        adapter: Path | None = None,
        admit: Callable[[ChatFormat], None] | None = None,
        sampling: Sampling | None = None,
        precision: Precision = "auto",
        threads: int | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> None:
        self._model = model
        self._revision = revision
        self._adapter = adapter
        self._admit = admit
        self._sampling = sampling or Sampling()
        self._precision: Precision = precision
        self._threads = threads
        self._progress = progress
        self._source: str | Path | None = None
        self._tokenizer: Any = None
        self._format: ChatFormat | None = None
        self._decoder: Decoder | None = None
        self._loading = threading.Lock()
        # Not re-entrant: a stream may be advanced, and closed, by another thread than the one that began it.
        self._running = threading.Lock()

    @property
    def chat_format(self) -> ChatFormat:
        """The chat format of the model's tokenizer.

        Raises:
            ModelUnavailable: the tokenizer can not be loaded.
            CacheUnusable: the embedded model can not be unpacked.
        """
        with self._loading:
            if self._format is None:
                self._tokenizer = load_tokenizer(self._folder(), self._revision)
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
        """Load the model and compute the system prompt once for all prompts that begin with it.

        Raises:
            ModelUnavailable: the model can not be loaded.
            CacheUnusable: the embedded model can not be unpacked.
            AdapterMismatch: the adapter does not fit.
        """
        decoder = self._loaded()
        with self._running:
            decoder.prepare(self.chat_format.encode([system], for_answer=False).ids)

    def stream(self, prompt: Prompt, *, cancelled: Callable[[], bool]) -> Iterator[ScrubbedText]:
        """Pieces of the answer; whole characters only, no control tokens.

        Raises:
            BackendFailed: the prompt leaves no room for an answer, or the model failed.
            ModelUnavailable: the model can not be loaded.
            CacheUnusable: the embedded model can not be unpacked.
            AdapterMismatch: the adapter does not fit.
        """
        decoder = self._loaded()
        while not self._running.acquire(timeout=_LOOK_S):
            if cancelled():
                return
        try:
            yield from self._pieces(decoder, prompt, cancelled)
        except (RuntimeError, MemoryError, IndexError) as error:
            raise _failed(f"the model failed ({type(error).__name__})", "see whether memory is left") from error
        finally:
            self._running.release()

    def close(self) -> None:
        """Release the model; a later call loads it again."""
        with self._loading:
            self._decoder = None

    def _pieces(self, decoder: Decoder, prompt: Prompt, cancelled: Callable[[], bool]) -> Iterator[ScrubbedText]:
        ids = self.chat_format.encode(prompt.messages, for_answer=True).ids
        limit = min(prompt.max_new_tokens, decoder.window - len(ids))
        if limit < 1:
            raise _failed("the prompt leaves no room for an answer", "give the prompt a smaller budget of tokens")
        text = Detokeniser(self._decode)
        stop = frozenset(self.chat_format.stop_ids)
        if cancelled():
            return
        for id_ in decoder.generate(ids, Sampler(self._sampling), limit=limit, stop=stop):
            if piece := text.feed(id_):
                yield ScrubbedText(piece)
            if cancelled():
                return
        if rest := text.flush():
            yield ScrubbedText(rest)

    def _decode(self, ids: Sequence[int]) -> str:
        text: str = self._tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return text

    def _loaded(self) -> Decoder:
        chat_format = self.chat_format
        with self._loading:
            if self._decoder is None:
                if self._admit is not None:
                    self._admit(chat_format)
                if self._threads is not None:
                    import torch

                    torch.set_num_threads(self._threads)
                self._decoder = Decoder(load_model(self._folder(), self._revision, self._adapter, self._precision))
            return self._decoder

    def _folder(self) -> str | Path:
        if self._source is None:
            self._source = embedded_model_folder(progress=self._progress) if self._model == EMBEDDED else self._model
        return self._source


def _failed(problem: str, hint: str) -> BackendFailed:
    return BackendFailed(Fault(code="KW303", place="generate", problem=problem, hint=hint))
