"""Ages over 89, which single people out (HIPAA Safe Harbor, 45 CFR 164.514(b)(2)), in figures and in words."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import Shape, cues

_ONES: Final = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_AGE: Final = (
    rf"(?:9\d|1[01]\d|120|ninety(?:[\s-]?{_ONES})?|(?:a|one)?\s?hundred(?:[\s-](?:and[\s-])?(?:{_ONES}|ten"
    rf"|eleven|twelve))?)"
)
_YEARS: Final = (
    r"(?:[\s-]{0,2}(?:years?|yrs?|yo?s?|y/?r?s?)\.?[\s/-]{0,2}(?:o(?:ld)?|of\sage|young)?\b\.?(?:o\.)?"
    r"|[\s-]?y\.?\s?/?o\.?\b)"
)
_SEX: Final = r"(?:\s?/?\s?(?-i:[MF])(?!\w)|[\s-]?(?:male|female)\b)"

AGES: Final[tuple[Shape, ...]] = (
    Shape(
        label="AGE",
        name="over 89, with years",
        regex=rf"(?<![\w.,/£$€-]){_AGE}(?:[\s-]?(?:years?|yrs?|yr|y)[\s-]?(?:old|o)\b|[\s-]?y\.?\s?/?o\b\.?"
        rf"|\s?years?\sof\sage\b|[\s-]?yos?\b)",
        score=0.85,
        tier=Tier.LABELLED,
    ),
    Shape(
        label="AGE",
        name="over 89, with a sex",
        regex=rf"(?<![\w.,/£$€-])(?:9\d|1[01]\d)(?:\s?y(?:rs?|ears?)?\.?\s?(?:old\s)?)?{_SEX}",
        score=0.8,
        tier=Tier.LABELLED,
        digits=2,
    ),
    Shape(
        label="AGE",
        name="over 89, after a label",
        regex=rf"\b(?:aged?|age\s(?:is|was|of)|ages)\s{{0,2}}[:=(]?\s{{0,2}}(?:about\s|around\s|nearly\s"
        rf"|over\s)?\K{_AGE}(?![\w%]|[.,/]\d|\s?(?:days?|weeks?|months?|mg|kg)\b)",
        score=0.85,
        tier=Tier.LABELLED,
        cues=cues("age aged ages"),
    ),
    Shape(
        label="AGE",
        name="over 89, of somebody",
        regex=r"\b(?:i'?m|i\sam|(?:s?he|who|mum|mom|dad|father|mother|grand\w{2,8}|gran|nan|nana|granny|husband|wife"
        r"|aunt|uncle|patient|lady|man|woman|pt|resident)(?:'s|\sis|\swas|,|\sjust)?|(?:turn(?:s|ed|ing)?"
        r"|celebrat(?:ed|ing)\sh\w{2,3}))"
        rf"\s{{1,2}}(?:now\s|only\s|nearly\s|almost\s|about\s|over\s|already\s|turned\s|turning\s"
        rf"|is\s)?\K{_AGE}(?:th|st|nd|rd)?(?![\w%]|[.,/:]\d|-\w|\s?(?:%|mg|kg|cm|lbs?|pounds|st\b|percent|degrees?"
        rf"|bpm|days?|weeks?|minutes?|mins?|hours?|items?|times|on|over|systolic|sats?|steps?|miles|km|dollars|euros))",
        score=0.6,
        cues=cues(
            "m am he she who mum mom dad father mother gran nan nana granny husband wife aunt uncle patient lady man"
            " woman pt resident im"
            " turn turns turned turning grandmother grandfather grandma grandpa grandad celebrated celebrating"
        ),
    ),
    Shape(
        label="AGE",
        name="over 89, by decade",
        regex=r"\bin\s(?:his|her|their|my)\s(?:early\s|mid[\s-]?|late\s)?\K(?:nineties|90'?s)\b|\bcentenarian\b",
        score=0.6,
        tier=Tier.LABELLED,
        cues=cues("nineties centenarian s 9"),
    ),
)
