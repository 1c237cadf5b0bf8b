"""Numbers that a hospital, a surgery or a health service knows a person by."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import CODE, LINK, LONG_CODE, Shape, before_label, labelled

_RECORD: Final = (
    "mrn|mr number|mr no|med rec|med rec no|med rec number|medical record|medical record number|medical record no"
    "|medical record id|record number|record no"
    "|record id|chart number|chart no|chart id|chart|hospital number|hospital no|hospital id|hosp no|hosp number"
    "|hosp id|patient number"
    "|patient no|patient id|patient identifier|patient ref|pt id|pt no|pt number|ptid|pid|uhid|urn|ur number|ur no"
    "|urno|crn|health record|health record number|empi|emr id|ehr id"
    "|nhi|ehr number|emr number|emr|unit number|file number|file no|fin|accession|accession number|accession no"
    "|specimen|specimen id"
    "|specimen number|lab number|lab no|sample id|sample number|patientennummer|fallnummer|numéro de dossier|numéro"
    " patient"
    "|op number|ip number|op no|ip no|opd no|ipd no|opd number|hospital registration number"
)
_PRESCRIPTION: Final = (
    "prescription number|prescription no|prescription id|prescription|rx number|rx no|rx|rx id|script number|script"
    " no|script"
    "|refill number|e prescription"
)
_MBI_LETTER: Final = "[AC-HJKMNP-RT-Y]"
_MBI_EITHER: Final = r"[AC-HJKMNP-RT-Y\d]"
_NHS: Final = r"\d{3}[- .]{0,2}\d{3}[- .]{0,2}\d{4}(?!\w)"

HEALTH: Final[tuple[Shape, ...]] = (
    labelled(_RECORD, CODE, label="MEDICAL_RECORD_NUMBER", score=0.9, digits=3),
    labelled("patient|hospital|pt|record|rec", LONG_CODE, label="MEDICAL_RECORD_NUMBER", name="after a word", digits=5),
    Shape(
        label="MEDICAL_RECORD_NUMBER",
        name="hash after a word",
        regex=rf"\b(?:patient|pt|record|chart|file|mrn)\s?#\s?\K{CODE}",
        score=0.9,
        tier=Tier.LABELLED,
        cues=frozenset("#"),
        digits=3,
    ),
    before_label(
        "mrn|medical record number|medical record|record number|chart number|chart no|hospital number|hospital no"
        "|patient id"
        "|patient number|pt id|chart|record|hospital id",
        CODE,
        label="MEDICAL_RECORD_NUMBER",
    ),
    labelled(_PRESCRIPTION, CODE, label="PRESCRIPTION_NUMBER", digits=3),
    before_label("prescription number|prescription|rx number|script number", LONG_CODE, label="PRESCRIPTION_NUMBER"),
    labelled(
        "nhs|nhs number|nhs no|chi|chi number|h&c number",
        _NHS,
        label="UK_NHS",
        check="nhs",
        tier=Tier.CHECKSUM,
        score=1.0,
        name="after a label, right digits",
        digits=10,
        country="uk",
    ),
    labelled(
        "nhs|nhs number|nhs no|chi|chi number|h&c number", _NHS, label="UK_NHS", score=0.95, digits=10, country="uk"
    ),
    labelled(
        "nhs number|nhs no|nhs",
        r"\d{4}(?!\w)",
        label="UK_NHS",
        name="last four",
        digits=4,
        country="uk",
        link=r"\D{0,20}(?:end(?:s|ing)?|last)\D{0,20}",
    ),
    Shape(
        label="UK_NHS",
        name="by shape",
        regex=r"(?<![\w.+#£$€-])[1-9]\d{2} \d{3} \d{4}(?![\w-])",
        score=0.7,
        check="nhs",
        digits=10,
        country="uk",
    ),
    Shape(
        label="UK_NHS",
        name="ten digits or with dashes",
        regex=r"(?<![\w.+#£$€-])\d{3}(-?)\d{3}\1\d{4}(?![\w-])",
        score=0.55,
        check="nhs",
        digits=10,
        country="uk",
    ),
    Shape(
        label="US_MBI",
        name="by shape",
        regex=rf"(?<![\w-])[1-9]{_MBI_LETTER}{_MBI_EITHER}\d[- ]?{_MBI_LETTER}{_MBI_EITHER}\d[- ]?"
        rf"{_MBI_LETTER}{{2}}\d\d(?![\w-])",
        score=0.9,
        tier=Tier.CHECKSUM,
        digits=4,
        country="us",
    ),
    labelled(
        "medicare|mbi|medicare number|medicare id|medicare card|medicare no|hicn|medicare beneficiary",
        CODE,
        label="US_MBI",
        digits=3,
    ),
    labelled(
        "npi|npi number|provider number|provider id|provider identifier", r"[12]\d{9}(?!\w)", label="US_NPI", digits=10
    ),
    Shape(
        label="US_NPI",
        name="by shape",
        regex=r"(?<![\w.+#£$€-])[12]\d{9}(?![\w-])",
        score=0.5,
        check="npi",
        digits=10,
        country="us",
    ),
    labelled(
        "dea|dea number|dea no|medical license|medical licence|medical license number|gmc|gmc number|nmc pin|nmc|gdc"
        " number|gphc number"
        "|license number|licence number|license no|licence no|license|licence|ahpra|registration number|lanr|bsnr|rpps",
        CODE,
        label="MEDICAL_LICENSE",
        digits=3,
    ),
    Shape(
        label="MEDICAL_LICENSE",
        name="prescriber, by shape",
        regex=r"(?<![\w-])(?-i:[ABCDEFGHJKLMPRSTUX][A-Z9])\d{7}(?![\w-])",
        score=0.5,
        check="dea",
        digits=7,
        country="us",
    ),
    Shape(
        label="AU_MEDICARE",
        name="by shape",
        regex=r"(?<![\w.+#£$€-])[2-6]\d{3}[ -]\d{5}[ -]\d(?:[ /-]?\d)?(?![\w-])",
        score=0.95,
        tier=Tier.CHECKSUM,
        check="au_medicare",
        digits=10,
        country="au",
    ),
    Shape(
        label="AU_MEDICARE",
        name="ten digits",
        regex=r"(?<![\w.+#£$€-])[2-6]\d{9}(?![\w-])",
        score=0.5,
        check="au_medicare",
        digits=10,
        country="au",
    ),
    Shape(
        label="MEDICAL_RECORD_NUMBER",
        name="European health card",
        regex=rf"\b(?:ehic|ghic|krankenversichertennummer|kvnr|versichertennummer|carte vitale){LINK}\K{CODE}",
        score=0.85,
        tier=Tier.LABELLED,
        digits=5,
    ),
)
