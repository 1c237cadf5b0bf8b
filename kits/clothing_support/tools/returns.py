"""Tools about sending things back: create a return, see how far a refund is."""

from datetime import date
from decimal import Decimal

from ..shop import Order, OrderLine, Return, ShopRefused
from ..shop.rules import FAULT_REASONS, reason_kind, return_by, return_problem
from ..shop.words import RANGE_OF, STOP_WORDS, meant_words, tokens
from .orders import line_label, payment_name
from .phrases import listed, money, on_day, working_days_after
from .return_phrases import problem_text
from .turn import Context, shop_of, uk_now

_NOT_FOUND = "I could not find an order with these details."
_EVERYTHING = frozenset({"all", "everything", "both", "whole", "order", "complete", "entire"})
_BEFORE_THE_REASON = frozenset({"already_returned", "refused_before", "which_item"})
_FREE_COUNTRIES = frozenset({"GB", "IE"})
_ARRIVAL_DAYS, _REFUND_DAYS, _BANK_DAYS = 7, 5, 3
_CARDS = frozenset({"visa", "mastercard", "amex"})


def check_return_item(order_number: str, proof: str, return_item: str, *, context: Context) -> dict[str, object]:
    """Say what an item is called, and whether it is in the order and has not come back before.

    Nobody is then asked for a reason in vain; what the reason decides is for `create_return`.

    Args:
        order_number: The order number, four digits, for example 1043 or FH-1043.
        proof: The e-mail address or the delivery postcode of the order.
        return_item: The item to send back, in the customer's words, or `everything`.
        context: What the core tells about the turn.
    """
    shop, today = shop_of(context), uk_now(context).date()
    order = shop.find_order(order_number, proof)
    if order is None:
        return {"order_found": False, "return_problem": "not_found", "return_problem_text": _NOT_FOUND}
    lines = _lines_meant(order, return_item)
    line = lines[0] if len(lines) == 1 else None
    problem = return_problem(order, line, today) if line else _unknown_item(order, return_item)
    if problem not in _BEFORE_THE_REASON:
        problem = None
    return {
        "return_problem": problem,
        "return_problem_text": problem_text(problem, order, today, line=line) if problem else None,
        "return_label": line_label(line) if line else return_item,
    }


def _unknown_item(order: Order, text: str) -> str | None:
    """Return `which_item` where no word fits any line; one that fits several is asked about in the end."""
    known = _named(order) | _EVERYTHING
    return None if known.intersection(tokens(text)) or known.intersection(meant_words(text, known)) else "which_item"


def _named(order: Order) -> frozenset[str]:
    """Return the words that the items of an order are called by."""
    return frozenset(word for line in order.lines for word in tokens(line_label(line)))


def create_return(
    order_number: str, proof: str, return_item: str, return_reason: str, *, context: Context
) -> dict[str, object]:
    """Create a return with a label for one item of an order, or for all of it.

    Args:
        order_number: The order number, four digits, for example 1043 or FH-1043.
        proof: The e-mail address or the delivery postcode of the order.
        return_item: The item to send back, in the customer's words, or `everything`.
        return_reason: Why it goes back, in the customer's words, for example too small or faulty.
        context: What the core tells about the turn.
    """
    shop, today = shop_of(context), uk_now(context).date()
    order = shop.find_order(order_number, proof)
    if order is None:
        return {"order_found": False, **_refused("not_found", _NOT_FOUND)}
    lines = _lines_meant(order, return_item)
    if not lines:
        return {
            "order_found": True,
            **_refused("which_item", problem_text("which_item", order, today)),
            "return_options": [line_label(line) for line in order.lines],
        }
    try:
        made = shop.create_return(order, [line.number for line in lines], return_reason[:500])
    except ShopRefused as refusal:
        line = next((line for line in lines if line.product == refusal.item), lines[0] if len(lines) == 1 else None)
        return {"order_found": True, **_refused(refusal.code, problem_text(refusal.code, order, today, line=line))}
    return {"order_found": True, **_created(order, lines, made, (reason_kind(return_reason), today))}


def _refused(code: str, text: str) -> dict[str, object]:
    return {"return_created": False, "return_problem": code, "return_text": text}


def _lines_meant(order: Order, text: str) -> list[OrderLine]:
    """Return the lines a customer means, or none when it could be either of two."""
    known = _named(order) | _EVERYTHING
    said = {word for word in tokens(text) if word not in STOP_WORDS and word not in RANGE_OF}
    # Spelling is forgiven only where nothing fits as it stands: "the hoodie goes back" means no black one.
    words = said if said & known else set(meant_words(text, known)) - RANGE_OF.keys()
    if len(order.lines) < 2:
        return list(order.lines)
    if words & _EVERYTHING:
        gone = {item.line for item in order.returns}
        return [line for line in order.lines if line.number not in gone] or list(order.lines)
    scores = [(len(words & set(tokens(line_label(line)))), line) for line in order.lines]
    best = max(score for score, _ in scores)
    meant = [line for score, line in scores if score == best]
    return meant if best and len(meant) == 1 else []


def _created(
    order: Order, lines: list[OrderLine], made: tuple[Return, ...], about: tuple[str, date]
) -> dict[str, object]:
    kind, today = about
    numbers, items = listed([item.number for item in made]), listed([line_label(line) for line in lines])
    faulty = kind in FAULT_REASONS
    sentences = [
        f"Return {numbers} is created for {items}."
        if len(made) == 1
        else f"Returns {numbers} are created for {items}.",
        _label_text(order, faulty=faulty),
        _drop_off_text(order, lines, faulty=faulty, today=today),
        *_care_texts(lines, faulty=faulty),
        _refund_timing(order),
    ]
    return {
        "return_created": True,
        "return_number": numbers,
        "return_item": items,
        "return_problem": None,
        "needs_photo": faulty,
        "return_text": " ".join(sentences),
    }


def _label_text(order: Order, *, faulty: bool) -> str:
    if order.country in _FREE_COUNTRIES:
        return "Please put the prepaid return label on the parcel; sending it is free."
    if faulty:
        return "Please put the return label on the parcel; we pay for sending it."
    return "Please put the return label on the parcel; from your country the sender pays the postage."


def _drop_off_text(order: Order, lines: list[OrderLine], *, faulty: bool, today: date) -> str:
    places = "a post office or an InPost locker" if order.country == "GB" else "a post office"
    last_days = [last for line in lines if (last := return_by(order, line))]
    if faulty or not last_days:
        return f"You can drop it off at {places}, or bring it to one of our shops."
    deadline = on_day(min(last_days), today, word="by")
    return f"Drop it off at {places}, or bring it to one of our shops, {deadline}."


def _care_texts(lines: list[OrderLine], *, faulty: bool) -> list[str]:
    if faulty:
        return ["Please send us a photo of it at help@fernhill.example: we replace it or refund you."]
    notes = ["It has to be unworn and unwashed, with the tags on."]
    categories = {line.category for line in lines}
    if "swimwear" in categories:
        notes.append("The hygiene strip has to be in place.")
    if categories & {"underwear", "socks"}:
        notes.append("The pack has to be unopened.")
    return notes


def _refund_timing(order: Order) -> str:
    where = {"klarna": "The Klarna plan is adjusted", "gift_card": "The refund goes to the gift card"}.get(
        order.payment, f"The refund goes to {payment_name(order.payment)}"
    )
    bank = f" Banks may need {_BANK_DAYS} more working days." if order.payment in _CARDS else ""
    return (
        f"{where} within {_REFUND_DAYS} working days after the parcel arrives at our warehouse, which takes up to "
        f"{_ARRIVAL_DAYS} working days.{bank}"
    )


def refund_status(order_number: str, proof: str, *, context: Context) -> dict[str, object]:
    """Say how far the refund of an order is.

    Args:
        order_number: The order number, four digits, for example 1043 or FH-1043.
        proof: The e-mail address or the delivery postcode of the order.
        context: What the core tells about the turn.
    """
    order = shop_of(context).find_order(order_number, proof)
    if order is None:
        return {"order_found": False, "refund_text": _NOT_FOUND, "refund_late": False}
    today = uk_now(context).date()
    refunded = [item for item in order.returns if item.state == "refunded"]
    total = sum((item.refund or Decimal(0) for item in refunded), Decimal(0))
    return {
        "order_found": True,
        "order_state": order.state,
        "refund_text": _refund_text(order, today),
        "refund_amount": money(total) if total else None,
        "refund_late": any(_is_late(item, today) for item in order.returns),
    }


def _refund_text(order: Order, today: date) -> str:
    if order.returns:
        return " ".join(_parcel_texts(order, today))
    texts = {
        "refunded": f"Order {order.number} has been refunded to the original payment method.",
        "returned": (
            f"Order {order.number} is on its way back to us. The refund is made within {_REFUND_DAYS} working days "
            f"after it "
            "arrives at our warehouse."
        ),
        "cancelled": f"Order {order.number} was cancelled before it was packed, so there is nothing to pay back.",
        "payment_failed": f"No payment has come through for order {order.number}, so there is nothing to pay back.",
        "lost": (
            f"The parcel of order {order.number} counts as lost. You choose whether we send it again or refund you."
        ),
    }
    return texts.get(order.state, f"There is no return for order {order.number}, and so no refund under way.")


def _parcel_texts(order: Order, today: date) -> list[str]:
    """Say it once for everything that shares a state and a day, as things sent back in one parcel do."""
    groups: dict[tuple[object, ...], list[Return]] = {}
    for item in order.returns:
        groups.setdefault((item.state, item.created_on, item.received_on, item.refunded_on), []).append(item)
    names = {line.number: line.product for line in order.lines}
    return [
        _parcel_text(order, group, listed([names.get(item.line, "item") for item in group]), today)
        for group in groups.values()
    ]


def _parcel_text(order: Order, group: list[Return], names: str, today: date) -> str:
    first = group[0]
    if first.state == "refunded" and first.refunded_on:
        return _refunded_text(order, group, names, today)
    if first.state == "refused":
        return (
            f"The return of your {names} could not be accepted, so there is no refund; a colleague can tell you more."
        )
    if first.received_on:
        due = working_days_after(first.received_on, _REFUND_DAYS)
        arrived = f"Your {names} arrived at our warehouse {on_day(first.received_on, today)}."
        if due < today:
            return (
                f"{arrived} The refund was due {on_day(due, today, word='by')} and is late, I am sorry; a colleague "
                f"can look into it."
            )
        return f"{arrived} The refund is made {on_day(due, today, word='by')}."
    waiting = "we have not seen the parcel yet" if first.state == "created" else "the parcel is on its way to us"
    return (
        f"The return of your {names} was created {on_day(first.created_on, today)}, and {waiting}. "
        f"The refund is made within {_REFUND_DAYS} working days after it arrives at our warehouse."
    )


def _refunded_text(order: Order, group: list[Return], names: str, today: date) -> str:
    total = sum((item.refund or Decimal(0) for item in group), Decimal(0))
    when = on_day(group[0].refunded_on or today, today)
    bank = f" Banks may need {_BANK_DAYS} more working days to show it." if order.payment in _CARDS else ""
    if order.payment == "klarna":
        return f"Your {names} came back and {money(total)} was refunded {when}; the Klarna plan is adjusted."
    return f"{money(total)} for your {names} was refunded to {payment_name(order.payment)} {when}.{bank}"


def _is_late(item: Return, today: date) -> bool:
    return (
        item.state == "received"
        and item.received_on is not None
        and (working_days_after(item.received_on, _REFUND_DAYS) < today)
    )
