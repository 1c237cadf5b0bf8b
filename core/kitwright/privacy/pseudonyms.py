"""Which placeholder a value gets: one number for one person or thing, one placeholder for each spelling of it.

Two values share a number only where that is certain. A name that could be of two people known by then gets a number
of its own, and keeps it.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from kitwright.privacy.person_name import PersonName, read_name
from kitwright.privacy.writing import SHARED_DIGITS, same_phone, writing
from kitwright.types import count_of, label_of, placeholder

_PERSON: Final = "PERSON"
_PHONE: Final = "PHONE_NUMBER"
_MANY: Final = 200  # people who share a name; none of them is certain then


class Numbers:
    """Counts placeholders, so that none is given out twice in a conversation."""

    def __init__(self) -> None:
        self._last: Counter[str] = Counter()
        self._spellings: Counter[tuple[str, int]] = Counter()

    def skip(self, token: str) -> None:
        """Never give out this placeholder, nor any with a lower number or an earlier spelling."""
        label, (number, spelling) = label_of(token), count_of(token)
        self._last[label] = max(self._last[label], number)
        self._spellings[label, number] = max(self._spellings[label, number], spelling)

    def new(self, label: str) -> int:
        """A number that nobody has.

        Raises:
            ValueError: the label is not made of capital letters and underscores.
        """
        placeholder(label, 1)
        self._last[label] += 1
        return self._last[label]

    def spell(self, label: str, number: int) -> str:
        """A placeholder for a further spelling of a number's value."""
        self._spellings[label, number] += 1
        return placeholder(label, number, self._spellings[label, number])


@dataclass(slots=True, eq=False)
class _Known:
    """Somebody or something with a number: its writings, and for a person the fullest name and the title's gender."""

    number: int
    writings: list[str] = field(default_factory=list)
    name: PersonName = field(default_factory=lambda: PersonName(()))
    addressed: str | None = None

    def may_be(self, key: str, name: PersonName) -> bool:
        """Whether another writing is of this person, or of this phone number."""
        if not name.words:
            return all(same_phone(key, other) for other in self.writings)
        other = name.addressed and self.addressed and name.addressed != self.addressed
        return not other and name.may_be(self.name)


@dataclass(slots=True)
class Pseudonyms:
    """The placeholders of one side of a conversation: of the values its owner supplied, or of all others.

    Args:
        numbers: shared by both sides.
        spellings: whether each spelling has a placeholder of its own, so that it can be restored to the letter.

    Example:
        >>> names = Pseudonyms(Numbers())
        >>> [names.token("PERSON", text) for text in ("jane", "Jane Doe", "Ms Doe", "Jane Roe", "jane")]
        ['<PERSON_1>', '<PERSON_1B>', '<PERSON_1C>', '<PERSON_2>', '<PERSON_1>']
    """

    numbers: Numbers
    spellings: bool = True
    _tokens: dict[tuple[str, str], str] = field(default_factory=dict)
    _latest: dict[tuple[str, str], str] = field(default_factory=dict)
    _by_writing: dict[tuple[str, str], _Known] = field(default_factory=dict)
    _by_number: dict[tuple[str, int], _Known] = field(default_factory=dict)
    _by_hint: dict[tuple[str, str], list[_Known]] = field(default_factory=dict)

    def token(self, label: str, value: str) -> str:
        """The placeholder of a value in this spelling."""
        token = self._tokens.get((label, value))
        if token is None:
            key, name = _key(label, value)
            known = self._by_writing.get((label, key)) or self._like(label, key, name)
            number = known.number if known else self.numbers.new(label)
            is_new = known is None or self.spellings
            token = self.numbers.spell(label, number) if is_new else placeholder(label, number)
            self._learn(label, value, number)
            self._tokens[label, value] = token
        self._latest[label, writing(label, value)] = token
        return token

    def find(self, label: str, value: str) -> str | None:
        """The placeholder that a value has, whatever its writing; the one used last where it has several."""
        return self._latest.get((label, writing(label, value)))

    def take_up(self, token: str, value: str) -> None:
        """Know again what an earlier vault of the conversation gave out."""
        label, (number, _) = label_of(token), count_of(token)
        self.numbers.skip(token)
        self._learn(label, value, number)
        self._tokens[label, value] = self._latest[label, writing(label, value)] = token

    def _like(self, label: str, key: str, name: PersonName) -> _Known | None:
        """The one that another writing fits, if it is certain."""
        near = [self._by_hint.get((label, hint), []) for hint in _hints(label, key, name)]
        if sum(map(len, near)) > _MANY:
            return None
        fitting = [known for known in dict.fromkeys(chain(*near)) if known.may_be(key, name)]
        return fitting[0] if len(fitting) == 1 else None

    def _learn(self, label: str, value: str, number: int) -> None:
        key, name = _key(label, value)
        known = self._by_number.setdefault((label, number), _Known(number))
        known.writings.append(key)
        known.addressed = known.addressed or name.addressed
        known.name = max(known.name, name, key=lambda each: each.size)
        self._by_writing[label, key] = known
        for hint in _hints(label, key, name):
            near = self._by_hint.setdefault((label, hint), [])
            if known not in near[-1:]:
                near.append(known)


def _key(label: str, value: str) -> tuple[str, PersonName]:
    """What is the same in all writings of a value, and, of a person, the name."""
    name = read_name(value) if label == _PERSON else PersonName(())
    if not name.words:
        return writing(label, value), name
    return " ".join((name.addressed or "", *name.words)), name


def _hints(label: str, key: str, name: PersonName) -> frozenset[str]:
    """What two writings share if they may be of one: the given or the family name, or the last digits."""
    if name.words:
        return frozenset({name.words[0], name.words[-1]})
    return frozenset({key[-SHARED_DIGITS:]} if label == _PHONE and len(key) >= SHARED_DIGITS else ())
