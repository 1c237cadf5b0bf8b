"""Orders, tracking, returns, refunds and handing over, as a customer would be told."""

import json
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clothing_support import tools
from clothing_support.shop import ShopUnavailable

Context = dict[str, object]
BY_ORDER: list[Callable[..., dict[str, object]]] = [
    tools.find_order, tools.track_shipment, tools.cancel_order, tools.change_address, tools.refund_status,
]  # fmt: skip


def test_an_order_is_summed_up(context: Context) -> None:
    facts = tools.find_order("1043", "bs6 5qa", context=context)
    expected = {
        "order_found": True,
        "order_state": "shipped",
        "order_summary": "Harbour Linen Shirt in navy, size M, and 1 more item",
        "order_items": ["Harbour Linen Shirt, navy, M", "Tideline Leather Belt, tan, 34"],
        "item_count": 2,
        "order_total": "£96",
        "placed_on": "Thursday 19 November",
        "can_cancel": False,
        "can_return": False,
        "return_problem": "not_delivered",
        "return_by": None,
    }
    assert {key: facts[key] for key in expected} == expected
    assert "return_item" not in facts


def test_the_last_day_for_a_return_is_named(context: Context) -> None:
    facts = tools.find_order("1006", "OX4 1UT", context=context)
    assert (facts["can_return"], facts["return_by"]) == (True, "Sunday 22 November")
    tomorrow = context | {"now": "2026-11-21T23:59:00-02:00"}
    assert tools.find_order("1006", "OX4 1UT", context=tomorrow)["return_by"] == "Sunday 22 November"


def test_the_only_item_is_the_one_to_return(context: Context) -> None:
    assert tools.find_order("1042", "CB1 3NE", context=context)["return_item"] == "Beacon Fleece Top, teal, M"


@pytest.mark.parametrize("tool", BY_ORDER)
def test_a_wrong_proof_finds_nothing(context: Context, tool: Callable[..., dict[str, object]]) -> None:
    wrong, unknown = tool("1043", "BS1 1AA", context=context), tool("9999", "BS6 5QA", context=context)
    assert wrong == unknown
    assert wrong["order_found"] is False


@pytest.mark.parametrize(
    ("number", "state", "parts"),
    [
        ("1005", "placed", ["placed today, Sunday 22 November", "1 working day"]),
        ("1012", "paid", ["placed yesterday, Saturday 21 November", "waiting to be packed"]),
        ("1021", "packing", ["is being packed"]),
        ("1043", "shipped", ["left our warehouse on Friday 20 November", "FH920696874GB", "by Tuesday 24 November"]),
        ("1079", "shipped", ["ready to collect at 14 Park Row, Bristol", "14 days"]),
        ("1011", "out_for_delivery", ["out for delivery with Royal Mail Tracked 48", "Bangor today."]),
        ("1006", "delivered", ["was delivered on Friday 23 October"]),
        ("1022", "delivered", ["was collected at 14 Park Row, Bristol on Monday 2 November"]),
        ("1024", "delayed", ["is delayed", "Belfast", "was expected by Thursday 19 November", "no new date"]),
        ("1015", "returned", ["came back to us on Wednesday 18 November", "5 working days"]),
        ("1094", "returned", ["on its way back to us", "Three attempts made"]),
        ("1003", "refunded", ["£165", "Wednesday 21 October"]),
        ("1062", "refunded", ["has been refunded"]),
        ("1009", "cancelled", ["is cancelled"]),
        ("1019", "payment_failed", ["did not come through", "another payment method"]),
        ("1013", "lost", ["counts as lost", "send it again or refund you", "over £150"]),
    ],
)
def test_every_state_is_told(
    context: Context, postcodes: dict[str, str], number: str, state: str, parts: list[str]
) -> None:
    facts = tools.track_shipment(number, postcodes[number], context=context)
    assert facts["order_state"] == state
    assert [part for part in parts if part not in str(facts["status_text"])] == []


def test_late_and_lost_are_marked(context: Context, postcodes: dict[str, str]) -> None:
    def marks(number: str) -> tuple[object, ...]:
        facts = tools.track_shipment(number, postcodes[number], context=context)
        return facts["is_late"], facts["lost"], facts["needs_person"], facts["expected_on"]

    assert marks("1043") == (False, False, False, "Tuesday 24 November")
    assert marks("1024") == (True, False, False, None)
    assert marks("1013") == (False, True, True, None)
    assert marks("1072") == (False, True, False, None)
    assert marks("1079") == (False, False, False, None)


def test_no_order_makes_a_tool_speak_of_a_person(
    context: Context, postcodes: dict[str, str], personal_data: frozenset[str]
) -> None:
    told = json.dumps(
        [tool(number, proof, context=context) for number, proof in postcodes.items() for tool in BY_ORDER],
        ensure_ascii=False,
    )
    assert len(told) > 100_000
    assert [secret for secret in personal_data if secret in told] == []


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1066", "Your card has not been charged"),
        ("1105", "Your card has not been charged"),
        ("1078", "goes back to PayPal"),
        ("1019", "No payment had come through"),
    ],
)
def test_cancelling_says_what_happens_to_the_money(
    context: Context, postcodes: dict[str, str], number: str, text: str
) -> None:
    facts = tools.cancel_order(number, postcodes[number], context=context)
    assert facts["cancelled"] is True
    assert text in str(facts["cancel_text"])
    again = tools.cancel_order(number, postcodes[number], context=context)
    assert (again["cancelled"], "already cancelled" in str(again["cancel_text"])) == (False, True)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1021", "is being packed"), ("1043", "refuse the parcel"), ("1011", "refuse the parcel"),
        ("1024", "refuse the parcel"), ("1006", "You can return it by today"), ("1001", "has passed as well"),
        ("1015", "already a return"), ("1003", "already been refunded"), ("1013", "counts as lost"),
        ("1009", "already cancelled"),
    ],
)  # fmt: skip
def test_too_late_to_cancel_says_what_to_do(
    context: Context, postcodes: dict[str, str], number: str, text: str
) -> None:
    facts = tools.cancel_order(number, postcodes[number], context=context)
    assert facts["cancelled"] is False
    assert text in str(facts["cancel_text"])


def test_of_eight_conversations_one_cancels(context: Context) -> None:
    barrier = threading.Barrier(8)

    def attempt(_: int) -> object:
        barrier.wait()
        return tools.cancel_order("1005", "BD9 4JR", context=context)["cancelled"]

    with ThreadPoolExecutor(8) as pool:
        assert sorted(map(bool, pool.map(attempt, range(8)))) == [False] * 7 + [True]


@pytest.mark.parametrize(
    ("number", "can_change", "text"),
    [
        ("1005", True, "A colleague"), ("1019", True, "A colleague"), ("1021", False, "is being packed"),
        ("1043", False, "is on its way"), ("1006", False, "already been delivered"), ("1009", False, "is cancelled"),
        ("1013", False, "counts as lost"),
    ],
)  # fmt: skip
def test_an_address_changes_before_packing(
    context: Context, postcodes: dict[str, str], number: str, can_change: bool, text: str
) -> None:
    facts = tools.change_address(number, postcodes[number], context=context)
    assert facts["can_change"] is can_change
    assert text in str(facts["change_text"])


def test_a_return_is_created(context: Context) -> None:
    facts = tools.create_return("1006", "OX4 1UT", "the poplin shirt", "too small", context=context)
    assert (facts["return_created"], facts["return_number"]) == (True, "R-5036")
    text = str(facts["return_text"])
    wanted = ("prepaid return label", "InPost locker", "by today, Sunday 22 November", "5 working days", "Klarna plan")
    assert [part for part in wanted if part not in text] == []


@pytest.mark.parametrize(
    ("number", "item", "reason", "problem"),
    [
        ("1043", "shirt", "too small", "not_delivered"),
        ("1005", "all", "too small", "not_delivered"),
        ("1009", "skirt", "too small", "order_cancelled"),
        ("1019", "jacket", "too small", "order_unpaid"),
        ("1013", "coat", "too small", "order_lost"),
        ("1015", "jeans", "too small", "already_returned"),
        ("1034", "shirt dress", "too small", "already_returned"),
        ("1036", "jacket", "too small", "refused_before"),
        ("1018", "linen shirt", "too small", "window_closed"),
        ("1040", "grandad shirt", "too small", "sale_window_closed"),
        ("1075", "trunks", "I opened the pack and they are too tight", "opened_pack"),
        ("1042", "fleece", "washed it and do not like it", "worn_or_washed"),
        ("1001", "cardigan", "faulty, a hole in the sleeve", "fault_window_closed"),
        ("1006", "it", "too small", "which_item"),
        ("1006", "", "too small", "which_item"),
        ("9999", "all", "too small", "not_found"),
    ],
)
def test_a_return_is_refused_with_a_reason(
    context: Context, postcodes: dict[str, str], number: str, item: str, reason: str, problem: str
) -> None:
    facts = tools.create_return(number, postcodes.get(number, "x"), item, reason, context=context)
    assert (facts["return_created"], facts["return_problem"]) == (False, problem)
    assert str(facts["return_text"]).endswith((".", "?"))
    assert "{" not in str(facts["return_text"])


@pytest.mark.parametrize(
    ("number", "item", "reason", "part"),
    [
        ("1018", "linen shirt", "there is a hole in it", "photo"),
        ("1075", "trunks", "too small, not opened", "The pack has to be unopened."),
        ("1092", "raincoat", "too big", "the sender pays the postage"),
        ("1092", "raincoat", "faulty zip, seam open", "we pay for sending it"),
        ("1025", "everything", "changed my mind", "Returns R-5036, R-5037 and R-5038 are created"),
    ],
)
def test_a_return_follows_the_rules(
    context: Context, postcodes: dict[str, str], number: str, item: str, reason: str, part: str
) -> None:
    facts = tools.create_return(number, postcodes[number], item, reason, context=context)
    assert facts["return_created"] is True
    assert part in str(facts["return_text"])


@pytest.mark.parametrize(
    ("number", "late", "text"),
    [
        ("1076", True, "is late"), ("1015", False, "made by Wednesday 25 November"),
        ("1035", False, "on its way to us"), ("1003", False, "£165"), ("1061", False, "could not be accepted"),
        ("1009", False, "nothing to pay back"), ("1019", False, "No payment"), ("1043", False, "no return"),
        ("1062", False, "has been refunded"), ("1094", False, "on its way back"), ("1046", False, "Klarna plan"),
    ],
)  # fmt: skip
def test_refunds_are_followed(context: Context, postcodes: dict[str, str], number: str, late: bool, text: str) -> None:
    facts = tools.refund_status(number, postcodes[number], context=context)
    assert facts["refund_late"] is late
    assert text in str(facts["refund_text"])


@pytest.mark.parametrize(
    ("now", "live", "part"),
    [
        ("2026-11-20T12:00:00Z", True, "0117 496 0123 until 17:00"),
        ("2026-11-22T12:00:00Z", True, "until 20:00 UK time."),
        ("2026-11-22T20:00:00Z", False, "8:00 tomorrow"),
        ("2026-11-22T07:59:00Z", False, "8:00 today"),
        ("2026-07-01T07:00:00Z", True, "until 20:00"),
        ("2026-07-01T19:00:00Z", False, "8:00 tomorrow"),
        ("2026-03-29T00:59:00Z", False, "8:00 today"),
    ],
)
def test_a_person_answers_in_opening_hours(context: Context, now: str, live: bool, part: str) -> None:
    facts = tools.hand_over("asked for a person", context=context | {"now": now})
    assert (facts["handoff"], facts["handoff_live"]) == (True, live)
    assert part in str(facts["handoff_text"])


AWKWARD = st.one_of(
    st.text(max_size=80),
    st.sampled_from(["", "x" * 10_000, "' OR 1=1; --", "\ud800", "\x00", "{order}", "1043", "BS6 5QA", "M", "178"]),
)


@given(one=AWKWARD, two=AWKWARD, three=AWKWARD, four=AWKWARD)
@settings(max_examples=40, deadline=None)
def test_no_input_makes_a_tool_fail(one: str, two: str, three: str, four: str) -> None:
    context: Mapping[str, object] = {"conversation_id": "c", "now": "2026-11-22T12:00:00Z", "settings": {}}
    answers = [tool(one, two, context=context) for tool in BY_ORDER]
    answers += [
        tools.create_return(one, two, three, four, context=context),
        tools.create_return("1006", "OX4 1UT", three, four, context=context),
        tools.check_stock(one, two, three, context=context),
        tools.check_stock("harbour linen shirt", two, three, context=context),
        tools.search_products(one, two, three, four, context=context),
        tools.recommend_size(one, two, three, four, context=context),
        tools.recommend_size("harbour linen shirt", two, three, four, context=context),
        tools.hand_over(one, context=context),
    ]
    assert json.dumps(answers)


def test_a_silent_shop_is_not_hidden(context: Context) -> None:
    silent = {"shop": {"kind": "http", "url": "http://127.0.0.1:9", "timeout": 0.5}}
    with pytest.raises(ShopUnavailable):
        tools.find_order("1043", "BS6 5QA", context=context | {"settings": silent})


@pytest.mark.parametrize("now", ["", "yesterday", "2026-13-01"])
def test_an_unreadable_clock_falls_back_to_the_present(context: Context, now: str) -> None:
    assert tools.find_order("1043", "BS6 5QA", context=context | {"now": now})["order_found"] is True
