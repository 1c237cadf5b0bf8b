"""A kit's guard.yaml: what is refused on the way in, and what a reply must hold to on the way out."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from kitwright.files import Strict

FactKind = Literal["number", "price", "date", "link", "email", "phone"]


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class InputRule(Strict):
    """A message that matches any pattern gets `response` and goes no further.

    Patterns are matched on the lower-cased, scrubbed text.
    """

    id: str
    patterns: tuple[Pattern, ...] = Field(min_length=1)
    response: str
    handoff: bool = False


class OutputRule(Strict):
    """A sentence of a reply that matches any pattern is not sent."""

    id: str
    patterns: tuple[Pattern, ...] = Field(min_length=1)


class OutputRules(Strict):
    """What a reply must hold to.

    Args:
        facts: kinds of facts that must stand in passages, tool results or the conversation.
        support: share of a sentence's content words that one sentence of the sources must hold, 0 to 1.
        forbidden: rules for sentences that are never sent.
        courtesy: patterns of whole sentences that claim nothing, such as an apology or a question back; they are sent
            without a source. Matched on the lower-cased sentence.
        hand_over: patterns of whole sentences that promise a person; they are sent without a source, and the reply then
            hands the conversation over.
        denial: patterns of whole sentences such as "I don't have information about that". They are sent without a
            source too, but not where a passage fits so well that it is shown instead.
        fitting: relevance, 0 to 1, from which a passage fits so well.
        fallback: response used when nothing of the model's text can be sent and no passage fits.
    """

    facts: tuple[FactKind, ...] = ("number", "price", "date", "link", "email", "phone")
    support: float = Field(default=0.8, ge=0, le=1)
    forbidden: tuple[OutputRule, ...] = ()
    courtesy: tuple[Pattern, ...] = ()
    hand_over: tuple[Pattern, ...] = ()
    denial: tuple[Pattern, ...] = ()
    fitting: float = Field(default=0.6, ge=0, le=1)
    fallback: str = "utter_cannot_answer"


class GuardRules(Strict):
    """The whole of guard.yaml."""

    input: tuple[InputRule, ...] = ()
    output: OutputRules = OutputRules()
    max_characters: int = Field(default=4000, ge=200, le=100_000)
    too_long: str = "utter_too_long"
    empty: str = "utter_empty"
