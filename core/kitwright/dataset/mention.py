"""Whether a text mentions a wording: whole words, whatever the typography, numbers in words or in figures."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPELLED: Final = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<ones>{'|'.join(_SMALL[1:10])}))?|(?P<small>{'|'.join(_SMALL)}))\b"
)
_SIGNS: Final = str.maketrans(
    {**dict.fromkeys("‘’´`", "'"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("‐‑‒–—−", "-")}
)
_SPACING: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\b(?:a|(\d)) hundred\b", lambda m: f"{m[1] or 1}00"),
        (r"(?<=[£€$])\s+(?=\d)", ""),  # £ 3.95
        (r"(?<=[£€$])(\d+)[.]00\b", r"\1"),  # £50.00
        (r"(?<=\d),(?=\d{3}(?!\d))", ""),  # 1,000
        (r"(?<=\d)\s+(?=[%°])", ""),  # 30 °C
        (r"°\s+(?=[cf]\b)", "°"),
        (r"(?<=\d)\s*([ap])\.?m\b\.?", r"\1m"),  # 2 p.m.
        (r"(?<=\d)\s*-\s*(?=\d)", "-"),  # 2 – 4
    )
)


def mentions(text: str, wording: str) -> bool:
    """Whether the wording stands in the text as whole words.

    Figures are whole too: "£5" is not in "£5.95", nor "9" in "9:30". It is a matter of words, not of meaning:
    "not 14 days but 30" mentions both.

    Example:
        >>> mentions("It’s £ 3.95, within thirty days.", "30 days")
        True
        >>> mentions("It costs £3.95.", "£3")
        False
    """
    return bool(_pattern(wording).search(_plain(text)))


@lru_cache(maxsize=10_000)
def _pattern(wording: str) -> re.Pattern[str]:
    plain = _plain(wording)
    before = r"(?<!\w)(?<!\d[.,:])" if plain[:1].isdigit() else r"(?<!\w)"
    after = r"(?!\w)(?![.,:]\d)" if plain[-1:].isdigit() else r"(?!\w)"
    return re.compile(f"{before}{re.escape(plain)}{after}")


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_SIGNS).split())
    plain = _SPELLED.sub(_figures, plain)
    for pattern, replacement in _SPACING:
        plain = pattern.sub(replacement, plain)
    return plain


def _figures(match: re.Match[str]) -> str:
    if match["small"]:
        return str(_SMALL.index(match["small"]))
    ones = _SMALL.index(match["ones"]) if match["ones"] else 0
    return str(10 * (_TENS.index(match["tens"]) + 2) + ones)
