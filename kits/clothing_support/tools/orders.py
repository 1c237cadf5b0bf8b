"""Tools about one order: show it, cancel it, change where it goes."""

from ..shop import Order, OrderLine, ShopRefused
from ..shop.rules import can_cancel, return_by, return_days, return_problem
from .phrases import day, money, on_day
from .return_phrases import problem_text
from .turn import Context, shop_of, uk_now

_PAYMENTS = {
    "visa": "Visa",
    "mastercard": "Mastercard",
    "amex": "American Express",
    "paypal": "PayPal",
    "apple_pay": "Apple Pay",
    "google_pay": "Google Pay",
    "klarna": "Klarna",
    "gift_card": "gift card",
}
_CARDS = frozenset({"visa", "mastercard", "amex", "apple_pay", "google_pay"})
EXCHANGE_COUNTRIES = frozenset({"GB", "IE"})
_REFUSE_OR_RETURN = (
    "You can refuse the parcel at the door, or return it within {days} days of delivery; "
    "the refund follows within 5 working days after it arrives at our warehouse."
)


def line_label(line: OrderLine) -> str:
    """Return `Harbour Linen Shirt, navy, M`, without a size where there is only one."""
    size = "" if line.size == "one size" else f", {line.size}"
    return f"{line.product}, {line.colour}{size}"


def payment_name(payment: str) -> str:
    """Return the name of a payment method as customers know it."""
    return _PAYMENTS.get(payment, "the original payment method")


def find_order(order_number: str, proof: str, *, context: Context) -> dict[str, object]:
    """Look up an order and say what can still be done with it.

    Args:
        order_number: The order number, four digits, for example 1043 or FH-1043.
        proof: The e-mail address or the delivery postcode of the order.
        context: What the core tells about the turn.
    """
    order = shop_of(context).find_order(order_number, proof)
    return {"order_found": False} if order is None else _facts(order, context)


def _facts(order: Order, context: Context) -> dict[str, object]:
    today = uk_now(context).date()
    problems = {line: return_problem(order, line, today) for line in order.lines}
    returnable = [line for line, problem in problems.items() if problem is None]
    problem = None if returnable else _main_problem([code for code in problems.values() if code])
    last_days = [last for line in returnable if (last := return_by(order, line))]
    facts: dict[str, object] = {
        "order_found": True,
        "order_number": order.number,
        "order_state": order.state,
        "order_summary": _summary(order),
        "order_items": [line_label(line) for line in order.lines],
        "item_count": sum(line.quantity for line in order.lines),
        "order_total": money(order.total),
        "placed_on": day(order.placed_on, today),
        "can_cancel": can_cancel(order),
        "can_return": bool(returnable),
        "can_exchange": bool(returnable) and order.country in EXCHANGE_COUNTRIES,
        "return_problem": problem,
        "return_problem_text": problem_text(problem, order, today) if problem else None,
        "return_by": day(min(last_days), today) if last_days else None,
        "return_options": [line_label(line) for line in returnable],
    }
    if len(order.lines) == 1:
        facts["return_item"] = line_label(order.lines[0])
    return facts


def _main_problem(codes: list[str]) -> str:
    """Return the problem of what is still with the customer, before that of what went back already."""
    return next((code for code in codes if code not in {"already_returned", "refused_before"}), (*codes, "unknown")[0])


def _summary(order: Order) -> str:
    if not order.lines:
        return f"order {order.number}"
    first = order.lines[0]
    pieces = "" if first.quantity == 1 else f"{first.quantity} x "
    size = "" if first.size == "one size" else f", size {first.size}"
    more = sum(line.quantity for line in order.lines[1:])
    rest = "" if not more else f", and {more} more item{'s' if more > 1 else ''}"
    return f"{pieces}{first.product} in {first.colour}{size}{rest}"


def cancel_order(order_number: str, proof: str, *, context: Context) -> dict[str, object]:
    """Cancel a whole order, if it is not being packed yet.

    Args:
        order_number: The order number, four digits, for example 1043 or FH-1043.
        proof: The e-mail address or the delivery postcode of the order.
        context: What the core tells about the turn.
    """
    shop = shop_of(context)
    order = shop.find_order(order_number, proof)
    if order is None:
        return {
            "order_found": False,
            "cancelled": False,
            "cancel_text": "I could not find an order with these details.",
        }
    try:
        shop.cancel_order(order)
    except ShopRefused as refusal:
        text = _why_not_cancelled(order, refusal.code, context)
        return {"order_found": True, "cancelled": False, "order_state": order.state, "cancel_text": text}
    text = f"Order {order.number} is cancelled and nothing will be sent. {_money_after_cancelling(order)}"
    return {"order_found": True, "cancelled": True, "order_state": "cancelled", "cancel_text": text}


def _money_after_cancelling(order: Order) -> str:
    if order.state == "payment_failed":
        return "No payment had come through for it."
    if order.payment in _CARDS:
        return f"Your card has not been charged, and the bank lets the reserved {money(order.total)} go."
    if order.payment == "klarna":
        return "The Klarna plan is adjusted."
    if order.payment == "gift_card":
        return f"The {money(order.total)} goes back to the gift card."
    return f"Anything already taken for it goes back to {payment_name(order.payment)}."


def _why_not_cancelled(order: Order, code: str, context: Context) -> str:
    if code == "already_cancelled":
        return f"Order {order.number} is already cancelled, and nothing will be sent."
    today = uk_now(context).date()
    if order.state == "delivered":
        last_days = [last for line in order.lines if (last := return_by(order, line))]
        if last_days and today <= max(last_days):
            return (
                f"Order {order.number} has been delivered, so it can no longer be cancelled. "
                f"You can return it {on_day(max(last_days), today, word='by')}; I can create the return here."
            )
        return f"Order {order.number} has been delivered, and the time for returning it has passed as well."
    texts = {
        "returned": f"Order {order.number} is already a return, so there is nothing left to cancel.",
        "refunded": f"Order {order.number} has already been refunded, so there is nothing left to cancel.",
        "lost": (
            f"The parcel of order {order.number} counts as lost: you choose whether we send it again or refund you."
        ),
    }
    packing = "is being packed" if order.state == "packing" else "has left our warehouse"
    days = max((return_days(order, line) for line in order.lines), default=30)
    late = f"Order {order.number} {packing}, so it can no longer be cancelled. " + _REFUSE_OR_RETURN.format(days=days)
    return texts.get(order.state, late)


def change_address(order_number: str, proof: str, *, context: Context) -> dict[str, object]:
    """Say whether the delivery address of an order can still be changed; a person makes the change.

    Args:
        order_number: The order number, four digits, for example 1043 or FH-1043.
        proof: The e-mail address or the old delivery postcode of the order.
        context: What the core tells about the turn.
    """
    order = shop_of(context).find_order(order_number, proof)
    if order is None:
        return {
            "order_found": False,
            "can_change": False,
            "change_text": "I could not find an order with these details.",
        }
    return {
        "order_found": True,
        "order_state": order.state,
        "can_change": can_cancel(order),
        "change_text": _change_text(order),
    }


def _change_text(order: Order) -> str:
    if can_cancel(order):
        return (
            f"The address of order {order.number} can still be changed, because we have not started packing it. "
            "A colleague from customer care takes the new address from you and confirms the change."
        )
    texts = {
        "packing": f"Order {order.number} is being packed, so its address can no longer be changed. ",
        "cancelled": f"Order {order.number} is cancelled, so nothing will be sent.",
        "delivered": f"Order {order.number} has already been delivered, so its address can no longer be changed.",
        "returned": f"Order {order.number} is a return, so its address can no longer be changed.",
        "refunded": f"Order {order.number} has been refunded, so nothing more will be sent.",
        "lost": (
            f"The parcel of order {order.number} counts as lost. If we send it again, a colleague can take a new "
            f"address."
        ),
    }
    text = texts.get(order.state, f"Order {order.number} is on its way, so its address can no longer be changed. ")
    return (
        text if not text.endswith(" ") else text + "You can refuse the parcel at the door, or return it after delivery."
    )
