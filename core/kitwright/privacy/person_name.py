"""Names of people as they are compared: "Jane Doe", "jane", "Ms Doe" and "J. Doe" can be one person."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_HE: Final = frozenset("mr mister sir lord herr monsieur señor".split())
_SHE: Final = frozenset("mrs ms miss madam madame dame lady frau mme señora".split())
_TITLES: Final = _HE | _SHE | frozenset("dr doctor prof professor mx rev reverend nurse".split())
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE: Final = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A mention of a person.

    Args:
        words: in lower case and without accents; the first is the given name where there are two or more.
        titled: whether a title stands before it, so that a single word is a family name.
        addressed: "he" or "she" where the title says it.
    """

    words: tuple[str, ...]
    titled: bool = False
    addressed: str | None = None

    @property
    def size(self) -> tuple[int, int]:
        """How much it says: words, then letters."""
        return len(self.words), sum(map(len, self.words))

    def may_be(self, fuller: "PersonName") -> bool:
        """Whether this mention fits a person who is known by `fuller`.

        Example:
            >>> doe = read_name("Jane Doe")
            >>> [read_name(text).may_be(doe) for text in ("jane", "Ms Doe", "J. Doe", "Ms Jane", "Jane Roe", "john")]
            [True, True, True, False, False, False]
        """
        if self.words == fuller.words:
            return True
        if len(self.words) > 1 and len(fuller.words) > 1:
            return self.words[-1] == fuller.words[-1] and _same_given(self.words[0], fuller.words[0])
        if len(self.words) > len(fuller.words):
            return fuller.may_be(self)
        ends = fuller.words[-1:] if self.titled else (fuller.words[0], fuller.words[-1])
        return len(self.words) == 1 and self.words[0] in ends and len(fuller.words) > 1


def read_name(text: str) -> PersonName:
    """A name as it is compared; without words if `text` has no letters, or digits too."""
    if any(map(str.isdigit, text)):
        return PersonName(())
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    family, comma, given = plain.partition(",")
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(f"{given} {family}" if comma else plain)]
    titles = [word for word in words if word in _TITLES] if len(words) > 1 else []
    named = tuple(word for word in words if word not in titles)
    addressed = "he" if _HE & set(titles) else "she" if _SHE & set(titles) else None
    return PersonName(named, bool(titles), addressed)


def _same_given(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
