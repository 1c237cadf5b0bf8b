"""Stock, search and sizes."""

import pytest

from clothing_support import tools
from clothing_support.tools.body import estimate, read_height, read_weight

Context = dict[str, object]


@pytest.mark.parametrize(
    ("product", "size", "colour", "in_stock", "parts"),
    [
        (
            "harbour linen shirt",
            "M",
            "navy",
            False,
            ["sold out", "In size M there is white", "XS, S, L", "stock alert"],
        ),
        ("harbour linen shirt", "M", "white", True, ["size M, is in stock", "£58"]),
        ("harbour linen shirt", "", "", True, ["navy in XS, S, L", "sky blue in"]),
        ("harbour linen shirt", "14", "", False, ["does not come in that size", "XS, S, M, L, XL, 2XL and 3XL"]),
        ("harbour linen shirt", "", "pink", False, ["does not come in that colour", "navy, white, sage and sky blue"]),
        ("orchard shirt", "medium", "olive", True, ["£44 in the sale, down from £59"]),
        ("foundry jeans", "W32 L34", "black", True, ["size 32/34", "only 2 left"]),
        ("linen shirt", "M", "", False, ["Which one do you mean", "(men)", "(women)"]),
        ("shoes", "", "", False, ["could not find"]),
    ],
)
def test_stock(context: Context, product: str, size: str, colour: str, in_stock: bool, parts: list[str]) -> None:
    facts = tools.check_stock(product, size, colour, context=context)
    assert facts["in_stock"] is in_stock
    assert [part for part in parts if part not in str(facts["stock_text"])] == []


def test_an_ambiguous_product_gives_options(context: Context) -> None:
    facts = tools.check_stock("coat", context=context)
    options = facts["product_options"]
    assert isinstance(options, list)
    assert (facts["product_found"], len(options)) == (False, 4)
    assert "price" not in facts


@pytest.mark.parametrize(
    ("query", "count", "first"),
    [
        ("men's linen shirt under £50", 1, "Orchard Linen Grandad Shirt"),
        ("size 14 linen dress", 1, "Lavender Linen Dress"),
        ("kids raincoat", 2, "Mallard Rain Jacket"),
        ("wedding guest dress", 10, "Poppy Wrap Dress"),
        ("cashmere scarf", 1, "Lochan Cashmere Scarf"),
        ("dresess", 10, "Lavender Linen Dress"),
        ("red shoes", 0, None),
        ("leather shoes", 0, None),
        ("laptop", 0, None),
        ("", 0, None),
    ],
)
def test_search(context: Context, query: str, count: int, first: str | None) -> None:
    facts = tools.search_products(query, context=context)
    products = facts["products"]
    assert isinstance(products, list)
    assert facts["found_count"] == count
    assert (products or [None])[0] == first
    assert len(str(facts["product_list"]).splitlines()) == len(products) <= 4


def test_search_takes_colour_size_and_fabric(context: Context) -> None:
    facts = tools.search_products("shirt", "navy", "M", "linen", context=context)
    assert facts["products"] == ["Pier Short-Sleeved Linen Shirt"]
    assert "M in stock" in str(facts["product_list"])
    cheaper = tools.search_products("anything under 150", fabric="wool", context=context)
    assert cheaper["found_count"]
    assert "£195" not in str(cheaper["product_list"])
    near = tools.search_products("kids jeans", "pink", context=context)
    assert (near["found_count"], near["found_exact"]) == (1, False)


def test_an_occasion_and_a_wearer_are_understood(context: Context) -> None:
    facts = tools.search_products("something warm for my husband under 100", context=context)
    assert int(str(facts["found_count"])) > 5
    assert "Women's" not in str(facts["product_list"])
    sale = tools.search_products("anything in the sale for women", context=context)
    assert all("(was £" in line for line in str(sale["product_list"]).splitlines())


@pytest.mark.parametrize(
    ("product", "height", "weight", "wearer", "size", "confidence"),
    [
        ("linen shirt", "178", "74", "men", "M", "good"),
        ("men's linen shirt", "178 cm", "74 kg", "", "M", "good"),
        ("poppy wrap dress", "165", "65", "", "12", "good"),
        ("foundry jeans", "178", "74", "", "32/32", "between"),
        ("foundry jeans", "185", "90", "", "36/34", "between"),
        ("scramble jeans", "128", "26", "", "7-8", "good"),
        ("tarn roll-neck", "168", "58", "", "10", "good"),
        ("market tote bag", "170", "65", "", "one size", "good"),
        ("harbour linen shirt", "215", "190", "", None, "outside"),
        ("trawler jumper", "150", "45", "", None, "outside"),
        ("saddler belt", "170", "65", "", None, "outside"),
        ("harbour linen shirt", "89", "74", "", None, "outside"),
        ("harbour linen shirt", "178", "201", "", None, "outside"),
        ("harbour linen shirt", "tall", "", "", None, "outside"),
    ],
)
def test_sizes_from_height_and_weight(
    context: Context, product: str, height: str, weight: str, wearer: str, size: str | None, confidence: str
) -> None:
    facts = tools.recommend_size(product, height, weight, wearer, context=context)
    assert (facts["size"], facts["confidence"]) == (size, confidence)
    assert str(facts["size_text"]).endswith(".")


def test_a_size_comes_with_its_reasons(context: Context) -> None:
    text = str(tools.recommend_size("linen shirt", "178", "74", "men", context=context)["size_text"])
    wanted = ("size M", "chest of about 98 cm", "113 cm", "15 cm of room", "Take S if", "after washing")
    assert [part for part in wanted if part not in text] == []


def test_between_sizes_the_fit_decides(context: Context) -> None:
    slim = tools.recommend_size("bralette", "165", "60", context=context)
    assert (slim["size"], slim["confidence"]) == ("12", "between")
    assert "the larger is better in a slim fit" in str(slim["size_text"])


def test_a_size_for_a_name_that_several_have_compares_those_for_grown_ups(context: Context) -> None:
    facts = tools.recommend_size("the linen shirt", "178", "74", context=context)
    assert facts["product"] == "Harbour Linen Shirt"
    assert facts["size"] == "M"
    assert facts["product_options"] == ["Harbour Linen Shirt", "Meadow Linen Shirt"]
    assert "Meadow Linen Shirt (women) it would be size 14" in str(facts["size_text"])


def test_a_size_for_a_name_that_several_have_asks_back_while_the_body_is_unknown(context: Context) -> None:
    facts = tools.recommend_size("the linen shirt", "", "", context=context)
    assert facts["product_found"] is False
    assert "Which one do you mean" in str(facts["size_text"])


def test_sizes_never_shrink_as_weight_grows(context: Context) -> None:
    order = ["XS", "S", "M", "L", "XL", "2XL", "3XL"]
    given = [
        tools.recommend_size("harbour linen shirt", "180", str(kg), context=context)["size"] for kg in range(60, 130, 3)
    ]
    places = [order.index(str(size)) for size in given if size]
    assert places == sorted(places)
    assert len(set(places)) >= 6


def test_the_body_model_meets_its_source() -> None:
    men, women = estimate(175.6, 85.5, "men"), estimate(162.9, 67.8, "women")
    assert (men.chest, men.waist, men.hip) == pytest.approx((105.9, 94.1, 102.0), abs=0.8)
    assert (women.chest, women.waist, women.hip) == pytest.approx((94.7, 86.1, 102.1), abs=0.8)


@pytest.mark.parametrize(
    ("text", "cm"),
    [("178", 178), ("178 cm", 178), ("1.78 m", 178), ("1,78", 178), ("1m78", 178), ("5 ft 10", 177.8), ("5'10", 177.8),
     ("89", None), ("221", None), ("-178", None), ("tall", None), ("", None), ("9" * 10_000, None)],
)  # fmt: skip
def test_heights(text: str, cm: float | None) -> None:
    assert read_height(text) == (None if cm is None else pytest.approx(cm, abs=0.1))


@pytest.mark.parametrize(
    ("text", "kg"),
    [("74", 74), ("74kg", 74), ("74,5 kg", 74.5), ("160 lbs", 72.6), ("11 stone 6", 72.6), ("10 st", 63.5),
     ("11", None), ("201", None), ("heavy", None), ("", None)],
)  # fmt: skip
def test_weights(text: str, kg: float | None) -> None:
    assert read_weight(text) == (None if kg is None else pytest.approx(kg, abs=0.1))


def test_a_search_that_names_no_garment_narrows_the_one_before(context: Context) -> None:
    first = tools.search_products("linen shirts", fabric="linen", context=context)
    narrowed = tools.search_products(
        "anything under 57 in blue?", "blue", "", "linen", "57", str(first["looked_for"]), context=context
    )
    assert 0 < int(str(narrowed["found_count"])) < int(str(first["found_count"]))
    assert "Linen Shirt" in str(narrowed["product_list"])
    other = tools.search_products("wool jumpers", looked_for=str(narrowed["looked_for"]), context=context)
    assert other["looked_for"] == "wool jumpers"
