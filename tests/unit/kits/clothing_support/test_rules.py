"""Return rules that no demo order shows."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from clothing_support.shop import Order, OrderLine, Shipment
from clothing_support.shop.rules import reason_kind, return_by, return_problem

LINE = OrderLine(1, "P1", "Thing", "shirt", "navy", "M", 1, Decimal(50))


def order(line: OrderLine, *, placed: date) -> Order:
    sent, came = placed + timedelta(days=1), placed + timedelta(days=3)
    shipment = Shipment("Royal Mail", "FH1", sent, came, came, "Handed over", came)
    return Order("1001", "delivered", placed, "standard", "GB", Decimal(0), Decimal(50), "visa", (line,), shipment)


@pytest.mark.parametrize(
    ("placed", "reduced", "days"),
    [
        (date(2026, 11, 14), False, 30), (date(2026, 11, 15), False, 60), (date(2026, 12, 24), False, 60),
        (date(2026, 12, 25), False, 30), (date(2026, 6, 1), False, 30), (date(2026, 6, 1), True, 14),
        (date(2026, 12, 1), True, 14),
    ],
)  # fmt: skip
def test_the_window_and_its_last_day(placed: date, reduced: bool, days: int) -> None:
    line = replace(LINE, reduced=reduced)
    bought = order(line, placed=placed)
    last = placed + timedelta(days=3 + days)
    assert return_by(bought, line) == last
    assert return_problem(bought, line, last) is None
    code = "sale_window_closed" if reduced else "window_closed"
    assert return_problem(bought, line, last + timedelta(days=1)) == code


@pytest.mark.parametrize(
    ("line", "reason", "code"),
    [
        (replace(LINE, category="gift_card"), "", "gift_card"),
        (replace(LINE, personalised=True), "too small", "personalised"),
        (replace(LINE, personalised=True), "the name is embroidered with a fault", None),
        (replace(LINE, category="socks"), "opened them, too big", "opened_pack"),
        (replace(LINE, category="socks"), "never opened, too big", None),
        (replace(LINE, category="underwear"), "still unopened", None),
        (replace(LINE, category="swimwear"), "too tight, the hygiene strip came off", "strip_missing"),
        (replace(LINE, category="swimwear"), "too tight, strip is in place", None),
        (replace(LINE, category="swimwear"), "the strip was removed but a seam is torn", None),
        (LINE, "wore it once", "worn_or_washed"),
        (LINE, "not worn, too big", None),
    ],
)
def test_what_cannot_go_back(line: OrderLine, reason: str, code: str | None) -> None:
    bought = order(line, placed=date(2026, 6, 1))
    assert return_problem(bought, line, date(2026, 6, 10), reason=reason) == code


def test_a_fault_counts_sixty_days() -> None:
    bought = order(LINE, placed=date(2026, 6, 1))
    assert return_problem(bought, LINE, date(2026, 8, 3), reason="faulty") is None
    assert return_problem(bought, LINE, date(2026, 8, 4), reason="faulty") == "fault_window_closed"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("too small", "too small"), ("bit tight", "too small"), ("way too big", "too large"),
        ("there is a hole in the sleeve", "faulty"), ("you sent me the wrong colour", "wrong item"),
        ("changed my mind", "changed mind"), ("the colour looks different", "not as expected"),
        ("hm", "other"), ("", "other"),
    ],
)  # fmt: skip
def test_reasons_have_kinds(text: str, kind: str) -> None:
    assert reason_kind(text) == kind
