"""Negation: whether a message says that something is not there.

After ConText (Harkema and others 2009, J Biomed Inform 42(5)): cues with a scope that other words end, and look-alikes
("not only", "no better") that are no cues. A cue that is part of what is named ("cannot breathe") denies nothing.
"""

from collections.abc import Sequence, Set
from typing import Final

from ..reading.lexicon import Mention
from ..reading.phrases import cues
from ..reading.tokens import Token

_CUES: Final = cues("denials")
_LOOKALIKES: Final = cues("no_denials")
_ENDS: Final = cues("denial_ends")
_AFTER: Final = cues("denied_after")
_LIST_WORDS: Final = frozenset({"or", "nor"})
_DENIES: Final = frozenset({"denies", "denied", "denying", "deny", "negative"})
_FAR: Final = 12
_LIST_FAR: Final = 26
_INSIDE: Final = 3


def is_denied(tokens: Sequence[Token], mention: Mention, spent: Set[int] = frozenset()) -> bool:
    """Whether the message says that the mentioned finding is not there.

    Args:
        tokens: of the message.
        mention: of the finding.
        spent: tokens that name other findings; a `not` among them ("cannot breathe, cannot talk") denies nothing else.
    """
    sentence = tokens[mention.first].sentence
    begin = mention.first
    while begin and tokens[begin - 1].sentence == sentence:
        begin -= 1
    cues = [cue for cue in _cues(tokens, begin, mention.last) if not set(range(cue[0], cue[1] + 1)) & mention.tokens]
    lacking = any(tokens[index].text == "not" for index in mention.tokens)  # "inhaler not working" is no double denial
    free = [cue for cue in cues if tokens[cue[0]].text != "not" or not (lacking or cue[0] in spent)]
    reaching = [cue for cue in free if _reaches(tokens, cue, mention)]
    if reaching and tokens[reaching[-1][0]].text == "without":
        before = {token.text for token in tokens[max(begin, reaching[-1][0] - 4) : reaching[-1][0]]}
        if before & {"not", "never", "hardly", "barely"}:
            return False  # "cannot walk without chest pain"
    return bool(reaching) or _denied_after(tokens, mention)


def any_denial(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether any cue of a denial stands in a stretch of a message."""
    return bool(_cues(tokens, first, last))


def _cues(tokens: Sequence[Token], begin: int, end: int) -> list[tuple[int, int]]:
    """Where cues stand, look-alikes left out; `not` may stand inside the words that name the finding."""
    lookalikes = {
        index for start, last in _LOOKALIKES.places(tokens, begin, end + 4) for index in range(start, last + 1)
    }
    return [cue for cue in _CUES.places(tokens, begin, end) if cue[0] not in lookalikes]


def _reaches(tokens: Sequence[Token], cue: tuple[int, int], mention: Mention) -> bool:
    start, stop = cue[1] + 1, mention.first
    if cue[0] > mention.first:  # between the words of the mention: "the vomit is milky, never green"
        return min(index for index in mention.tokens if index > cue[1]) - cue[1] <= _INSIDE
    if stop - start > (_LIST_FAR if tokens[cue[0]].text in _DENIES else _FAR):
        return False
    if _ENDS.places(tokens, start, stop - 1, whole=True):
        return False
    commas = [index for index in range(start, stop) if tokens[index].text in ",:-("]
    return not commas or tokens[cue[0]].text in _DENIES or _is_list(tokens, commas[0], mention)


def _is_list(tokens: Sequence[Token], comma: int, mention: Mention) -> bool:
    """Whether a comma after a cue parts the items of a list: an `or` follows, or only short items stand between."""
    sentence = tokens[comma].sentence
    index = comma
    while index < len(tokens) and tokens[index].sentence == sentence:
        if tokens[index].text in _LIST_WORDS:
            return True
        if index > mention.last and tokens[index].text == "but":
            return False
        index += 1
    return False


def _denied_after(tokens: Sequence[Token], mention: Mention) -> bool:
    end = min(len(tokens), mention.last + 5)
    while end > mention.last + 1 and tokens[end - 1].sentence != tokens[mention.last].sentence:
        end -= 1
    after = range(mention.last + 1, end)
    if len(after) > 1 and tokens[after[0]].text in ":-" and tokens[after[1]].text in {"no", "none", "nil"}:
        return True
    return any(start <= mention.last + 2 for start, _ in _AFTER.places(tokens, mention.last + 1, end - 1))
