"""Evidence: everything a reply may take its facts and words from, prepared once a turn."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kitwright.guard.facts import Fact, facts_of, is_supported
from kitwright.guard.joining import anchors, joins_otherwise, names
from kitwright.guard.rules import OutputRules
from kitwright.guard.words import all_words, content_words, is_negated
from kitwright.types.sentences import all_sentences

FEWEST_WORDS: Final = 3
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|only|except|provided|without|until|as long as|when|once|within|but|up to|over|under|from)\b"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence as the guard compares it.

    Args:
        words: stems of its content words.
        spoken: all its words, lower-cased.
        names: those with a capital letter, the first word left out.
        anchors: its names and figures in their order.
        facts: what can be checked by looking.
        negated: whether it denies.
        conditional: whether it sets conditions.
    """

    words: frozenset[str]
    spoken: frozenset[str]
    names: frozenset[str]
    anchors: tuple[str, ...]
    facts: frozenset[Fact]
    negated: bool
    conditional: bool

    def adds_nothing_to(self, other: "Statement") -> bool:
        """Whether all that it says was said by the other; a courtesy says nothing, and is never in the way."""
        return (
            bool(self.words)
            and self.words <= other.words
            and self.facts <= other.facts
            and (self.negated == other.negated)
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the sources of one turn state.

    Args:
        facts: all facts of the checked kinds, from passages, tools and the conversation.
        told: those of the conversation; they may stand beside the facts of any source.
        statements: the sentences of passages and tool results.
        question: content words of the message that is answered.
        fits: whether a passage fits so well that the answer can not be unknown.
    """

    facts: frozenset[Fact]
    told: frozenset[Fact]
    statements: tuple[Statement, ...]
    question: frozenset[str] = frozenset()
    fits: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a sentence can not be sent."""

    why: str


def gather(sources: Sequence[str], conversation: Sequence[str], rules: OutputRules, *, fits: bool = False) -> Evidence:
    """Evidence from the sources, passages and tool results, and facts from the conversation.

    Args:
        sources: texts whose sentences may be said again in other words.
        conversation: messages, the one that is answered last.
        rules: which kinds of facts count.
        fits: whether a passage fits so well that the answer can not be unknown.
    """
    statements = tuple(stated(sentence, rules) for text in sources for sentence in all_sentences(text))
    told = frozenset().union(*(facts_of(text, rules.facts) for text in conversation))
    return Evidence(
        facts=told.union(*(statement.facts for statement in statements)),
        told=told,
        statements=statements,
        question=content_words(conversation[-1]) if conversation else frozenset(),
        fits=fits,
    )


def stated(sentence: str, rules: OutputRules) -> Statement:
    """A sentence as the guard compares it."""
    return Statement(
        words=content_words(sentence),
        spoken=all_words(sentence),
        names=names(sentence),
        anchors=anchors(sentence),
        facts=facts_of(sentence, rules.facts),
        negated=is_negated(sentence),
        conditional=bool(_CONDITION.search(sentence.lower())),
    )


def objection(sentence: str, evidence: Evidence, rules: OutputRules) -> Finding | None:
    """The reason not to send a sentence, or None when it may be sent.

    A sentence may be sent when one sentence of the sources says it: holds `rules.support` of its content
    words, all its names and all its facts, joins names and figures as the sentence does, denies what it denies,
    and sets no condition that the sentence leaves out.
    """
    lowered = sentence.lower()
    broken = next((rule.id for rule in rules.forbidden if any(re.search(p, lowered) for p in rule.patterns)), None)
    if broken:
        return Finding(f"rule {broken}")
    said = stated(sentence, rules)
    loose = [f for f in said.facts if not is_supported(f, evidence.facts)]
    if loose:
        return Finding(f"{loose[0].kind} not in the sources")
    if evidence.fits and _is_one_of(rules.denial, sentence):
        return Finding("a passage answers what it calls unknown")
    if is_courtesy(sentence, rules):
        return None
    if not said.words or (len(said.words) < FEWEST_WORDS and not said.facts):
        return Finding("says too little to be checked")
    if sentence.rstrip().endswith("?") and said.words <= evidence.question:
        return Finding("repeats the question")
    near = [source for source in evidence.statements if _says(source, said, evidence, rules)]
    if not near:
        return Finding("no source says it")
    near = [source for source in near if not joins_otherwise(said.anchors, source.anchors)]
    if not near:
        return Finding("joins names and figures that no source joins")
    alike = [source for source in near if source.negated == said.negated]
    if not alike:
        return Finding("says the opposite of a source")
    if not said.conditional and all(source.conditional for source in alike):
        return Finding("leaves out a condition of its source")
    return None


def is_courtesy(sentence: str, rules: OutputRules) -> bool:
    """Whether a sentence claims nothing that would need a source."""
    return _is_one_of((*rules.courtesy, *rules.hand_over, *rules.denial), sentence)


def promises_a_person(sentence: str, rules: OutputRules) -> bool:
    """Whether a sentence says that somebody takes over."""
    return _is_one_of(rules.hand_over, sentence)


def _is_one_of(patterns: Sequence[str], sentence: str) -> bool:
    plain = sentence.strip().lower().replace("’", "'")
    return any(re.fullmatch(pattern, plain) for pattern in patterns)


def _says(source: Statement, said: Statement, evidence: Evidence, rules: OutputRules) -> bool:
    support = rules.support if len(said.words) >= FEWEST_WORDS else 1.0  # few words and a figure: each must stand there
    known = source.facts | evidence.told
    if not said.names <= source.spoken:
        return False
    shared = len(said.words & source.words)
    return shared >= support * len(said.words) and all(is_supported(fact, known) for fact in said.facts)
