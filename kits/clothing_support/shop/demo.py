"""The demo shop: Fernhill's tables behind the shop interface, with relative days turned into dates from `today`."""

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from .catalogue import Catalogue
from .demo_store import DemoStore
from .interface import (
    Discount,
    Garment,
    GiftCard,
    Membership,
    Order,
    OrderLine,
    Product,
    ProductQuery,
    Return,
    Shipment,
    ShopRefused,
    StockLine,
)
from .proof import email_matches, gift_card_number, member_number, order_number, plain_code, proof_matches
from .rules import CHANGEABLE_STATES, gift_card_until, reason_kind, return_problem
from .words import one_slip


class DemoShop:
    """Fernhill as it stands on one day; shops of several days may share a store."""

    def __init__(self, today: date, store: DemoStore | None = None) -> None:
        self._today = today
        self._store = store or DemoStore()

    def find_order(self, number: str, proof: str) -> Order | None:
        """See `Shop.find_order`."""
        sql = "SELECT orders.*, email FROM orders JOIN customers USING (customer_id) WHERE order_number = ?"
        for row in self._store.rows(sql, order_number(number)):
            if proof_matches(proof, email=row["email"], postcode=row["delivery_postcode"]):
                return self._order(row)
        return None

    def products(self, query: ProductQuery) -> tuple[Product, ...]:
        """See `Shop.products`."""
        return _catalogue(self._store).search(query, self.stock)

    def product_named(self, text: str, *, range: str = "") -> tuple[Product, ...]:  # noqa: A002  (the shop's own word)
        """See `Shop.product_named`."""
        return _catalogue(self._store).named(text, range=range)

    def all_products(self) -> tuple[Product, ...]:
        """Return the whole catalogue."""
        return _catalogue(self._store).products

    def vocabulary(self) -> frozenset[str]:
        """See `Shop.vocabulary`."""
        return _catalogue(self._store).vocabulary

    def stock(self, product: Product, *, size: str = "", colour: str = "") -> tuple[StockLine, ...]:
        """See `Shop.stock`."""
        sql = "SELECT * FROM stock WHERE product_id = ? AND (? IN ('', size)) AND (? IN ('', colour)) ORDER BY rowid"
        rows = self._store.rows(sql, product.id, size, colour)
        return tuple(StockLine(row["product_id"], row["colour"], row["size"], int(row["quantity"])) for row in rows)

    def garments(self, product: Product) -> tuple[Garment, ...]:
        """See `Shop.garments`."""
        rows = self._store.rows("SELECT * FROM garments WHERE product_id = ? ORDER BY rowid", product.id)
        return tuple(
            Garment(row["product_id"], row["size"], *(float(value) if value else None for value in tuple(row)[2:]))
            for row in rows
        )

    def create_return(self, order: Order, lines: Sequence[int], reason: str) -> tuple[Return, ...]:
        """See `Shop.create_return`."""
        with self._store.transaction() as connection:
            current = self._order(_order_row(connection, order.number))
            chosen = [line for line in current.lines if line.number in set(lines)]
            if not chosen:
                raise ShopRefused("unknown_line")
            for line in chosen:
                if problem := return_problem(current, line, self._today, reason=reason):
                    raise ShopRefused(problem, line.product)
            for line in chosen:
                _insert_return(connection, order.number, line, (reason_kind(reason), self._today))
            return self._returns(order.number)[-len(chosen) :]

    def cancel_order(self, order: Order) -> Order:
        """See `Shop.cancel_order`."""
        marks = ", ".join("?" for _ in CHANGEABLE_STATES)
        sql = f"UPDATE orders SET state = 'cancelled' WHERE order_number = ? AND state IN ({marks})"  # noqa: S608  (only marks)
        with self._store.transaction() as connection:
            changed = connection.execute(sql, (order.number, *CHANGEABLE_STATES)).rowcount
            current = self._order(_order_row(connection, order.number))
            if not changed:
                raise ShopRefused("already_cancelled" if current.state == "cancelled" else "too_late")
            return current

    def set_stock_alert(self, product: Product, *, size: str, colour: str, email: str) -> bool:
        """See `Shop.set_stock_alert`; the demo only remembers it."""
        values = (product.id, size, colour, email.strip().casefold())
        with self._store.transaction() as connection:
            return connection.execute("INSERT OR IGNORE INTO alerts VALUES (?, ?, ?, ?)", values).rowcount > 0

    def gift_card(self, number: str, email: str) -> GiftCard | None:
        """See `Shop.gift_card`."""
        for row in self._store.rows("SELECT * FROM gift_cards WHERE number = ?", gift_card_number(number)):
            if email_matches(email, row["bought_by"], row["sent_to"]):
                return GiftCard(Decimal(row["balance_gbp"]), gift_card_until(self._day(row["bought_day"])))
        return None

    def membership(self, number: str) -> Membership | None:
        """See `Shop.membership`."""
        digits = member_number(number)
        rows = self._store.rows("SELECT points FROM customers WHERE member_number = ?", digits) if digits else []
        return Membership(int(rows[0]["points"])) if rows else None

    def send_points(self, email: str) -> None:
        """See `Shop.send_points`; the demo only remembers it."""
        self._send("points", email, "SELECT email FROM customers WHERE member_number != ''")

    def discount(self, code: str) -> Discount | None:
        """See `Shop.discount`."""
        wanted = plain_code(code)
        known = [self._discount(row) for row in self._store.rows("SELECT * FROM discounts")]
        exact = [each for each in known if plain_code(each.code) == wanted]
        near = [each for each in known if not each.personal and one_slip(plain_code(each.code), wanted)]
        return next(iter((*exact, *near)), None)

    def send_reset_link(self, email: str) -> None:
        """See `Shop.send_reset_link`; the demo only remembers it."""
        self._send("reset link", email, "SELECT email FROM customers")

    def _send(self, kind: str, email: str, known: str) -> None:
        if any(email_matches(email, row["email"]) for row in self._store.rows(known)):
            with self._store.transaction() as connection:
                connection.execute("INSERT INTO letters VALUES (?, ?)", (kind, email))

    def _discount(self, row: sqlite3.Row) -> Discount:
        return Discount(
            code=row["code"],
            kind=row["kind"],
            percent=int(row["percent"]),
            personal=row["personal"] == "yes",
            used=row["used"] == "yes",
            first_order=row["first_order"] == "yes",
            minimum=Decimal(row["minimum_gbp"]) if row["minimum_gbp"] else None,
            ends_on=self._maybe_day(row["end_day"]),
        )

    def hand_over(self, reason: str, summary: str) -> None:
        """See `Shop.hand_over`; the demo only remembers it."""
        with self._store.transaction() as connection:
            connection.execute("INSERT INTO handovers VALUES (?, ?)", (reason, summary))

    def _order(self, row: sqlite3.Row) -> Order:
        number = row["order_number"]
        return Order(
            number=number,
            state=row["state"],
            placed_on=self._day(row["placed_day"]),
            service=row["service"],
            country=row["country"],
            delivery_price=Decimal(row["delivery_price_gbp"]),
            total=Decimal(row["total_gbp"]),
            payment=row["payment"],
            lines=self._lines(number),
            shipment=self._shipment(number),
            returns=self._returns(number),
        )

    def _lines(self, number: str) -> tuple[OrderLine, ...]:
        known = _catalogue(self._store).by_id
        rows = self._store.rows(
            "SELECT * FROM order_lines WHERE order_number = ? ORDER BY CAST(line AS INTEGER)", number
        )
        return tuple(_line(row, known[row["product_id"]]) for row in rows)

    def _shipment(self, number: str) -> Shipment | None:
        for row in self._store.rows("SELECT * FROM shipments WHERE order_number = ?", number):
            return Shipment(
                carrier=row["carrier"],
                tracking_number=row["tracking_number"],
                shipped_on=self._day(row["shipped_day"]),
                expected_on=self._delivery_day(row["expected_day"]),
                delivered_on=self._maybe_day(row["delivered_day"]),
                last_scan=row["last_scan"],
                last_scan_on=self._day(row["last_scan_day"]),
            )
        return None

    def _returns(self, number: str) -> tuple[Return, ...]:
        rows = self._store.rows("SELECT * FROM returns WHERE order_number = ? ORDER BY rowid", number)
        return tuple(self._return(row) for row in rows)

    def _return(self, row: sqlite3.Row) -> Return:
        return Return(
            number=row["return_number"],
            line=int(row["line"]),
            quantity=int(row["quantity"]),
            reason=str(row["reason"]).partition(":")[0],
            state=row["state"],
            created_on=date.fromisoformat(row["created_on"]) if row["created_on"] else self._day(row["created_day"]),
            received_on=self._maybe_day(row["received_day"]),
            refunded_on=self._maybe_day(row["refunded_day"]),
            refund=Decimal(row["refund_gbp"]) if row["refund_gbp"] else None,
        )

    def _day(self, days: str) -> date:
        return self._today + timedelta(days=int(days))

    def _maybe_day(self, days: str) -> date | None:
        return self._day(days) if days else None

    def _delivery_day(self, days: str) -> date:
        """Move a coming Sunday to Monday: the tables know no weekdays, and nothing is delivered on Sundays."""
        day = self._day(days)
        return day + timedelta(days=1) if day > self._today and day.weekday() == 6 else day


@lru_cache(maxsize=8)
def _catalogue(store: DemoStore) -> Catalogue:
    return Catalogue(_product(row) for row in store.rows("SELECT * FROM products ORDER BY rowid"))


def _product(row: sqlite3.Row) -> Product:
    full_price = Decimal(row["price_gbp"])
    return Product(
        id=row["product_id"],
        name=row["name"],
        category=row["category"],
        range=row["range"],
        fabric=row["fabric"],
        fit=row["fit"],
        size_scale=row["size_scale"],
        colours=tuple(row["colours"].split("|")),
        price=Decimal(row["sale_price_gbp"]) if row["sale_price_gbp"] else full_price,
        full_price=full_price,
        description=row["description"],
    )


def _line(row: sqlite3.Row, product: Product) -> OrderLine:
    price = Decimal(row["unit_price_gbp"])
    return OrderLine(
        number=int(row["line"]),
        product_id=product.id,
        product=product.name,
        category=product.category,
        colour=row["colour"],
        size=row["size"],
        quantity=int(row["quantity"]),
        unit_price=price,
        reduced=price < product.full_price,
    )


def _order_row(connection: sqlite3.Connection, number: str) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute("SELECT * FROM orders WHERE order_number = ?", (number,)).fetchone()
    if row is None:
        raise ShopRefused("unknown_order")
    return row


def _insert_return(connection: sqlite3.Connection, number: str, line: OrderLine, made: tuple[str, date]) -> None:
    kind, created_on = made
    last = connection.execute("SELECT MAX(CAST(SUBSTR(return_number, 3) AS INTEGER)) FROM returns").fetchone()[0]
    values = (f"R-{last + 1}", number, line.number, line.quantity, kind, "created", created_on.isoformat())
    sql = (
        "INSERT INTO returns (return_number, order_number, line, quantity, reason, state, created_on, received_day,"
        " refunded_day, refund_gbp) VALUES (?, ?, ?, ?, ?, ?, ?, '', '', '')"
    )
    connection.execute(sql, values)
