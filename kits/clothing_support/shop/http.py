"""A real shop behind a small JSON HTTP API; a shop that offers these addresses can be plugged in.

Records are the dataclasses of `interface.py` with their field names, dates as `2026-11-22`, money as `"58.00"`.
Every request carries `Authorization: Bearer TOKEN` where a token is configured.

    GET  /products                      200 [Product, ...]             the whole catalogue, asked for every five minutes
    GET  /products/{id}/stock           200 [StockLine, ...]           query: size, colour (both optional, exact)
    GET  /products/{id}/garments        200 [Garment, ...]             smallest size first
    POST /orders/lookup                 200 Order, or 404              {"number", "proof"}; 404 for a wrong proof too
    POST /orders/{number}/returns       201 [Return, ...], or 409      {"lines": [1, 2], "reason"}
    POST /orders/{number}/cancel        200 Order, or 409              {}
    POST /products/{id}/alerts          201 new, 200 set already       {"size", "colour", "email"}
    POST /gift-cards/lookup             200 GiftCard, or 404           {"number", "email"}; 404 for a wrong address too
    POST /members/lookup                200 Membership, or 404         {"number"}
    POST /members/points                204, whoever it is             {"email"}
    POST /discounts/lookup              200 Discount, or 404           {"code"}
    POST /accounts/reset                204, whoever it is             {"email"}
    POST /handovers                     204                            {"reason", "summary"}

A refusal is `409 {"code", "item"}` with a code of `rules.py` (window_closed, too_late, ...). The lookup is a POST so
that a proof stands in no access log. Failed connections are tried again; a request that was sent is never repeated.
"""

import json
import os
import threading
import time
from collections.abc import Mapping, Sequence
from typing import TypeVar
from urllib.parse import quote

import httpx

from .catalogue import Catalogue
from .interface import (
    Discount,
    Garment,
    GiftCard,
    Membership,
    Order,
    Product,
    ProductQuery,
    Return,
    ShopRefused,
    ShopUnavailable,
    StockLine,
)
from .proof import gift_card_number, member_number, order_number
from .wire import from_json

_CONNECT_RETRIES = 2
_CATALOGUE_SECONDS = 300.0
_CREATED, _NOT_FOUND, _CONFLICT = 201, 404, 409

Record = TypeVar("Record")


class HttpShop:
    """A shop reached over HTTP; one connection pool, safe to share between threads."""

    def __init__(self, base_url: str, *, token_env: str = "", timeout: float = 5.0) -> None:
        token = os.environ.get(token_env, "") if token_env else ""
        self._client = httpx.Client(
            base_url=base_url.rstrip("/") + "/",
            headers={"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {}),
            timeout=timeout,
            transport=httpx.HTTPTransport(retries=_CONNECT_RETRIES),
        )
        self._lock = threading.Lock()
        self._known: tuple[float, Catalogue] | None = None

    def find_order(self, number: str, proof: str) -> Order | None:
        """See `Shop.find_order`."""
        digits = order_number(number)
        if not digits or not proof.strip():
            return None
        return self._found(Order, "orders/lookup", {"number": digits, "proof": proof[:254]})

    def products(self, query: ProductQuery) -> tuple[Product, ...]:
        """See `Shop.products`."""
        return self._catalogue().search(query, self.stock)

    def product_named(self, text: str, *, range: str = "") -> tuple[Product, ...]:  # noqa: A002  (the shop's own word)
        """See `Shop.product_named`."""
        return self._catalogue().named(text, range=range)

    def vocabulary(self) -> frozenset[str]:
        """See `Shop.vocabulary`."""
        return self._catalogue().vocabulary

    def stock(self, product: Product, *, size: str = "", colour: str = "") -> tuple[StockLine, ...]:
        """See `Shop.stock`."""
        wanted = {name: value for name, value in (("size", size), ("colour", colour)) if value}
        return _records(StockLine, self._ask("GET", f"products/{quote(product.id, safe='')}/stock", query=wanted))

    def garments(self, product: Product) -> tuple[Garment, ...]:
        """See `Shop.garments`."""
        return _records(Garment, self._ask("GET", f"products/{quote(product.id, safe='')}/garments"))

    def create_return(self, order: Order, lines: Sequence[int], reason: str) -> tuple[Return, ...]:
        """See `Shop.create_return`."""
        body = {"lines": list(lines), "reason": reason}
        return _records(Return, self._ask("POST", f"orders/{quote(order.number, safe='')}/returns", body=body))

    def cancel_order(self, order: Order) -> Order:
        """See `Shop.cancel_order`."""
        return _record(Order, self._ask("POST", f"orders/{quote(order.number, safe='')}/cancel", body={}))

    def set_stock_alert(self, product: Product, *, size: str, colour: str, email: str) -> bool:
        """See `Shop.set_stock_alert`."""
        body = {"size": size, "colour": colour, "email": email[:254]}
        response = self._ask("POST", f"products/{quote(product.id, safe='')}/alerts", body=body)
        _expect_success(response)
        return response.status_code == _CREATED

    def gift_card(self, number: str, email: str) -> GiftCard | None:
        """See `Shop.gift_card`."""
        digits = gift_card_number(number)
        if not digits or not email.strip():
            return None
        return self._found(GiftCard, "gift-cards/lookup", {"number": digits, "email": email[:254]})

    def membership(self, number: str) -> Membership | None:
        """See `Shop.membership`."""
        digits = member_number(number)
        return self._found(Membership, "members/lookup", {"number": digits}) if digits else None

    def send_points(self, email: str) -> None:
        """See `Shop.send_points`."""
        _expect_success(self._ask("POST", "members/points", body={"email": email[:254]}))

    def discount(self, code: str) -> Discount | None:
        """See `Shop.discount`."""
        return self._found(Discount, "discounts/lookup", {"code": code[:60]}) if code.strip() else None

    def send_reset_link(self, email: str) -> None:
        """See `Shop.send_reset_link`."""
        _expect_success(self._ask("POST", "accounts/reset", body={"email": email[:254]}))

    def hand_over(self, reason: str, summary: str) -> None:
        """See `Shop.hand_over`."""
        _expect_success(self._ask("POST", "handovers", body={"reason": reason, "summary": summary}))

    def _catalogue(self) -> Catalogue:
        with self._lock:
            if self._known is None or time.monotonic() - self._known[0] > _CATALOGUE_SECONDS:
                self._known = (time.monotonic(), Catalogue(_records(Product, self._ask("GET", "products"))))
            return self._known[1]

    def _found(self, kind: type[Record], path: str, body: Mapping[str, object]) -> Record | None:
        response = self._ask("POST", path, body=body)
        return None if response.status_code == _NOT_FOUND else _record(kind, response)

    def _ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> httpx.Response:
        try:
            response = self._client.request(
                method, path, params=query, content=None if body is None else json.dumps(body)
            )
        except httpx.HTTPError as error:
            raise ShopUnavailable(f"the shop did not answer: {type(error).__name__}") from error
        if response.status_code == _CONFLICT:
            raise _refusal(response)
        return response


def _refusal(response: httpx.Response) -> ShopRefused:
    data = _data(response)
    if not isinstance(data, Mapping):
        return ShopRefused("unknown")
    return ShopRefused(str(data.get("code", "unknown")), str(data.get("item", "")))


def _data(response: httpx.Response) -> object:
    try:
        data: object = response.json()
    except ValueError as error:
        raise ShopUnavailable("the shop's answer is not JSON") from error
    return data


def _expect_success(response: httpx.Response) -> None:
    if not response.is_success:
        raise ShopUnavailable(f"the shop answered {response.status_code}")


def _record(kind: type[Record], response: httpx.Response) -> Record:
    _expect_success(response)
    try:
        return from_json(kind, _data(response))
    except ValueError as error:
        raise ShopUnavailable(f"the shop's answer is no {kind.__name__}") from error


def _records(kind: type[Record], response: httpx.Response) -> tuple[Record, ...]:
    _expect_success(response)
    data = _data(response)
    if not isinstance(data, list):
        raise ShopUnavailable("the shop's answer is no list")
    try:
        return tuple(from_json(kind, item) for item in data)
    except ValueError as error:
        raise ShopUnavailable(f"the shop's answer holds something that is no {kind.__name__}") from error
