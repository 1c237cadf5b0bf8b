"""A kit's domain.yml: intents, entities, slots, responses and tools, in Rasa 3.1 syntax."""

from typing import Annotated, Literal

from pydantic import Field

from kitwright.files import Strict

SlotType = Literal["text", "bool", "categorical", "float", "any", "list"]


class MappingCondition(Strict):
    """A mapping counts only while this flow is open or about to start."""

    active_flow: str


class SlotMapping(Strict):
    """How a slot is filled from a message.

    `from_entity` takes an entity's value, `from_text` the whole message while the slot is asked for,
    `from_intent` a fixed `value` when `intent` is understood while the slot is asked for, `custom` nothing:
    only tools and `set_slots` fill it. A `from_text` or `from_entity` with an `intent` says that messages of this
    intent are answers too, where they would otherwise be another request: a fault is a reason to return something.
    """

    type: Literal["from_entity", "from_text", "from_intent", "custom"]
    entity: str | None = None
    role: str | None = None
    intent: str | None = None
    value: str | bool | float | None = None
    conditions: tuple[MappingCondition, ...] = ()

    def holds(self, flows: frozenset[str]) -> bool:
        """Whether the mapping counts while these flows are open."""
        return not self.conditions or any(condition.active_flow in flows for condition in self.conditions)


class Slot(Strict):
    """A named value that flows collect."""

    type: SlotType = "text"
    mappings: tuple[SlotMapping, ...] = ()
    initial_value: str | bool | float | None = None
    values: tuple[str, ...] = ()
    influence_conversation: bool = False


class ResponseButton(Strict):
    """A quick reply of a response."""

    title: str
    payload: str


class SlotCondition(Strict):
    """A response variation is used only while the slot has this value."""

    type: Literal["slot"] = "slot"
    name: str
    value: str | bool | float | None


class ResponseVariation(Strict):
    """One wording of a response; `{slot}` in the text is replaced by the slot's value."""

    text: str = Field(min_length=1)
    buttons: tuple[ResponseButton, ...] = ()
    condition: tuple[SlotCondition, ...] = ()


class SessionConfig(Strict):
    """When a pause ends the session."""

    session_expiration_time: float = Field(default=60, ge=0, description="minutes; 0 = never")
    carry_over_slots_to_new_session: bool = False


class Domain(Strict):
    """The whole of domain.yml."""

    version: Literal["3.1"] = "3.1"
    intents: tuple[str, ...] = Field(min_length=1)
    entities: tuple[str, ...] = Field(
        default=(), description="names; date (ISO day) and number are read without any list or example"
    )
    slots: dict[str, Slot] = {}
    responses: dict[str, Annotated[tuple[ResponseVariation, ...], Field(min_length=1)]] = {}
    actions: tuple[str, ...] = ()
    session_config: SessionConfig = SessionConfig()
