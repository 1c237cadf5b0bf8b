"""The tracking tool: one true sentence or two for every state an order can be in."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from ..shop import Order, Shipment
from .phrases import day, listed, money, on_day
from .turn import Context, shop_of, uk_now

_LOST_FOR_A_PERSON = Decimal(150)
_ON_THE_WAY = frozenset({"shipped", "out_for_delivery", "delayed"})
_PACKED_SOON = "Orders are packed within 1 working day, and there is tracking once the parcel has left."


def track_shipment(order_number: str, proof: str, *, context: Context) -> dict[str, object]:
    """Say where an order is and when it is expected.

    Args:
        order_number: The order number, four digits, for example 1043 or FH-1043.
        proof: The e-mail address or the delivery postcode of the order.
        context: What the core tells about the turn.
    """
    order = shop_of(context).find_order(order_number, proof)
    if order is None:
        return {"order_found": False, "status_text": "I could not find an order with these details."}
    today = uk_now(context).date()
    shipment = order.shipment
    under_way = shipment if shipment and order.state in _ON_THE_WAY and not _collectable(shipment) else None
    lost = order.state == "lost"
    return {
        "order_found": True,
        "order_number": order.number,
        "order_state": order.state,
        "status_text": _TEXTS.get(order.state, _unknown)(order, today),
        "expected_on": day(under_way.expected_on, today) if under_way and under_way.expected_on >= today else None,
        "carrier": shipment.carrier if shipment else None,
        "tracking_number": shipment.tracking_number if shipment else None,
        "is_late": order.state == "delayed" or bool(under_way and under_way.expected_on < today),
        "lost": lost,
        "needs_person": lost and order.total > _LOST_FOR_A_PERSON,
    }


def _collectable(shipment: Shipment) -> bool:
    return shipment.last_scan.startswith("Ready to collect")


def _scan(shipment: Shipment, today: date) -> str:
    if shipment.last_scan_on == today and "today" in shipment.last_scan:
        return f"Last scan: {shipment.last_scan}."
    return f"Last scan: {shipment.last_scan} ({on_day(shipment.last_scan_on, today).removeprefix('on ')})."


def _left(order: Order, shipment: Shipment, today: date) -> str:
    return (
        f"Order {order.number} left our warehouse {on_day(shipment.shipped_on, today)} with {shipment.carrier} "
        f"(tracking {shipment.tracking_number})."
    )


def _placed(order: Order, today: date) -> str:
    return (
        f"We have order {order.number}, placed {on_day(order.placed_on, today)}, and have not started packing it. "
        f"{_PACKED_SOON}"
    )


def _paid(order: Order, today: date) -> str:
    placed = on_day(order.placed_on, today)
    return f"Order {order.number}, placed {placed}, is paid and waiting to be packed. {_PACKED_SOON}"


def _packing(order: Order, today: date) -> str:
    placed = on_day(order.placed_on, today)
    return (
        f"Order {order.number}, placed {placed}, is being packed. There is tracking once the parcel has left our "
        f"warehouse."
    )


def _shipped(order: Order, today: date) -> str:
    shipment = order.shipment
    if shipment is None:
        return f"Order {order.number} has left our warehouse, and there is no tracking for it yet."
    if _collectable(shipment):
        place = shipment.last_scan.removeprefix("Ready to collect").strip()
        since = on_day(shipment.last_scan_on, today).removeprefix("on ")
        return f"Order {order.number} is ready to collect {place}, since {since}. The shop keeps it for 14 days."
    if shipment.expected_on < today:
        expected = (
            f"It was expected {on_day(shipment.expected_on, today, word='by')}, so it is late, and no new date is "
            f"known."
        )
    else:
        expected = f"It is expected {on_day(shipment.expected_on, today, word='by')}."
    return f"{_left(order, shipment, today)} {_scan(shipment, today)} {expected}"


def _out_for_delivery(order: Order, today: date) -> str:
    if order.shipment is None:
        return f"Order {order.number} is out for delivery."
    shipment = order.shipment
    return (
        f"Order {order.number} is out for delivery with {shipment.carrier} (tracking {shipment.tracking_number}). "
        f"{_scan(shipment, today)}"
    )


def _delivered(order: Order, today: date) -> str:
    shipment = order.shipment
    if shipment is None or shipment.delivered_on is None:
        return f"Order {order.number} has been delivered."
    verb = "collected" if order.service == "click_and_collect" else "delivered"
    note = "" if shipment.last_scan.startswith("Collected") else f" The carrier noted: {shipment.last_scan}."
    where = shipment.last_scan.removeprefix("Collected") if not note else ""
    return f"Order {order.number} was {verb}{where} {on_day(shipment.delivered_on, today)}.{note}"


def _delayed(order: Order, today: date) -> str:
    shipment = order.shipment
    if shipment is None:
        return f"Order {order.number} is delayed, and no new date is known."
    if shipment.expected_on < today:
        expected = f"was expected {on_day(shipment.expected_on, today, word='by')}, and no new date is known"
    else:
        expected = f"is expected {on_day(shipment.expected_on, today, word='by')}"
    return (
        f"I am sorry, order {order.number} is delayed. {_left(order, shipment, today)} {_scan(shipment, today)} It "
        f"{expected}."
    )


def _returned(order: Order, today: date) -> str:
    arrived = [item.received_on for item in order.returns if item.received_on]
    if arrived:
        return (
            f"Order {order.number} came back to us {on_day(max(arrived), today)}. "
            "Refunds are made within 5 working days after the parcel arrives at our warehouse."
        )
    scan = f" {_scan(order.shipment, today)}" if order.shipment and not order.shipment.delivered_on else ""
    return (
        f"Order {order.number} is on its way back to us.{scan} The refund follows within 5 working days after it "
        f"arrives."
    )


def _refunded(order: Order, today: date) -> str:
    paid = [item for item in order.returns if item.refunded_on]
    total = sum((item.refund or Decimal(0) for item in paid), Decimal(0))
    if not paid or not total:
        return f"Order {order.number} has been refunded to the original payment method."
    when = max(item.refunded_on for item in paid if item.refunded_on)
    return f"{money(total)} of order {order.number} was refunded to the original payment method {on_day(when, today)}."


def _cancelled(order: Order, today: date) -> str:
    return f"Order {order.number}, placed {on_day(order.placed_on, today)}, is cancelled. Nothing will be sent."


def _payment_failed(order: Order, today: date) -> str:
    return (
        f"The payment for order {order.number}, placed {on_day(order.placed_on, today)}, did not come through, so "
        f"it has not "
        "been packed. Please check the card details at the checkout or choose another payment method there."
    )


def _lost(order: Order, today: date) -> str:
    shipment = order.shipment
    trail = f" {_left(order, shipment, today)} {_scan(shipment, today)}" if shipment else ""
    choice = "You choose whether we send it again or refund you."
    if order.total > _LOST_FOR_A_PERSON:
        choice = f"{choice} As it is worth over {money(_LOST_FOR_A_PERSON)}, a colleague looks after it."
    return f"I am sorry, the parcel of order {order.number} counts as lost.{trail} {choice}"


def _unknown(order: Order, today: date) -> str:
    items = listed([line.product for line in order.lines])
    return (
        f"I found order {order.number} ({items}), placed {on_day(order.placed_on, today)}, but cannot read where it is."
    )


_TEXTS: dict[str, Callable[[Order, date], str]] = {
    "placed": _placed,
    "paid": _paid,
    "packing": _packing,
    "shipped": _shipped,
    "out_for_delivery": _out_for_delivery,
    "delivered": _delivered,
    "delayed": _delayed,
    "returned": _returned,
    "refunded": _refunded,
    "cancelled": _cancelled,
    "payment_failed": _payment_failed,
    "lost": _lost,
}
