"""Evidence: everything a reply may take its facts and words from, prepared once a turn."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kitwright.guard.facts import Fact, facts_of, is_supported
from kitwright.guard.rules import OutputRules
from kitwright.guard.sentences import all_sentences

_WORD: Final = re.compile(r"[a-zà-ÿ']{3,}")
_NEGATION: Final = re.compile(r"\b(?:not|no|never|cannot|nor|neither|without|unable)\b|n['’]t\b|\bunless\b")
_COMMON: Final = frozenset(
    (
        "the and for are you your with that this from can will our have has was were not but all any its it's may "
        "they them their there then than when where what which who how why into onto over under about after before "
        "also only just more most some such each other out off per via been being does did done get gets got let "
        "please thank thanks sorry help here yes sure need needs would could should must make makes made take takes "
        "use using used like want know see cannot don't we'll you'll it'll we're you're i'm i'll one"
    ).split()
)
SAME_SENTENCE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the sources of one turn state.

    Args:
        facts: all facts of the checked kinds.
        words: all content words, stemmed.
        sentences: content words and polarity of each sentence of the passages.
    """

    facts: frozenset[Fact]
    words: frozenset[str]
    sentences: tuple[tuple[frozenset[str], bool], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a sentence can not be sent."""

    why: str


def gather(passages: Sequence[str], others: Iterable[str], rules: OutputRules) -> Evidence:
    """Evidence from passages (checked for polarity too) and from the conversation and tools."""
    everything = [*passages, *others]
    return Evidence(
        facts=frozenset().union(*(facts_of(text, rules.facts) for text in everything)),
        words=frozenset().union(*(content_words(text) for text in everything)),
        sentences=tuple((content_words(s), is_negated(s)) for text in passages for s in all_sentences(text)),
    )


def objection(sentence: str, evidence: Evidence, rules: OutputRules) -> Finding | None:
    """The reason not to send a sentence, or None when it may be sent."""
    lowered = sentence.lower()
    broken = next((rule.id for rule in rules.forbidden if any(re.search(p, lowered) for p in rule.patterns)), None)
    if broken:
        return Finding(f"rule {broken}")
    loose = [f for f in facts_of(sentence, rules.facts) if not is_supported(f, evidence.facts)]
    if loose:
        return Finding(f"{loose[0].kind} not in the sources")
    words = content_words(sentence)
    if words and len(words & evidence.words) / len(words) < rules.support:
        return Finding("words not in the sources")
    if _contradicts(words, is_negated(sentence), evidence):
        return Finding("says the opposite of a source")
    return None


def content_words(text: str) -> frozenset[str]:
    """The stemmed words of a text that carry meaning."""
    return frozenset(_stem(word) for word in _WORD.findall(text.lower().replace("’", "'")) if word not in _COMMON)


def is_negated(sentence: str) -> bool:
    """Whether a sentence denies something."""
    return len(_NEGATION.findall(sentence.lower())) % 2 == 1


def _contradicts(words: frozenset[str], negated: bool, evidence: Evidence) -> bool:
    """The source sentence closest in words has the other polarity, and none as close has the same."""
    if len(words) < 2:
        return False
    scored = [(len(words & source) / len(words | source), polarity) for source, polarity in evidence.sentences]
    best = max((score for score, _ in scored), default=0.0)
    if best < SAME_SENTENCE:
        return False
    return all(polarity != negated for score, polarity in scored if score == best)


def _stem(word: str) -> str:
    """Cut plural and tense endings; crude on purpose, both sides are cut alike."""
    word = word.removesuffix("'s").replace("'", "")
    for ending in ("ing", "ies", "ied", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
