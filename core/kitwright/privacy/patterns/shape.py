r"""A shape of personal data: a regular expression, how sure a match is, and where it is used.

Presidio raises weak scores by context words only where lemmas are known, which the engine without a
language model does not have. So context is written into the shapes: what stands before `\K` must be
there, and is not part of the finding.
"""

from dataclasses import dataclass
from typing import Final

from kitwright.privacy.policy import Country

LINK: Final = r"(?:\s{0,3}(?:number|no\.?|num|code|id|is|was|it's|[:=#-])){0,4}\s{0,3}"
"""What may stand between a label and its value: "passport number is", "SSN:"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One pattern.

    Args:
        label: what a match is.
        name: shown in Presidio's explanation of a finding.
        regex: for the `regex` package, any case; every repetition bounded.
        score: 0 to 1.
        country: used only for kits that serve it; None for everywhere.
    """

    label: str
    name: str
    regex: str
    score: float
    country: Country | None = None
