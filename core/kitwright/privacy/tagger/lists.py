"""Lists of names and words that the templates are filled with: text files, values apart by `;` or by spaces."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from kitwright.files import read_text

_LOCALES: Final = (
    "cs_CZ da_DK de_AT de_DE en_AU en_CA en_GB en_IE en_IN en_NZ en_US es_ES es_MX et_EE fi_FI fil_PH fr_CA fr_FR "
    "hr_HR hu_HU id_ID it_IT lt_LT lv_LV nl_BE nl_NL no_NO pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE tr_TR tw_GH "
    "vi_VN yo_NG zu_ZA"
).split()
_EACH: Final = 90  # names of a locale
_CITIES: Final = 40


class Lists:
    """The lists of a folder, and names of many countries by Faker.

    Args:
        folder: of `given.txt`, `cities.txt` and the like.
        seed: decides which names Faker gives.
    """

    def __init__(self, folder: Path, *, seed: int) -> None:
        self._folder = folder
        self._seed = seed
        self._read: dict[str, list[str]] = {}

    def values(self, name: str) -> Sequence[str]:
        """The values of a list, `;` between them."""
        if name not in self._read:
            self._read[name] = [value for line in self._lines(name) for value in _parted(line)]
        return self._read[name]

    def group(self, name: str, group: str) -> Sequence[str]:
        """The values of a list on the lines that begin with this word and a colon."""
        key = f"{name}:{group}"
        if key not in self._read:
            lines = (line.partition(":") for line in self._lines(name))
            self._read[key] = [value for first, _, rest in lines if first == group for value in _parted(rest)]
        return self._read[key]

    @cached_property
    def first(self) -> tuple[str, ...]:
        """Given names."""
        return (*self._faked["first"], *self._spaced("given"))

    @cached_property
    def last(self) -> tuple[str, ...]:
        """Family names."""
        return (*self._faked["last"], *self._spaced("family"))

    @cached_property
    def city(self) -> tuple[str, ...]:
        """Towns; the half of them real ones."""
        return (*self._faked["city"], *self.values("cities"))

    @cached_property
    def _faked(self) -> Mapping[str, tuple[str, ...]]:
        from faker import Faker

        found: dict[str, set[str]] = {"first": set(), "last": set(), "city": set()}
        for number, locale in enumerate(_LOCALES):
            fake = Faker(locale, use_weighting=False)
            fake.seed_instance(self._seed + number)
            found["first"] |= {fake.first_name() for _ in range(_EACH)}
            found["last"] |= {fake.last_name() for _ in range(_EACH)}
            found["city"] |= {fake.city() for _ in range(_CITIES)}
        return {kind: tuple(sorted(n for n in names if 1 < len(n) <= 24)) for kind, names in found.items()}

    def _spaced(self, name: str) -> tuple[str, ...]:
        return tuple(word for line in self._lines(name) for word in line.split())

    def _lines(self, name: str) -> list[str]:
        lines = read_text(self._folder / f"{name}.txt").splitlines()
        return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _parted(line: str) -> list[str]:
    return [value.strip() for value in line.split(";") if value.strip()]
