"""Prose: answers that stop in mid-sentence, and answers that go round in circles."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kitwright.dataset.finding import Finding, error, warning
from kitwright.dataset.material import Material
from kitwright.dataset.wording import words

_OPEN: Final = frozenset(
    (
        "a an the of to and or but with for in on at by from is are was were be been your our their his her its my "
        "this that these those if when because which who whose than as between within until about into over under "
        "will would can could should may must have has had not no very you we they i please per"
    ).split()
)
_CLOSED_BY_WORD: Final = re.compile(
    r"\b(?:log(?:ged)? (?:in|on|out)|send \w+ (?:in|on)|try (?:it|them|one|this|that) on|sign (?:in|up)"
    r"|put (?:it|them) on"
    r"|hand(?:ed)? (?:it |them )?(?:over|in)|what for|looking for|(?:thank|find|help|for|with|to) you"
    r"|(?:do|does|did|is|are|was|can|could|will|would|has|have|should|must|may) not"
    r"|(?:it is|they are|you are|we are|you can|we can|we will))$",
    re.IGNORECASE,
)
_LIST_ITEM: Final = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+$|\S+@\S+$|\S+\.[a-z]{2,7}(?:/\S*)?$")
_FEWEST: Final = 4  # words; "40 degrees" is an answer
_USUAL: Final = 0.8  # share of answers that end with a sign


def truncated(material: Material) -> Iterator[Finding]:
    """Answers that end with an opening word or a comma; and, where answers end with a sign, those that do not."""
    answers = [(sample, sample.answers[-1].rstrip()) for sample in material.samples if sample.answers]
    closed = [_ends(answer) for _, answer in answers]
    is_usual = bool(closed) and sum(closed) >= _USUAL * len(closed)
    for (sample, answer), ends in zip(answers, closed, strict=True):
        said = words(answer)
        if ends or len(said) < _FEWEST:
            continue
        if answer[-1] in ",;:-–(" or (said[-1] in _OPEN and not _CLOSED_BY_WORD.search(answer)):
            yield error("truncated", "the answer stops in mid-sentence", sample, excerpts=(answer,))
        elif is_usual:
            yield warning("truncated", "the answer ends without a full stop", sample, excerpts=(answer,))


def _ends(answer: str) -> bool:
    """Whether a text ends as texts do: with a sign (an emoji is one), a list's item, an address or a link."""
    last = answer.rsplit("\n", 1)[-1]
    if not answer or _ADDRESS.search(last):
        return True
    if answer.endswith("...") and not answer.endswith("....") and words(answer)[-1:] and words(answer)[-1] in _OPEN:
        return False
    if _LIST_ITEM.match(last):
        return answer[-1] not in ",;"
    return not answer[-1].isalnum() and answer[-1] not in ",;:-–("


def loops(material: Material) -> Iterator[Finding]:
    """Answers that say a sentence three times, or a phrase over and over, or stretch a letter."""
    for sample in material.samples:
        for answer in sample.answers:
            if what := _loop(answer):
                yield error("repetition", what, sample, excerpts=(answer,))
                break


def _loop(answer: str) -> str | None:
    sentences = Counter(" ".join(words(part)) for part in re.split(r"[.!?\n]+", answer) if len(words(part)) >= 3)
    if any(count >= 3 or (count == 2 and len(text.split()) >= 6) for text, count in sentences.items()):
        return "the answer says a sentence again and again"
    said = " ".join(words(answer))
    if re.search(r"(?:^| )(\S+(?: \S+){0,7})(?: \1){3,}(?: |$)", said) or re.search(
        r"(?:^| )(\S+(?: \S+){2,9})(?: \1){2,}(?: |$)", said
    ):
        return "the answer goes round in circles"
    return "a sign is repeated" if re.search(r"([^\W\d_])\1{7,}", answer) else None
