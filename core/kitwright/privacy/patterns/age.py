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

_DAY: Final = (
    r"\s(?:(?:the|his|her|my|their|last|next)\s)?(?:\d{1,2}(?:st|nd|rd|th)\b|(?:\d{1,2}\s(?:of\s)?)?(?:jan|feb|mar(?:ch)?\b"
    r"|apr|may\b|june?\b|july?\b|aug|sept?|oct|nov|dec)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|birthday|christmas)"
)
"""After "on": a day, not the air or the oxygen that a saturation is measured on."""

_NO_UNIT: Final = (
    r"(?![\w%]|[.,/:]\d|-\w|\s?(?:%|mg|kg|cm|lbs?|pounds|st\b|percent|degrees?|bpm|days?|weeks?|minutes?|mins?"
    rf"|hours?|items?|times|on(?!{_DAY})|over|systolic|sats?|steps?|miles|km|dollars|euros|euro|people|out\sof|per"
    r"|patients|cases|beds|points?|seconds?|months?))"
)

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
        regex=r"\b(?:i'?m|i\sam|(?:s?he|who|mum|mom|dad|father|sister|brother|cousin|neighbour|neighbor|mother"
        r"|grand\w{2,8}|gran|nan|nana|granny|husband|wife"
        r"|aunt|uncle|patient|lady|man|woman|pt|resident)(?:'s|\sis|\swas|,|\sjust|(?=\s\())?|(?:turn(?:s|ed|ing)?"
        r"|celebrat(?:ed|ing)\sh\w{2,3}))"
        rf"\s{{1,2}}\(?(?:now\s|only\s|nearly\s|almost\s|about\s|over\s|already\s|turned\s|turning\s"
        rf"|is\s)?\K{_AGE}(?:th|st|nd|rd)?(?![\w%]|[.,/:]\d|-\w|\s?(?:%|mg|kg|cm|lbs?|pounds|st\b|percent|degrees?"
        rf"|bpm|days?|weeks?|minutes?|mins?|hours?|items?|times|on(?!{_DAY})|over|systolic|sats?|steps?|miles|km|dollars"
        rf"|euros))",
        score=0.6,
        cues=cues(
            "m am he she who mum mom dad father sister brother cousin neighbour neighbor mother gran nan nana granny"
            " husband wife aunt uncle patient lady man"
            " woman pt resident im"
            " turn turns turned turning grandmother grandfather grandma grandpa grandad celebrated celebrating"
        ),
    ),
    Shape(
        label="AGE",
        name="over 89, after a name",
        regex=r"(?<=(?-i:\p{Lu})[\w'’.-]{1,20}\)?(?:,\s?|\s\())(?:9\d|1[01]\d)(?=\s?[,.;)!?]|\s(?:and|with|had|has"
        r"|presenting|who|c/o|asking|next|in|from)\b|\s?$)"
        r"|\b(?:mr|mrs|ms|miss|mx|dr)\.?\s[\w'’-]{2,20},?\s\K(?:9\d|1[01]\d)(?![\w%]|[.,/:]\d|-\w)|\b(?:9\d"
        r"|1[01]\d)(?=\snext\s(?:week|month|birthday|year)\b)|\b(?:so|is|am|be|'m|'s)\s\K(?:9\d|1[01]\d)(?=\snow\b)",
        score=0.55,
        digits=2,
    ),
    Shape(
        label="AGE",
        name="over 89, somebody is",
        regex=rf"(?<![\w'-])(?!(?:temp\w{{0,9}}|hr|pulse|sats?|spo2|o2|oxygen|weight|height|it|this|that|here|there"
        rf"|what|which|score|rate|heart|glucose|bmi"
        rf"|size|total|price|map|bp|ef|saturation|sys\w{{0,6}}|his|her|the|my|today|now|reading|result|level|average"
        rf"|mean)\b)(?-i:\p{{Lu}}\p{{Ll}}{{1,20}})\s(?:is|was|turned|turns|now)\s(?:now\s)?\K{_AGE}{_NO_UNIT}",
        score=0.5,
        cues=cues("is was turned turns now"),
    ),
    Shape(
        label="AGE",
        name="over 89, between commas",
        regex=r"(?<=[a-z)],\s)(?:(?:now|aged|almost|nearly)\s)?\K(?:9\d|1[01]\d)(?=,\s)|\b(?:man|woman|lady"
        r"|gentleman|male|female|patient|person|age|widow|widower)\sof\s\K(?:9\d|1[01]\d)(?![\w%]|[.,/]\d)"
        r"|\bnow\s\K(?:9\d|1[01]\d)(?=[,.;]|\s?$|\sand\b)",
        score=0.45,
        digits=2,
    ),
    Shape(
        label="AGE",
        name="over 89, in words",
        regex=rf"(?<![\w-])(?<!(?:{_ONES}|\d|eleven|twelve|\w{{2,6}}teen|and"
        rf"|by)\s)ninety(?:[\s-]{_ONES}\b(?![\s-]\w{{0,9}}hundred)|(?=[,.;]|\snow\b"
        rf"|\sand\sstill))(?:\syears?\sold)?(?!\s?(?:%|mg|kg|percent|per\scent|degrees?|days?|minutes?|seconds?"
        rf"|pounds?|dollars?|euros?|quid|people|patients|miles|times|hundred|thousand))",
        score=0.5,
        cues=cues("ninety"),
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
