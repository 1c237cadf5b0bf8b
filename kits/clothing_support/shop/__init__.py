"""The shop behind the kit: the interface, a demo shop that needs nothing, and a shop reached over HTTP."""

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
    Shop,
    ShopError,
    ShopMisconfigured,
    ShopRefused,
    ShopUnavailable,
    StockLine,
)
from .opening import open_shop

__all__ = [
    "Discount",
    "Garment",
    "GiftCard",
    "Membership",
    "Order",
    "OrderLine",
    "Product",
    "ProductQuery",
    "Return",
    "Shipment",
    "Shop",
    "ShopError",
    "ShopMisconfigured",
    "ShopRefused",
    "ShopUnavailable",
    "StockLine",
    "open_shop",
]
