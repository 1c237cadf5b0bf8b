"""Which placeholder a value gets: one number for one person or thing, one placeholder for each spelling of it.

Two values share a number only where that is certain. A name that could be of two people known by then gets a number
of its own, and keeps it.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from kitwright.privacy.person_name import PersonName, read_name
from kitwright.privacy.writing import same_phone, writing
from kitwright.types import count_of, label_of, placeholder

_PERSON: Final = "PERSON"
_PHONE: Final = "PHONE_NUMBER"


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


@dataclass(slots=True)
class _Known:
    """Somebody or something with a number: its writings, and for a person the fullest name and the title's gender."""

    number: int
    writings: set[str]
    name: PersonName
    addressed: str | None

    def may_be(self, name: PersonName) -> bool:
        """Whether a name fits this person."""
        other = name.addressed and self.addressed and name.addressed != self.addressed
        return not other and name.may_be(self.name)

    def learn(self, key: str, name: PersonName) -> None:
        """One more writing of it."""
        self.writings.add(key)
        self.addressed = self.addressed or name.addressed
        self.name = max(self.name, name, key=lambda each: each.size)


@dataclass(slots=True)
class Pseudonyms:
    """The placeholders of one side of a conversation: of the values its owner supplied, or of all others.

    Args:
        numbers: shared by both sides.

    Example:
        >>> names = Pseudonyms(Numbers())
        >>> [names.token("PERSON", text) for text in ("jane", "Jane Doe", "Ms Doe", "Jane Roe", "jane")]
        ['<PERSON_1>', '<PERSON_1B>', '<PERSON_1C>', '<PERSON_2>', '<PERSON_1>']
    """

    numbers: Numbers
    _tokens: dict[tuple[str, str], str] = field(default_factory=dict)
    _latest: dict[tuple[str, str], str] = field(default_factory=dict)
    _known: dict[str, list[_Known]] = field(default_factory=dict)

    def token(self, label: str, value: str) -> str:
        """The placeholder of a value in exactly this spelling."""
        token = self._tokens.get((label, value))
        if token is None:
            key, name = _key(label, value)
            same = self._same(label, key, name)
            if same is None:
                same = self._meet(label, self.numbers.new(label))
            same.learn(key, name)
            token = self.numbers.spell(label, same.number)
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
        known = next((each for each in self._known.get(label, ()) if each.number == number), None)
        (known or self._meet(label, number)).learn(*_key(label, value))
        self._tokens[label, value] = self._latest[label, writing(label, value)] = token

    def _same(self, label: str, key: str, name: PersonName) -> _Known | None:
        known = self._known.get(label, [])
        exact = [each for each in known if key in each.writings]
        if exact:
            return exact[0]
        if label == _PHONE:
            fitting = [each for each in known if all(same_phone(key, other) for other in each.writings)]
        else:
            fitting = [each for each in known if name.words and each.may_be(name)]
        return fitting[0] if len(fitting) == 1 else None

    def _meet(self, label: str, number: int) -> _Known:
        known = _Known(number, set(), PersonName(()), None)
        self._known.setdefault(label, []).append(known)
        return known


def _key(label: str, value: str) -> tuple[str, PersonName]:
    """What is the same in all writings of a value, and, of a person, the name."""
    name = read_name(value) if label == _PERSON else PersonName(())
    if not name.words:
        return writing(label, value), name
    return " ".join((name.addressed or "", *name.words)), name
