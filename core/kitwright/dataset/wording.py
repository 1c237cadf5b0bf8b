"""Wording: how texts are folded, cut into words, and told to say the same.

Sentence vectors alone call "in M" and "in L", or "linen" and "silk", nearly the same. Two texts are alike only
if, besides close vectors, no word that carries meaning stands in one of them alone, apart from typing errors,
endings, and one pair of everyday words in a text of very close vectors ("bigger", "larger").
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Final

FLOOR: Final = 0.6
"""Cosine, of sentence vectors or of spellings, below which texts are not held against each other."""
_SYNONYMS: Final = 0.95
"""Cosine above which one pair of words may differ: "buy"/"purchase" 0.95, but "linen"/"silk" 0.85, "M"/"L" 0.87."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[£€$%+]")
_LIGHT: Final = frozenset(
    (
        "a an the i you he she it we they me him her us them my your his its our their this that these those is are "
        "am was were be been being do does did have has had can could will would shall should may might must to of in "
        "at on for and or so as by with please pls plz thanks thank hi hello hey dear good morning afternoon evening "
        "just really actually also still then there here if when what how which who where why want wants need needs "
        "like know tell let get got any some ok okay well um oh i'm i've i'd i'll it's that's what's how's where's "
        "who's you're we're they're there's im ive id ill its thats whats hows wheres u r ur sorry excuse help "
        "wondering wonder ask question possible"
    ).split()
)
_NUMBERS: Final = {
    word: str(number)
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_CONTRASTS: Final = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december today tomorrow yesterday morning evening night before after with without "
        "from until since under over above below inside outside left right in out up down open close opened closed "
        "black white red blue green grey gray yellow navy pink brown cream beige orange purple cotton linen silk wool "
        "merino leather cashmere denim men women man woman boys girls small medium large not no never none neither nor "
        "yes more less fewer most least first second third last next previous standard express old new early late "
        "hot cold warm cool wet dry long short high low cheap expensive daily weekly monthly yearly hour hours day "
        "days week weeks month months year years buy sell send receive increase decrease start stop allow refuse "
        "cancel change return exchange refund always sometimes minimum maximum adult child"
    ).split()
)


def folded(text: str) -> str:
    """The text as duplicates are compared: case, spaces, quotes and end marks do not count."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(plain.split()).strip(" .!?…")


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """The words, folded; signs of currency and the per cent sign count as words."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("’", "'")))


@lru_cache(maxsize=50_000)
def content(text: str) -> tuple[str, ...]:
    """The words that carry meaning, numbers in figures."""
    return tuple(_NUMBERS.get(word, word) for word in words(text) if word not in _LIGHT)


def alike(one: str, other: str, cosine: float) -> bool:
    """Whether two texts ask or say the same.

    Args:
        one: a text.
        other: another.
        cosine: of their vectors.

    Example:
        >>> alike("How long will delivery take?", "how long does delivery take", 0.96)
        True
        >>> alike("Is it there in M?", "Is it there in L?", 0.96)
        False
    """
    if folded(one) == folded(other):
        return True
    if cosine < FLOOR or not _comparable(one, other):
        return False
    left, right = _apart(content(one), content(other))
    if not left and not right:
        return True
    is_pair = cosine >= _SYNONYMS and len(left) == len(right) == 1
    return is_pair and len(content(one)) >= 3 and all(_is_everyday(word, one, other) for word in (*left, *right))


def same_words(one: str, other: str) -> bool:
    """Whether two texts are equal but for light words, typing errors and endings."""
    if folded(one) == folded(other):
        return True
    left, right = _apart(content(one), content(other))
    return not left and not right and bool(content(one))


def _comparable(one: str, other: str) -> bool:
    """Whether the texts have words, and about as many: what is certain to be apart need not be paired."""
    few, many = sorted((len(set(content(one))), len(set(content(other)))))
    return few > 0 and many - few <= 1


def _apart(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The words of each that the other lacks, after pairing those that differ by a slip or an ending."""
    left = list((Counter(one) - Counter(other)).elements())
    right = list((Counter(other) - Counter(one)).elements())
    for word in tuple(left):
        near = next((known for known in right if _is_slip(word, known)), None)
        if near is not None:
            left.remove(word)
            right.remove(near)
    # A word said twice in one text adds nothing to a text that has it.
    return [w for w in left if w not in other], [w for w in right if w not in one]


def _is_slip(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if any(letter.isdigit() for letter in one + other) or len(shorter) < 4 or {one, other} <= _CONTRASTS:
        return False
    if longer.removeprefix(shorter) in ("s", "es", "d", "ed", "ing", "'s", "ly"):
        return True
    from rapidfuzz.distance import OSA

    # The first letter is seldom mistyped, and "later"/"water" or "size"/"prize" are other words.
    return one[0] == other[0] and len(shorter) >= 5 and OSA.distance(one, other) <= (1 if len(shorter) < 8 else 2)


def _is_everyday(word: str, *texts: str) -> bool:
    """Neither a number, a size, a name, nor one of a set of values that exclude one another."""
    if len(word) < 3 or not word.isalpha() or word in _CONTRASTS:
        return False
    return not any(re.search(rf"(?<![.!?\n])\s{re.escape(word.capitalize())}\b", text) for text in texts)
