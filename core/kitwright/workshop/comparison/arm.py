"""The arms of a comparison: a model that is prompted or not, tuned or not, and shown the bot's notes or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kitwright.errors import Fault, UsageError
from kitwright.files import closest

RETRIEVAL: Final = "+retrieval"


@dataclass(frozen=True, slots=True)
class Arm:
    """One way of answering.

    Args:
        prompted: asked by the bot's prompt layers, else the bare question.
        tuned: by the model with the adapter, else by the base model.
        retrieval: with the notes and tool results that the bot finds.

    Example:
        >>> Arm(prompted=True, tuned=False, retrieval=True).name
        'prompt+retrieval'
    """

    prompted: bool
    tuned: bool
    retrieval: bool

    @property
    def name(self) -> str:
        """As in options and reports."""
        return self.approach + (RETRIEVAL if self.retrieval else "")

    @property
    def approach(self) -> str:
        """The arm's name without regard to notes."""
        return "+".join(name for name, on in (("prompt", self.prompted), ("adapter", self.tuned)) if on) or "base"

    @property
    def title(self) -> str:
        """In words."""
        model = "Tuned model" if self.tuned else "Base model"
        asked = "the bot's prompt" if self.prompted else "the bare question"
        return f"{model}, {asked}, {'with' if self.retrieval else 'without'} notes"


ARMS: Final = tuple(
    Arm(prompted, tuned, retrieval)
    for tuned in (False, True)
    for prompted in (False, True)
    for retrieval in (False, True)
)
_NAMES: Final = tuple(arm.name for arm in ARMS)
BEST: Final = Arm(prompted=True, tuned=True, retrieval=True)
PROMPTED: Final = Arm(prompted=True, tuned=False, retrieval=True)


def choose_arms(names: Sequence[str]) -> tuple[Arm, ...]:
    """The arms of these names, in the order of a report; an approach's name means it with and without notes.

    Raises:
        UsageError: KW001, no such arm.

    Example:
        >>> [arm.name for arm in choose_arms(["base", "prompt+retrieval"])]
        ['base', 'base+retrieval', 'prompt+retrieval']
    """
    known = {arm.approach for arm in ARMS} | {arm.name for arm in ARMS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(
            Fault(
                code="KW001",
                place="--arms",
                problem="no such arm",
                value=name,
                choices=_NAMES,
                hint=closest(name, known),
            )
            for name in unknown
        )
    return tuple(arm for arm in ARMS if not names or arm.name in names or arm.approach in names)
