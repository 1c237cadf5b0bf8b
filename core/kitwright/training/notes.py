"""The notes of training examples: what the bot would find for a record's question, with what its answer rests on.

A model that learns from the right passage alone learns to copy the first note. So it is shown what retrieval finds,
near misses included (Zhang et al. 2024, RAFT); only what the answer restates is put in where retrieval missed it, as
an answer from nowhere would teach to invent.
"""

import random
from collections.abc import Callable, Mapping, Sequence

from kitwright.dataset import SftRecord, sources_of
from kitwright.protocols import Encoder
from kitwright.retrieval import Query, wordings
from kitwright.types import FoundPassage, Message, Passage, ScrubbedText


def notes_of(
    records: Sequence[SftRecord],
    passages: Mapping[str, Passage],
    find: Callable[[Sequence[Query]], Sequence[FoundPassage]],
    encoder: Encoder,
) -> dict[str, tuple[FoundPassage, ...]]:
    """The notes for the last question of each record, by its id.

    Args:
        records: each ends with a question and its answer.
        passages: the kit's, by id.
        find: the bot's retrieval.
        encoder: what that searches with.
    """
    asked = [_wordings(record) for record in records]
    vectors = iter(encoder.encode([text for texts in asked for text in texts]) if asked else ())
    notes = {}
    for record, texts in zip(records, asked, strict=True):
        found = find([Query(text, next(vectors)) for text in texts])
        notes[record.id] = _supported(record, found, passages)
    return notes


def _wordings(record: SftRecord) -> list[ScrubbedText]:
    *before, question, _ = (Message(m.role, ScrubbedText(m.content)) for m in record.messages)
    return wordings(question.content, before)


def _supported(
    record: SftRecord, found: Sequence[FoundPassage], passages: Mapping[str, Passage]
) -> tuple[FoundPassage, ...]:
    """The notes found, with the sentences that the answer restates."""
    missed = [
        FoundPassage(passages[name], 0.0, sentence)
        for name, sentence in sources_of(record, passages)
        if not any(sentence in each.text for each in found)
    ]
    notes = list(found[: max(1, len(found) - len(missed))])
    place = random.Random(record.id)  # seeded by the record: the same notes in every run
    for each in missed:
        notes.insert(place.randint(0, len(notes)), each)
    return tuple(notes)
