"""What the kit asks of a shop: a typed interface, its records and its three errors.

Records carry no personal data: no name, e-mail address, postcode or street ever leaves a shop through them.
Money is `Decimal` pounds sterling, lengths are centimetres, days are dates in UK time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol


class ShopError(Exception):
    """Anything a shop may raise."""


class ShopUnavailable(ShopError):
    """The shop did not answer, or not in the agreed shape; nothing is known about what was asked."""


class ShopMisconfigured(ShopError):
    """The shop settings of the bot cannot be used."""


class ShopRefused(ShopError):
    """The shop answered and said no.

    Args:
        code: Why, as one of the codes in `rules.py`, or `unknown`.
        item: The article it is about, where it is about one.
    """

    def __init__(self, code: str, item: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.item = item


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One article of an order; `reduced` says that it was bought at a sale price."""

    number: int
    product_id: str
    product: str
    category: str
    colour: str
    size: str
    quantity: int
    unit_price: Decimal
    reduced: bool = False
    personalised: bool = False


@dataclass(frozen=True, slots=True)
class Shipment:
    """A parcel that has left the warehouse; `expected_on` is the last day of the expected delivery."""

    carrier: str
    tracking_number: str
    shipped_on: date
    expected_on: date
    delivered_on: date | None
    last_scan: str
    last_scan_on: date


@dataclass(frozen=True, slots=True)
class Return:
    """One order line on its way back; state is created, in_transit, received, refunded or refused."""

    number: str
    line: int
    quantity: int
    reason: str
    state: str
    created_on: date
    received_on: date | None = None
    refunded_on: date | None = None
    refund: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """An order, shown only to someone who proved to know it; `country` is ISO 3166 with two letters."""

    number: str
    state: str
    placed_on: date
    service: str
    country: str
    delivery_price: Decimal
    total: Decimal
    payment: str
    lines: tuple[OrderLine, ...]
    shipment: Shipment | None = None
    returns: tuple[Return, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """An article; `range` is women, men, children or unisex, `price` what it costs now."""

    id: str
    name: str
    category: str
    range: str
    fabric: str
    fit: str
    size_scale: str
    colours: tuple[str, ...]
    price: Decimal
    full_price: Decimal
    description: str = ""

    @property
    def reduced(self) -> bool:
        """Whether the article is in the sale."""
        return self.price < self.full_price


@dataclass(frozen=True, slots=True)
class StockLine:
    """How many pieces of one product, colour and size can be sold now."""

    product_id: str
    colour: str
    size: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Garment:
    """Finished measurements of one size, after washing, all the way round; None where there is no such measure."""

    product_id: str
    size: str
    chest: float | None = None
    waist: float | None = None
    hip: float | None = None
    length: float | None = None
    sleeve: float | None = None
    inseam: float | None = None


@dataclass(frozen=True, slots=True)
class GiftCard:
    """What is left on a gift card, and the last day on which it can be spent."""

    balance: Decimal
    valid_until: date


@dataclass(frozen=True, slots=True)
class Membership:
    """What a Fern Club member has collected."""

    points: int


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount code; kind is newsletter, student, key_worker or birthday, and a `personal` code serves one person.

    `minimum` is the order value that the code needs, `ends_on` the last day of a code that ends.
    """

    code: str
    kind: str
    percent: int
    personal: bool = False
    used: bool = False
    first_order: bool = False
    minimum: Decimal | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProductQuery:
    """What someone looks for; an empty field does not narrow the search, `prefer` only sorts it."""

    words: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    ranges: frozenset[str] = frozenset()
    fabrics: frozenset[str] = frozenset()
    prefer: frozenset[str] = frozenset()
    colour: str = ""
    size: str = ""
    max_price: Decimal | None = None
    reduced_only: bool = field(default=False)


class Shop(Protocol):
    """A shop the kit can talk to; every method may raise `ShopUnavailable`."""

    def find_order(self, number: str, proof: str) -> Order | None:
        """Return the order, or None both for an unknown number and for a proof that does not fit it.

        Args:
            number: Four digits, in any of the ways customers write them.
            proof: E-mail address or delivery postcode of the order; case and spaces do not matter.
        """
        ...

    def products(self, query: ProductQuery) -> tuple[Product, ...]:
        """Return every product that fits, best first."""
        ...

    def product_named(self, text: str, *, range: str = "") -> tuple[Product, ...]:  # noqa: A002  (the shop's own word)
        """Return the product meant by `text`: one when clear, several when any of them fits, none when unknown."""
        ...

    def vocabulary(self) -> frozenset[str]:
        """Return every word that means something in the catalogue, for forgiving typing mistakes."""
        ...

    def stock(self, product: Product, *, size: str = "", colour: str = "") -> tuple[StockLine, ...]:
        """Return the stock lines of a product, of one size or colour where given."""
        ...

    def garments(self, product: Product) -> tuple[Garment, ...]:
        """Return the measurements of a product, smallest size first."""
        ...

    def create_return(self, order: Order, lines: Sequence[int], reason: str) -> tuple[Return, ...]:
        """Create one return for each line number, all or none.

        Raises:
            ShopRefused: with the code of the first line that cannot go back.
        """
        ...

    def cancel_order(self, order: Order) -> Order:
        """Cancel the order and return it as it then is.

        Raises:
            ShopRefused: `too_late` when packing has begun, `already_cancelled` when nothing is left to cancel.
        """
        ...

    def set_stock_alert(self, product: Product, *, size: str, colour: str, email: str) -> bool:
        """Write to an address once, when a sold-out size is back; an empty colour means any.

        Returns:
            False when this very alert was set already; it stands as it was.
        """
        ...

    def gift_card(self, number: str, email: str) -> GiftCard | None:
        """Return the card, or None both for an unknown number and for an address that does not belong to it.

        Args:
            number: GC and ten digits, in any of the ways customers write them.
            email: The address that the card was bought with or sent to.
        """
        ...

    def membership(self, number: str) -> Membership | None:
        """Return the membership of a member number (FC and seven digits), or None."""
        ...

    def send_points(self, email: str) -> None:
        """Send the points to this address if it is a member's; whether it is, nobody learns here."""
        ...

    def discount(self, code: str) -> Discount | None:
        """Return the code as it was meant: case, spaces, hyphens and look-alikes (O for 0) do not matter.

        A code for everybody is also found with one slip of the finger in it; a personal one never is.
        """
        ...

    def send_reset_link(self, email: str) -> None:
        """Send a link for a new password if there is an account with this address; whether there is, nobody learns."""
        ...

    def hand_over(self, reason: str, summary: str) -> None:
        """Tell the shop's people that a conversation waits for them."""
        ...
