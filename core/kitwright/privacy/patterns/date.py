"""Dates with a day, in figures and in words, and dates of birth. Bare years stay."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import Shape, cues

_MONTHS: Final = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_FOREIGN: Final = (
    r"januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|fevrier|mars|avril|juin|juillet|août|aout"
    r"|septembre|octobre|novembre|décembre|decembre"
)
_MONTH: Final = rf"(?:{_MONTHS}|{_FOREIGN})\.?"
_MONTH_CUES: Final = (
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october"
    " nov november dec"
    " december januar februar märz mai juni juli oktober dezember janvier février fevrier mars avril juin juillet"
    " août aout septembre"
    " octobre novembre décembre decembre"
)
_ORDINAL: Final = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth"
    r"|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|twenty[\s-](?:first|second|third|fourth|fifth"
    r"|sixth"
    r"|seventh|eighth|ninth)|thirty[\s-]first)"
)
_DAY: Final = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|\.)?|{_ORDINAL})"
_ONES: Final = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS: Final = (
    rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]{_ONES})?|ten|eleven|twelve|thirteen"
    rf"|fourteen"
    rf"|fifteen|sixteen|seventeen|eighteen|nineteen|(?:oh|o)[\s-]{_ONES}|hundred)"
)
_YEAR_WORDS: Final = (
    rf"(?:(?:eighteen|nineteen|twenty)[\s-](?:hundred\sand\s)?{_TENS}"
    rf"|two\sthousand(?:\s(?:and\s)?(?:{_TENS}|{_ONES}))?)"
)
_YEAR: Final = rf"(?:,?\s{{0,2}}(?:of\s)?(?:(?:18|19|20)\d\d(?!\d)|'\d\d(?!\d)|{_YEAR_WORDS}))"
_SPELLED: Final = (
    rf"(?:{_DAY}[\s-]{{1,2}}(?:of\s)?{_MONTH}(?!\w)(?:{_YEAR}|[\s-]\d\d(?!\d|:))?"
    rf"|{_MONTH}(?!\w)\s{{1,2}}(?:the\s)?{_DAY}(?!\w|[.,:/]\d){_YEAR}?)"
)
_DAY_N: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_N: Final = r"(?:0?[1-9]|1[0-2])"
_YEAR_N: Final = r"(?:(?:18|19|20)\d\d|\d\d)"
_NUMERIC: Final = (
    rf"(?:(?:{_DAY_N}([/.-]){_MONTH_N}|{_MONTH_N}([/.-]){_DAY_N})(?:\1|\2)?(?<=[/.-]){_YEAR_N}"
    rf"|(?:18|19|20)\d\d([/.-]){_MONTH_N}\3{_DAY_N})(?![\w/]|\.\d|-\d(?!\d?[/.]\d))"
)
_SPACED: Final = rf"{_DAY_N}\s{_MONTH_N}\s(?:19|20)\d\d(?!\w)"
_BORN: Final = (
    r"\b(?:dob|d\.\s?o\.\s?b\.?|d/o/b|date\sof\sbirth|birth\s?date|birth\s?day|b\.?day|born|geboren(?:\sam)?"
    r"|geburtsdatum|née?(?:\sle)?"
    r"|date\sde\snaissance|geb\.?)"
    r"(?:\s{0,2}(?:is|was|on|the|in|back|it's|actually|should\sbe|falls|:|=|-|\(|,)){0,4}\s{0,2}"
)
_BORN_CUES: Final = cues("dob b birth birthdate birthday bday born geboren geburtsdatum né née naissance geb d")

DATES: Final[tuple[Shape, ...]] = (
    Shape(
        label="DATE_TIME",
        name="month in words",
        regex=rf"(?<![\w.:/]){_SPELLED}(?!\w)",
        score=0.7,
        cues=cues(_MONTH_CUES),
    ),
    Shape(
        label="DATE_TIME",
        name="in figures",
        regex=rf"(?<![\w.,:/£$€])(?<!(?<!\d{{4}})-){_NUMERIC}",
        score=0.75,
        digits=4,
    ),
    Shape(
        label="DATE_TIME",
        name="month in three letters",
        regex=rf"(?<![\w-]){_DAY_N}([-/.]?)(?:{_MONTHS})\1(?:(?:19|20)\d\d|\d\d)(?![\w-])",
        score=0.75,
        digits=3,
    ),
    Shape(
        label="DATE_TIME",
        name="eight figures",
        regex=r"(?<![\w.,:/£$€#-])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=T\d|\W|$)(?!-\w)",
        score=0.45,
        digits=8,
    ),
    Shape(
        label="DATE_TIME",
        name="day and month in words",
        regex=rf"(?<![\w-]){_ORDINAL}\sof\sthe\s{_ORDINAL}(?:,?\s(?:{_YEAR_WORDS}|{_TENS}|(?:19|20)?\d\d(?!\d))(?!\w)"
        r"|(?=\s?(?:[,.;:)!?\n]|$)))",
        score=0.5,
        cues=cues("of"),
    ),
    # 14/7 and 3/12 are how doctors write days and months; 24/7 is no date either.
    Shape(
        label="DATE_TIME",
        name="day over twelve and month",
        regex=r"(?<![\w.,/£$€+-])(?:1[3-9]|2\d|3[01])/(?:0?[1-6]|0?[89]|1[01])(?![/\w]|[.,-]\d|\s?(?:tabs?|mg|of|kg))"
        r"|\b(?:mon|tues?|wed|thu(?:rs)?|fri|sat|sun)(?:day)?,?\s(?:the\s)?\K(?:0?[1-9]|[12]\d|3[01])[/.](?:0?[1-9]"
        r"|1[0-2])(?![/\w]|\.\d)",
        score=0.45,
        digits=3,
    ),
    Shape(
        label="DATE_TIME",
        name="day and month after a word",
        regex=r"\b(?:admitted|discharged|seen|dated|surgery|operation|appointment|appt|visit(?:ed)?|dos|since|on"
        r"|until|by|from|due|started|died|scan|lmp|edd)\s"
        rf"(?:on\s|was\s|is\s|for\s|the\s|in\s){{0,2}}\K(?:{_MONTH_N}/{_DAY_N}|{_DAY_N}/{_MONTH_N})(?![/\w]|[.-]\d"
        rf"|\s?(?:tabs?|tablets?|pills?|cups?|mg|of|dose|pain|scale|stars?))",
        score=0.5,
        tier=Tier.LABELLED,
        digits=2,
        cues=cues(
            "admitted discharged seen dated surgery operation appointment appt visit visited dos since on until by"
            " from due started died scan lmp edd"
        ),
    ),
    Shape(
        label="DATE_OF_BIRTH",
        name="after a label",
        regex=rf"{_BORN}\K(?:{_SPELLED}|{_NUMERIC}|{_SPACED}|{_MONTH}\s{{1,2}}(?:of\s)?(?:19|20)\d\d"
        rf"|\d{{6}}(?:\d\d)?(?!\w)|{_DAY_N}[/.-](?:{_MONTHS})[/.-]\d{{2,4}}"
        rf"|{_DAY_N}[./ -]{{1,2}}{_MONTH_N}[./ -]{{1,2}}(?:(?:18|19|20)\d\d|\d\d)(?!\w))",
        score=0.95,
        tier=Tier.LABELLED,
        cues=_BORN_CUES,
    ),
    Shape(
        label="DATE_OF_BIRTH",
        name="a year that tells an age over 89",
        regex=rf"{_BORN}\K(?:18\d\d|19[0-3]\d)(?![\w-]|[./]\d)",
        score=0.8,
        tier=Tier.LABELLED,
        cues=_BORN_CUES,
        digits=4,
    ),
    Shape(
        label="DATE_OF_BIRTH",
        name="before a label",
        regex=rf"(?<![\w.,:/-])(?:{_SPELLED}|{_NUMERIC})(?=\s{{0,2}}(?:\(dob\)|is\s(?:my|his|her|the|their)\s(?:dob"
        rf"|date\sof\sbirth|birthday|birth\sdate)\b|\(?dob\b))",
        score=0.9,
        tier=Tier.LABELLED,
        cues=cues("dob birth birthday"),
    ),
)
