"""Web addresses. Presidio's own recogniser takes seconds for a page of dots, so it is not used."""

from typing import Final

from kitwright.privacy.patterns.shape import Shape

_TOP: Final = r"(?:com|org|net|io|info|edu|gov|co|uk|ie|de|fr|eu|us|ca|au|nz|me|app|shop|store|online|example)"
_PATH: Final = r"(?::\d{2,5})?(?:[/?#][^\s()<>\"']{0,2000})?"

LINKS: Final[tuple[Shape, ...]] = (
    Shape(label="URL", name="with a scheme", regex=r"\b(?:https?://|www\.)[^\s()<>\"']{3,2000}", score=0.6),
    Shape(
        label="URL",
        name="bare domain",
        regex=rf"(?<![\w.@-])[a-z\d-]{{1,63}}(?:\.[a-z\d-]{{1,63}}){{0,3}}\.{_TOP}(?![\w-]){_PATH}",
        score=0.5,
    ),
)
