"""Conversation tests: what a person says and what must come back, in the shape of Rasa's e2e tests."""

from typing import Annotated, Final

from pydantic import Field, model_validator

from kitwright.files import Strict, YamlDocument, only_kind, validate

Texts = Annotated[tuple[str, ...], Field(min_length=1)]
SlotValue = str | bool | float | None


class ConversationStep(Strict):
    """One line of a test: something said by `user`, or one expectation of the last reply.

    Args:
        user: what the person says.
        bot: the reply's whole text.
        bot_contains: each stands in the reply.
        not_contains: none stands in the reply.
        utter: a response, in any of its wordings, was said.
        flow: this flow is, or was in this turn, active.
        slot_was_set: slots that hold these values.
        slot_was_not_set: slots that hold nothing.
        tool: this tool was called.
        buttons: titles of the quick replies.
        handoff: the conversation was handed over.
        source: a source's id starts with this.
    """

    user: str | None = None
    bot: str | None = None
    bot_contains: Texts | None = None
    not_contains: Texts | None = None
    utter: str | None = None
    flow: str | None = None
    slot_was_set: dict[str, SlotValue] | None = None
    slot_was_not_set: Texts | None = None
    tool: str | None = None
    buttons: tuple[str, ...] | None = None
    handoff: bool | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "ConversationStep":
        only_kind(self, KINDS)
        return self

    @property
    def kind(self) -> str:
        """Which of the kinds the step is."""
        return only_kind(self, KINDS)


KINDS: Final = tuple(ConversationStep.model_fields)


class ConversationTest(Strict):
    """A named conversation; it opens with something the person says."""

    test_case: str = Field(min_length=1)
    steps: Annotated[tuple[ConversationStep, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _opens_with_user(self) -> "ConversationTest":
        if self.steps[0].user is None:
            raise ValueError("the first step must be what the user says")
        return self


class _ConversationTestFile(Strict):
    test_cases: Annotated[tuple[ConversationTest, ...], Field(min_length=1)]


def read_conversation_tests(document: YamlDocument) -> tuple[ConversationTest, ...]:
    """The test cases of one file.

    Raises:
        FaultsFound: unknown keys, steps of no kind or of two.
    """
    return validate(_ConversationTestFile, document).test_cases
