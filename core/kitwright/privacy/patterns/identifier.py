"""Numbers that name a person: cards, accounts, memberships, passports, licences, records."""

from typing import Final

from kitwright.privacy.patterns.shape import LINK, Shape

_CODE: Final = r"[A-Z]{0,5}[- ]?\d(?:-?[A-Z\d]|[ ]\d){3,14}(?!\w)"

IDENTIFIERS: Final[tuple[Shape, ...]] = (
    Shape(
        label="CREDIT_CARD",
        name="American Express",
        regex=r"(?<![\w-])3[47]\d{2}[ -]\d{6}[ -]\d{5}(?![\w-])",
        score=0.9,
    ),
    Shape(
        label="CREDIT_CARD",
        name="after a label",
        regex=rf"\b(?:card|visa|mastercard|amex|maestro){LINK}\K\d(?:[ -]{{0,2}}\d){{12,18}}(?!\w)",
        score=0.85,
    ),
    Shape(
        label="IBAN_CODE",
        name="after a label",
        regex=rf"\biban{LINK}\K[A-Z]{{2}}\d{{2}}(?:[ -]?[A-Z\d]{{4}}){{2,7}}(?:[ -]?[A-Z\d]{{1,3}})?(?!\w)",
        score=0.9,
    ),
    Shape(
        label="UK_SORT_CODE",
        name="after a label",
        regex=rf"\bsort\s?code{LINK}\K\d{{2}}[ -]?\d{{2}}[ -]?\d{{2}}(?!\w)",
        score=0.85,
        country="uk",
    ),
    Shape(
        label="US_BANK_NUMBER",
        name="after a label",
        regex=rf"\b(?:bank account|account|acct|a/c){LINK}\K\d{{6,17}}(?!\w)",
        score=0.8,
    ),
    Shape(
        label="MEMBER_NUMBER",
        name="after a label",
        regex=rf"\b(?:member(?:ship)?|loyalty(?: card)?|customer|policy|claim|health plan|insurance){LINK}\K{_CODE}",
        score=0.85,
    ),
    Shape(
        label="MEDICAL_RECORD_NUMBER",
        name="after a label",
        regex=rf"\b(?:mrn|(?:medical |hospital |patient )record|hospital|patient){LINK}\K{_CODE}",
        score=0.85,
    ),
    Shape(
        label="UK_PASSPORT",
        name="after a label",
        regex=rf"\bpassport{LINK}\K[A-Z]{{0,2}}\d{{6,9}}(?!\w)",
        score=0.85,
    ),
    Shape(
        label="UK_NHS",
        name="after a label",
        regex=rf"\bnhs{LINK}\K\d{{3}}[- ]?\d{{3}}[- ]?\d{{4}}(?!\w)",
        score=0.9,
        country="uk",
    ),
    Shape(
        label="US_SSN",
        name="after a label",
        regex=rf"\b(?:ssn|social security){LINK}\K\d{{3}}[- .]?\d{{2}}[- .]?\d{{4}}(?!\w)",
        score=0.9,
        country="us",
    ),
    Shape(
        label="US_DRIVER_LICENSE",
        name="after a label",
        regex=rf"\b(?:driver'?s?|driving)\s{{1,2}}licen[cs]e{LINK}\K(?=[A-Z]{{0,8}}\d)[A-Z\d]{{5,20}}(?!\w)",
        score=0.8,
    ),
)
