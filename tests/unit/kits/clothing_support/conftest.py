"""A fixed noon, a fresh demo shop for every test, and the proofs of its orders."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from clothing_support.shop import opening
from clothing_support.shop.demo import DemoShop

TABLES = Path(opening.__file__).with_name("tables")


@pytest.fixture(autouse=True)
def fresh_shop() -> Iterator[None]:
    opening.forget_shops()
    yield
    opening.forget_shops()


@pytest.fixture
def today() -> date:
    return date(2026, 11, 22)


@pytest.fixture
def context() -> dict[str, object]:
    return {"conversation_id": "c-1", "now": "2026-11-22T12:00:00+00:00", "settings": {}}


@pytest.fixture
def shop(today: date) -> DemoShop:
    return DemoShop(today)


@pytest.fixture(scope="session")
def postcodes() -> dict[str, str]:
    with (TABLES / "orders.csv").open(encoding="utf-8", newline="") as lines:
        return {row["order_number"]: row["delivery_postcode"] for row in csv.DictReader(lines)}


@pytest.fixture(scope="session")
def personal_data() -> frozenset[str]:
    """Every name, e-mail address and postcode of the demo."""
    with (TABLES / "customers.csv").open(encoding="utf-8", newline="") as lines:
        return frozenset(row[key] for row in csv.DictReader(lines) for key in ("name", "email", "postcode"))
