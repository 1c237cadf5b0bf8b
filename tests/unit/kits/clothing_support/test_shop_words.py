"""Order numbers, proofs, colours, sizes and names as people type them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clothing_support.shop import Shop, ShopMisconfigured, open_shop
from clothing_support.shop.demo import DemoShop
from clothing_support.shop.demo_store import DemoStore
from clothing_support.shop.proof import order_number, proof_matches
from clothing_support.shop.words import match_colours, match_sizes, meant_words, plain

TODAY = date(2026, 11, 22)
SHOP = DemoShop(TODAY)
LETTERS = ("XS", "S", "M", "L", "XL", "2XL", "3XL")


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(text: str) -> None:
    digits = order_number(text)
    assert digits == "" or (len(digits) == 4 and digits.isascii() and digits.isdigit())
    assert not proof_matches(text, email="", postcode="")
    assert len(plain(text)) <= 20 * 300


@given(st.text(max_size=200))
@settings(max_examples=40, deadline=None)
def test_any_text_names_at_most_four_known_products(text: str) -> None:
    assert len(SHOP.product_named(text)) <= 4


def test_every_product_answers_to_its_own_name() -> None:
    products = SHOP.all_products()
    assert len(products) > 100
    for product in products:
        assert SHOP.product_named(product.name) == (product,)
        assert SHOP.product_named(product.name.upper()) == (product,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("men's linen shirt", ["Harbour Linen Shirt"]),
        ("waxed jacket", ["Keeper Waxed Jacket", "Keeper Women's Waxed Jacket"]),
        ("down jacket", ["Guillemot Down Jacket"]),
        ("oxford shirts", ["Quayside Oxford Shirt"]),
        ("smock dress", ["Buttercup Smocked Dress"]),
        ("long johns", ["Birch Thermal Long Johns"]),
        ("the foundry jeans please", ["Foundry Straight Jeans"]),
        ("laptop", []),
        ("shoes", []),
        ("", []),
    ],
)
def test_products_by_the_words_of_customers(text: str, names: list[str]) -> None:
    assert [product.name for product in SHOP.product_named(text)] == names


@pytest.mark.parametrize(
    ("text", "available", "meant"),
    [
        ("M", LETTERS, ("M",)), ("medium", LETTERS, ("M",)), ("size m", LETTERS, ("M",)), ("XXL", LETTERS, ("2XL",)),
        ("3 XL", LETTERS, ("3XL",)), ("extra large", LETTERS, ("XL",)), ("UK 12", ("10", "12"), ("12",)),
        ("EU 38", ("10", "12"), ("10",)), ("us 8", ("10", "12"), ("12",)), ("W32 L34", ("32/30", "32/34"), ("32/34",)),
        ("32x34", ("32/30", "32/34"), ("32/34",)), ("32", ("30/30", "32/30", "32/34"), ("32/30", "32/34")),
        ("age 5", ("4-5", "5-6", "7-8"), ("4-5", "5-6")), ("5-6 years", ("4-5", "5-6"), ("5-6",)), ("44", LETTERS, ()),
        ("", LETTERS, ()), ("x" * 10_000, LETTERS, ()),
    ],
)  # fmt: skip
def test_sizes(text: str, available: tuple[str, ...], meant: tuple[str, ...]) -> None:
    assert match_sizes(text, available) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("navy", ("navy",)), ("Navy", ("navy",)), ("dark blue", ("navy",)), ("blue", ("navy", "sky blue")),
        ("light blue", ("sky blue",)), ("olive green", ("olive",)), ("cream", ("ecru",)), ("pink", ()), ("", ()),
    ],
)  # fmt: skip
def test_colours(text: str, meant: tuple[str, ...]) -> None:
    assert match_colours(text, ("navy", "white", "sky blue", "ecru", "olive")) == meant


def test_the_demo_store_is_built_when_first_used() -> None:
    assert DemoStore()._opened is None


def test_the_tables_hang_together(postcodes: dict[str, str]) -> None:
    for number, postcode in postcodes.items():
        order = SHOP.find_order(number, postcode)
        assert order is not None
        assert order.total == order.delivery_price + sum(line.unit_price * line.quantity for line in order.lines)
        assert all(line.unit_price > Decimal(0) for line in order.lines)


def test_days_follow_today_and_writes_stay(postcodes: dict[str, str]) -> None:
    first, later = open_shop({}, today=TODAY), open_shop({}, today=date(2026, 11, 24))
    order = first.find_order("1006", postcodes["1006"])
    assert order is not None
    first.create_return(order, [1], "too small")
    moved = later.find_order("1006", postcodes["1006"])
    assert moved is not None
    assert (moved.placed_on - order.placed_on).days == 2
    assert [item.created_on for item in moved.returns] == [TODAY]


def test_nothing_is_expected_on_a_sunday() -> None:
    numbers = ("1043", "1030", "1032")
    for offset in range(7):
        shop: Shop = DemoShop(date(2026, 11, 22 + offset))
        for number, proof in zip(numbers, ("BS6 5QA", "HS1 2XG", "3068"), strict=True):
            order = shop.find_order(number, proof)
            assert order is not None
            assert order.shipment is not None
            assert order.shipment.expected_on.weekday() != 6


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "shopify"},
        {"kind": "demo", "url": "x"},
        {"kind": "http"},
        {"kind": "http", "url": "http://a", "timeout": 0},
    ],
)
def test_bad_settings_are_named(bad: dict[str, object]) -> None:
    with pytest.raises(ShopMisconfigured, match=r"^shop\."):
        open_shop(bad, today=TODAY)


def test_the_same_settings_share_one_http_shop() -> None:
    chosen = {"kind": "http", "url": "http://127.0.0.1:9"}
    assert open_shop(chosen, today=TODAY) is open_shop(dict(chosen), today=TODAY)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("just thehoodie", ["just", "hoodie"]),
        ("the LavenderLinen dress", ["lavender", "linen", "dress"]),
        ("hoodei", ["hoodie"]),
        ("dressing", ["dressing"]),
    ],
)
def test_words_run_together_or_misspelled_are_read_as_meant(text: str, meant: list[str]) -> None:
    assert meant_words(text, {"hoodie", "lavender", "linen", "dress"}) == meant
