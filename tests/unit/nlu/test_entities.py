"""Which entities are found, with which values and roles, and which are not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.nlu import AnnotatedExample, EntityFinder, ExampleEntity, NluData, TaggedSpan
from kitwright.types import ScrubbedText

Found = list[tuple[str, str, str | None]]


def found(finder: EntityFinder, text: str) -> Found:
    return [(e.name, e.value, e.role) for e in finder.find(ScrubbedText(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to <EMAIL_ADDRESS_1>", [("email", "<EMAIL_ADDRESS_1>", "to")]),
        ("it is <UK_POSTCODE_1>", [("postcode", "<UK_POSTCODE_1>", None)]),
        ("or <IE_EIRCODE_2>", [("postcode", "<IE_EIRCODE_2>", None)]),
        ("call <PHONE_NUMBER_1>", [("phone", "<PHONE_NUMBER_1>", None)]),
        ("I am <MEMBER_NUMBER_1>", [("member_number", "<MEMBER_NUMBER_1>", None)]),
        ("order fh-1043 please", [("order_number", "1043", None)]),
        ("in dark blue", [("colour", "navy", None)]),
        ("in GRAY", [("colour", "grey", None)]),
        ("a Harbour linen shirt", [("product", "Harbour Linen Shirt", None)]),
        ("a t shirt", [("product", "t-shirt", None)]),
        ("to northern ireland", [("country", "Northern Ireland", "to")]),
        ("to America", [("country", "USA", "to")]),
        ("the cardigna", [("product", "cardigan", None)]),
        ("M", [("size", "M", None)]),
        ("xl", [("size", "XL", None)]),
        ("m please", [("size", "M", None)]),
        ("size 12", [("size", "12", None)]),
        ("UK 12", [("size", "12", None)]),
        ("EU 38", [("size", "EU 38", None)]),
        ("w32 l34", [("size", "32/34", None)]),
        ("extra large", [("size", "XL", None)]),
        ("in a medium", [("size", "M", None)]),
        ("age 5-6", [("size", "5-6", None)]),
        ("from M to L", [("size", "M", "from"), ("size", "L", "to")]),
        ("swap the M for an L", [("size", "M", "from"), ("size", "L", "to")]),
        ("L instead of M", [("size", "L", "to"), ("size", "M", "from")]),
        ("ordered M but need L", [("size", "M", "from"), ("size", "L", "to")]),
        ("I got M instead of L", [("size", "M", "from"), ("size", "L", "to")]),
        ("can I have L instead of M", [("size", "L", "to"), ("size", "M", "from")]),
        ("L not M", [("size", "L", "to"), ("size", "M", "from")]),
        ("not M but L", [("size", "M", "from"), ("size", "L", "to")]),
        ("change 12 to a 14", [("size", "12", "from"), ("size", "14", "to")]),
        ("M out, L in a parcel", [("size", "M", "from"), ("size", "L", "to")]),
        ("swap the shirt for an XL", [("product", "shirt", None), ("size", "XL", "to")]),
        ("a medium for me and an XL for him", [("size", "M", None), ("size", "XL", None)]),
        ("sizes M to XL", [("size", "M", None), ("size", "XL", None)]),
        ("1043 not 1044", [("order_number", "1043", "to"), ("order_number", "1044", "from")]),
        ("navycardigan in sizeM", [("colour", "navy", None), ("product", "cardigan", None), ("size", "M", None)]),
        ("GREY SHIRT \U0001f600", [("colour", "grey", None), ("product", "shirt", None)]),
        ("exchange size 10 to 12", [("size", "10", "from"), ("size", "12", "to")]),
        ("navy rather than white", [("colour", "navy", "to"), ("colour", "white", "from")]),
        ("178 cm and 74 kg", [("height", "178", None), ("weight", "74", None)]),
        ("1.78m", [("height", "178", None)]),
        ("I'm 5'10", [("height", "178", None)]),
        ("5 ft 10", [("height", "178", None)]),
        ("11 stone 6", [("weight", "73", None)]),
        ("160 lbs", [("weight", "73", None)]),
    ],
)
def test_found(finder: EntityFinder, text: str, expected: Found) -> None:
    assert found(finder, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "can i come",
        "I'M COLD",
        "M&S",
        "a small problem",
        "far too large",
        "within 2-3 days",
        "in 14 days",
        "a 10% code",
        "open from 8 to 10",
        "tell us more",
        "TELL US MORE",
        "my 1st visit",
        "my 21st birthday",
        "chest 102 cm",
        "orders over 50 pounds",
        "number 10434",
        "in the story",
        "which sizes",
        "no habla ingles",
    ],
)
def test_not_found(finder: EntityFinder, text: str) -> None:
    assert found(finder, text) == []


def test_a_weight_in_stone_is_not_the_colour_stone(finder: EntityFinder) -> None:
    assert found(finder, "a stone shirt") == [("colour", "stone", None), ("product", "shirt", None)]
    assert found(finder, "11 stone") == [("weight", "70", None)]


def test_measures_and_sizes_only_where_a_kit_annotates_them() -> None:
    other = EntityFinder(NluData(examples=(AnnotatedExample("greet", "hello"),)))
    assert found(other, "size M, 178 cm, 74 kg") == []


def test_words_of_the_training_data_are_no_typing_errors() -> None:
    seen = tuple(AnnotatedExample("ask", f"zhite {n}") for n in ("one", "two"))
    lookups = {"colour": ("white", "zhitf")}
    assert found(EntityFinder(NluData(lookups=lookups)), "zhite") == [("colour", "zhitf", None)]
    assert found(EntityFinder(NluData(examples=seen, lookups=lookups)), "zhite") == []


def test_an_inner_word_of_a_name_may_be_left_out_where_that_leaves_one() -> None:
    lookups = {"product_name": ("Harbour Linen Shirt", "Ledger Wool Shirt", "Ledger Linen Shirt")}
    shop = EntityFinder(NluData(lookups=lookups))
    assert found(shop, "the harbour shirt") == [("product", "Harbour Linen Shirt", None)]
    assert found(shop, "the ledger shirt") == []


def test_a_name_without_an_inner_word_or_with_a_slip_says_more_than_a_word_of_it() -> None:
    lookups = {"product_name": ("Harbour Linen Shirt",), "product_type": ("shirt",), "country": ("USA",)}
    shop = EntityFinder(NluData(lookups=lookups, synonyms={"us of a": "USA"}))
    meant = [("product", "Harbour Linen Shirt", None)]
    for said in ("the harbour shirt", "theH arbour linen shirt", "harbour linne shirt", "Harbour Linen Shrit"):
        assert found(shop, said) == meant
    assert found(shop, "harbor island shirt") == [("product", "shirt", None)]
    assert found(shop, "tell us a price") == []


def test_of_a_very_long_text_the_beginning_is_read(finder: EntityFinder) -> None:
    assert found(finder, "in navy " + "change 12 " * 100_000 + "in grey")[0] == ("colour", "navy", None)


def test_a_tagged_stretch_counts_where_nothing_exact_is(data: NluData) -> None:
    text = ScrubbedText("a bobble shirt in navy, zizz and gryay")
    spans = [
        TaggedSpan("product", 2, 14),  # says more than "shirt"
        TaggedSpan("size", 18, 22),  # exact as a colour
        TaggedSpan("colour", 24, 28),  # no colour
        TaggedSpan("colour", 33, 38),  # a misspelt one
    ]
    open_ended = tuple(
        AnnotatedExample("ask", t, (ExampleEntity(0, len(t), "product", t),)) for t in ("kilt", "sporran")
    )
    finder = EntityFinder(replace(data, examples=data.examples + open_ended), tagging=lambda _: spans)
    values = [("product", "bobble shirt", None), ("colour", "navy", None), ("colour", "grey", None)]
    assert found(finder, text) == values


def test_a_tagged_number_is_a_value_only_of_what_is_mostly_numbers(data: NluData) -> None:
    spans = [TaggedSpan("amount", 0, 10), TaggedSpan("colour", 14, 17)]
    amounts = tuple(AnnotatedExample("ask", n, (ExampleEntity(0, len(n), "amount", n),)) for n in ("two", "7"))
    finder = EntityFinder(replace(data, examples=data.examples + amounts), tagging=lambda _: spans)
    assert found(finder, "twenty two of six") == [("amount", "22", None)]


PIECES = st.sampled_from(
    [
        "<EMAIL_ADDRESS_1>",
        "M",
        "to",
        "L",
        "size",
        "12",
        "dark",
        "blue",
        "5'10",
        "stone",
        "instead of",
        "\U0001f600",
        "'",
        "-",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map(" ".join)))
def test_entities_lie_in_the_text_and_never_overlap(finder: EntityFinder, text: str) -> None:
    entities = finder.find(ScrubbedText(text))
    ends = [0, *(e.end for e in entities)]
    assert all(end <= e.start < e.end <= len(text) for end, e in zip(ends, entities, strict=False))
    assert all(e.value for e in entities)
