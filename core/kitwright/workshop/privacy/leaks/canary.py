"""Canaries: personal values that nobody has, in wordings that people use; wherever one turns up is a leak.

Every value is drawn once. Numbers carry their checksums; words are made of syllables, at least eight letters, so that a
search for them finds nothing else.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

SHORTEST: Final = 8
"""Letters or digits of what is looked for; shorter runs turn up by chance."""

_ONSETS: Final = "b br c d dr f g gl h j k l m n p pr q r s st t tr v w x z".split()
_VOWELS: Final = "a e i o u ae ei ou".split()
_CODAS: Final = ["", "", "l", "n", "r", "s", "rd", "lt", "nk", "sk", "x"]
_LIKE: Final = (
    "woolly dusty crooked shiny wobbly soggy narrow noisy speckled wrinkled muddy fluffy creaky bulky flimsy wooden "
    "plastic paper metal rubber striped square folding painted padded wicker leather spotted"
).split()
_THINGS: Final = (
    "kettle ladder pillow bucket saucer teapot hammock barrel stapler cushion doormat funnel toaster lantern basket "
    "bottle drawer shovel whistle candle blanket sponge hammer spanner bench trolley curtain mattress napkin helmet "
    "tripod magnet pencil ruler locker fridge oven carpet chimney ribbon"
).split()
_HOSTS: Final = ("gmail.com", "outlook.com", "btinternet.com", "example.org", "mail.example.com", "work.example.co.uk")
_STREETS: Final = ("Road", "Street", "Avenue", "Lane", "Crescent")

WORDINGS: Final[Mapping[str, Sequence[str]]] = {
    "PERSON": (
        "my name is {}",
        "Hi, my name is {}.",
        "this is {} speaking",
        "the order name is {}",
        "Thanks,\n{}",
        "Kind regards, {}",
        "it should be for Mrs {}",
        "please ask Dr {} about it",
    ),
    "EMAIL_ADDRESS": (
        "{}",
        "my e-mail is {}",
        "you can reach me on {} thanks",
        "email:{}",
        "i used {} when i ordered",
        "send it to ({}), please",
        "<{}>",
        "it's {}, not the old one",
    ),
    "PHONE_NUMBER": (
        "{}",
        "call me on {}",
        "my mobile is {} ok?",
        "tel: {}",
        "you can text me on {} after six",
        "ring {} and ask for me",
    ),
    "CREDIT_CARD": ("my card number is {}", "visa {}", "I paid with card {} last week", "card: {}"),
    "IBAN_CODE": ("my iban is {}", "refund it to IBAN {}", "iban: {}"),
    "UK_NHS": ("my nhs number is {}", "NHS no: {}"),
    "MEMBER_NUMBER": ("my membership number is {}", "loyalty card {}", "customer number: {}", "policy number {}"),
    "MEDICAL_RECORD_NUMBER": ("my hospital number is {}", "MRN {}", "patient number: {}"),
    "US_SSN": ("my ssn is {}", "social security number {}"),
    "STREET_ADDRESS": ("I live at {}", "my address is {}", "deliver it to {} please", "{}, Bristol"),
    "SECRET": ("my password is {}", "password: {}"),
}
"""What people say around a value, by the label that it is found as."""


@dataclass(frozen=True, slots=True)
class Canary:
    """A value and where it goes in.

    Args:
        label: as the recognisers name it.
        value: as it is typed.
        parts: what is looked for: the value, and what it could become, such as its digits alone.
        conversation: whose it is.
    """

    label: str
    value: str
    parts: tuple[str, ...]
    conversation: str


class Aviary:
    """Breeds canaries; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._given: set[str] = set()

    def word(self) -> str:
        """A new word that no language has."""
        draw = self._random.choice
        while True:
            word = "".join(draw(_ONSETS) + draw(_VOWELS) + draw(_CODAS) for _ in range(3))
            if len(word) >= SHORTEST and word not in self._given:
                self._given.add(word)
                return word

    def mark(self) -> str:
        """Ordinary words that were not said together yet, and are nobody's name."""
        while True:
            words = " ".join(self._random.choice(kind) for kind in (_LIKE, _THINGS))
            if words not in self._given:
                self._given.add(words)
                return words

    def canary(self, label: str, conversation: str) -> Canary:
        """A new value of a kind."""
        while True:
            value, parts = _MAKERS[label](self)
            if parts[-1] not in self._given:
                self._given.add(parts[-1])
                return Canary(label, value, tuple(dict.fromkeys((value, *parts))), conversation)

    def some(self, conversation: str, count: int) -> Iterator[Canary]:
        """Canaries of different kinds."""
        for label in self._random.sample(sorted(_MAKERS), count):
            yield self.canary(label, conversation)

    def worded(self, canary: Canary) -> str:
        """A canary in one of the wordings of its kind."""
        wording = self._random.choice(WORDINGS[canary.label])
        told = wording.format(canary.value)
        return told.lower() if self._random.random() < 0.15 and canary.label in _ANY_CASE else told

    def digits(self, count: int, *, first: str = "123456789") -> str:
        """Digits, the first of them one of `first`."""
        return self._random.choice(first) + "".join(self._random.choices("0123456789", k=count - 1))

    def pick(self, choices: Sequence[str]) -> str:
        """One of these."""
        return self._random.choice(choices)


_ANY_CASE: Final = frozenset({"EMAIL_ADDRESS", "MEMBER_NUMBER", "IBAN_CODE"})
_Made = tuple[str, tuple[str, ...]]


def _person(aviary: Aviary) -> _Made:
    first, last = aviary.word().capitalize(), aviary.word().capitalize()
    last = f"O'{last}" if aviary.pick("abcde") == "a" else last
    return f"{first} {last}", (first, last)


def _email(aviary: Aviary) -> _Made:
    local = f"{aviary.word()}{aviary.pick('._-')}{aviary.word()}"
    return f"{local}@{aviary.pick(_HOSTS)}", (local,)


def _phone(aviary: Aviary) -> _Made:
    digits = f"07{aviary.digits(9, first='4579')}"
    value = aviary.pick(
        (digits, f"{digits[:5]} {digits[5:]}", f"{digits[:5]} {digits[5:8]} {digits[8:]}", f"+44 {digits[1:]}")
    )
    return value, (digits[1:],)


def _card(aviary: Aviary) -> _Made:
    body = f"4{aviary.digits(14)}"
    digits = body + next(d for d in "0123456789" if _luhn(body + d))
    gap = aviary.pick(("", " ", "-"))
    return gap.join(digits[at : at + 4] for at in range(0, 16, 4)), (digits,)


def _iban(aviary: Aviary) -> _Made:
    account = f"WEST{aviary.digits(14)}"
    check = 98 - int("".join(str(int(c, 36)) for c in f"{account}GB00")) % 97
    compact = f"GB{check:02}{account}"
    grouped = " ".join(compact[at : at + 4] for at in range(0, len(compact), 4))
    return aviary.pick((compact, grouped)), (compact,)


def _nhs(aviary: Aviary) -> _Made:
    while True:
        body = aviary.digits(9, first="49")
        check = 11 - sum(int(d) * w for d, w in zip(body, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            digits = f"{body}{check % 11}"
            return f"{digits[:3]} {digits[3:6]} {digits[6:]}", (digits,)


def _member(aviary: Aviary) -> _Made:
    value = f"{aviary.pick(('FC', 'M', 'LX'))}{aviary.digits(9)}"
    return value, (value[-9:],)


def _record(aviary: Aviary) -> _Made:
    digits = aviary.digits(9)
    return digits, (digits,)


def _ssn(aviary: Aviary) -> _Made:
    digits = f"{aviary.pick(('214', '318', '457', '536'))}{aviary.digits(2)}{aviary.digits(4)}"
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}", (digits,)


def _street(aviary: Aviary) -> _Made:
    name = aviary.word().capitalize()
    return f"{aviary.digits(2)} {name} {aviary.pick(_STREETS)}", (name,)


def _secret(aviary: Aviary) -> _Made:
    word = aviary.word().capitalize()
    return f"{word}{aviary.digits(3)}!", (word,)


_MAKERS: Final[Mapping[str, Callable[[Aviary], _Made]]] = {
    "PERSON": _person,
    "EMAIL_ADDRESS": _email,
    "PHONE_NUMBER": _phone,
    "CREDIT_CARD": _card,
    "IBAN_CODE": _iban,
    "UK_NHS": _nhs,
    "MEMBER_NUMBER": _member,
    "MEDICAL_RECORD_NUMBER": _record,
    "US_SSN": _ssn,
    "STREET_ADDRESS": _street,
    "SECRET": _secret,
}


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
