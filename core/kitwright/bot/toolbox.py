"""The toolbox: calls a kit's tools with real values, and scrubs what they give back."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from kitwright.dialogue import QUERY, ToolAnswer, ToolCall
from kitwright.errors import Fault, ScrubFailed, ToolFailed
from kitwright.kit import ToolSpec
from kitwright.protocols import Context, Scrubber
from kitwright.types import Event, ScrubbedText, Source, Turn, Vault

_ID: Final = re.compile(r"^[a-z0-9_./-]{0,80}$")
_PERSONAL_DIGITS: Final = 6  # a number of fewer digits is nobody's phone, card or account


class Toolbox:
    """The tools of one bot.

    Args:
        specs: the kit's tools by name.
        scrubber: hides personal data in results.
        settings: `settings` of bot.yaml.
    """

    def __init__(self, specs: Mapping[str, ToolSpec], scrubber: Scrubber, settings: Mapping[str, object]) -> None:
        self._specs = specs
        self.scrubber = scrubber
        self._settings = settings

    def for_turn(self, turn: Turn) -> ToolCall:
        """A function that calls tools for the owner of this turn: placeholders become their values."""

        def call(tool: str, slots: Mapping[str, object]) -> ToolAnswer:
            spec = self._specs[tool]
            facts = self._call(spec, self._arguments(spec, {QUERY: turn.text or "", **slots}, turn), turn)
            return ToolAnswer(self._without_personal_data(spec, facts, turn), Source(f"tool:{tool}", spec.source))

        return call

    def context(self, turn: Turn) -> Context:
        """What kit code is told about a turn."""
        context: Context = {
            "conversation_id": turn.conversation_id,
            "now": turn.at.astimezone(UTC).isoformat(),
            "settings": self._settings,
        }
        state = _last_state(turn.past)
        return {**context, "state": state} if state is not None else context

    def kept(self, state: Mapping[str, object], turn: Turn) -> dict[str, object]:
        """What a kit asks to keep of a turn; anything in it that is no plain id is scrubbed.

        Raises:
            ScrubFailed: it can not be scrubbed.
        """
        return {key: self._kept(value, turn) for key, value in state.items()}

    def _kept(self, value: object, turn: Turn) -> object:
        match value:
            case str() if _ID.match(value):
                return value
            case Mapping():
                return {str(key): self._kept(item, turn) for key, item in value.items()}
            case list() | tuple():
                return [self._kept(item, turn) for item in value]
            case _:
                return self._scrubbed(value, turn, name="state")

    def _arguments(self, spec: ToolSpec, values: Mapping[str, object], turn: Turn) -> dict[str, Any]:
        """A value for each parameter; what is not known is left to its default, or is empty."""
        arguments: dict[str, Any] = {}
        required = spec.parameters.get("required", ())
        for name, schema in spec.parameters.get("properties", {}).items():
            value = values.get(name)
            if value is not None:
                is_text = schema.get("type", "string") == "string"
                arguments[name] = _real(str(value) if is_text else value, turn.vault)
            elif name in required:
                arguments[name] = ""
        return arguments

    def _call(self, spec: ToolSpec, arguments: dict[str, Any], turn: Turn) -> Mapping[str, object]:
        extra = {"context": self.context(turn)} if spec.takes_context else {}
        problem = None
        try:
            facts = spec.function(**arguments, **extra)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a tool raises, the conversation goes on
            problem = f"raised {type(error).__name__}"
        else:
            if isinstance(facts, Mapping):
                return facts
            problem = f"returned {type(facts).__name__} instead of a mapping"
        # Raised outside the handler: the tool's own error may carry what the person typed.
        raise ToolFailed(Fault(code="KW401", place=f"tool {spec.name}", problem=problem))

    def _without_personal_data(self, spec: ToolSpec, facts: Mapping[str, object], turn: Turn) -> dict[str, object]:
        """What a tool gave back, as the bot may see it; the tool has done its work even where that fails."""
        try:
            return self._mapping(facts, turn)
        except ScrubFailed as error:
            fault = error.faults[0]
        raise ToolFailed(Fault(code=fault.code, place=f"tool {spec.name}", problem=fault.problem))

    def _mapping(self, facts: Mapping[Any, object], turn: Turn) -> dict[str, object]:
        return {self._key(key, turn): self._scrubbed(value, turn, name=str(key)) for key, value in facts.items()}

    def _scrubbed(self, value: object, turn: Turn, *, name: str) -> object:
        """A value without personal data; what a long number is may only be told by its name."""
        match value:
            case str():
                return self.scrubber.scrub_foreign(value, turn.vault)
            case Mapping():
                return self._mapping(value, turn)
            case list() | tuple() | set() | frozenset():
                return [self._scrubbed(item, turn, name=name) for item in value]
            case int() | float() if len(str(value)) >= _PERSONAL_DIGITS and not isinstance(value, bool):
                said = f"{name.replace('_', ' ')}: {value}"
                scrubbed = self.scrubber.scrub_foreign(said, turn.vault)
                return value if scrubbed == said else scrubbed.rpartition(": ")[2]
            case None | bool() | int() | float():
                return value
            case _:  # a date, a decimal, an object: kept as its text, which may be anything
                return self.scrubber.scrub_foreign(str(value), turn.vault)

    def _key(self, key: object, turn: Turn) -> str:
        """A key as it is where it is a name, else scrubbed."""
        return str(key) if str(key).isidentifier() else self.scrubber.scrub_foreign(str(key), turn.vault)


def _last_state(past: Sequence[Event]) -> Mapping[str, object] | None:
    """What the kit kept last, since the conversation began anew."""
    for event in reversed(past):
        if event.kind == "restarted":
            return None
        if event.kind == "kit_state":
            state = event.data.get("state")
            return state if isinstance(state, Mapping) else None
    return None


def _real(value: object, vault: Vault) -> object:
    """A slot's value with placeholders as the owner's values, however deep."""
    match value:
        case str():
            return vault.restore(ScrubbedText(value))
        case Mapping():
            return {key: _real(item, vault) for key, item in value.items()}
        case list() | tuple():
            return [_real(item, vault) for item in value]
        case _:
            return value
