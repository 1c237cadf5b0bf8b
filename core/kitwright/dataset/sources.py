"""Sources: which sentences of the kit's passages an answer restates, and what records teach with them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from kitwright.dataset.records import SftRecord
from kitwright.dataset.wording import content
from kitwright.types import AskedQuestion, Exchange, FoundPassage, Passage, ScrubbedText, fact_lines
from kitwright.types.sentences import all_sentences

RESTATED: Final = 0.5  # share of a sentence's content words that stand in the one it restates


def sources_of(record: SftRecord, passages: Mapping[str, Passage]) -> tuple[tuple[str, str], ...]:
    """The sentences that the record's last answer restates, each with the id of its passage.

    Args:
        record: names the passages its answer rests on.
        passages: the kit's, by id.
    """
    own = [passages[name] for name in record.passages if name in passages]
    found = (_source(stated, own) for stated in all_sentences(record.messages[-1].content))
    return tuple(dict.fromkeys(source for source in found if source))


def asked_questions(records: Iterable[SftRecord], passages: Mapping[str, Passage]) -> tuple[AskedQuestion, ...]:
    """The last question of each record whose answer restates a passage."""
    return tuple(
        AskedQuestion(ScrubbedText(record.messages[-2].content), sources)
        for record in records
        if len(record.messages) > 1 and (sources := sources_of(record, passages))
    )


def exchanges(records: Iterable[SftRecord], passages: Mapping[str, Passage]) -> tuple[Exchange, ...]:
    """The records that are one question and its answer; a follow-up says little without what came before it."""
    return tuple(
        Exchange(
            ScrubbedText(record.messages[0].content),
            ScrubbedText(record.messages[1].content),
            tuple(FoundPassage(passages[name], 1.0, sentence) for name, sentence in sources_of(record, passages)),
            fact_lines(record.facts or {}),
        )
        for record in records
        if [message.role for message in record.messages] == ["user", "assistant"]
    )


def _source(stated: str, passages: Sequence[Passage]) -> tuple[str, str] | None:
    words = frozenset(content(stated))
    best, source = 0.0, None
    for passage in passages:
        for sentence, its_words in _sentences(passage.text):
            shared = len(words & its_words) / max(1, len(words))
            if shared > best:
                best, source = shared, (passage.id, sentence)
    return source if best >= RESTATED else None


@lru_cache(maxsize=1024)
def _sentences(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """A passage is asked for by many records."""
    return tuple((sentence, frozenset(content(sentence))) for sentence in all_sentences(text))
