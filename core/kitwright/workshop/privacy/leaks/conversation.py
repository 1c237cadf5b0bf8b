"""What the people of the audit say: the kit's own utterances with canaries in them, and a mark that may be kept."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kitwright.workshop.privacy.leaks.canary import Aviary, Canary

PREFIX: Final = "audit-"
"""Begins the id of every conversation of the audit."""
_TURNS: Final = 4
_DELETED: Final = 3  # conversations of which one is deleted
_TRIES: Final = 8


@dataclass(frozen=True, slots=True)
class Message:
    """One message and the canaries in it."""

    text: str
    canaries: tuple[Canary, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One person's conversation.

    Args:
        id: unknown to everybody else.
        door: the way in.
        mark: words that are no personal data: it must be kept, and must go when the conversation is deleted.
        deleted: whether it is deleted half-way.
    """

    id: str
    door: str
    messages: tuple[Message, ...]
    mark: str
    deleted: bool

    @property
    def canaries(self) -> tuple[Canary, ...]:
        """All of its canaries."""
        return tuple(canary for message in self.messages for canary in message.canaries)

    @property
    def halves(self) -> tuple[Sequence[Message], Sequence[Message]]:
        """Its messages before and after what happens half-way: a restart, and here and there a deletion."""
        return self.messages[: _TURNS // 2], self.messages[_TURNS // 2 :]


class Writer:
    """Writes conversations; the same seed writes the same ones.

    Args:
        utterances: what people of the kit's domain say.
        hides: whether a text, once scrubbed, shows nothing of these canaries.
        seed: another one writes others.
    """

    def __init__(self, utterances: Sequence[str], hides: Callable[[str, Sequence[Canary]], bool], *, seed: int) -> None:
        self._utterances = utterances
        self._hides = hides
        self._random = random.Random(seed)
        self._aviary = Aviary(seed)
        self.written = 0
        self.left_out = 0
        """Wordings in which the recognisers did not find the value: how well they do is measured elsewhere."""

    def conversations(self, door: str, count: int) -> Iterator[Conversation]:
        """Conversations for one door."""
        for number in range(count):
            name = f"{PREFIX}{self._random.getrandbits(64):016x}"
            mark = self._aviary.mark()
            yield Conversation(
                id=name,
                door=door,
                messages=tuple(self._message(name, mark, turn) for turn in range(_TURNS)),
                mark=mark,
                deleted=number % _DELETED == _DELETED - 1,
            )

    def _message(self, conversation: str, mark: str, turn: int) -> Message:
        """A question with a value, a value alone, or a question with two and the mark."""
        said = [] if turn == 1 else [self._random.choice(self._utterances)]
        said += [f"it is the {mark} one"] if turn % 2 == 0 else []
        canaries: list[Canary] = []
        for canary in self._aviary.some(conversation, 1 + turn % 2):
            worded = self._found(canary, said, canaries)
            if worded is not None:
                said.append(worded)
                canaries.append(canary)
        return Message(_joined(said), tuple(canaries))

    def _found(self, canary: Canary, said: Sequence[str], others: Sequence[Canary]) -> str | None:
        """The canary in a wording in which it is recognised, and the others still are."""
        for _ in range(_TRIES):
            worded = self._aviary.worded(canary)
            self.written += 1
            if self._hides(_joined([*said, worded]), [*others, canary]):
                return worded
            self.left_out += 1
        return None


def _joined(said: Sequence[str]) -> str:
    return ". ".join(part.rstrip(".") for part in said) or "hello"
