"""Simulations: what people want of a bot, what they know and how they say it, for whole conversations."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import Field, model_validator

from kitwright.dataset.conversation_test import ConversationStep, Texts
from kitwright.files import Strict

Disturbance = Literal["slips", "correction", "digression", "together", "courtesy", "button"]
DISTURBANCES: Final[tuple[Disturbance, ...]] = get_args(Disturbance)
_BLANKS_OF: Final = (
    ("corrections", "value"),
    ("courtesies", "text"),
    ("joins", "first"),
    ("joins", "second"),
    ("declines", "text"),
)
_BLANK: Final = re.compile(r"\{([A-Za-z_]\w*)\}")


def blanks(template: str) -> tuple[str, ...]:
    """The names of a template's blanks, in order.

    Example:
        >>> blanks("order {order_number}, {proof}")
        ('order_number', 'proof')
    """
    return tuple(_BLANK.findall(template))


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its blanks filled; a blank without a value stays."""
    return _BLANK.sub(lambda found: values.get(found[1], found[0]), template)


class Manners(Strict):
    """How the people of a kit's simulations talk, whatever their goal.

    Args:
        ways: slot to wordings of its value; `{value}` is the value, other blanks are values of other slots. A slot
            worded with blanks of other slots is known to everybody who knows those.
        wrong: slot to values that somebody may give by mistake.
        volunteered: slots that people tell unasked, beside another answer.
        corrections: of a wrong value, with `{value}` and perhaps `{wrong}`.
        asides: questions in between that have nothing to do with the goal.
        courtesies: politeness around an answer, `{text}`.
        joins: how two answers stand in one message, `{first}` and `{second}`.
        declines: what is said to a question that leads elsewhere; `{text}` is the wish in other words.
    """

    ways: dict[str, Texts] = {}
    wrong: dict[str, Texts] = {}
    volunteered: tuple[str, ...] = ()
    corrections: Texts = ("no, {value}",)
    asides: tuple[str, ...] = ()
    courtesies: Texts = ("{text} please",)
    joins: Texts = ("{first}, {second}",)
    declines: Texts = ("no. {text}",)

    @model_validator(mode="after")
    def _with_their_blanks(self) -> "Manners":
        for name, blank in _BLANKS_OF:
            for template in getattr(self, name):
                if blank not in blanks(template):
                    raise ValueError(f"{name}: {template!r} lacks its blank, {{{blank}}}")
        return self


class Goal(Strict):
    """Something that people want, to be reached in a conversation.

    Args:
        goal: its name.
        intent: the wish as the bot would call it; pressed where a bot asks which of its buttons it is.
        openings: what different people open with; blanks are slots of every case.
        cases: what one person knows, or is to hear, slot to value; one is drawn. A value may be the payload of a quick
            reply.
        asks: slots that the bot must ask for where they were not told; with the opening, one turn each is the least
            that a conversation takes. A slot that a case does not have is not asked in it.
        ways: as in the manners, and before them; a slot here is known in every case.
        reached: what all must hold of one reply, as in a conversation test; blanks are values of the case.
        disturbances: what may come in between.
    """

    goal: str = Field(min_length=1)
    intent: str
    openings: Texts
    cases: Annotated[tuple[dict[str, str], ...], Field(min_length=1)] = ({},)
    asks: tuple[str, ...] = ()
    ways: dict[str, Texts] = {}
    reached: Annotated[tuple[ConversationStep, ...], Field(min_length=1)]
    disturbances: tuple[Disturbance, ...] = DISTURBANCES

    @model_validator(mode="after")
    def _only_expectations(self) -> "Goal":
        if any(step.user is not None for step in self.reached):
            raise ValueError("reached holds expectations of a reply, and nothing that the user says")
        return self

    def reached_in(self, case: Mapping[str, str]) -> tuple[ConversationStep, ...]:
        """What must hold, with the values of one case in it."""
        steps = (step.model_dump(exclude_unset=True) for step in self.reached)
        return tuple(ConversationStep.model_validate(_deep(step, lambda text: filled(text, case))) for step in steps)


class SimulationFile(Strict):
    """One file of simulations; one of a kit's files holds the manners."""

    manners: Manners | None = None
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True, slots=True)
class Simulation:
    """All goals of a kit, and how their people talk."""

    goals: tuple[Goal, ...]
    manners: Manners = field(default_factory=Manners)


def _deep(value: Any, change: Callable[[str], str]) -> Any:
    """Plain data with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _deep(item, change) for key, item in value.items()}
    return [_deep(item, change) for item in value] if isinstance(value, list | tuple) else value
