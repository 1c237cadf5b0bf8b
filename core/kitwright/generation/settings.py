"""The entry `model:` of bot.yaml, and the backend it describes."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal, assert_never

from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from kitwright.chat_format import ChatFormat
from kitwright.generation.causal_model import Precision
from kitwright.generation.echo import EchoBackend
from kitwright.generation.gguf_file import GgufPrecision
from kitwright.generation.llama_cpp_backend import LlamaCppBackend
from kitwright.generation.openai_compatible import OpenAICompatibleBackend
from kitwright.generation.sampling import Sampling
from kitwright.generation.transformers_backend import EMBEDDED, TransformersBackend
from kitwright.protocols import Backend


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TransformersSettings(_Settings):
    """A model in this process.

    Args:
        model: `embedded`, a folder, or a Hugging Face id.
        revision: of a Hugging Face id.
        precision: `auto` is bf16 on CPUs that multiply it, else float32.
        threads: of torch; the library's choice where left out.
        sampling: how tokens are chosen.
    """

    kind: Literal["transformers"] = "transformers"
    model: str = EMBEDDED
    revision: str | None = None
    precision: Precision = "auto"
    threads: int | None = Field(None, ge=1)
    sampling: Sampling = Sampling()


class LlamaCppSettings(_Settings):
    """A model in this process, run by llama.cpp: the quickest on a CPU.

    Args:
        model: `embedded`, or a folder with a Hugging Face model of the Llama family and its GGUF.
        precision: of the weights: `f16` says what transformers says; `q8_0` is quicker, and parts from it only where
            two words are about as likely; `q4_0` is quicker still, and worse.
        threads: that compute; one for each CPU where left out.
        parallel: conversations computed at once; more wait.
        context: tokens that prompt and answer of one conversation may have together.
        sampling: how tokens are chosen. The repetition penalty looks back over two thirds of the answer, at least.
    """

    kind: Literal["llama_cpp"]
    model: str = EMBEDDED
    precision: GgufPrecision = "q8_0"
    threads: int | None = Field(None, ge=1)
    parallel: int = Field(8, ge=1, le=64)
    context: int = Field(2048, ge=256)
    sampling: Sampling = Sampling()

    @property
    def revision(self) -> None:
        """None: the model is on this machine, and known by its content."""


class OpenAICompatibleSettings(_Settings):
    """A model on a server.

    Args:
        base_url: e.g. `http://localhost:8000/v1`.
        model: its name there; an adapter, where the bot has one, is asked for by its folder's name instead.
        api_key_env: the environment variable that holds the key, never the key.
        timeout_s: longest silence, in seconds.
        retries: further attempts before the first piece.
        temperature: 0 is greedy.
        top_p: share of probability kept.
    """

    kind: Literal["openai_compatible"]
    base_url: HttpUrl
    model: str = Field(min_length=1)
    api_key_env: str | None = Field(None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    timeout_s: float = Field(30.0, gt=0)
    retries: int = Field(2, ge=0, le=10)
    temperature: float = Field(0.0, ge=0, le=2)
    top_p: float = Field(1.0, gt=0, le=1)


class EchoSettings(_Settings):
    """No model: scripted answers, or the question repeated.

    Args:
        scripted: answers, first to last.
        delay_s: seconds before each word.
    """

    kind: Literal["echo"]
    scripted: tuple[str, ...] = ()
    delay_s: float = Field(0.0, ge=0)


ModelSettings = Annotated[
    TransformersSettings | LlamaCppSettings | OpenAICompatibleSettings | EchoSettings, Field(discriminator="kind")
]


def build_backend(
    settings: ModelSettings,
    adapter: Path | None,
    *,
    admit: Callable[[ChatFormat], None] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Backend:
    """The backend that the settings describe; nothing is loaded or connected yet.

    Args:
        settings: `model:` of bot.yaml.
        adapter: folder of the adapter to use. A server is asked for it by the folder's name.
        admit: called once, before an adapter is loaded here; raises where it does not belong to the chat format.
        progress: called with one line before a long stage.
    """
    match settings:
        case TransformersSettings():
            return TransformersBackend(
                settings.model,
                revision=settings.revision,
                adapter=adapter,
                admit=admit,
                sampling=settings.sampling,
                precision=settings.precision,
                threads=settings.threads,
                progress=progress,
            )
        case LlamaCppSettings():
            return LlamaCppBackend(
                adapter=adapter,
                admit=admit,
                progress=progress,
                **settings.model_dump(exclude={"kind", "sampling"}),
                sampling=settings.sampling,
            )
        case OpenAICompatibleSettings():
            return OpenAICompatibleBackend(
                str(settings.base_url),
                adapter.name if adapter else settings.model,
                **settings.model_dump(exclude={"kind", "base_url", "model"}),
            )
        case EchoSettings():
            return EchoBackend(settings.scripted, delay_s=settings.delay_s)
        case _:
            assert_never(settings)
