"""Tools about a discount code: reading it out of what was written, and why it is refused."""

import re
from decimal import Decimal

from ..shop import Discount
from ..shop.proof import plain_code
from .phrases import money, on_day
from .turn import Context, shop_of, uk_now

_WORD = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_ORDER = re.compile(r"(?:FH-?)?\d{4}", re.IGNORECASE)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|x|pm|am|p|off|years?|yrs?|days?|h)", re.IGNORECASE)
_AMOUNT = re.compile(r"(?:£|gbp)\s*(\d{1,4}(?:[.,]\d{1,2})?)|\b(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:£|pounds?|quid)", re.I)
_PLACEHOLDER = re.compile(r"<\w+>")
_NEWSLETTER = re.compile(r"\b(?:newsletter|welcome|first order|sign(?:ing|ed)?[ -]?up)\b", re.IGNORECASE)
_NEWSLETTER_CODE = "WELCOME10"
_SHORTEST, _CAPITALS = 5, 6
_KINDS = {
    "newsletter": "the newsletter's code",
    "student": "a student code",
    "key_worker": "a code for NHS staff and key workers",
    "birthday": "a birthday code of the Fern Club",
}
_RULES = "It takes nothing off sale items or gift cards, and one code can be used per order."


def read_discount(query: str, *, context: Context) -> dict[str, object]:
    """Take the code and the value of the basket out of what somebody wrote, where they are in it.

    Args:
        query: What was written.
        context: What the core tells about the turn.
    """
    code, value = _code_in(query), _amount_in(query)
    return {name: each for name, each in (("discount_code", code), ("basket_value", value)) if each}


def check_discount(discount_code: str, basket_value: str = "", *, context: Context) -> dict[str, object]:
    """Say why a discount code is refused, or what it takes off.

    Args:
        discount_code: The code, alone or in a sentence.
        basket_value: The value of the basket in pounds, for example 38; empty when not told.
        context: What the core tells about the turn.
    """
    code = _code_in(discount_code) or discount_code.strip()
    value = _amount_in(discount_code) or basket_value
    shop = shop_of(context)
    found = shop.discount(code) or shop.discount(discount_code)
    if found is None:
        return {"discount_known": False, "discount_text": "I do not know such a code."}
    meant = "" if plain_code(found.code) in plain_code(discount_code) else f"The code is spelt {found.code}. "
    return {"discount_known": True, "discount_text": f"{meant}{_text(found, value, context)}"}


def _text(found: Discount, value: str, context: Context) -> str:
    today = uk_now(context).date()
    code = f"{found.code}, {_KINDS.get(found.kind, 'a code')},"
    if found.used:
        return f"{code} works once, and it has been used already, so the checkout refuses it."
    if found.ends_on and found.ends_on < today:
        return f"{code} ended {on_day(found.ends_on, today)}, so the checkout refuses it. I cannot make it last longer."
    until = f" until {on_day(found.ends_on, today).removeprefix('on ')}" if found.ends_on else ""
    first = " a first order" if found.first_order else " an order"
    over = f" over {money(found.minimum)}" if found.minimum else ""
    gives = f"{code} takes {found.percent}% off{first}{over}{until}."
    if found.minimum and value and Decimal(value) <= found.minimum:
        return f"{gives} With {money(Decimal(value))} in the basket it does not work yet. {_RULES}"
    return f"{gives} {_RULES}"


def _code_in(text: str) -> str:
    """Return what looks like a code: a word of letters and digits, else one in capitals, else the whole short text."""
    bare = _AMOUNT.sub(" ", _PLACEHOLDER.sub(" ", text[:300]))
    words: list[str] = [
        word for word in _WORD.findall(bare) if not _ORDER.fullmatch(word) and not _ORDINAL.fullmatch(word)
    ]
    mixed = [word for word in words if re.search(r"\d", word) and re.search(r"[A-Za-z]", word)]
    capitals = [word for word in words if len(word) >= _CAPITALS and word.isupper()] if not bare.isupper() else []
    likely = [word for word in (*mixed, *capitals) if len(word) >= _SHORTEST]
    if likely:
        return likely[0]
    if len(words) == 1 and len(words[0]) >= _SHORTEST:
        return words[0]
    return _NEWSLETTER_CODE if _NEWSLETTER.search(bare) else ""


def _amount_in(text: str) -> str:
    found = _AMOUNT.search(text)
    return str(found[1] or found[2]).replace(",", ".") if found else ""
