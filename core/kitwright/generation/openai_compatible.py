"""The backend that asks a server with an OpenAI-compatible API: vLLM, llama.cpp, Ollama, a hosted model."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from kitwright.errors import BackendFailed, Fault
from kitwright.generation.sse import MalformedStream, content_pieces
from kitwright.types import Message, Prompt, ScrubbedText

if TYPE_CHECKING:
    import httpx

_CONNECT_S: Final = 5.0
_CHARACTERS_PER_TOKEN: Final = 4
_TOKENS_PER_MESSAGE: Final = 4


class _Retryable(Exception):
    """An attempt that failed before anything was received; `fault` says how."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.problem)
        self.fault = fault


class OpenAICompatibleBackend:
    """Streams `POST {base_url}/chat/completions`. Errors name the server, never the prompt or the key.

    Args:
        base_url: up to and with the version, e.g. `http://localhost:8000/v1`.
        model: the model's, or the adapter's, name on that server.
        api_key_env: environment variable that holds the key; None sends no key.
        timeout_s: longest silence of the server, in seconds.
        retries: further attempts after a failed connection, 429 or 5xx, before the first piece only.
        backoff_s: wait before the first retry; doubles with each.
        temperature: 0 is greedy.
        top_p: share of probability kept.
        count_tokens: exact counter of a text's tokens, where a tokenizer of the model is at hand.
    """

    name = "openai_compatible"

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key_env: str | None = None,
        timeout_s: float = 30.0,
        retries: int = 2,
        backoff_s: float = 0.5,
        temperature: float = 0.0,
        top_p: float = 1.0,
        count_tokens: Callable[[str], int] | None = None,
    ) -> None:
        self._url = f"{base_url.rstrip('/')}/chat/completions"
        self.model = model
        self._api_key_env = api_key_env
        self._timeout_s = timeout_s
        self._retries = retries
        self._backoff_s = backoff_s
        self._sampling = {"temperature": temperature, "top_p": top_p}
        self._count_tokens = count_tokens or _estimated_tokens
        self._opened: httpx.Client | None = None
        self._opening = threading.Lock()

    def count(self, messages: Sequence[Message]) -> int:
        """Tokens of the messages: an estimate, one for every four characters, unless a counter was given."""
        return sum(self._count_tokens(message.content) + _TOKENS_PER_MESSAGE for message in messages)

    def warm(self, system: Message) -> None:
        """Open the client; the server keeps prefixes by itself.

        Raises:
            BackendFailed: the variable that should hold the key is not set.
        """
        self._client()
        self._headers()

    def stream(self, prompt: Prompt, *, cancelled: Callable[[], bool]) -> Iterator[ScrubbedText]:
        """Pieces of the answer as the server sends them.

        Raises:
            BackendFailed: no connection, a refusal, silence beyond the timeout, or an answer that makes no sense.
        """
        attempt = 0
        while not cancelled():
            try:
                yield from self._attempt(prompt, cancelled)
                return
            except _Retryable as failure:
                if attempt == self._retries:
                    raise BackendFailed(failure.fault) from failure
            time.sleep(self._backoff_s * 2**attempt)
            attempt += 1

    def close(self) -> None:
        """Close the connections; a later call opens new ones."""
        with self._opening:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()

    def _attempt(self, prompt: Prompt, cancelled: Callable[[], bool]) -> Iterator[ScrubbedText]:
        import httpx

        try:
            with self._client().stream("POST", self._url, json=self._body(prompt), headers=self._headers()) as answer:
                self._require_success(answer.status_code)
                for piece in content_pieces(answer.iter_lines()):
                    yield ScrubbedText(piece)
                    if cancelled():
                        return
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise _Retryable(self._fault("no connection", "is the server running, and `base_url` right?")) from error
        except httpx.TimeoutException as error:
            silence = f"no answer for {self._timeout_s:g} s"
            raise BackendFailed(self._fault(silence, "raise `timeout_s`, or choose a faster model")) from error
        except MalformedStream as error:
            hint = "does `base_url` end where /chat/completions begins?"
            raise BackendFailed(self._fault(str(error), hint)) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            hint = "see the log of the server"
            raise BackendFailed(self._fault(f"the connection failed ({type(error).__name__})", hint)) from error

    def _require_success(self, status: int) -> None:
        if status < 300:
            return
        if status == 429 or status >= 500:
            raise _Retryable(self._fault(f"the server answered {status}", "it is busy or broken; try again later"))
        hint = {401: "check the key", 403: "check the key", 404: "check `base_url` and `model`"}.get(status)
        raise BackendFailed(self._fault(f"the server answered {status}", hint or "see the log of the server"))

    def _body(self, prompt: Prompt) -> dict[str, Any]:
        return {
            "model": self.model,
            "messages": [_as_sent(message) for message in prompt.messages],
            "max_tokens": prompt.max_new_tokens,
            "stream": True,
            **self._sampling,
        }

    def _headers(self) -> dict[str, str]:
        if self._api_key_env is None:
            return {}
        key = os.environ.get(self._api_key_env, "").strip()
        if not key:
            raise BackendFailed(self._fault("no key", f"set the variable {self._api_key_env}"))
        return {"Authorization": f"Bearer {key}"}

    def _client(self) -> "httpx.Client":
        import httpx

        with self._opening:
            if self._opened is None:
                limit = httpx.Timeout(self._timeout_s, connect=min(_CONNECT_S, self._timeout_s))
                self._opened = httpx.Client(timeout=limit)
            return self._opened

    def _fault(self, problem: str, hint: str) -> Fault:
        return Fault(code="KW303", place="model (openai_compatible)", problem=problem, value=self.model, hint=hint)


def _as_sent(message: Message) -> dict[str, str]:
    """A tool's result goes as the user's words: servers take the role `tool` only with the id of a call."""
    if message.role == "tool":
        return {"role": "user", "content": f"Result of a look-up:\n{message.content}"}
    return {"role": message.role, "content": message.content}


def _estimated_tokens(text: str) -> int:
    return -(-len(text) // _CHARACTERS_PER_TOKEN)
