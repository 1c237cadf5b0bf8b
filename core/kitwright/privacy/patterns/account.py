"""Numbers that a business or an insurer knows a person by, and numbers of orders and parcels, by their label."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import (
    CODE,
    LINK,
    LONG_CODE,
    SPOKEN_CODE,
    Shape,
    before_label,
    cues,
    labelled,
    last_words,
    phrases,
)

# With a word for "number" a short value is enough; these words alone stand before other numbers too.
_OWNERS: Final = (
    "member|membership|cust|auth|subscriber|beneficiary|enrollee|customer|client|loyalty|loyalty card|rewards|reward"
    "|account"
    "|acct|acc"
    "|policy|policyholder|claim|plan|health plan|group|insurance|case|ticket|incident|complaint|referral|reference"
    "|booking|reservation|employee|staff|student|enrolment|registration|user|personnel|payroll|profile|donor"
    "|participant"
    "|subject|study|authorization|authorisation|prior auth|confirmation|appointment|visit|encounter|admission|card"
    "|badge"
    "|contract|subscription|gift card|voucher|warranty|certificate|frequent flyer|mileage|medicaid|social insurance"
)
_NUMBER_WORDS: Final = "number|no|num|nr|id|ref|reference|code"
_ALONE: Final = (
    "member|membership|prior auth|authorization|authorisation|badge|subscriber|customer|loyalty|loyalty card|policy"
    "|claim|health plan|insurance|account|acct|a/c"
    "|case"
    "|ticket|referral|medicaid|kundennummer|mitgliedsnummer|versichertennummer|versicherungsnummer|aktenzeichen"
    "|numéro client|numéro d'adhérent|mutuelle|memid|mbr|mbr id|subscr id"
)
_PARCELS: Final = (
    "order|orders|ordr|ord|parcel|tracking|tracking code|shipment|consignment|invoice|return|rma"
    "|delivery|package|purchase order|po"
)
_ITEMS: Final = "item|product|style|sku|article|model|ean|isbn|asin|barcode|lot|batch|part"
# Not a phone number: those open with a zero, and are longer than most.
_ORDER: Final = rf"(?!\(?0\d{{9}}|0\d{{3,4}}\s\d)(?!\d{{1,2}}[/.]\d{{1,2}}[/.]\d){CODE}"

ACCOUNTS: Final[tuple[Shape, ...]] = (
    Shape(
        label="MEMBER_NUMBER",
        name="after a numbered label",
        regex=rf"{phrases(_OWNERS)}(?:'s|s'|s)?[\s._/-]{{0,3}}(?:{_NUMBER_WORDS})\.?{LINK}\K{CODE}",
        score=0.85,
        tier=Tier.LABELLED,
        cues=last_words(_NUMBER_WORDS),
        digits=3,
    ),
    labelled(_ALONE, LONG_CODE, label="MEMBER_NUMBER", name="after a label", digits=5),
    Shape(
        label="MEMBER_NUMBER",
        name="hash after a label",
        regex=rf"\b(?:member|customer|client|policy|claim|case|ticket|account|acct|referral|plan|subscriber"
        rf"|group)\s{{0,2}}#\s?\K{CODE}",
        score=0.85,
        tier=Tier.LABELLED,
        cues=cues("#"),
        digits=3,
    ),
    Shape(
        label="MEMBER_NUMBER",
        name="spelled after a label",
        regex=rf"\b(?:numbers?|id|mrn|policy|claim|reference|ref){LINK}\K{SPOKEN_CODE}",
        score=0.8,
        tier=Tier.LABELLED,
        cues=cues("number numbers id mrn policy claim reference ref"),
    ),
    before_label(
        "member number|member id|membership number|customer number|customer id|loyalty number|policy number|policy"
        "|claim number"
        "|claim|account number|account|case number|case|ticket number|ticket|referral number|plan number|plan id"
        "|member|membership"
        "|subscriber id|insurance number|insurance id|customer|loyalty card|group number|group id|reference number"
        "|reference|case id",
        LONG_CODE,
        label="MEMBER_NUMBER",
    ),
)

ORDERS: Final[tuple[Shape, ...]] = (
    labelled(f"{_PARCELS}|{_ITEMS}", _ORDER, label="ORDER_NUMBER", score=0.9, digits=3),
    Shape(
        label="ORDER_NUMBER",
        name="in the sentence after",
        regex=rf"\b(?:order|parcel|delivery|package)\b[\w\s']{{0,30}}[?.!,;]{{1,3}}\s(?:(?:the|its|my|order"
        rf"|it's)\s){{0,2}}(?:number|no|ref|id)\b\.?(?:\sis|:)?\s\K{_ORDER}",
        score=0.8,
        tier=Tier.LABELLED,
        cues=cues("number no ref id"),
        digits=3,
    ),
    Shape(
        label="ORDER_NUMBER",
        name="one of several",
        regex=rf"\borders?\b[^.!?\n]{{0,40}}?\b\d{{3,12}}\s{{0,2}}(?:(?:and|or|&|not)\s{{0,2}}#?\K(?!0){CODE}"
        rf"|,\s?#?\K[1-9]\d{{2,6}}(?![\w-]|[\s.]\d))",
        score=0.85,
        tier=Tier.LABELLED,
        cues=cues("order orders"),
        digits=6,
    ),
    Shape(
        label="ORDER_NUMBER",
        name="in brackets or after a hash",
        regex=rf"\b(?:orders?|parcel|tracking|invoice|return|purchase)\b[\w\s,':]{{0,24}}?[(\[#]\s?#?\K(?!0){CODE}",
        score=0.85,
        tier=Tier.LABELLED,
        cues=cues("# ( ["),
        digits=3,
    ),
    # UPS writes 1Z and sixteen more; the post of every country two letters, nine digits and its own code (UPU S10).
    Shape(
        label="ORDER_NUMBER",
        name="parcel of UPS or the post",
        regex=r"(?<![\w-])(?:1Z[\dA-Z]{16}|(?-i:[A-Z]{2})\s?\d{3}\s?\d{3}\s?\d{3}\s?(?-i:[A-Z]{2}))(?![\w-])",
        score=0.8,
        tier=Tier.LABELLED,
        digits=9,
    ),
)
