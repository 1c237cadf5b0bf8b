"""Stock alerts, gift cards, points, discount codes and reset links."""

import pytest

from clothing_support import tools
from clothing_support.shop.demo import DemoShop
from clothing_support.shop.words import one_slip

Context = dict[str, object]


@pytest.mark.parametrize(
    ("size", "colour", "state", "part"),
    [
        ("M", "navy", "sold_out", "sold out"),
        ("M", "white", "in_stock", "is in stock"),
        ("", "navy", "which_size", "Harbour"),
        ("14", "", "no_such", "does not come in that size"),
        ("M", "pink", "no_such", "does not come in that colour"),
    ],
)
def test_what_an_alert_still_needs(context: Context, size: str, colour: str, state: str, part: str) -> None:
    facts = tools.check_alert("harbour linen shirt", size, colour, context=context)
    assert facts["alert_state"] == state
    assert part in str(facts["stock_text"])


def test_what_was_found_sold_out_is_not_asked_again(context: Context) -> None:
    found = tools.check_stock("harbour linen shirt", "M", "navy", context=context)
    sold = {name: str(found[name]) for name in ("sold_out", "sold_out_size", "sold_out_colour")}
    facts = tools.check_alert("harbour linen shirt", **sold, context=context)
    assert (facts["alert_state"], facts["size"], facts["colour"]) == ("sold_out", "M", "navy")
    other = tools.check_alert("meadow linen shirt", **sold, context=context)
    assert other["alert_state"] == "which_size"
    there = tools.check_stock("harbour linen shirt", "M", "white", context=context)
    assert there["sold_out"] is None


def test_an_alert_is_set_once(context: Context) -> None:
    texts = [
        str(tools.set_stock_alert("Harbour Linen Shirt", mail, "M", "navy", context=context)["alert_text"])
        for mail in ("jo@example.com", "Jo@Example.com", "ed@example.com")
    ]
    assert [("is set." in text, "already" in text) for text in texts] == [(True, False), (False, True), (True, False)]
    assert "Harbour Linen Shirt in navy, size M" in texts[0]
    assert "example.com" not in " ".join(texts)


@pytest.mark.parametrize(
    ("number", "email", "parts"),
    [
        ("GC4410773218", "maya.lindqvist@example.com", ["£50 on this gift card", "24 months"]),
        ("gc 4410 7732 18", "M.Thistlewood@example.com", ["£50"]),
        ("GC4408230147", "des.oyelaran@example.com", ["can no longer be spent", "£12"]),
        ("GC4410990035", "bethan.prosser@example.net", ["nothing left"]),
    ],
)
def test_a_gift_card_with_its_address(context: Context, number: str, email: str, parts: list[str]) -> None:
    facts = tools.look_up_gift_card(number, email, context=context)
    assert facts["gift_card_found"] is True
    assert [part for part in parts if part not in str(facts["gift_card_text"])] == []
    assert number not in str(facts)


@pytest.mark.parametrize(
    ("number", "email"),
    [
        ("GC4410773218", "tom.ashworth@example.org"), ("GC4410773218", ""), ("GC4410812906", ""), ("GC0000000000", "@"),
        ("", "maya.lindqvist@example.com"), ("4410773218", "maya.lindqvist@example.com"), ("GC4410773218", "BS6 5QA"),
    ],
)  # fmt: skip
def test_a_wrong_card_and_a_wrong_address_look_the_same(context: Context, number: str, email: str) -> None:
    assert tools.look_up_gift_card(number, email, context=context) == {"gift_card_found": False}


@pytest.mark.parametrize(
    ("member", "parts"),
    [
        ("FC2041877", ["312 points", "1 voucher of £10", "88 more"]),
        ("fc-1980265", ["88 points", "112 more are needed"]),
        ("FC1000482", ["1215 points", "6 vouchers of £10", "185 more"]),
    ],
)
def test_points_of_a_member_number(context: Context, member: str, parts: list[str]) -> None:
    facts = tools.check_points(member, context=context)
    assert [part for part in parts if part not in str(facts["points_text"])] == []
    assert tools.check_points("FC9999999", context=context) == {"member_found": False}


def test_an_address_is_told_nothing_about_points_or_accounts(context: Context, shop: DemoShop) -> None:
    for mail in ("maya.lindqvist@example.com", "nobody@example.com"):
        told = tools.check_points(mail, context=context)
        assert "312" not in str(told)
        assert told == tools.check_points("somebody.else@example.com", context=context)
        assert tools.send_reset_link(mail, context=context) == {"reset_asked": True}


def test_only_those_who_are_known_get_letters(shop: DemoShop) -> None:
    for mail in ("maya.lindqvist@example.com", "priya.r@example.net", "nobody@example.com"):
        shop.send_points(mail)
        shop.send_reset_link(mail)
    sent = {tuple(row) for row in shop._store.rows("SELECT * FROM letters")}
    assert sent == {
        ("points", "maya.lindqvist@example.com"),
        ("reset link", "maya.lindqvist@example.com"),
        ("reset link", "priya.r@example.net"),
    }


@pytest.mark.parametrize(
    ("number", "proof", "late", "part"),
    [
        ("1043", "BS6 5QA", False, "has not been delivered yet"),
        ("1001", "BS9 3DL", True, "should have come"),
        ("1006", "OX4 1UT", False, "come today"),
    ],
)
def test_points_of_an_order(context: Context, number: str, proof: str, late: bool, part: str) -> None:
    facts = tools.points_of_order(number, proof, context=context)
    assert (facts["points_late"], part in str(facts["points_text"])) == (late, True)
    assert tools.points_of_order(number, "XX1 1XX", context=context)["order_found"] is False


@pytest.mark.parametrize(
    ("written", "value", "parts"),
    [
        ("WELCOME10", "", ["10% off a first order over £40", "sale items or gift cards"]),
        ("it's welcome 10", "", ["WELCOME10"]),
        ("WELC0ME1O", "38", ["With £38 in the basket"]),
        ("WELCMOE10 and my basket is £40", "", ["spelt WELCOME10", "With £40"]),
        ("welcome10", "41", ["10% off"]),
        ("AUTUMN10", "", ["ended on"]),
        ("stu-3wd9rt", "", ["used already"]),
        ("STU 7KQ4XM", "", ["STU-7KQ4XM", "10% off an order"]),
        ("STU-7KQ4XN", "", ["do not know"]),
        ("BDAY-2RM8KY", "", ["ended on"]),
        ("BDAY-4PX7NE", "", ["15% off an order until"]),
        ("the newsletter one", "", ["WELCOME10"]),
    ],
)
def test_discount_codes(context: Context, written: str, value: str, parts: list[str]) -> None:
    text = str(tools.check_discount(written, value, context=context)["discount_text"])
    assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("my code doesn't work", {}),
        ("the code AUTUMN10 is refused", {"discount_code": "AUTUMN10"}),
        ("welcome10 not working, basket is £38.50", {"discount_code": "welcome10", "basket_value": "38.50"}),
        ("the 10% isn't coming off order 1043 since the 2nd", {}),
        ("MY CODE DOES NOT WORK", {}),
        ("<EMAIL_ADDRESS_1> got a code, 40 pounds, refused", {"basket_value": "40"}),
    ],
)
def test_reading_a_code(context: Context, said: str, found: dict[str, str]) -> None:
    assert tools.read_discount(said, context=context) == found


@pytest.mark.parametrize(
    ("word", "other", "slip"),
    [
        ("ABCD", "ABC", True), ("ABCD", "ABXD", True), ("ABCD", "ACBD", True), ("ABC", "ABCD", True), ("A", "", True),
        ("ABCD", "ABCD", False), ("ABCD", "AB", False), ("ABCD", "DCBA", False), ("ABCD", "BADC", False),
    ],
)  # fmt: skip
def test_one_slip_of_the_finger(word: str, other: str, slip: bool) -> None:
    assert one_slip(word, other) is slip
