"""The reader: what a message tells about the person who needs help.

Findings are found by words; each is judged for negation, supposition, whose it is, and when. Values of a finding
("crushing", "since yesterday") count near a mention of it only.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from ..case.evidence import Evidence, State, When
from ..knowledge_base.base import KnowledgeBase
from ..knowledge_base.finding import Finding
from ..knowledge_base.identity import parent_of
from ..reading.lengths import fits, length_meant
from ..reading.lexicon import Lexicon, Mention
from ..reading.meaning import Encode, Meaning, clauses_of
from ..reading.measures import measures_of, without_measures
from ..reading.negation import any_denial, is_denied
from ..reading.person import PATIENT, SELF, Person, person_of, subject_of, topic_of
from ..reading.spelling import Spelling, english_words
from ..reading.supposing import is_named_only, is_supposed, is_unsure
from ..reading.times import lengths_in, when_of
from ..reading.tokens import Token, tokens_of

_LASTING: Final = frozenset({"history", "risk", "exposure", "medicine"})
_NEAR: Final = 9
_DENIALS: Final = frozenset({"no", "not", "never", "without"})
_RANK: Final[dict[tuple[State, When], int]] = {
    ("present", "now"): 5, ("unsure", "now"): 4, ("present", "resolved"): 3, ("absent", "now"): 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message tells.

    Args:
        person: who needs help.
        evidence: findings, the surest mention of each.
        measures: numbers by the names of `knowledge_base.rule.MEASURES`.
    """

    person: Person
    evidence: tuple[Evidence, ...]
    measures: Mapping[str, float]


class Reader:
    """Reads messages by words, and by meaning where it is given an encoder.

    Args:
        base: the knowledge base.
        encode: texts to unit vectors, shape (texts, dimensions).
    """

    def __init__(self, base: KnowledgeBase, encode: Encode | None = None) -> None:
        self._base = base
        self._meaning = Meaning(base, encode) if encode else None
        self._unlike = _unlike(base)
        words = base.lexicon.words | base.lexicon.stems
        known = Counter(word for finding in base.findings.values() for word in _words(finding))
        known.update(english_words() | words | base.values.words)
        self._spelling = Spelling(words, known)

    def read(self, text: str, *, asked: str | None = None) -> Reading:
        """Read a message.

        Args:
            text: the message.
            asked: a finding that was just asked about; its values count anywhere in the answer.
        """
        tokens = self._spelling.mend(tokens_of(without_measures(text)))
        mentions = self._mentions(tokens)
        symptoms = [each for each in mentions if self._base.findings[each.finding].kind not in _LASTING]
        person = person_of(text, tokens, symptoms or mentions)
        topic = topic_of(tokens)
        own = [each for each in mentions if self._is_own(tokens, each, person, topic)]
        judged = [(each, self._judge(tokens, each, text, _spent(tokens, mentions, each))) for each in own]
        told = _surest(evidence for _, evidence in judged if evidence)
        told |= _surest(self._values(tokens, [(each, ev) for each, ev in judged if ev], asked))
        if self._meaning:
            told |= {
                each.finding: each for each in self._meant(text, tokens, mentions, person) if each.finding not in told
            }
        self._add_lengths(told)
        return Reading(person, tuple(told.values()), measures_of(text))

    def _mentions(self, tokens: Sequence[Token]) -> list[Mention]:
        """Mentions, without those in wordings that only look like the finding."""
        alike: dict[str, set[int]] = {}
        for each in self._unlike.mentions(tokens):
            alike.setdefault(each.finding, set()).update(each.tokens)
        found = self._base.lexicon.mentions(tokens)
        return _longest([each for each in found if not each.tokens & alike.get(each.finding, set())])

    def _is_own(self, tokens: Sequence[Token], mention: Mention, person: Person, topic: str) -> bool:
        if self._base.findings[mention.finding].kind == "exposure":
            return True
        if mention.finding in self._base.crises and _is_first_person(tokens, mention):
            return True  # "everybody would be better off if I was dead"
        subject = subject_of(tokens, mention, topic)
        if person.who == SELF:
            return subject in {SELF, PATIENT}
        return subject in {person.who, PATIENT} or (subject == SELF and not _is_first_person(tokens, mention))

    def _judge(self, tokens: Sequence[Token], mention: Mention, text: str, spent: Set[int]) -> Evidence | None:
        """The evidence of a mention; None where it is only supposed, or long over."""
        lasting = self._base.findings[mention.finding].kind in _LASTING
        supposed = is_supposed(tokens, mention) and mention.finding not in self._base.crises
        if supposed or (lasting and is_named_only(tokens, mention)):
            return None
        if is_denied(tokens, mention, spent):
            return Evidence(mention.finding, "absent")
        when: When = "now" if lasting else when_of(tokens, mention)
        if when == "past":
            return None
        state: State = "unsure" if is_unsure(tokens, mention) else "present"
        return Evidence(mention.finding, state, when, hours=_hours_near(tokens, mention, text))

    def _values(
        self, tokens: Sequence[Token], judged: Sequence[tuple[Mention, Evidence]], asked: str | None
    ) -> Iterable[Evidence]:
        """Values of the findings that were mentioned, or asked about."""
        present = [(mention, evidence) for mention, evidence in judged if evidence.state != "absent"]
        parents = {mention.finding for mention, _ in present} | ({asked} if asked else set())
        for value in self._base.values.mentions(tokens):
            parent = parent_of(value.finding)
            if parent not in parents:
                continue
            if parent == asked or _belongs(tokens, value, parent, present):
                denied = is_denied(tokens, value, _spent(tokens, [mention for mention, _ in present], value))
                if not is_supposed(tokens, value):
                    yield Evidence(value.finding, "absent" if denied else "present")

    def _meant(
        self, text: str, tokens: Sequence[Token], mentions: Sequence[Mention], person: Person
    ) -> Iterable[Evidence]:
        """Findings that a clause means in which the lexicon found none."""
        if self._meaning is None:
            return
        named = {index for mention in mentions for index in mention.tokens}
        open_ = [clause for clause in clauses_of(text, tokens) if not named & set(range(clause[0], clause[1] + 1))]
        topic = topic_of(tokens)
        for (first, last, _), found in zip(open_, self._meaning.findings([each[2] for each in open_]), strict=True):
            for finding, alike in found[:1]:
                mention = Mention(finding, last, last, frozenset({last}))
                unreal = is_supposed(tokens, mention) or any_denial(tokens, first, last)
                if not unreal and self._is_own(tokens, mention, person, topic) and when_of(tokens, mention) != "past":
                    yield Evidence(finding, by="meaning", score=round(alike, 2))

    def _add_lengths(self, told: dict[str, Evidence]) -> None:
        """Values that follow from how long a finding has lasted; those that do not fit it go."""
        for evidence in list(told.values()):
            if "/" in evidence.finding or evidence.hours is None or not evidence.holds:
                continue
            for value in self._base.findings[evidence.finding].values:
                key = f"{evidence.finding}/{value}"
                if fits(value, evidence.hours):
                    told.setdefault(key, Evidence(key))
                elif length_meant(value):
                    told.pop(key, None)


def _longest(mentions: Sequence[Mention]) -> list[Mention]:
    """Of mentions of one finding that share words the one with most: "short of breath" before "not … breath"."""
    kept: list[Mention] = []
    for each in sorted(mentions, key=lambda mention: -len(mention.tokens)):
        if not any(other.finding == each.finding and other.tokens & each.tokens for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda mention: mention.first)


def _spent(tokens: Sequence[Token], mentions: Sequence[Mention], mention: Mention) -> set[int]:
    """Each `not` that names another finding, before a mention."""
    return {
        index
        for other in mentions
        if other.finding != mention.finding and other.first <= mention.first
        for index in other.tokens
        if tokens[index].text == "not"
    }


def _unlike(base: KnowledgeBase) -> Lexicon:
    """The wordings that look like a finding and are not it; those that only deny it are read as denials."""
    entries: dict[str, list[str]] = {}
    for finding in base.findings.values():
        written = [[token.text for token in tokens_of(each) if token.is_word] for each in finding.unlike]
        entries[finding.id] = [" ".join(words) for words in written if words and words[0] not in _DENIALS]
    return Lexicon(entries, {})


def _words(finding: Finding) -> Iterable[str]:
    for text in (finding.name, finding.lay, finding.question, finding.why):
        yield from (token.text for token in tokens_of(text))


def _surest(evidence: Iterable[Evidence]) -> dict[str, Evidence]:
    """The surest evidence of each finding, with the longest time that any gives."""
    best: dict[str, Evidence] = {}
    for each in evidence:
        known = best.get(each.finding)
        if known is None or _RANK.get((each.state, each.when), 0) > _RANK.get((known.state, known.when), 0):
            best[each.finding] = replace(each, hours=each.hours or (known.hours if known else None))
        elif known.hours is None and each.hours is not None and each.state == known.state:
            best[each.finding] = replace(known, hours=each.hours)
    return best


def _belongs(tokens: Sequence[Token], value: Mention, parent: str, present: Sequence[tuple[Mention, Evidence]]) -> bool:
    """Whether a value is said of its finding: the nearest one in the sentence, or the last one before it."""
    sentence = tokens[value.first].sentence
    inside = [mention for mention, _ in present if tokens[mention.first].sentence == sentence]
    own = [mention for mention in inside if mention.finding == parent]
    if own:
        distance = min(_distance(value, mention) for mention in own)
        return distance <= _NEAR or distance <= min(_distance(value, mention) for mention in inside)
    if inside:
        return False
    before = [mention for mention, _ in present if mention.first < value.first]
    last = max(before, key=lambda mention: mention.first, default=None)
    if last is None:
        return False
    near = [mention for mention in before if tokens[mention.first].sentence == tokens[last.first].sentence]
    return sentence - tokens[last.first].sentence <= 2 and any(mention.finding == parent for mention in near)


def _distance(one: Mention, other: Mention) -> int:
    return max(0, one.first - other.last, other.first - one.last)


def _is_first_person(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether "I" or "my" stands right before a mention: then it is not the patient's."""
    return any(tokens[i].text in {"i", "my", "me"} for i in range(max(0, mention.first - 3), mention.last + 1))


def _hours_near(tokens: Sequence[Token], mention: Mention, text: str) -> float | None:
    """How long a finding has lasted, by the nearest length of time in its sentence."""
    sentence = [token for token in tokens if token.sentence == tokens[mention.first].sentence]
    begin, end = sentence[0].start, sentence[-1].end
    lengths = lengths_in(text[begin:end])
    if not lengths:
        return None
    place = tokens[mention.first].start - begin
    return min(lengths, key=lambda each: abs(each[1] - place))[0]
