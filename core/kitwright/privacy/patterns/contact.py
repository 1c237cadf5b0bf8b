"""E-mail addresses: as typed, mistyped, spelled out, spaced out."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import LINK, Shape, cues

_NAME: Final = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}"
_WORD: Final = r"[\w.+'-]{1,64}"
_AT: Final = r"\s{0,3}(?:\bat\s(?:the\s)?rate(?:\sof)?|[(\[{<]\s?at\s?[)\]}>]|(?<=\s)at(?=\W))\s{0,3}"
_DOT: Final = r"\s{0,3}(?:[(\[{<]\s?(?:dot|punkt|point|\.)\s?[)\]}>]|(?<=\s)(?:dot|punkt|point|period)(?=\s))\s{0,3}"
_JOIN: Final = (
    r"(?:\s{1,3}(?:dot|underscore|under\sscore|dash|hyphen|plus|point|punkt)\s{1,3}|\s?[(\[{](?:dot|\.)[)\]}]\s?)"
)
_TOP: Final = (
    r"(?:com?|cm|con|org|net|io|info|edu|gov|uk|ie|de|fr|eu|us|ca|au|in|nz|me|example|nhs|ac|ai|app|dev"
    r"|biz|health|care|clinic|hospital|doctor|travel|shop|store|online|site|xyz|name|me|tv|pro|email|cloud|tech|blog"
    r"|school|church|law)"
)
_MAIL_HOST: Final = (
    r"(?:g\s?mail|googlemail|hot\s?mail|outlook|yahoo|ymail|icloud|live|msn|aol|proton(?:\s?mail)?|gmx|web\.de"
    r"|btinternet"
    r"|rediffmail|comcast|optusnet|bigpond|orange|wanadoo|free|laposte|eircom|shaw|rogers|sky|talktalk|virginmedia"
    r"|t-online)"
)

CONTACTS: Final[tuple[Shape, ...]] = (
    # Presidio's own asks a list of public suffixes, so it misses typing errors and reserved names.
    Shape(
        label="EMAIL_ADDRESS",
        name="e-mail",
        regex=rf"(?<![\w.!#$%&'*+/=?^`{{|}}~-]){_NAME}\s?(?:@|%40)\s?[^\W_][\w-]{{0,62}}(?:\.[\w-]{{1,63}}){{1,6}}",
        score=1.0,
        tier=Tier.CHECKSUM,
        cues=cues("@ %"),
    ),
    Shape(
        label="EMAIL_ADDRESS",
        name="quoted name",
        regex=r'"[^"\n@]{1,64}"@[^\W_][\w-]{0,62}(?:\.[\w-]{1,63}){1,6}',
        score=1.0,
        tier=Tier.CHECKSUM,
        cues=cues("@"),
    ),
    Shape(
        label="EMAIL_ADDRESS",
        name="mail host",
        regex=rf"(?<![\w.+-]){_WORD}\s?@\s?{_MAIL_HOST}(?:\s?[.,;]{{1,2}}\s?{_TOP}\b)?",
        score=0.95,
        tier=Tier.CHECKSUM,
        cues=cues("@"),
    ),
    Shape(
        label="EMAIL_ADDRESS",
        name="dot mistyped",
        regex=rf"(?<![\w.+-]){_WORD}\s?@\s?[^\W_][\w-]{{0,62}}(?:(?:[.,;]{{1,2}}[\w-]{{2,63}}){{0,3}}[.,;]{{1,2}}{_TOP}"
        r"|(?:\s?\.\s?|\s)(?:com|co\s?\.?\s?uk|net|org|ie|de|fr))(?![\w-])",
        score=0.9,
        tier=Tier.CHECKSUM,
        cues=cues("@"),
    ),
    Shape(
        label="EMAIL_ADDRESS",
        name="no top domain",
        regex=rf"(?<![\w.+@-])(?=[\w.+-]{{0,62}}[a-z]){_WORD}@[a-z][\w-]{{2,62}}(?![\w@])",
        score=0.5,
        cues=cues("@"),
    ),
    Shape(
        label="EMAIL_ADDRESS",
        name="letters apart",
        regex=r"(?<!\S)(?:[\w.+-]\s){2,64}@\s(?:[\w-]\s){1,63}(?:\.\s(?:[\w-]\s?){1,24}){1,4}(?!\S)",
        score=0.95,
        tier=Tier.CHECKSUM,
        cues=cues("@"),
    ),
    Shape(
        label="EMAIL_ADDRESS",
        name="spelled out",
        regex=rf"\b(?:[\w+-]{{1,64}}{_JOIN}){{0,4}}{_WORD}(?:\s\d{{1,6}})?(?:{_AT}"
        rf"|\s?@\s?)(?:[\w-]{{1,63}}{_DOT}){{1,4}}{_TOP}\b",
        score=0.9,
        tier=Tier.CHECKSUM,
        cues=cues("dot punkt point period ( [ { <"),
    ),
    Shape(
        label="EMAIL_ADDRESS",
        name="spelled out, several words",
        regex=rf"\b(?:[\w+-]{{1,64}}{_JOIN}){{1,4}}{_WORD}{_AT}(?:[\w-]{{1,63}}\s(?:(?:hyphen|dash"
        rf"|underscore)\s)?){{1,3}}[\w-]{{1,63}}{_DOT}"
        rf"(?:[\w-]{{1,63}}{_DOT}){{0,2}}{_TOP}\b",
        score=0.9,
        tier=Tier.CHECKSUM,
        cues=cues("dot underscore hyphen dash"),
    ),
    Shape(
        label="EMAIL_ADDRESS",
        name="spelled at",
        regex=rf"\b(?:[\w+-]{{1,64}}{_JOIN}){{0,4}}{_WORD}(?:\s{{0,3}}[(\[{{<]\s?at\s?[)\]}}>]\s{{0,3}}[\w-]{{1,63}}"
        rf"|{_AT}{_MAIL_HOST})(?:\s?[.,]\s?[a-z]{{2,24}}){{1,3}}\b",
        score=0.9,
        tier=Tier.CHECKSUM,
        cues=cues("at"),
    ),
    Shape(
        label="EMAIL_ADDRESS",
        name="spelled at, no top domain",
        regex=rf"(?<![\w.+-])(?=[a-z+-]{{0,62}}[\d_.]){_WORD}(?<![.]){_AT}{_MAIL_HOST}(?![\w])",
        score=0.85,
        cues=cues("at"),
    ),
    Shape(
        label="EMAIL_ADDRESS",
        name="after a label",
        regex=rf"\b(?:e-?\s?mails?(?:\saddress)?|mail|reach\s(?:me|us)|write\sto){LINK}(?:at\s|to\s)?\K"
        rf"(?:[\w+-]{{1,64}}{_JOIN}){{0,4}}{_WORD}(?:\s?@\s?|{_AT})(?:{_MAIL_HOST}|[\w-]{{2,63}}{_DOT}\w{{2,24}})\b",
        score=0.9,
        tier=Tier.LABELLED,
        cues=cues("at @"),
    ),
)
