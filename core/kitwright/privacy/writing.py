"""How one value is written: different writings of an e-mail address or a phone number come to the same key."""

import re
import unicodedata
from typing import Final

_AT: Final = re.compile(r"\s*[\[({<]\s*at\s*[\])}>]\s*|\s+at\s+|\s*@\s*")
_DOT: Final = re.compile(r"\s*[\[({<]\s*dot\s*[\])}>]\s*|\s+dot\s+|\s*\.\s*")
_DIGITS: Final = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_TIMES: Final = {"double": 2, "triple": 3, "treble": 3}
SHARED_DIGITS: Final = 8  # digits that two writings of one phone number share at least
_PREFIX: Final = 3  # digits of a country's code at most


def writing(label: str, value: str) -> str:
    """What is the same in all writings of a value.

    Example:
        >>> writing("EMAIL_ADDRESS", "Jo at Example dot com"), writing("UK_POSTCODE", "bs6 5qa")
        ('jo@example.com', 'bs65qa')
        >>> writing("PHONE_NUMBER", "+44 (0)7700 900123"), writing("PHONE_NUMBER", "oh double seven")
        ('+447700900123', '077')
    """
    folded = unicodedata.normalize("NFKC", value).casefold()
    folded = "".join(c for c in folded if unicodedata.category(c) != "Cf")
    if label == "EMAIL_ADDRESS":
        folded = _DOT.sub(".", _AT.sub("@", folded.strip()))
    if label == "PHONE_NUMBER":
        return _phone(folded)
    is_number = not any(character.isalpha() for character in folded)
    ignored = " ()-./" if is_number else ""
    return "".join(c for c in folded if not c.isspace() and c not in ignored)


def same_phone(one: str, other: str) -> bool:
    """Whether two written-out phone numbers, as `writing` gives them, are certainly one.

    Example:
        >>> same_phone("+447700900123", "07700900123"), same_phone("07700900123", "07700900124")
        (True, False)
    """
    if one.removeprefix("0") == other.removeprefix("0"):
        return True
    abroad, home = (one, other) if one.startswith("+") else (other, one)
    if not abroad.startswith("+") or home.startswith("+"):
        return False
    own = home.removeprefix("0")
    code = abroad.removeprefix("+").removesuffix(own)
    return len(own) >= SHARED_DIGITS and abroad.endswith(own) and len(code) <= _PREFIX


def _phone(text: str) -> str:
    words = re.findall(r"[a-z]+|\d|\+", text.replace("(0)", " "))
    digits = ""
    times = 1
    for word in words:
        if word in _TIMES:
            times = _TIMES[word]
            continue
        digits += _DIGITS.get(word, word if not word.isalpha() else "") * times
        times = 1
    return "+" + digits[2:] if digits.startswith("00") else digits
