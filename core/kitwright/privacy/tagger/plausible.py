"""What the tagger takes for personal and can be nothing of the kind: a size, a greeting, an age that many share."""

import re
from typing import Final

_OLD: Final = 90  # years, from which on an age is personal
_NUMBER: Final = re.compile(r"\d{1,4}")
_OLD_IN_WORDS: Final = re.compile(r"ninet|hundred|centenar|nonagenar", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST_POSTCODE: Final = 10  # letters and digits
_TWO_LETTERS: Final = frozenset(
    "ai al an bo cy di do ed el ha ho hu jo ju ko le li lo lu ma mo ng oh om oz su to ty vi vo vu wu xi xu ya ye yi yo"
    " yu zi".split()
)
_NOBODY: Final = frozenset(
    "a about advent an and are as at babe bestie bonjour bro but by christmas ciao dad daddy dear diwali dude easter"
    " eg eid etc for from fyi grandad granddad grandma grandpa gran hallo hanukkah he hello her hey hi him his hola"
    " hun i ie if in is it jk lol madam mam mate me mom mommy mum mummy my nan nana nobody of oh omg on or our qty"
    " ramadan rip salaam shalom she sir sis so somebody someone the their them they this to us was we with you"
    " your".split()
)


def is_plausible(label: str, value: str) -> bool:
    """Whether a stretch that the tagger found can be what it is taken for.

    Args:
        label: the tagger's.
        value: the stretch.
    """
    words = [word.lower() for word in _WORD.findall(value)]
    if label == "AGE":
        return _is_old(value)
    if label == "PERSON":
        return _can_name(value) and not _NOBODY.issuperset(words)
    if label == "POSTCODE" and sum(map(str.isalnum, value)) > _LONGEST_POSTCODE:
        return False
    return not words or any(letter.isdigit() for letter in value) or not _NOBODY.issuperset(words)


def _is_old(value: str) -> bool:
    """It learned ages in years only from 90 on, but reads numbers loosely."""
    number = _NUMBER.search(value)
    return int(number[0]) >= _OLD if number else _OLD_IN_WORDS.search(value) is not None


def _can_name(value: str) -> bool:
    """One letter, or two that are no name, are a size or an abbreviation; several in capitals may be initials."""
    words = _WORD.findall(value)
    long = any(len(word) > 2 or (len(word) == 2 and word.istitle()) or word.lower() in _TWO_LETTERS for word in words)
    return long or (len(words) > 1 and not value.islower())
