"""Which published form a file has, by how it begins: for hints, and to pick the files of a folder."""

import re
from pathlib import Path
from typing import Final

from kitwright.dataset.importers.opening import opened
from kitwright.errors import FaultsFound

_HEAD: Final = 20_000  # characters
_SIGNS: Final = {
    "medquad": r"<(?:Document|QAPairs?)\b",
    "abcd": r'"convo_id"\s*:',
    "clinc150": r'"(?:oos_)?(?:train|val|test)"\s*:\s*\[\s*\[\s*"',
    "chat": r'"(?:messages|conversations)"\s*:\s*\[',
    "ddxplus": r"\A[^\n]*\bDIFFERENTIAL_DIAGNOSIS\b",
    "bitext": r"\A[^\n]*\binstruction\b[^\n]*\bintent\b[^\n]*\bresponse\b",
    "banking77": r"\A\W*text\W+category\W*$",
    "rasa": r"^nlu:",
    "csv": r"\A[^\n{<\[]*[^\n{<\[:][,;\t|]",
}
"""Format to what its files begin with, the most telling first."""


def recognise(path: Path) -> str | None:
    """The format that a file seems to have, or None.

    Example:
        >>> recognise(Path("not_there.csv")) is None
        True
    """
    try:
        with opened(path) as text:
            head = text.read(_HEAD).replace("\r\n", "\n")
    except FaultsFound:
        return None
    return next((name for name, sign in _SIGNS.items() if re.search(sign, head, re.MULTILINE)), None)
