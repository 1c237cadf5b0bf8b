"""A prompt choice: the variant of every layer, and how many examples are shown in which order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from kitwright.kit import BotFile, ExampleSettings, Kit
from kitwright.prompting import LAYERS

EXAMPLES: Final = "examples"
ORDER: Final = "order"
COUNTS: Final = (0, 2, 4)
ORDERS: Final = ("nearest_last", "nearest_first")
Value = str | int
Options = Mapping[str, tuple[Value, ...]]


class Change(NamedTuple):
    """A part of a prompt that is chosen otherwise: a layer, `examples` or `order`."""

    part: str
    value: Value
    default: Value


@dataclass(frozen=True, slots=True)
class PromptChoice:
    """What is chosen for each part: layer to variant, `examples` to their number, `order` to theirs.

    Example:
        >>> current = PromptChoice((("base", "plain"), (EXAMPLES, 0), (ORDER, "nearest_last")))
        >>> current.with_part("base", "strict").with_part(EXAMPLES, 2).name(current)
        'base.strict+examples.2'
        >>> current.with_part(ORDER, "nearest_first") == current  # of no examples
        True
    """

    parts: tuple[tuple[str, Value], ...]

    @classmethod
    def of(cls, file: BotFile, kit: Kit) -> "PromptChoice":
        """What a bot has now.

        Raises:
            FaultsFound: the kit has no such variant.
        """
        used, shown = file.variants(kit), file.examples
        layers = tuple((layer, used[layer]) for layer in LAYERS)
        return cls((*layers, (EXAMPLES, shown.count), (ORDER, shown.order))).with_part(EXAMPLES, shown.count)

    def with_part(self, part: str, value: Value) -> "PromptChoice":
        """The same but for one part; no examples have no order of their own."""
        parts = {**dict(self.parts), part: value}
        if not parts[EXAMPLES]:
            parts[ORDER] = ORDERS[0]
        return PromptChoice(tuple(parts.items()))

    def changes(self, current: "PromptChoice") -> tuple[Change, ...]:
        """Where this differs from another choice."""
        before = dict(current.parts)
        return tuple(Change(part, value, before[part]) for part, value in self.parts if value != before[part])

    def name(self, current: "PromptChoice") -> str:
        """The differences from another choice, as in reports."""
        return "+".join(f"{part}.{value}" for part, value, _ in self.changes(current)) or "current"

    def applied(self, file: BotFile) -> BotFile:
        """A bot's file with this choice."""
        parts = dict(self.parts)
        shown = {"count": parts[EXAMPLES], "order": parts[ORDER], "minimum": file.examples.minimum}
        return file.model_copy(
            update={
                "prompts": {layer: parts[layer] for layer in LAYERS},
                "examples": ExampleSettings.model_validate(shown),
            }
        )


def layer_options(kit: Kit) -> Options:
    """The variants of every layer."""
    return {layer: tuple(sorted(kit.prompts.templates[layer])) for layer in LAYERS}


def example_options() -> Options:
    """Numbers and orders of examples."""
    return {EXAMPLES: COUNTS, ORDER: ORDERS}


def single_changes(current: PromptChoice, options: Options) -> Iterator[PromptChoice]:
    """Every choice that differs from the current one in one part."""
    for part, values in options.items():
        for value in values:
            choice = current.with_part(part, value)
            if choice != current:
                yield choice
