"""Phone and fax numbers of the countries served, with extensions, and digits spelled out."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import LINK, Shape, cues

_EXTENSION: Final = r"(?:[\s,;]{0,2}(?:x|ext|extn|extension)\b?\.?:?\s?\d{1,6})?(?!\w)"
_START: Final = r"(?<![\w+#£$€]|\d[./,-]|[A-Z][./-])"
_DIGIT: Final = r"(?:oh|zero|nought|naught|nil|one|two|three|four|five|six|seven|eight|nine)"
_TEENS: Final = (
    r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety)"
)
_SPOKEN: Final = rf"(?:(?:double|triple|treble)\s(?:{_DIGIT}|o|\d)|{_DIGIT}|o\b|hundred|thousand|{_TEENS}|\d{{1,4}}\b)"
_PHONE_WORDS: Final = "phone telephone tel mobile mob cell cellphone whatsapp fax landline pager handset number"
_REACH_WORDS: Final = "call ring text phone reach dial fax contact whatsapp bell buzz message sms telephone on at"

PHONES: Final[tuple[Shape, ...]] = (
    Shape(
        label="PHONE_NUMBER",
        name="with a trunk zero",
        regex=rf"{_START}\(?0\)?\s?[1-9](?:[\s().-]{{0,2}}\d){{8,9}}{_EXTENSION}(?!-\w)",
        score=0.7,
        digits=10,
    ),
    Shape(
        label="PHONE_NUMBER",
        name="German",
        regex=rf"{_START}\(?0[1-9]\d{{1,4}}(?:\)\s?|\s?[/-]\s?|\s)\d(?:[\s-]?\d){{3,8}}(?:-\d{{1,4}})?{_EXTENSION}",
        score=0.6,
        digits=8,
        country="de",
    ),
    Shape(
        label="PHONE_NUMBER",
        name="Irish or Australian landline",
        regex=rf"{_START}\(0[1-9]\d?\)[\s-]?\d{{3,4}}[\s-]?\d{{4}}{_EXTENSION}"
        rf"|{_START}0[1-9]\d?[\s-]\d{{3}}[\s-]\d{{4}}{_EXTENSION}",
        score=0.6,
        digits=8,
    ),
    Shape(
        label="PHONE_NUMBER",
        name="international",
        regex=rf"(?<![\w+])(?:\+|\b00|\b011[\s-])\s?[1-9](?:[\s()./-]{{0,3}}\d){{6,14}}{_EXTENSION}",
        score=0.8,
        digits=8,
    ),
    Shape(
        label="PHONE_NUMBER",
        name="North American",
        regex=rf"{_START}(?:\+?1[\s.-]{{0,2}})?(?:\([2-9]\d{{2}}\)[\s.-]{{0,2}}|[2-9]\d{{2}}\s?[\s./-]\s?)"
        rf"[2-9]\d{{2}}\s?[\s.-]\s?\d{{4}}{_EXTENSION}(?!-\d)",
        score=0.65,
        digits=10,
    ),
    Shape(
        label="PHONE_NUMBER",
        name="North American, not allotted",
        regex=rf"{_START}(?:\([1-9]\d{{2}}\)\s?|[1-9]\d{{2}}-)\d{{3}}-\d{{4}}{_EXTENSION}(?!-\d)",
        score=0.5,
        digits=10,
    ),
    Shape(
        label="PHONE_NUMBER",
        name="ten digits",
        regex=rf"{_START}(?:1?[2-9]\d{{2}}[2-9]\d{{6}}|[6-9]\d{{9}}){_EXTENSION}(?![.,]\d|-\w)",
        score=0.45,
        digits=10,
    ),
    Shape(
        label="PHONE_NUMBER",
        name="Indian",
        regex=rf"{_START}(?:0|91[\s-])?[6-9]\d{{4}}[\s-]\d{{5}}{_EXTENSION}",
        score=0.65,
        digits=10,
        country="in",
    ),
    Shape(
        label="PHONE_NUMBER",
        name="Australian, free or shared cost",
        regex=rf"{_START}1[38]00[\s-]\d{{3}}[\s-]\d{{3}}{_EXTENSION}",
        score=0.5,
        digits=10,
        country="au",
    ),
    Shape(
        label="PHONE_NUMBER",
        name="after a label",
        regex=rf"\b(?:(?:tele)?phones?|tel|mobile|mob|cell(?:phone)?|whats\s?app|fax|landline|pager|handset)\b\.?{LINK}"
        r"(?:on\s|at\s)?\K\+?\(?\d(?:[\s()./-]{0,2}\d){5,14}" + _EXTENSION,
        score=0.9,
        tier=Tier.LABELLED,
        cues=cues(_PHONE_WORDS),
        digits=6,
    ),
    Shape(
        label="PHONE_NUMBER",
        name="where to call",
        regex=r"\b(?:call|ring|text|phone|reach|dial|fax|contact|whatsapp|bell|buzz|message|sms|telephone)"
        r"(?:ed|ing)?\s{1,2}(?:(?:me|us|him|her|them|back|my\s\w{2,12}|his\s\w{2,12}|her\s\w{2,12})\s{1,2}){0,2}"
        r"(?:(?:on|at|to|using|via|is|number|direct(?:ly)?)\s{1,2}){0,2}:?\s?\K"
        r"\+?\(?\d(?:[\s().-]{0,2}\d){6,14}" + _EXTENSION,
        score=0.85,
        tier=Tier.LABELLED,
        cues=cues(_REACH_WORDS),
        digits=7,
    ),
    Shape(
        label="PHONE_NUMBER",
        name="seven digits",
        regex=rf"{_START}[2-9]\d{{2}}-\d{{4}}{_EXTENSION}(?!-)",
        score=0.45,
        digits=7,
        country="us",
    ),
    Shape(
        label="PHONE_NUMBER",
        name="spelled out",
        regex=rf"\b(?:plus\s)?(?=(?:{_SPOKEN}[\s,.-]{{1,3}}){{6}})(?=(?:\d{{1,4}}\W{{1,3}}){{0,4}}(?:{_DIGIT}|double"
        rf"|triple|treble)\b)"
        rf"(?:{_SPOKEN}[\s,.-]{{1,3}}){{6,20}}{_SPOKEN}\b",
        score=0.7,
        cues=cues("oh zero nought naught nil one two three four five six seven eight nine double triple treble"),
    ),
)
