"""The backend without a model: it says what it is told, or repeats the question. For tests and first tries."""

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from kitwright.types import Message, Prompt, ScrubbedText


class EchoBackend:
    """Streams, word by word, the scripted answers in order, or else the last line of the last user message.

    The same calls always give the same answers. When the script is at its end, its last answer is repeated.

    Args:
        scripted: answers, first to last.
        delay_s: seconds before each word.
    """

    name = "echo"

    def __init__(self, scripted: Sequence[str] = (), *, delay_s: float = 0.0) -> None:
        self._scripted = tuple(scripted)
        self._delay_s = delay_s
        self._given = 0
        self._lock = threading.Lock()

    def count(self, messages: Sequence[Message]) -> int:
        """Words of all messages."""
        return sum(len(message.content.split()) for message in messages)

    def warm(self, system: Message) -> None:
        """Nothing to prepare."""

    def close(self) -> None:
        """Nothing to release."""

    def stream(self, prompt: Prompt, *, cancelled: Callable[[], bool]) -> Iterator[ScrubbedText]:
        """The answer word by word, each with the space around it; `max_new_tokens` counts words."""
        words = re.findall(r"\s*\S+\s*", self._answer(prompt))
        for word in words[: prompt.max_new_tokens]:
            if cancelled():
                return
            if self._delay_s:
                time.sleep(self._delay_s)
            yield ScrubbedText(word)

    def _answer(self, prompt: Prompt) -> str:
        if not self._scripted:
            return _question(prompt.messages)
        with self._lock:
            answer = self._scripted[min(self._given, len(self._scripted) - 1)]
            self._given += 1
        return answer


def _question(messages: Sequence[Message]) -> str:
    asked = [message.content for message in messages if message.role == "user"]
    lines = asked[-1].strip().splitlines() if asked else []
    return lines[-1].strip() if lines else ""
