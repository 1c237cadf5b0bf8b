"""What every shop promises, run against the demo shop and against the HTTP shop in front of one."""

import dataclasses
import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest

from clothing_support.shop import GiftCard, Membership, Order, ProductQuery, Shop, ShopRefused, ShopUnavailable
from clothing_support.shop.demo import DemoShop
from clothing_support.shop.http import HttpShop
from clothing_support.shop.wire import to_json

Answer = tuple[int, object]


def _answer(shop: DemoShop, path: list[str], query: dict[str, str], body: dict[str, object]) -> Answer:
    """Serve the documented addresses from a demo shop."""
    by_id = {product.id: product for product in shop.all_products()}
    if path == ["products"]:
        return 200, list(by_id.values())
    if path[0] == "products" and path[2] == "stock":
        return 200, shop.stock(by_id[path[1]], **query)
    if path[0] == "products" and path[2] == "alerts":
        told = {name: str(value) for name, value in body.items()}
        return (201 if shop.set_stock_alert(by_id[path[1]], **told) else 200), {}
    if path[0] == "products":
        return 200, shop.garments(by_id[path[1]])
    if path[-1] == "lookup":
        return _looked_up(shop, path[0], {name: str(value) for name, value in body.items()})
    if path in (["members", "points"], ["accounts", "reset"]):
        {"members": shop.send_points, "accounts": shop.send_reset_link}[path[0]](str(body["email"]))
        return 204, None
    if path == ["handovers"]:
        shop.hand_over(str(body["reason"]), str(body["summary"]))
        return 204, None
    return _change(shop, path, body)


def _looked_up(shop: DemoShop, kind: str, body: dict[str, str]) -> Answer:
    look: dict[str, Callable[..., object]] = {
        "orders": shop.find_order,
        "gift-cards": shop.gift_card,
        "members": shop.membership,
        "discounts": shop.discount,
    }
    found = look[kind](**body)
    return (404, {}) if found is None else (200, found)


def _change(shop: DemoShop, path: list[str], body: dict[str, object]) -> Answer:
    order = Order(path[1], "", date.min, "", "", Decimal(0), Decimal(0), "", ())
    try:
        if path[2] == "cancel":
            return 200, shop.cancel_order(order)
        lines = body["lines"]
        assert isinstance(lines, list)
        return 201, shop.create_return(order, lines, str(body["reason"]))
    except ShopRefused as refusal:
        return 409, {"code": refusal.code, "item": refusal.item}


@contextmanager
def serving(answer: Callable[[list[str], dict[str, str], dict[str, object]], Answer]) -> Iterator[str]:
    """Run a small server and yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            status, data = answer(parts.path.strip("/").split("/"), dict(parse_qsl(parts.query)), body)
            content = b"" if data is None else json.dumps(to_json(data)).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815  (the name http.server calls)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name http.server calls)
            """Keep the test output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(params=["demo", "http"])
def any_shop(request: pytest.FixtureRequest, shop: DemoShop) -> Iterator[Shop]:
    if request.param == "demo":
        yield shop
    else:
        with serving(lambda path, query, body: _answer(shop, path, query, body)) as url:
            yield HttpShop(url)


@pytest.mark.parametrize("number", ["1043", "FH-1043", "#1043", "fh1043", " order FH 1043 ", "Order number: 1043"])
@pytest.mark.parametrize("proof", ["BS6 5QA", "bs65qa", " BS6  5qa ", "Maya.Lindqvist@Example.com"])
def test_an_order_is_found_by_number_and_proof(any_shop: Shop, number: str, proof: str) -> None:
    order = any_shop.find_order(number, proof)
    assert order is not None
    assert (order.number, order.state) == ("1043", "shipped")
    assert [line.product for line in order.lines] == ["Harbour Linen Shirt", "Tideline Leather Belt"]
    assert order.shipment is not None
    assert order.shipment.shipped_on == date(2026, 11, 20)
    assert order.total == Decimal("96.00")


@pytest.mark.parametrize(
    ("number", "proof"),
    [
        ("1043", "BS6 5QB"), ("1043", ""), ("1043", "@"), ("9999", "BS6 5QA"), ("", "BS6 5QA"), ("10430", "BS6 5QA"),
        ("1043' OR '1'='1", "BS6 5QA"), ("1043", "' OR ''='"), ("1" * 10_000, "x" * 10_000), ("١٠٤٣", "BS6 5QA"),
        ("1043", "%"), ("1043", "\ud800"), ("1043\x00", "BS6 5QA"),
    ],
)  # fmt: skip
def test_a_wrong_number_and_a_wrong_proof_look_the_same(any_shop: Shop, number: str, proof: str) -> None:
    assert any_shop.find_order(number, proof) is None


def test_an_order_carries_no_personal_data(any_shop: Shop, personal_data: frozenset[str]) -> None:
    shown = json.dumps(to_json(any_shop.find_order("1043", "BS6 5QA")))
    assert not [secret for secret in personal_data if secret in shown]


def test_products_are_found_by_name_and_by_filter(any_shop: Shop) -> None:
    (shirt,) = any_shop.product_named("harbor linen shirt")
    assert (shirt.id, shirt.price) == ("P101", Decimal("58.00"))
    assert {product.range for product in any_shop.product_named("linen shirt")} == {"men", "women", "children"}
    assert [product.id for product in any_shop.product_named("linen shirt", range="men")] == ["P101"]
    assert any_shop.product_named("leather shoes") == ()
    cheap = any_shop.products(ProductQuery(categories=frozenset({"coat"}), max_price=Decimal(60)))
    assert {product.id for product in cheap} == {"P205"}
    assert "P101" not in {product.id for product in any_shop.products(ProductQuery(colour="pink"))}


def test_stock_and_measurements(any_shop: Shop) -> None:
    (shirt,) = any_shop.product_named("Harbour Linen Shirt")
    assert [line.quantity for line in any_shop.stock(shirt, size="M", colour="navy")] == [0]
    assert len(any_shop.stock(shirt, size="M")) == len(shirt.colours)
    chests = {garment.size: garment.chest for garment in any_shop.garments(shirt)}
    assert chests["M"] == 113.0
    assert list(chests) == ["XS", "S", "M", "L", "XL", "2XL", "3XL"]


def test_a_return_is_made_once(any_shop: Shop) -> None:
    order = any_shop.find_order("1006", "OX4 1UT")
    assert order is not None
    made = any_shop.create_return(order, [1, 2], "too small")
    assert [item.number for item in made] == ["R-5036", "R-5037"]
    assert {item.created_on for item in made} == {date(2026, 11, 22)}
    with pytest.raises(ShopRefused) as refusal:
        any_shop.create_return(order, [1], "too small")
    assert refusal.value.code == "already_returned"
    again = any_shop.find_order("1006", "OX4 1UT")
    assert again is not None
    assert len(again.returns) == 2


def test_a_refused_line_leaves_no_half_return(any_shop: Shop) -> None:
    order = any_shop.find_order("1034", "S11 8YA")
    assert order is not None
    with pytest.raises(ShopRefused):
        any_shop.create_return(order, [2, 1], "changed my mind")
    again = any_shop.find_order("1034", "S11 8YA")
    assert again is not None
    assert len(again.returns) == len(order.returns) == 1


@pytest.mark.parametrize("number", ["1005", "1012", "1019"])
def test_an_order_is_cancelled_until_it_is_packed(any_shop: Shop, postcodes: dict[str, str], number: str) -> None:
    order = any_shop.find_order(number, postcodes[number])
    assert order is not None
    assert any_shop.cancel_order(order).state == "cancelled"
    with pytest.raises(ShopRefused) as refusal:
        any_shop.cancel_order(order)
    assert refusal.value.code == "already_cancelled"


@pytest.mark.parametrize("number", ["1021", "1043", "1006", "1024", "1013", "1015", "1003"])
def test_an_order_is_not_cancelled_later(any_shop: Shop, postcodes: dict[str, str], number: str) -> None:
    order = any_shop.find_order(number, postcodes[number])
    assert order is not None
    with pytest.raises(ShopRefused) as refusal:
        any_shop.cancel_order(order)
    assert refusal.value.code == "too_late"


def test_of_eight_threads_exactly_one_cancels(any_shop: Shop) -> None:
    order = any_shop.find_order("1005", "BD9 4JR")
    assert order is not None
    barrier = threading.Barrier(8)

    def attempt(_: int) -> bool:
        barrier.wait()
        try:
            return any_shop.cancel_order(order).state == "cancelled"
        except ShopRefused:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(attempt, range(8))) == [False] * 7 + [True]


def test_a_hand_over_is_told(any_shop: Shop, shop: DemoShop) -> None:
    any_shop.hand_over("complaint", "conversation c-1")
    rows = shop._store.rows("SELECT * FROM handovers")
    assert [tuple(row) for row in rows] == [("complaint", "conversation c-1")]


def test_an_alert_is_new_once(any_shop: Shop) -> None:
    (shirt,) = any_shop.product_named("Harbour Linen Shirt")
    wishes = [("M", "navy", "jo@example.com"), ("M", "navy", "jo@example.com"), ("M", "", "jo@example.com")]
    set_now = [any_shop.set_stock_alert(shirt, size=s, colour=c, email=mail) for s, c, mail in wishes]
    assert set_now == [True, False, True]


def test_cards_members_and_codes_are_looked_up(any_shop: Shop) -> None:
    card = any_shop.gift_card("gc 4410 8129 06", "seun.adebayo@example.com")
    assert card == GiftCard(Decimal("37.50"), date(2028, 1, 26))
    assert any_shop.gift_card("GC4410812906", "tom.ashworth@example.org") is None
    assert any_shop.membership("fc2041877") == Membership(312)
    assert any_shop.membership("FC0000000") is None
    code = any_shop.discount("welcom10")
    assert code is not None
    assert (code.code, code.minimum, code.first_order) == ("WELCOME10", Decimal("40.00"), True)
    assert any_shop.discount("STU-7KQ4XN") is None


def test_letters_go_to_those_who_are_known(any_shop: Shop, shop: DemoShop) -> None:
    for mail in ("maya.lindqvist@example.com", "nobody@example.com"):
        any_shop.send_points(mail)
        any_shop.send_reset_link(mail)
    sent = [tuple(row) for row in shop._store.rows("SELECT * FROM letters")]
    assert sent == [("points", "maya.lindqvist@example.com"), ("reset link", "maya.lindqvist@example.com")]


def test_no_answer_is_unavailable() -> None:
    with pytest.raises(ShopUnavailable):
        HttpShop("http://127.0.0.1:9", timeout=0.5).find_order("1043", "BS6 5QA")


@pytest.mark.parametrize(
    ("status", "data"),
    [(500, {}), (401, {}), (200, []), (200, "no"), (200, {"number": "1043"}), (200, None), (200, {"number": 1})],
)
def test_an_unusable_answer_is_unavailable(status: int, data: object) -> None:
    with serving(lambda path, query, body: (status, data)) as url, pytest.raises(ShopUnavailable):
        HttpShop(url).find_order("1043", "BS6 5QA")


def test_an_order_survives_the_wire(shop: DemoShop) -> None:
    order = shop.find_order("1100", "HS1 2XG")
    assert order is not None
    with serving(lambda path, query, body: (200, order)) as url:
        received = HttpShop(url).find_order("1100", "HS1 2XG")
    assert received == order
    assert received is not None
    assert dataclasses.replace(received, state="x") != order
