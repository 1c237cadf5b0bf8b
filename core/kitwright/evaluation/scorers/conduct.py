"""Conduct: whether an answer is of the right kind: an answer, a refusal, a question back, or a hand-over.

Kinds are told by their usual English wordings, so a kind said in unusual words is missed.
"""

import re
from typing import Final

from kitwright.dataset import AnswerSample
from kitwright.types.sentences import all_sentences

_KNOWS_NOTHING: Final = re.compile(
    r"\b(?:no|not have(?: any| that| the)?|don't have(?: any| that| the)?) (?:further |specific |more )?information\b"
    r"|\bonly (?:help|assist|answer|talk)\b"
    r"|\b(?:can ?not|can't|unable to|not able to|do not|don't) (?:help|assist|answer)\b"
    r"|\b(?:i|we) (?:really |simply )?(?:do not|don't) know\b"
    r"|\bnot (?:sure|certain)\b"
    r"|\bnotes (?:do not|don't|does not|doesn't)\b"
)
_DECLINES: Final = re.compile(
    r"\b(?:i|we)\b(?: \w+){0,2} (?:can ?not|can't|do not|don't|am not|are not|aren't|have no|could ?n[o']t|will not|"
    r"won't|unable)\b"
    r"|\bthere (?:is no|are no|isn't|aren't|is not|are not)\b"
    r"|\b\w+ (?:do|does)(?: not|n't) (?:sell|offer|have|stock|deliver|ship|give|provide|do|make|match|take|accept)\b"
    r"|\bnot (?:possible|available|offered|something)\b"
)
_PERSON: Final = r"(?:colleagues?|person|people|humans?|someone|customer care|team|advis[eo]rs?|agents?)"
_HANDS_OVER: Final = re.compile(
    r"\b(?:pass|hand|put|transfer|connect|forward|refer|escalate)(?:s|es|ed|ing|d)?\b"
    rf"[^.!?]{{0,60}}\b(?:to|with) [^.!?]{{0,20}}\b{_PERSON}\b"
    rf"|\b{_PERSON}\b[^.!?]{{0,40}}\b(?:will|'ll) (?:\w+ )?"
    r"(?:help|contact|call|reply|look|be in touch|answer|take|get back)\b"
    rf"|\bby (?:a|an|our|the|one of our) {_PERSON}\b"
    r"|\bpass (?:you|this|it) on\b"
)
_POLITE: Final = re.compile(r"\banything else\b|\b(?:can|may|how can|how may) i (?:help|assist)\b")
_FEWEST_WORDS: Final = 3


def right_refusal(answer: str, sample: AnswerSample) -> float | None:
    """1 if the bot says it can not help exactly where that is right, else 0; None where neither is asked.

    Awkward cases: where the question has an answer, only "I have no information" and its like count as a
    refusal, since "No, we do not sell shoes" may be the answer; where it has none, any "we do not" counts.
    """
    if sample.expect == "answer":
        return float(not refuses(answer))
    return float(refuses(answer) or bool(_DECLINES.search(_plain(answer)))) if sample.expect == "refuse" else None


def right_question(answer: str, sample: AnswerSample) -> float | None:
    """1 if the bot asks back where the question is too vague to answer, else 0; None for other questions.

    Awkward cases: repeating the customer's own question, or "can I help with anything else?", is no question.
    """
    return float(asks(answer, sample.text)) if sample.expect == "clarify" else None


def right_hand_over(answer: str, sample: AnswerSample) -> float | None:
    """1 if the bot passes the customer to a person where one is needed, else 0; None for other questions.

    Awkward cases: an address to write to hands nobody over; in the assembled bot most hand-overs are made by
    flows before any model is asked, so this is what the model alone would do.
    """
    return float(hands_over(answer)) if sample.expect == "hand_over" else None


def right_kind(answer: str, sample: AnswerSample) -> bool:
    """Whether the answer is of the kind that the sample expects."""
    scores = (scorer(answer, sample) for scorer in (right_refusal, right_question, right_hand_over))
    return bool(answer.strip()) and all(score in (1.0, None) for score in scores)


def refuses(answer: str) -> bool:
    """Whether the answer says that the bot does not know or can not help."""
    return bool(_KNOWS_NOTHING.search(_plain(answer)))


def asks(answer: str, question: str) -> bool:
    """Whether the answer asks something back."""
    said = [_plain(sentence) for sentence in all_sentences(answer) if sentence.endswith("?")]
    return any(
        len(sentence.split()) >= _FEWEST_WORDS and not _POLITE.search(sentence) and sentence not in _plain(question)
        for sentence in said
    )


def hands_over(answer: str) -> bool:
    """Whether the answer passes the customer to a person."""
    return bool(_HANDS_OVER.search(_plain(answer)))


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
