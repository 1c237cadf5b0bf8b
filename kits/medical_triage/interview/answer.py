"""An answer: what a person's words mean for the question that was asked."""

import re
from collections.abc import Iterable
from typing import Final, Literal

from ..assessment import Assessor
from ..case.evidence import Evidence
from ..interview.question import Question
from ..reading.phrases import listed
from ..reading.reader import Reading

Wish = Literal["why", "skip", "back", "restart", "stop"]
Word = Literal["yes", "no", "unknown"]


def _opening(name: str) -> re.Pattern[str]:
    """Whether a message begins with a cue of a list."""
    return re.compile(rf"^\W*(?:i )?(?:{'|'.join(listed(name))})\b", re.IGNORECASE)


def _whole(name: str) -> re.Pattern[str]:
    """Whether a message is nothing but a cue of a list."""
    return re.compile(rf"^\W*(?:{'|'.join(listed(name))})\W*$", re.IGNORECASE)


_YES: Final = _opening("yes")
_NO: Final = _opening("no")
_UNKNOWN: Final = _opening("do_not_know")
_WISHES: Final[dict[Wish, re.Pattern[str]]] = {
    "why": _whole("wish_why"),
    "skip": _whole("wish_skip"),
    "back": _whole("wish_back"),
    "restart": _whole("wish_restart"),
    "stop": _whole("wish_stop"),
}


def wish_of(text: str) -> Wish | None:
    """What a message asks of the interview itself."""
    return next((wish for wish, pattern in _WISHES.items() if pattern.match(text.strip())), None)


def word_of(text: str) -> Word | None:
    """Yes, no or do not know, by how a message begins."""
    if _UNKNOWN.match(text):
        return "unknown"
    if _NO.match(text):
        return "no"
    return "yes" if _YES.match(text) else None


def answered(assessor: Assessor, question: Question, text: str, reading: Reading) -> list[Evidence] | None:
    """What an answer says of the findings of a question; None where it does not answer it."""
    told = [each for each in reading.evidence if each.finding in question.about]
    if question.kind == "yes_no":
        return _yes_no(question.about[0], text, told)
    if question.kind == "choice":
        return _choice(assessor, question, text, told)
    if question.kind == "flags":
        return _flags(assessor, question, text, told)
    return []


def _yes_no(finding: str, text: str, told: list[Evidence]) -> list[Evidence] | None:
    word = word_of(text)
    if word == "yes":
        return [Evidence(finding, by="answer")]
    if word == "no":
        return [Evidence(finding, "absent", by="answer")]
    if word == "unknown":
        return []
    return told or None


def _choice(assessor: Assessor, question: Question, text: str, told: list[Evidence]) -> list[Evidence] | None:
    """The value that a button or words name; the others of the attribute do not hold."""
    said = text.strip().lower().rstrip(".")
    for choice, finding in zip(question.choices(assessor.base), question.about, strict=False):
        if said == choice.payload.lower():
            return list(_only(question.about, {finding}))
    if said in {"none of these", "none", "neither"} or word_of(text) == "no":
        return list(_only(question.about, set()))
    if word_of(text) == "unknown":
        return []
    chosen = {each.finding for each in told if each.state != "absent"}
    return list(_only(question.about, chosen)) if chosen else None


def _flags(assessor: Assessor, question: Question, text: str, told: list[Evidence]) -> list[Evidence] | None:
    """Which of several findings are there; of those that are not named nothing is known, unless none is there."""
    said = text.strip().lower().rstrip(".")
    chosen = [
        finding
        for choice, finding in zip(question.choices(assessor.base), question.about, strict=False)
        if said == choice.payload.lower()
    ]
    if chosen:
        return [Evidence(finding, by="answer") for finding in chosen]
    if said in {"none of these", "none", "neither"} or (word_of(text) == "no" and not told):
        return list(_only(question.about, set()))
    if word_of(text) == "unknown":
        return []
    return told or None


def _only(about: Iterable[str], chosen: set[str]) -> Iterable[Evidence]:
    return (Evidence(each, "present" if each in chosen else "absent", by="answer") for each in about)
