"""Web and network addresses. Presidio's own recogniser of links takes seconds for a page of dots, so it is not used."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import Shape, cues

_TOP: Final = (
    r"(?:(?-i:com|org|net|io|info|edu|gov|co|uk|ie|de|fr|eu|ca|au|nz|app|dev|ai|shop|store|online|site"
    r"|blog|xyz|tv|ly|gg|example|COM|ORG|NET|EDU|GOV|CO|UK|IO|Com)|(?-i:in|me|us|be|it|is|so|to|at|no)(?=/))"
)
_PATH: Final = r"(?::\d{2,5})?(?:[/?#][^\s()<>\"']{0,2000})?"
_PROFILE: Final = (
    r"(?:facebook\.com|fb\.com|fb\.me|instagram\.com|insta\.com|twitter\.com|x\.com|tiktok\.com|linkedin\.com/(?:in"
    r"|pub)|github\.com|gitlab\.com"
    r"|youtube\.com/(?:@|c/|user/|channel/)|t\.me|wa\.me|reddit\.com/u(?:ser)?|medium\.com|pinterest\.(?:com|co\.uk)"
    r"|snapchat\.com/add|linktr\.ee"
    r"|threads\.net|vk\.com|soundcloud\.com|twitch\.tv|patreon\.com|ko-fi\.com|flickr\.com/people|paypal\.me"
    r"|venmo\.com|strava\.com/athletes|about\.me)"
)

LINKS: Final[tuple[Shape, ...]] = (
    Shape(
        label="URL",
        name="with a scheme",
        regex=r"\b(?:https?://|ftp://|www\.)[^\s()<>\"']{2,2000}[^\s()<>\"'.,;:!?]",
        score=0.6,
        cues=cues("http https ftp www"),
    ),
    Shape(
        label="URL",
        name="bare domain",
        regex=rf"(?<![\w.@-])[a-z\d](?:[a-z\d-]{{0,62}}[a-z\d])?(?:\.[a-z\d-]{{1,63}}){{0,3}}\.{_TOP}(?![\w@-]"
        rf"|\.\w){_PATH}",
        score=0.5,
        cues=cues("."),
    ),
    Shape(
        label="USERNAME",
        name="page of a person",
        regex=rf"(?<![\w.@-])(?:https?://)?(?:www\.|m\."
        rf"|[a-z]{{2}}\.)?{_PROFILE}/?@?[^\s()<>\"'/]{{2,80}}[^\s()<>\"'.,;:!?]?"
        r"|\bhttps?://[^\s()<>\"']{3,200}/(?:~|users?/|people/|profile/|u/|@|members?/|author/"
        r"|staff/)[^\s()<>\"'/]{2,80}",
        score=0.8,
        tier=Tier.LABELLED,
        cues=cues("/"),
    ),
    Shape(
        label="IP_ADDRESS",
        name="IPv4",
        regex=r"(?<![\w.-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:/\d{1,2}"
        r"|:\d{2,5})?(?![\w-]|\.\d)",
        score=0.9,
        check="ip",
        digits=4,
    ),
    Shape(
        label="IP_ADDRESS",
        name="IPv6",
        regex=r"(?<![\w:.])(?=[\da-f:]{0,40}:[\da-f:]{0,40}:)(?=[a-f:]{0,8}\d)[\da-f:]{3,39}(?:(?<=:)\d{1,3}(?:\.\d{1,3}){3})?(?:%\w{1,16})?(?:/\d{1,3})?(?![\w:]|\.\d)",
        score=0.9,
        check="ip",
        cues=cues(":"),
    ),
)
