"""Training examples: records rendered by the bot's own prompt writer and chat format, with the mask of what is learned.

A record is rendered as the bot would be asked at its last question: system message, history, notes, question.
Only the answer to that question is supervised: earlier answers were given with notes that are not in view.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kitwright.chat_format import ChatFormat
from kitwright.dataset import SftRecord
from kitwright.errors import Fault
from kitwright.files import Faults
from kitwright.prompting import PromptWriter
from kitwright.types import FoundPassage, Message, Passage, ScrubbedText, fact_lines

IGNORED: Final = -100  # what torch takes for "no label"


@dataclass(frozen=True, slots=True)
class Example:
    """One record as the model sees it.

    Args:
        id: the record's.
        topic: its first tag, for stratified splits; empty without tags.
        ids: token ids, shape (tokens,).
        mask: whether a token is learned, shape (tokens,).
    """

    id: str
    topic: str
    ids: tuple[int, ...]
    mask: tuple[bool, ...]

    @property
    def supervised(self) -> int:
        """Number of learned tokens."""
        return sum(self.mask)

    @property
    def labels(self) -> tuple[int, ...]:
        """The token ids that are learned, `IGNORED` at the other places; shape (tokens,)."""
        return tuple(id_ if learned else IGNORED for id_, learned in zip(self.ids, self.mask, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """Renders records for one bot.

    Args:
        writer: the bot's prompt writer.
        chat_format: of the base model's tokenizer.
        passages: the kit's, by id.
        max_length: tokens; a longer example is a fault, never cut.
        notes: what the bot is shown for a record, by the record's id; its own passages, whole, where left out.
    """

    writer: PromptWriter
    chat_format: ChatFormat
    passages: dict[str, Passage]
    max_length: int
    notes: Mapping[str, Sequence[FoundPassage]] = field(default_factory=dict)

    def render(self, records: Iterable[SftRecord]) -> tuple[Example, ...]:
        """Examples in the order of the records.

        Raises:
            FaultsFound: KW113 for a record without a last answer or that is too long, KW108 for an unknown
                passage; all at once.
        """
        faults, examples = Faults(), []
        for record in records:
            found = list(self._faults(record))
            for fault in found:
                faults.add(fault)
            if found:
                continue
            example = self._example(record)
            if len(example.ids) > self.max_length:
                problem = f"{len(example.ids)} tokens, the recipe allows {self.max_length}"
                hint = "shorten it, give it fewer passages, or raise max_length"
                faults.add(Fault(code="KW113", place=record.id, problem=problem, hint=hint))
            examples.append(example)
        faults.raise_if_any()
        return tuple(examples)

    def _faults(self, record: SftRecord) -> Iterable[Fault]:
        if [m.role for m in record.messages[-2:]] != ["user", "assistant"]:
            yield Fault(code="KW113", place=record.id, problem="does not end with a question and its answer")
        for name in record.passages:
            if name not in self.passages:
                yield Fault(code="KW108", place=record.id, problem="the kit has no such passage", value=name)

    def chat(self, record: SftRecord) -> tuple[Message, ...]:
        """The record as the model sees it: the prompt's messages and, last, the answer to learn."""
        *history, question, answer = (Message(m.role, ScrubbedText(m.content)) for m in record.messages)
        prompt = self.writer.compose(
            question.content,
            passages=self._notes(record),
            facts=fact_lines(record.facts or {}),
            history=[message for message in history if message.role in ("user", "assistant")],
        )
        return (*prompt.messages, answer)

    def _notes(self, record: SftRecord) -> Sequence[FoundPassage]:
        whole = [FoundPassage(self.passages[name], 1.0) for name in record.passages]
        return self.notes.get(record.id, whole)

    def _example(self, record: SftRecord) -> Example:
        chat = self.chat(record)
        encoded = self.chat_format.encode(chat, for_answer=False)
        start = len(self.chat_format.encode(chat[:-1], for_answer=True).ids)
        mask = tuple(learned and place >= start for place, learned in enumerate(encoded.mask))
        return Example(record.id, record.tags[0] if record.tags else "", encoded.ids, mask)


def held_out(examples: Sequence[Example], *, share: float, seed: int) -> tuple[list[Example], list[Example]]:
    """Training and validation examples: a seeded share of every topic is held out, and none of one that is alone.

    Example:
        >>> train, validation = held_out([], share=0.1, seed=0)
        >>> train, validation
        ([], [])
    """
    import random

    by_topic: dict[str, list[Example]] = {}
    for example in sorted(examples, key=lambda each: each.id):
        by_topic.setdefault(example.topic, []).append(example)
    chosen: set[str] = set()
    for topic, members in sorted(by_topic.items()):
        count = min(round(len(members) * share), len(members) - 1)
        chosen.update(e.id for e in random.Random(f"{seed}/{topic}").sample(members, count))
    return [e for e in examples if e.id not in chosen], [e for e in examples if e.id in chosen]
