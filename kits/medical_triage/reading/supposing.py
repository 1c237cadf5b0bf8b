"""Supposing: whether something is only thought of, asked about or feared, and whether somebody is unsure of it."""

from collections.abc import Sequence
from typing import Final

from ..reading.lexicon import Mention
from ..reading.phrases import cues
from ..reading.tokens import Token

_SUPPOSED: Final = cues("supposed")
_NOT_SUPPOSED: Final = cues("not_supposed")
_ENDS: Final = cues("supposition_ends")
_NAMED_ONLY: Final = cues("named_only")
_UNSURE: Final = cues("unsure")
_BEFORE: Final = 9
_ASKING: Final = frozenset({"can", "could", "does", "do", "will", "would"})
_ASKED: Final = frozenset({"i", "you", "not", "we", "someone", "somebody", "anyone"})


def is_supposed(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the mentioned finding is only supposed: "what if I get a fever", "symptoms of a stroke"."""
    begin = _begin(tokens, mention)
    if _is_general_question(tokens, begin):
        return True
    real = {
        index for start, last in _NOT_SUPPOSED.places(tokens, begin, mention.first) for index in range(start, last + 1)
    }
    for start, last in _SUPPOSED.places(tokens, begin, mention.first - 1):
        if start in real or {*range(start, last + 1)} & mention.tokens:
            continue
        if mention.first - last <= _BEFORE and not _ENDS.places(tokens, last + 1, mention.first - 1, whole=True):
            return True
    return False


def is_named_only(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether an illness is only named as what something may be: "is it a stroke?", "convinced it's cancer"."""
    begin = max(_begin(tokens, mention), mention.first - _BEFORE)
    if any(token.text == "?" for token in tokens[mention.last + 1 : mention.last + 3]):
        return True
    return bool(_NAMED_ONLY.places(tokens, begin, mention.first - 1))


def is_unsure(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the person is not sure of it: "maybe a slight fever"."""
    begin = max(_begin(tokens, mention), mention.first - 4)
    return bool(_UNSURE.places(tokens, begin, mention.first - 1))


def _is_general_question(tokens: Sequence[Token], begin: int) -> bool:
    """Whether a sentence asks what something does: "Can hiccups stop his breathing?"; not "Can you …", "Should I …"."""
    if begin + 1 >= len(tokens) or tokens[begin].text not in _ASKING or tokens[begin + 1].text in _ASKED:
        return False
    sentence = tokens[begin].sentence
    last = max(index for index in range(begin, len(tokens)) if tokens[index].sentence == sentence)
    return tokens[last].text == "?"


def _begin(tokens: Sequence[Token], mention: Mention) -> int:
    begin = mention.first
    while begin and tokens[begin - 1].sentence == tokens[mention.first].sentence:
        begin -= 1
    return begin
