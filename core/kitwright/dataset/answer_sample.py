"""One line of an answer eval: a conversation to be answered, and what a right answer must and must not say."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kitwright.dataset.records import ChatMessage

Expect = Literal["answer", "refuse", "clarify", "hand_over"]
Wordings = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]


class AnswerSample(BaseModel):
    """A conversation whose last message, the customer's, is the question.

    Args:
        id: unique in its file.
        messages: user and assistant by turns, ending with the user.
        intent: the domain's intent, or `oos`.
        difficulty: `hard` where typing errors, detours, conditions or neighbours are in the way.
        expect: the kind of reply that is right.
        passages: ids of those that hold the answer; empty where none does.
        facts: what a tool returned, if the answer comes from one.
        must_include: facts that a right answer states, each in any one of its wordings.
        must_not_include: what only a wrong answer says.
        reference: a right answer.
        note: why it is hard.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    messages: Annotated[tuple[ChatMessage, ...], Field(min_length=1)]
    intent: str = Field(min_length=1)
    difficulty: Literal["plain", "hard"]
    expect: Expect
    passages: tuple[str, ...] = ()
    facts: dict[str, Any] | None = None
    must_include: tuple[Wordings, ...] = ()
    must_not_include: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    reference: str = Field(min_length=1)
    note: str | None = None

    @model_validator(mode="after")
    def _takes_turns(self) -> "AnswerSample":
        roles = [message.role for message in self.messages]
        if roles != ["user", *["assistant", "user"] * (len(roles) // 2)]:
            raise ValueError("messages must be user and assistant by turns, the user first and last")
        return self

    @property
    def text(self) -> str:
        """The question."""
        return self.messages[-1].content
