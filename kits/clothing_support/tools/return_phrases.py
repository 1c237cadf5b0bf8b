"""Why something cannot go back, said to a customer, with what to do instead."""

from datetime import date

from ..shop import Order, OrderLine
from ..shop.rules import return_by
from .phrases import on_day

_NEXT_STEPS = {
    "placed": "We have not started packing it, so you can still cancel it.",
    "paid": "We have not started packing it, so you can still cancel it.",
    "packing": (
        "It is being packed. Once it has been delivered you can return it, or you can refuse the parcel at the door."
    ),
}
_FAULT_NOTE = "If there is a fault, please tell us within 60 days of delivery and add a photo."
_TEXTS = {
    "order_cancelled": "Order {number} was cancelled and not sent, so there is nothing to return.",
    "order_unpaid": (
        "No payment has come through for order {number} and it was not sent, so there is nothing to return."
    ),
    "order_lost": "The parcel of order {number} counts as lost. You choose whether we send it again or refund you.",
    "already_returned": "There is already a return for {item}. I can tell you how far its refund is.",
    "refused_before": (
        "{Item} came back to us before and could not be accepted. A colleague from customer care can look at it."
    ),
    "gift_card": f"Gift cards cannot be returned. {_FAULT_NOTE}",
    "personalised": f"{{Item}} is personalised, and personalised items cannot be returned. {_FAULT_NOTE}",
    "opened_pack": f"Underwear packs and socks can go back only while the pack is unopened. {_FAULT_NOTE}",
    "strip_missing": f"Swimwear can go back only while its hygiene strip is still in place. {_FAULT_NOTE}",
    "worn_or_washed": f"Items can go back only unworn and unwashed, with the tags on. {_FAULT_NOTE}",
    "fault_window_closed": (
        "Faults should be told to us within 60 days of delivery. After that your statutory rights still hold, "
        "and a colleague from customer care looks at each case."
    ),
    "which_item": "Which item of order {number} would you like to return?",
    "unknown": "This return could not be created. A colleague from customer care can look at it.",
}


def problem_text(code: str | None, order: Order, today: date, *, line: OrderLine | None = None) -> str:
    """Return a complete sentence or two for a refusal code; an unknown code sends the customer to a person.

    Args:
        code: A code of `rules.return_problem`, `which_item`, or a code of the shop's own.
        order: The order it is about.
        today: The day in the UK.
        line: The line it is about, where it is about one.
    """
    if code == "not_delivered":
        step = _NEXT_STEPS.get(
            order.state, "It is on its way: you can refuse the parcel at the door, or return it once it is there."
        )
        return f"Order {order.number} has not been delivered yet. {step}"
    if code in ("window_closed", "sale_window_closed"):
        return _window_text(code, order, today, line)
    item = f"your {line.product}" if line else f"order {order.number}"
    template = _TEXTS.get(code or "unknown", _TEXTS["unknown"])
    return template.format(number=order.number, item=item, Item=item[0].upper() + item[1:])


def _window_text(code: str, order: Order, today: date, line: OrderLine | None) -> str:
    what = f"Your {line.product}" if line else f"Order {order.number}"
    last_days = [last for each in ([line] if line else order.lines) if (last := return_by(order, each))]
    when = f" {on_day(max(last_days), today)}" if last_days else ""
    sale = "Sale items can be returned within 14 days of delivery. " if code == "sale_window_closed" else ""
    return (
        f"{sale}{what} could be returned until{when.removeprefix(' on')}, so the time for returning it has passed. "
        f"{_FAULT_NOTE}"
    )
