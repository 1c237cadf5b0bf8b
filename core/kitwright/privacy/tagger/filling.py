"""Fills the slots of templates with values of many countries and spellings; the same values for the same seed."""

import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from kitwright.privacy.tagger.codes import money, shaped, written_date
from kitwright.privacy.tagger.lists import Lists
from kitwright.privacy.tagger.marked import Marked, Stretch, parse_marked

_LABELS: Final = {
    "PERSON": "name first last nick initials",
    "CITY": "city",
    "REGION": "region country",
    "STREET_ADDRESS": "street",
    "POSTCODE": "postcode",
    "FACILITY": "hospital clinic school",
    "ORGANIZATION": "company",
    "PHONE": "phone",
    "EMAIL": "email",
    "USERNAME": "handle username",
    "URL": "url",
    "IP": "ip",
    "DEVICE": "mac imei serial",
    "VEHICLE": "plate vin",
    "ID": "mrn member policy claim prescription customer loyalty ssn nhs national_id passport licence",
    "FINANCE": "card iban account sortcode",
    "SECRET": "password pin code",
    "DATE": "date dob",
    "AGE": "age90",
}
_LABEL_OF: Final = {slot: label for label, slots in _LABELS.items() for slot in slots.split()}
_KEPT: Final = "order tracking product brand size price drug dose eponym bp lab year age month weekday time famous icd"
SLOTS: Final = frozenset({*_LABEL_OF, *_KEPT.split(), "address"})
"""What templates may ask for."""
_INNER: Final = re.compile(r"\{([a-z_]+)\}")
_LOWERED: Final = 0.15  # of the codes
_DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS: Final = "January February March April May June July August September October November December".split()


class Filler:
    """Fills templates.

    Args:
        lists: names and words.
        rng: decides everything.
    """

    def __init__(self, lists: Lists, rng: random.Random) -> None:
        self._lists = lists
        self._rng = rng
        self._people: dict[str, tuple[str, str]] = {}
        self._makers: Mapping[str, Callable[[], str]] = self._by_slot()

    def fill(self, template: str) -> Marked:
        """The template with its slots filled; slots of the same number speak of the same person."""
        self._people = {}
        return parse_marked(template, self._slot)

    def _slot(self, slot: str, number: str | None) -> Marked:
        if slot == "address":
            return self._address()
        if slot in ("name", "first", "last", "nick", "initials"):
            value = self._person(slot, number)
        elif slot in self._makers:
            value = self._makers[slot]()
        else:
            value = self._code(slot)
        label = _LABEL_OF.get(slot)
        return Marked(value, (Stretch(0, len(value), label),) if label else ())

    def _by_slot(self) -> dict[str, Callable[[], str]]:
        pick, lists = self._rng.choice, self._lists
        return {
            "city": lambda: pick(lists.city),
            "region": lambda: pick(lists.values("regions")),
            "country": lambda: pick(lists.values("countries")),
            "street": self._street,
            "hospital": lambda: self._facility("hospital"),
            "clinic": lambda: self._facility("clinic"),
            "school": lambda: self._facility("school"),
            "company": lambda: self._inner(pick(lists.values("companies"))),
            "phone": lambda: shaped(pick(lists.group("codes", "phone")), self._rng),
            "email": self._email,
            "handle": lambda: "@" + self._username(),
            "username": self._username,
            "url": lambda: pick(("https://{}", "www.{}", "{}")).format(self._url()),
            "password": self._password,
            "date": lambda: written_date(self._rng),
            "dob": lambda: written_date(self._rng, first=1925, last=2015),
            "age90": lambda: str(self._rng.randint(90, 104)),
            "age": lambda: str(self._rng.randint(1, 89)),
            "year": lambda: str(self._rng.randint(1950, 2027)),
            "product": lambda: pick(lists.values("products")),
            "brand": lambda: pick(lists.values("brands")),
            "drug": lambda: pick(lists.values("drugs")),
            "eponym": lambda: pick(lists.values("eponyms")),
            "famous": lambda: pick(lists.values("famous")),
            "dose": lambda: pick(lists.group("fixed", "dose")),
            "lab": lambda: pick(lists.group("fixed", "lab")),
            "size": lambda: pick(lists.group("fixed", "size")),
            "time": lambda: pick(lists.group("fixed", "time")),
            "weekday": lambda: pick(_DAYS),
            "month": lambda: pick(_MONTHS),
            "price": lambda: money(self._rng),
            "bp": lambda: f"{self._rng.randint(85, 210)}/{self._rng.randint(45, 120)}",
        }

    def _code(self, slot: str) -> str:
        value = shaped(self._rng.choice(self._lists.group("codes", slot)), self._rng)
        return value.lower() if self._rng.random() < _LOWERED else value

    def _person(self, slot: str, number: str | None) -> str:
        first, last = self._both()
        if number is not None:
            first, last = self._people.setdefault(number, (first, last))
        if slot == "first":
            return first
        if slot == "last":
            return last
        if slot == "nick":
            return first[: max(3, len(first) // 2)] + self._rng.choice(("", "y", "ie", "s"))
        if slot == "initials":
            a, b = first[0].upper(), last[0].upper()
            return self._rng.choice((f"{a}.{b}.", f"{a}{b}", f"{a}. {b}.", f"{a}.{self._rng.choice('ABCEJLM')}.{b}."))
        middle = self._rng.choice(self._lists.first)
        ways = (f"{first} {last}",) * 8 + (
            f"{first} {middle} {last}",
            f"{first} {middle[0]}. {last}",
            f"{last}, {first}",
            f"{first[0]}. {last}",
            f"{first[0]} {last}",
            f"{first} {last}-{self._both()[1]}",
            f"{last.upper()}, {first}",
            f"{first} {last.upper()}",
        )
        return self._rng.choice(ways)

    def _both(self) -> tuple[str, str]:
        return self._rng.choice(self._lists.first), self._rng.choice(self._lists.last)

    def _inner(self, form: str) -> str:
        return _INNER.sub(lambda found: self._part(found[1]), form)

    def _part(self, name: str) -> str:
        pick = self._rng.choice
        if name == "word":
            return pick(self._lists.values("words"))
        if name in ("saint", "royal"):
            return pick(self._lists.group("facilities", name))
        if name == "n":
            return str(self._rng.randint(1, 99))
        if name == "letter":
            return pick("ABCDEF")
        if name == "street_name":
            return self._inner(pick(self._lists.group("streets", "en")))
        return pick({"first": self._lists.first, "last": self._lists.last, "city": self._lists.city}[name])

    def _facility(self, kind: str) -> str:
        return self._inner(self._rng.choice(self._lists.group("facilities", kind)))

    def _street(self) -> str:
        rng = self._rng
        country = rng.choices(("en", "de", "fr", "es"), (10, 2, 2, 2))[0]
        name, house = (
            self._inner(rng.choice(self._lists.group("streets", country))),
            str(rng.randint(1, rng.choice((20, 99, 400, 9999)))),
        )
        house += rng.choice("abc") if rng.random() < 0.1 else ""
        if country in ("de", "es"):
            line = f"{name} {house}"
        else:
            line = rng.choice((f"{house} {name}", f"{house} {name}", f"{house}, {name}"))
        unit = (
            f"{rng.choice(('Flat', 'Apt', 'Unit', 'flat', 'apt.', 'Suite', 'Apartment', 'Room'))} {rng.randint(1, 60)}"
        )
        if rng.random() < 0.2:
            line = rng.choice((f"{unit}, {line}", f"{line}, {unit}", f"{unit} {line}", f"{line} {unit}"))
        return f"PO Box {rng.randint(10, 9999)}" if rng.random() < 0.03 else line

    def _address(self) -> Marked:
        parts = [
            (self._street(), "STREET_ADDRESS"),
            (self._makers["city"](), "CITY"),
            (self._code("postcode"), "POSTCODE"),
        ]
        if self._rng.random() < 0.2:
            parts[1], parts[2] = parts[2], parts[1]
        if self._rng.random() < 0.15:
            parts.append((self._makers["region"](), "REGION"))
        text, stretches = "", []
        for value, label in parts:
            text += self._rng.choice((", ", ", ", " ", "\n")) if text else ""
            stretches.append(Stretch(len(text), len(text) + len(value), label))
            text += value
        return Marked(text, tuple(stretches))

    def _email(self) -> str:
        first, last = (_ascii(part) for part in self._both())
        number = str(self._rng.randint(1, 99)) if self._rng.random() < 0.4 else ""
        name = self._rng.choice((f"{first}.{last}", f"{first}{last}", f"{first[0]}{last}", f"{first}_{last}", first))
        return f"{name}{number}@{self._rng.choice((*self._lists.group('fixed', 'host'), f'{last}.example'))}"

    def _username(self) -> str:
        first, last = (_ascii(part) for part in self._both())
        ways = (
            f"{first}_{last}",
            f"{first}{self._rng.randint(1, 2010)}",
            f"{first}.{last}",
            f"x{first}x",
            f"{last}{first[0]}",
        )
        return self._rng.choice(ways)

    def _url(self) -> str:
        first, last = (_ascii(part) for part in self._both())
        return self._rng.choice(
            (
                f"{first}{last}.com",
                f"linkedin.com/in/{first}-{last}",
                f"facebook.com/{first}.{last}",
                f"{last}.me/{first}",
            )
        )

    def _password(self) -> str:
        word = _ascii(self._rng.choice(self._lists.values("words")))
        ways = (
            word.title() + str(self._rng.randint(1, 2026)),
            f"{word}!{self._rng.randint(1, 99)}",
            self._code("code"),
        )
        return self._rng.choice(ways)


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return "".join(filter(str.isalnum, plain)) or "sam"
