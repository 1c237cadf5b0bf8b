"""The kit's tools: ordinary functions that look something up or do something, named one by one in kit.yaml."""

from .orders import cancel_order, change_address, find_order
from .people import hand_over
from .products import check_stock, search_products
from .returns import check_return_item, create_return, refund_status
from .shipments import track_shipment
from .sizes import recommend_size

__all__ = [
    "cancel_order",
    "change_address",
    "check_return_item",
    "check_stock",
    "create_return",
    "find_order",
    "hand_over",
    "recommend_size",
    "refund_status",
    "search_products",
    "track_shipment",
]
