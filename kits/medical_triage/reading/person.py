"""The person: who needs help, how old they are, and their sex at birth, as a message tells it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ..reading.ages import FEMALE_ONLY, MALE_ONLY, age_in, sex_beside_age
from ..reading.lexicon import Mention
from ..reading.phrases import words_of
from ..reading.tokens import Token

Sex = Literal["female", "male"]
SELF: Final = "self"
PATIENT: Final = "patient"
OTHER: Final = "other"

_FEMALE: Final = words_of("female_words")
_MALE: Final = words_of("male_words")
_RELATIONS: Final = words_of("relations")
_CLINICAL: Final = frozenset("man woman male female boy girl gentleman lady patient infant child teenager".split())
_THIRD: Final = frozenset("he she him her his hers they them their".split())
_OTHERS: Final = words_of("others")
_VERBS: Final = frozenset("is has was had keeps says just feels got can seems will been fell".split())
_FIRST: Final = frozenset("i me my mine myself we".split())


@dataclass(frozen=True, slots=True)
class Person:
    """Who needs help.

    Args:
        who: `self`, or the relation as written ("son").
        age_months: None where nothing tells it.
        sex: at birth; None where nothing tells it.
    """

    who: str = SELF
    age_months: float | None = None
    sex: Sex | None = None


def person_of(text: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Person:
    """Who needs help by a message: whose findings it tells most of, and the age and sex it gives of them."""
    topic = topic_of(tokens)
    subjects = Counter(subject_of(tokens, mention, topic) for mention in mentions)
    who = subjects.most_common(1)[0][0] if subjects else topic
    return Person(SELF if who == PATIENT else who, age_in(text), sex_in(text, tokens, who))


def topic_of(tokens: Sequence[Token]) -> str:
    """Whom a message begins to tell of: `self`, `patient` (a woman of 40), or a relation ("son")."""
    for index, token in enumerate(tokens):
        follows = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if token.text in _CLINICAL or (token.text == "year" and follows == "old" and not _owned(tokens, index)):
            return PATIENT
        subject = _subject_at(tokens, index, PATIENT)
        if subject:
            return subject
    return SELF


def _owned(tokens: Sequence[Token], index: int) -> bool:
    """Whether "my" stands before an age: "my 3 year old"."""
    return any(tokens[i].text in {"my", "our"} for i in range(max(0, index - 3), index))


def subject_of(tokens: Sequence[Token], mention: Mention, topic: str) -> str:
    """Whose the mentioned finding is: the nearest person before it in its sentence, else the topic of the message."""
    sentence = tokens[mention.first].sentence
    index = mention.last
    while index >= 0 and tokens[index].sentence == sentence:
        subject = _subject_at(tokens, index, topic)
        if subject and not (index > mention.first and subject == SELF):
            return subject
        index -= 1
    return topic


def _subject_at(tokens: Sequence[Token], index: int, topic: str) -> str | None:
    word = tokens[index].text
    if word in _THIRD:
        return _meant(tokens, index, topic)
    if word in _RELATIONS and _is_somebody(tokens, index):
        return word
    if word in _CLINICAL:
        return PATIENT if topic != SELF or _is_patient(tokens, index) else OTHER
    if word in _OTHERS and topic != word:
        return OTHER
    if word in _FIRST and not _owns_somebody(tokens, index):
        return SELF
    return None


def _is_somebody(tokens: Sequence[Token], index: int) -> bool:
    """Whether a relation is a person of the tale: "my little boy", "Mum has"; not "feel like a baby"."""
    near = {tokens[i].text for i in range(max(0, index - 4), index)}
    if near & {"my", "our", "his", "her", "the"} or index == 0 or tokens[index - 1].sentence != tokens[index].sentence:
        return True
    follows = tokens[index + 1].text if index + 1 < len(tokens) else ""
    return follows in _VERBS


def _owns_somebody(tokens: Sequence[Token], index: int) -> bool:
    """Whether "my" belongs to a relation: "my three year old son"."""
    if tokens[index].text not in {"my", "our"}:
        return False
    following = tokens[index + 1 : index + 6]
    return any(token.text in _RELATIONS for token in following if token.sentence == tokens[index].sentence)


def _meant(tokens: Sequence[Token], index: int, topic: str) -> str:
    """Whom "he" or "she" means: the topic where it can be, else the last relation that was named."""
    word = tokens[index].text
    fitting = _FEMALE if word in _FEMALE else _MALE if word in _MALE else None
    if topic == PATIENT or (topic != SELF and (fitting is None or topic in fitting or topic not in _FEMALE | _MALE)):
        return topic
    for before in range(index - 1, -1, -1):
        name = tokens[before].text
        if (
            name in _RELATIONS
            and _is_somebody(tokens, before)
            and (fitting is None or name in fitting or name not in _FEMALE | _MALE)
        ):
            return name
    return PATIENT


def sex_in(text: str, tokens: Sequence[Token], who: str) -> Sex | None:
    """The sex at birth that a message gives."""
    short = sex_beside_age(text)
    if short:
        return short
    if who in _FEMALE:
        return "female"
    if who in _MALE:
        return "male"
    if FEMALE_ONLY.search(text):
        return "female"
    if MALE_ONLY.search(text):
        return "male"
    for index, token in enumerate(tokens):
        if token.text in {"woman", "lady", "female", "girl"} and _is_patient(tokens, index):
            return "female"
        if token.text in {"man", "gentleman", "male", "boy", "bloke", "guy"} and _is_patient(tokens, index):
            return "male"
    if who == SELF and any(token.text in {"i", "my"} for token in tokens):
        return None
    counts = Counter(
        "female" if t.text in {"she", "her"} else "male" for t in tokens if t.text in {"she", "her", "he", "his", "him"}
    )
    return counts.most_common(1)[0][0] if counts else None  # type: ignore[return-value]


def _is_patient(tokens: Sequence[Token], index: int) -> bool:
    """Whether "woman" is who needs help: "a 40 year old woman", "I am a woman"."""
    before = {tokens[i].text for i in range(max(0, index - 6), index)}
    return bool(before & {"old", "am", "year", "yo", "aged", "a", "this"}) and not before & {"another", "other", "tall"}
