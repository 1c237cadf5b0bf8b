"""E-mail addresses, as typed and spelled out, and phone numbers."""

from typing import Final

from kitwright.privacy.patterns.shape import LINK, Shape

_NAME: Final = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}"
_AT: Final = r"\s{1,3}at\s{1,3}|\s{0,3}[(\[{]\s?at\s?[)\]}]\s{0,3}"
_DOT: Final = r"(?:\s{1,3}dot\s{1,3}|\s{0,3}[(\[{]\s?dot\s?[)\]}]\s{0,3})"
_TOP: Final = r"(?:com|co|org|net|io|info|edu|gov|uk|ie|de|fr|eu|us|ca|au|nz|me|example)"
_MAIL_HOST: Final = r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|aol|proton(?:mail)?|gmx|btinternet)"

CONTACTS: Final[tuple[Shape, ...]] = (
    # Presidio's own asks a list of public suffixes, so it misses typing errors and reserved names.
    Shape(
        label="EMAIL_ADDRESS",
        name="e-mail",
        regex=rf"(?<![\w.!#$%&'*+/=?^`{{|}}~-]){_NAME}\s?@\s?[^\W_][\w-]{{0,62}}(?:\.[\w-]{{1,63}}){{1,6}}",
        score=0.95,
    ),
    Shape(label="EMAIL_ADDRESS", name="mail host", regex=rf"\b[\w.+-]{{1,64}}@{_MAIL_HOST}\b", score=0.9),
    Shape(
        label="EMAIL_ADDRESS",
        name="spelled out",
        regex=rf"\b(?:[\w+-]{{1,64}}{_DOT}){{0,3}}[\w.+-]{{1,64}}(?:{_AT}|@)(?:[\w-]{{1,63}}{_DOT}){{1,4}}{_TOP}\b",
        score=0.85,
    ),
    Shape(
        label="EMAIL_ADDRESS",
        name="spelled at",
        regex=rf"\b[\w.+-]{{1,64}}(?:\s{{0,3}}[(\[{{]\s?at\s?[)\]}}]\s{{0,3}}[\w-]{{1,63}}"
        rf"|\s{{1,3}}at\s{{1,3}}{_MAIL_HOST})(?:\.[a-z]{{2,24}}){{1,3}}\b",
        score=0.85,
    ),
    Shape(
        label="PHONE_NUMBER",
        name="United Kingdom and Ireland",
        regex=r"(?<![\w.+#£$€-])\(?0\d(?:[\s().-]{0,2}\d){8,9}(?![\w-])",
        score=0.7,
    ),
    Shape(
        label="PHONE_NUMBER",
        name="international",
        regex=r"(?<![\w+])(?:\+|\b00)[1-9](?:[\s().-]{0,3}\d){7,14}(?!\w)",
        score=0.75,
    ),
    Shape(
        label="PHONE_NUMBER",
        name="North America",
        regex=r"(?<![\w.#-])(?:1[\s.-])?(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[\s.-])\d{3}[\s.-]\d{4}(?![\w-])",
        score=0.6,
        country="us",
    ),
    Shape(
        label="PHONE_NUMBER",
        name="after a label",
        regex=rf"\b(?:phone|telephone|tel|mobile|mob|cell|whatsapp|(?:call|ring|text) me (?:on|at)){LINK}(?:on\s)?\K"
        r"\+?\(?\d(?:[\s().-]{0,2}\d){5,14}(?!\w)",
        score=0.85,
    ),
)
