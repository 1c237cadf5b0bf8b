"""A sample: one record of any of the known shapes, as the checks and the split look at it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Shape = Literal["sft", "kto", "dpo", "text"]


class Said(NamedTuple):
    """One message; `role` is one of TRL's."""

    role: str
    content: str


class Exchange(NamedTuple):
    """Everything that the person had said when an answer was given, and that answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One record.

    Args:
        id: its own, or else file and line.
        shape: which of the known shapes it has.
        context: the messages before the answer; a labelled text is one message of the user.
        answer: what is learned: the last answer, the completion or the chosen one; None where there is none.
        rejected: the answer that is not wanted.
        label: class of a labelled text, or `true` or `false` of a completion.
        group: the class that figures and splits count by: label, intent or first tag.
        passages: ids of the passages shown with the question.
        facts: what a tool returned, as one text; empty where none was called.
        split: the split it lies in, where its file, folder or field names one.
        extra: keys that the shape does not know.
        raw: its line as it stands in the file.
        data: its object, for grouping by a field.
    """

    id: str
    file: str
    line: int
    shape: Shape
    context: tuple[Said, ...]
    answer: str | None = None
    rejected: str | None = None
    label: str | None = None
    group: str | None = None
    passages: tuple[str, ...] = ()
    facts: str = ""
    tags: tuple[str, ...] = ()
    split: str | None = None
    extra: tuple[str, ...] = ()
    raw: str = ""
    data: dict[str, object]

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"

    @property
    def question(self) -> str:
        """Everything that the person says, a line each."""
        return "\n".join(said.content for said in self.context if said.role == "user")

    @property
    def answers(self) -> tuple[str, ...]:
        """What the assistant says, in order."""
        earlier = tuple(said.content for said in self.context if said.role == "assistant")
        return earlier if self.answer is None else (*earlier, self.answer)

    @property
    def messages(self) -> tuple[Said, ...]:
        """All messages, each answer of a pair as one of the assistant."""
        ends = (self.answer, self.rejected)
        return (*self.context, *(Said("assistant", end) for end in ends if end is not None))

    @property
    def exchanges(self) -> Iterator[Exchange]:
        """Each answer with what was asked until then; the answer that is not wanted is none."""
        asked: list[str] = []
        for said in self.context:
            if said.role == "user":
                asked.append(said.content)
            elif said.role == "assistant":
                yield Exchange("\n".join(asked), said.content)
        if self.answer is not None:
            yield Exchange("\n".join(asked), self.answer)

    @property
    def text(self) -> str:
        """All messages as one text."""
        return "\n".join(said.content for said in self.messages)
