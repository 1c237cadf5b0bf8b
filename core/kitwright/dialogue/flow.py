"""Flows: a kit's flows.yml in Rasa CALM syntax, read as pydantic models.

Supported steps: `collect`, `action`, `set_slots`, `link`, `call`, `noop`; every step may have `id` and
`next` (a step id, `END`, or a list of `if/then` and `else`).
"""

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from kitwright.files import Strict, only_kind

END: Final = "END"
KINDS: Final = ("collect", "action", "set_slots", "link", "call", "noop")


class IntentTrigger(Strict):
    """An intent that starts the flow, from this confidence on."""

    name: str
    confidence_threshold: float = Field(default=0.0, ge=0, le=1)


class NluTrigger(Strict):
    """`nlu_trigger` entry: an intent name, or a name with a threshold."""

    intent: IntentTrigger | str

    @property
    def as_trigger(self) -> IntentTrigger:
        """The entry in its long form."""
        return IntentTrigger(name=self.intent) if isinstance(self.intent, str) else self.intent


class Rejection(Strict):
    """A collected value is refused while `condition` holds; `utter` says why."""

    condition: str = Field(alias="if")
    utter: str


class Branch(Strict):
    """One arm of `next`: `if` + `then`, or `else`."""

    condition: str | None = Field(default=None, alias="if")
    then: "str | tuple[FlowStep, ...] | None" = None
    otherwise: "str | tuple[FlowStep, ...] | None" = Field(default=None, alias="else")

    @model_validator(mode="after")
    def _one_arm(self) -> "Branch":
        is_if = self.condition is not None and self.then is not None and self.otherwise is None
        is_else = self.condition is None and self.then is None and self.otherwise is not None
        if not (is_if or is_else):
            raise ValueError("a branch is `if` with `then`, or `else` alone")
        if self.target == ():
            raise ValueError("a branch leads to a step id, END, or at least one step")
        return self

    @property
    def target(self) -> "str | tuple[FlowStep, ...]":
        """Where the arm leads: a step id, END, or steps."""
        target = self.then if self.condition is not None else self.otherwise
        assert target is not None  # noqa: S101 - guaranteed by the validator above
        return target


class FlowStep(Strict):
    """One step of a flow; exactly one of collect, action, set_slots, link, call, noop."""

    id: str | None = None
    collect: str | None = None
    action: str | None = None
    set_slots: tuple[dict[str, str | bool | float | None], ...] | None = None
    link: str | None = None
    call: str | None = None
    noop: Literal[True] | None = None
    description: str | None = None
    utter: str | None = None
    optional: bool = Field(default=False, description="of a collect: taken when said, and never asked for")
    ask_before_filling: bool = False
    reset_after_flow_ends: bool = True
    rejections: tuple[Rejection, ...] = ()
    next: str | tuple[Branch, ...] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "FlowStep":
        only_kind(self, KINDS)
        return self

    @property
    def kind(self) -> str:
        """Which of the kinds the step is."""
        return only_kind(self, KINDS)

    def branches(self) -> tuple[Branch, ...]:
        """The arms of `next`, if it has any."""
        return self.next if isinstance(self.next, tuple) else ()


class Flow(Strict):
    """A conversation's plan for one purpose."""

    description: str = Field(min_length=1)
    name: str | None = None
    guard: str | None = Field(
        default=None, alias="if", description="the flow starts only while this holds, else the next of its intent"
    )
    nlu_trigger: tuple[NluTrigger, ...] = ()
    steps: Annotated[tuple[FlowStep, ...], Field(min_length=1)]

    def all_steps(self) -> Iterator[FlowStep]:
        """Every step, nested ones included."""
        return _walk(self.steps)


class FlowFile(Strict):
    """The whole of a flows file."""

    version: Literal["3.1"] = "3.1"
    flows: dict[str, Flow]


def _walk(steps: tuple[FlowStep, ...]) -> Iterator[FlowStep]:
    for step in steps:
        yield step
        for branch in step.branches():
            if not isinstance(branch.target, str):
                yield from _walk(branch.target)
