"""Cards and bank accounts."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import LINK, Shape, before_label, labelled

_ACCOUNT_WORDS: Final = (
    "bank account|account|acct|a/c|a c|acc|account number|account no|acct no|acct number|bank account number|current"
    " account|savings account"
    "|checking account|checking|savings|kontonummer|konto|bsb and account|compte"
)

FINANCE: Final[tuple[Shape, ...]] = (
    Shape(
        label="CREDIT_CARD",
        name="by shape",
        regex=r"(?<![\w-]|\d[.,])[2-6](?:[^\S\n]?[ .·_/-]?[^\S\n]?\d){11,18}(?!\w|[-]\d)",
        score=1.0,
        check="card",
        tier=Tier.CHECKSUM,
        digits=12,
    ),
    Shape(
        label="CREDIT_CARD",
        name="digits in fours or as American Express writes them",
        regex=r"(?<![\w-])(?:[3-6]\d{3}(?:[ -]\d{4}){3}|3[47]\d{2}[ -]\d{6}[ -]\d{5})(?![\w-])",
        score=0.8,
        digits=15,
    ),
    Shape(
        label="CREDIT_CARD",
        name="mostly masked",
        regex=r"(?<!\w)(?:[x*•#]{4}[- ]?){2,3}[x*•#]{0,4}\d{4}(?!\w)",
        score=0.8,
        tier=Tier.LABELLED,
        digits=4,
    ),
    labelled(
        "card|card number|card no|visa|mastercard|amex|maestro|debit|credit|discover|american express|credit card"
        "|debit card",
        r"\d(?:[ .-]{0,2}\d){12,18}(?!\w)",
        label="CREDIT_CARD",
        score=0.9,
        digits=13,
    ),
    Shape(
        label="CREDIT_CARD",
        name="last four",
        regex=r"\b(?:card|visa|mastercard|amex|debit|credit)\b[^.!?\n\d]{0,24}\b(?:end(?:s|ing)?(?:\s(?:in|with))?"
        r"|last\s(?:4|four)(?:\sdigits)?(?:\sare|\sis)?:?)"
        r"\s{0,2}\K\d{4}(?![\w-])",
        score=0.8,
        tier=Tier.LABELLED,
        cues=frozenset(["card", "visa", "mastercard", "amex", "debit", "credit"]),
        digits=4,
    ),
    Shape(
        label="IBAN_CODE",
        name="by shape",
        regex=r"(?<![^\W_])[A-Z]{2}[ -]?\d{2}(?:[ .-]{0,2}[A-Z\d]){11,30}(?<=[\dA-Z])(?![^\W_])",
        score=1.0,
        check="iban",
        tier=Tier.CHECKSUM,
        digits=4,
    ),
    labelled(
        "iban|iban number|iban no",
        r"[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{4}){2,7}(?:[ -]?[A-Z\d]{1,3})?(?!\w)",
        label="IBAN_CODE",
        score=0.95,
        digits=4,
    ),
    labelled(
        "sort code|sortcode|sort|bsb|bsb number|bank code|transit number|blz|bankleitzahl|sc",
        r"\d{2,3}[ -–]?\d{2,3}[ -]?\d{0,2}(?<=\d)(?!\w)",
        label="UK_SORT_CODE",
        score=0.9,
        digits=5,
    ),
    Shape(
        label="UK_SORT_CODE",
        name="with an account",
        regex=r"(?<![\w.-])\d{2}-\d{2}-\d{2}(?=[\s,;/]{1,3}(?:and\s|acc\w{0,6}\s|account\s|a/c\s|number\s"
        r"|no\.?\s){0,3}\d{8}(?!\w))",
        score=0.85,
        tier=Tier.LABELLED,
        digits=14,
    ),
    Shape(
        label="US_BANK_NUMBER",
        name="after a sort code",
        regex=r"(?<![\w.-])\d{2}[- ]\d{2}[- ]\d{2}[\s,;/]{1,3}(?:and\s|acc\w{0,6}\s|account\s|a/c\s|number\s"
        r"|no\.?\s){0,3}\K\d{8}(?!\w)",
        score=0.85,
        tier=Tier.LABELLED,
        digits=14,
    ),
    labelled(_ACCOUNT_WORDS, r"\d(?:[ -]?\d){5,17}(?!\w)", label="US_BANK_NUMBER", digits=6),
    before_label("account number|bank account|account", r"\d{6,17}", label="US_BANK_NUMBER", score=0.86),
    labelled(
        "aba|routing|routing number|routing no|rtn|aba number|transit routing",
        r"\d{4}[ -]?\d{4}[ -]?\d(?!\w)",
        label="ABA_ROUTING_NUMBER",
        score=0.9,
        digits=9,
    ),
    Shape(
        label="ABA_ROUTING_NUMBER",
        name="by shape",
        regex=r"(?<![\w.+#£$€-])(?:0[0-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2])\d{7}(?![\w-])",
        score=0.5,
        check="aba",
        digits=9,
        country="us",
    ),
    Shape(
        label="SWIFT_CODE",
        name="after a label",
        regex=rf"\b(?:bic|swift(?:[\s/]?(?:bic|code))?){LINK}\K[A-Z]{{6}}[A-Z\d]{{2}}(?:[A-Z\d]{{3}})?(?!\w)",
        score=0.85,
        tier=Tier.LABELLED,
        cues=frozenset(["bic", "swift"]),
    ),
    labelled("ifsc|ifsc code", r"[A-Z]{4}0[A-Z\d]{6}(?!\w)", label="SWIFT_CODE", digits=1),
    labelled("upi|upi id|vpa", r"[\w.-]{2,64}@[a-z]{2,20}", label="EMAIL_ADDRESS"),
    labelled("paypal|venmo|cashapp|cash app|zelle|revolut", r"[$@][\w.-]{3,30}", label="USERNAME"),
)
