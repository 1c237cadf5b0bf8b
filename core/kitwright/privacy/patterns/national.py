"""Numbers that a state knows a person by: tax, insurance, passport, licence."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import CODE, Shape, before_label, labelled

_FREE: Final = r"(?<![\w.+#£$€-])"
_CLOSED: Final = r"(?![\w-])"
_SSN_WORDS: Final = (
    "ssn|social|social security|social security number|social security no|soc sec|soc sec no|ss"
    " number|ss no|ssn number|taxpayer id"
)
_NINO: Final = r"(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]"
_PASSPORT: Final = r"(?=(?:[A-Z]{0,4}\d){2})(?:[A-Z\d][ -]?){5,10}[A-Z\d](?!\w)"
_LICENCE_WORDS: Final = (
    "drivers license|driver license|drivers licence|driver licence|driving licence|driving license|drivers lic"
    "|driver lic|driving licence number"
    "|driving license number|drivers license number|driver license number|drivers licence number|license number"
    "|licence number|dl number|dl no|dl"
    "|dl#|führerschein|fuehrerschein|führerscheinnummer|permis|permis de conduire|learner permit|learners permit"
)
_LICENCE: Final = (
    r"(?=(?:[A-Z-]{0,8}[ ]?\d){3})[A-Z\d](?:-?[A-Z\d]){3,19}(?:[ -](?=[A-Z]{0,5}\d)[A-Z\d]{2,9}){0,4}(?!\w)"
)

NATIONAL: Final[tuple[Shape, ...]] = (
    Shape(
        label="US_ITIN",
        name="by shape",
        regex=rf"{_FREE}9\d{{2}}([- ])(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\1\d{{4}}{_CLOSED}",
        score=0.85,
        digits=9,
        country="us",
    ),
    labelled(
        "itin|tin|individual taxpayer", r"9\d{2}[- ]?\d{2}[- ]?\d{4}(?!\w)", label="US_ITIN", score=0.95, digits=9
    ),
    Shape(
        label="US_SSN",
        name="by shape",
        regex=rf"{_FREE}(?!000|666)\d{{3}}([-. ])(?!00)\d{{2}}\1(?!0000)\d{{4}}{_CLOSED}",
        score=0.8,
        digits=9,
        country="us",
    ),
    Shape(
        label="US_SSN",
        name="mostly masked",
        regex=r"(?<!\w)(?:[x*•#]{3}[- ]?[x*•#]{2}[- ]?)\d{4}(?!\w)",
        score=0.85,
        tier=Tier.LABELLED,
        digits=4,
        country="us",
    ),
    labelled(_SSN_WORDS, r"\d{3}[- .]{0,2}\d{2}[- .]{0,2}\d{4}(?!\w)", label="US_SSN", score=0.95, digits=9),
    labelled(
        _SSN_WORDS,
        r"\d{4}(?![\w-]|\.\d)",
        label="US_SSN",
        name="last four",
        digits=4,
    ),
    Shape(
        label="US_SSN",
        name="last four, before a label",
        regex=r"\b(?:last|final)\s(?:4|four)\s(?:digits\s)?(?:of\s)?(?:my|his|her|the|their|your)?\s?(?:ssn"
        r"|social(?:\ssecurity)?(?:\snumber)?)"
        r"(?:\s(?:is|are|was)|:)?\s{1,2}\K\d{4}(?!\w)|(?<!\w)\d{4}(?=\s{1,2}(?:are|is)\sthe\slast\s(?:4"
        r"|four)\b.{0,16}\b(?:ssn|social))",
        score=0.9,
        tier=Tier.LABELLED,
        cues=frozenset(["ssn", "social"]),
        digits=4,
    ),
    before_label(
        "ssn|social|social security number|social security", r"\d{3}[- .]?\d{2}[- .]?\d{4}(?!\w)", label="US_SSN"
    ),
    Shape(label="UK_NINO", name="by shape", regex=rf"(?<![\w-]){_NINO}{_CLOSED}", score=0.85, digits=6, country="uk"),
    labelled(
        "nino|ni|ni number|ni no|national insurance|national insurance number|national insurance no",
        r"[A-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-Z]?(?!\w)",
        label="UK_NINO",
        score=0.9,
        digits=6,
    ),
    labelled("utr|unique taxpayer reference", r"\d{5} ?\d{5}(?!\w)", label="MEMBER_NUMBER", digits=10),
    Shape(
        label="CA_SIN",
        name="by shape",
        regex=rf"{_FREE}[1-79]\d{{2}}([- ])\d{{3}}\1\d{{3}}{_CLOSED}",
        score=0.65,
        check="luhn",
        digits=9,
        country="ca",
    ),
    Shape(
        label="CA_SIN",
        name="nine digits",
        regex=rf"{_FREE}[1-79]\d{{8}}{_CLOSED}",
        score=0.45,
        check="luhn",
        digits=9,
        country="ca",
    ),
    labelled(
        "sin|sin number|social insurance|social insurance number|sin no",
        r"\d{3}[- ]?\d{3}[- ]?\d{3}(?!\w)",
        label="CA_SIN",
        score=0.9,
        digits=9,
    ),
    labelled(
        "ohip|health card|health card number|carecard|ramq|phn|personal health number|hcn|versichertenkarte|ihi",
        CODE,
        label="MEMBER_NUMBER",
        digits=3,
    ),
    Shape(
        label="AU_TFN",
        name="by shape",
        regex=rf"{_FREE}\d{{3}} \d{{3}} \d{{3}}{_CLOSED}",
        score=0.6,
        check="au_tfn",
        digits=9,
        country="au",
    ),
    Shape(
        label="AU_TFN",
        name="nine digits",
        regex=rf"{_FREE}\d{{9}}{_CLOSED}",
        score=0.45,
        check="au_tfn",
        digits=9,
        country="au",
    ),
    labelled(
        "tfn|tax file|tax file number|tax file no",
        r"\d{3}[- ]?\d{3}[- ]?\d{2,3}(?!\w)",
        label="AU_TFN",
        score=0.9,
        digits=8,
    ),
    Shape(
        label="IE_PPS",
        name="by shape",
        regex=r"(?<![\w-])\d{7}(?:[A-W][A-IW]?|\s(?-i:[A-W][A-IW]?))(?![\w-])",
        score=0.9,
        check="pps",
        tier=Tier.CHECKSUM,
        digits=7,
        country="ie",
    ),
    labelled(
        "pps|ppsn|pps number|pps no|ppsn number|personal public service",
        r"\d{6,7}\s?[A-Z]{1,2}(?!\w)",
        label="IE_PPS",
        score=0.9,
        digits=6,
    ),
    Shape(
        label="DE_TAX_ID",
        name="by shape",
        regex=rf"{_FREE}[1-9]\d(?: \d{{3}}){{3}}{_CLOSED}",
        score=0.9,
        tier=Tier.CHECKSUM,
        check="de_tax",
        digits=11,
        country="de",
    ),
    Shape(
        label="DE_TAX_ID",
        name="eleven digits",
        regex=rf"{_FREE}[1-9]\d{{10}}{_CLOSED}",
        score=0.7,
        check="de_tax",
        digits=11,
        country="de",
    ),
    labelled(
        "steuer id|steueridentifikationsnummer|steuer identifikationsnummer|steuernummer|identifikationsnummer|idnr"
        "|steuer idnr|tax id|tax number|tin",
        r"\d[\d /]{8,14}\d(?!\w)",
        label="DE_TAX_ID",
        score=0.9,
        digits=10,
    ),
    Shape(
        label="DE_SOCIAL_SECURITY",
        name="by shape",
        regex=r"(?<![\w-])\d{2}\s?(?:[0-7]\d|8[01])(?:0\d|1[0-2])\d{2}\s?[A-Z]\s?\d{2}\s?\d(?![\w-])",
        score=0.95,
        check="de_pension",
        tier=Tier.CHECKSUM,
        digits=11,
        country="de",
    ),
    labelled(
        "sozialversicherungsnummer|rentenversicherungsnummer|sv nummer|rv nummer|svnr|rvnr|sozialversicherung"
        "|sozialversicherungs nr"
        "|versicherungsnummer",
        r"\d{2}\s?\d{6}\s?[A-Z]\s?\d{3}(?!\w)",
        label="DE_SOCIAL_SECURITY",
        score=0.95,
        digits=11,
    ),
    Shape(
        label="FR_NIR",
        name="by shape",
        regex=r"(?<![\w-])[1-478][ .]?\d{2}[ .]?(?:0[1-9]|[1-9]\d)[ .]?(?:\d{2}"
        r"|2[AB])[ .]?\d{3}[ .]?\d{3}[ ./-]{0,3}\d{2}(?![\w-])",
        score=0.95,
        check="nir",
        tier=Tier.CHECKSUM,
        digits=14,
        country="fr",
    ),
    labelled(
        "nir|insee|numéro de sécurité sociale|numero de securite sociale|sécurité sociale|securite sociale|numéro"
        " sécu|sécu|secu",
        r"[1-478][ .]?\d{2}[ .]?\d{2}[ .]?[\dAB]{2}[ .]?\d{3}[ .]?\d{3}(?:[ .]{0,2}\d{2})?(?!\w)",
        label="FR_NIR",
        score=0.95,
        digits=11,
    ),
    Shape(
        label="IN_AADHAAR",
        name="by shape",
        regex=rf"{_FREE}[2-9]\d{{3}}([- ])\d{{4}}\1\d{{4}}(?![\w-]| \d{{4}})",
        score=0.95,
        check="aadhaar",
        tier=Tier.CHECKSUM,
        digits=12,
        country="in",
    ),
    Shape(
        label="IN_AADHAAR",
        name="twelve digits",
        regex=rf"{_FREE}[2-9]\d{{11}}{_CLOSED}",
        score=0.55,
        check="aadhaar",
        digits=12,
        country="in",
    ),
    labelled(
        "aadhaar|aadhar|adhaar|aadhaar card|aadhar card|adhar|uidai|uid|aadhaar number|aadhar number|aadhaar no",
        r"[\dx*]{4}[- ]?[\dx*]{4}[- ]?\d{4}(?!\w)",
        label="IN_AADHAAR",
        score=0.95,
        digits=4,
    ),
    Shape(
        label="IN_PAN",
        name="by shape",
        regex=r"(?<![\w-])[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z](?![\w-])",
        score=0.8,
        digits=4,
        country="in",
    ),
    labelled("pan|pan card|pan number|pan no", r"[A-Z]{5}\s?\d{4}\s?[A-Z](?!\w)", label="IN_PAN", score=0.9, digits=4),
    labelled(
        "voter id|epic no|epic number|ration card|abha|abha id|abha number|ayushman card|abha no|ration card no",
        CODE,
        label="MEMBER_NUMBER",
        digits=3,
    ),
    labelled(
        "passport|passport number|passport no|reisepass|passeport|reisepassnummer|pass nr|passport book|passport card",
        _PASSPORT,
        label="UK_PASSPORT",
        score=0.9,
        digits=2,
    ),
    before_label("passport number|passport", r"[A-Z]{0,3}\d{6,9}[A-Z]?", label="UK_PASSPORT"),
    labelled(
        "personalausweis|personalausweisnummer|ausweisnummer|identity card|id card|national id|carte d'identité|cni"
        "|green card|alien number|a number|visa number",
        CODE,
        label="MEMBER_NUMBER",
        name="identity card",
        digits=3,
    ),
    Shape(
        label="UK_DRIVING_LICENCE",
        name="by shape",
        regex=r"(?<![\w-])[A-Z][A-Z9]{4}[ -]?\d[0156]\d[0-3]\d{2}[ -]?[A-Z9]{2}\d[A-Z]{2}(?:\s?\d{2})?(?![\w-])",
        score=0.95,
        tier=Tier.CHECKSUM,
        digits=6,
        country="uk",
    ),
    labelled(_LICENCE_WORDS, _LICENCE, label="US_DRIVER_LICENSE", score=0.9, digits=3),
)
