"""Tools about what a customer has saved up: a gift card, and the points of the Fern Club."""

from ..shop import GiftCard, Order
from ..shop.rules import points_day
from .phrases import listed, money, on_day
from .turn import Context, shop_of, uk_now

_POINTS_A_VOUCHER, _POUNDS_A_VOUCHER = 200, 10
_NO_POINTS = {
    "cancelled": "Order {number} was cancelled, so there are no points for it.",
    "payment_failed": "The payment for order {number} did not come through, so there are no points for it yet.",
}


def look_up_gift_card(gift_card_number: str, email: str, *, context: Context) -> dict[str, object]:
    """Say what is left on a gift card and until when it can be spent; the number is never repeated.

    Args:
        gift_card_number: GC and ten digits.
        email: The address that the card was bought with or sent to.
        context: What the core tells about the turn.
    """
    card = shop_of(context).gift_card(gift_card_number, email)
    if card is None:
        return {"gift_card_found": False}
    return {"gift_card_found": True, "gift_card_text": _card_text(card, context)}


def _card_text(card: GiftCard, context: Context) -> str:
    today = uk_now(context).date()
    last = f"{card.valid_until.day} {card.valid_until:%B %Y}"
    if card.valid_until < today:
        left = f" There was {money(card.balance)} left on it." if card.balance else ""
        return f"This gift card was valid for 24 months, until {last}, so it can no longer be spent.{left}"
    if not card.balance:
        return "There is nothing left on this gift card. If you have not spent it, a colleague can look into it."
    return (
        f"There is {money(card.balance)} on this gift card. It is valid for 24 months, until {last}, in our shops and "
        "online."
    )


def check_points(member: str, *, context: Context) -> dict[str, object]:
    """Say how many points a member has; for an e-mail address they are sent there, and not told here.

    Args:
        member: The member number, FC and seven digits, or the e-mail address of the membership.
        context: What the core tells about the turn.
    """
    shop = shop_of(context)
    if member.strip()[:2].casefold() != "fc" or "@" in member:
        shop.send_points(member)
        return {"member_found": True, "points_text": _SENT}
    membership = shop.membership(member)
    if membership is None:
        return {"member_found": False}
    return {"member_found": True, "points": membership.points, "points_text": _points_text(membership.points)}


_SENT = (
    "If a Fern Club membership belongs to the e-mail address you gave, an e-mail with its points is on its way there. "
    "With the member number (FC and seven digits) I can tell you here."
)


def _points_text(points: int) -> str:
    vouchers, rest = divmod(points, _POINTS_A_VOUCHER)
    vouched = [f"{vouchers} voucher{'s' if vouchers > 1 else ''} of £{_POUNDS_A_VOUCHER}"] if vouchers else []
    more = f"{_POINTS_A_VOUCHER - rest} more make the next one"
    return f"There are {points} points on this membership. " + (
        f"They are enough for {listed(vouched)}; {more}."
        if vouched
        else f"200 points make a £10 voucher, so {_POINTS_A_VOUCHER - rest} more are needed."
    )


def points_of_order(order_number: str, proof: str, *, context: Context) -> dict[str, object]:
    """Say when the points of an order are credited, and whether they are late.

    Args:
        order_number: The order number, four digits, for example 1043 or FH-1043.
        proof: The e-mail address or the delivery postcode of the order.
        context: What the core tells about the turn.
    """
    order = shop_of(context).find_order(order_number, proof)
    if order is None:
        return {"order_found": False, "points_late": False, "points_text": "I could not find such an order."}
    text, late = _when(order, context)
    return {"order_found": True, "points_late": late, "points_text": text}


def _when(order: Order, context: Context) -> tuple[str, bool]:
    if order.state in _NO_POINTS:
        return _NO_POINTS[order.state].format(number=order.number), False
    today, credited = uk_now(context).date(), points_day(order)
    if credited is None:
        return (
            f"Points are credited 30 days after delivery, and order {order.number} has not been delivered yet, so "
            "they come later.",
            False,
        )
    if credited >= today:
        return (
            f"Points are credited 30 days after delivery: those of order {order.number} come "
            f"{on_day(credited, today)}.",
            False,
        )
    return (
        f"The points of order {order.number} should have come {on_day(credited, today)}, 30 days after delivery. A "
        "colleague will look into it.",
        True,
    )
