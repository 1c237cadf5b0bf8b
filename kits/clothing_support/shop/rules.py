"""Fernhill's rules for cancelling, returning, points and gift cards, as pure functions over an order and a day.

Every rule stands in FACTS.md. A rule answers with a code; what a customer reads for a code is written in the tools.
"""

import re
from datetime import date, timedelta

from .interface import Order, OrderLine

CHANGEABLE_STATES = frozenset({"placed", "paid", "payment_failed"})
FAULT_REASONS = frozenset({"faulty", "wrong item"})
HYGIENE_CATEGORIES = frozenset({"underwear", "socks"})
USUAL_DAYS, CHRISTMAS_DAYS, SALE_DAYS, FAULT_DAYS = 30, 60, 14, 60
POINTS_DAYS, GIFT_CARD_YEARS = 30, 2

_STATE_CODES = {
    "cancelled": "order_cancelled",
    "payment_failed": "order_unpaid",
    "lost": "order_lost",
    "returned": "already_returned",
    "refunded": "already_returned",
}
_REASONS = (
    (
        "faulty",
        r"fault|damag|broke|defect|\bholes?\b|torn|\btear\b|ripped|stain|seam|button (?:is |came )?(?:off|missing)|"
        r"came apart|shr[aiu]nk|faded|zip (?:is )?stuck",
    ),
    (
        "wrong item",
        r"wrong (?:item|article|thing|one|product|colou?r|size (?:was )?(?:sent|came))|not what i ordered|"
        r"label says|sent me (?:a|the) (?:different|wrong)",
    ),
    ("too small", r"too (?:small|tight|short|narrow|slim)|small|tight|need (?:a )?(?:larger|bigger)"),
    ("too large", r"too (?:large|big|long|wide|loose|baggy)|\bbig\b|large|loose|need (?:a )?smaller"),
    (
        "not as expected",
        r"expect|look|colou?r|picture|photo|fabric|quality|material|descri|scratchy|itch|thin|heav|thick",
    ),
    (
        "changed mind",
        r"chang|mind|(?:don.?t|didn.?t|do not|not) (?:like|want|need|suit)|no longer|gift|present|unwanted|"
        r"doesn.?t suit|late|ordered (?:two|both)",
    ),
)
_NOT = r"(?<!not )(?<!n't )(?<!never )(?<!un)"
_CONDITIONS = (
    ("opened_pack", HYGIENE_CATEGORIES, rf"{_NOT}\b(?:opened|open|pierced|tried|wore|worn)\b"),
    (
        "strip_missing",
        frozenset({"swimwear"}),
        r"strip\b.{0,25}\b(?:off|gone|missing|removed|lost|no longer|not there)|"
        r"(?:without|no|removed|peeled off|took off|lost)\b.{0,12}\bstrip",
    ),
    (
        "worn_or_washed",
        frozenset[str](),
        rf"{_NOT}\b(?:washed|wore|worn|altered|tags? (?:is |are )?(?:off|cut|removed))\b",
    ),
)


def gift_card_until(bought_on: date) -> date:
    """Return the last day of a gift card: 24 months after it was bought, 28 February for one of a 29th."""
    last = min(bought_on.day, 28) if bought_on.month == 2 else bought_on.day
    return bought_on.replace(year=bought_on.year + GIFT_CARD_YEARS, day=last)


def points_day(order: Order) -> date | None:
    """Return the day on which the points of an order are credited, or None while it is not delivered."""
    if order.shipment is None or order.shipment.delivered_on is None:
        return None
    return order.shipment.delivered_on + timedelta(days=POINTS_DAYS)


def can_cancel(order: Order) -> bool:
    """Whether the order can still be cancelled or changed: only until it is packed."""
    return order.state in CHANGEABLE_STATES


def reason_kind(text: str) -> str:
    """Return the kind of a return reason: one of those in `_REASONS`, or other."""
    lowered = text[:500].casefold()
    return next((kind for kind, pattern in _REASONS if re.search(pattern, lowered)), "other")


def return_days(order: Order, line: OrderLine) -> int:
    """Return how many days after delivery a line may come back; a sale item has 14 even in the Christmas window."""
    if line.reduced:
        return SALE_DAYS
    placed = (order.placed_on.month, order.placed_on.day)
    return CHRISTMAS_DAYS if (11, 15) <= placed <= (12, 24) else USUAL_DAYS


def return_by(order: Order, line: OrderLine) -> date | None:
    """Return the last day for returning an unwanted line, or None while the order is not delivered."""
    if order.shipment is None or order.shipment.delivered_on is None:
        return None
    return order.shipment.delivered_on + timedelta(days=return_days(order, line))


def return_problem(order: Order, line: OrderLine, today: date, *, reason: str = "") -> str | None:
    """Return why a line cannot go back today, as a code, or None when it can.

    Args:
        order: The order.
        line: One of its lines.
        today: The day in the UK.
        reason: The customer's words. A faulty or wrong article has its own rules, an opened pack or worn clothes too.
    """
    if order.state != "delivered":
        return _STATE_CODES.get(order.state, "not_delivered")
    if earlier := [item for item in order.returns if item.line == line.number]:
        return "refused_before" if earlier[-1].state == "refused" else "already_returned"
    last_day = return_by(order, line)
    if last_day is None:
        return "not_delivered"
    if reason_kind(reason) in FAULT_REASONS:
        days_over = (today - last_day).days + return_days(order, line)
        return "fault_window_closed" if days_over > FAULT_DAYS else None
    if today > last_day:
        return "sale_window_closed" if line.reduced else "window_closed"
    return _kind_problem(line) or _condition_problem(line, reason)


def _kind_problem(line: OrderLine) -> str | None:
    if line.category == "gift_card":
        return "gift_card"
    return "personalised" if line.personalised else None


def _condition_problem(line: OrderLine, reason: str) -> str | None:
    lowered = reason[:500].casefold()
    for code, categories, pattern in _CONDITIONS:
        if (not categories or line.category in categories) and re.search(pattern, lowered):
            return code
    return None
