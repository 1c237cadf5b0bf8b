"""The kit's tools: ordinary functions that look something up or do something, named one by one in kit.yaml."""

from .accounts import send_reset_link
from .alerts import check_alert, set_stock_alert
from .cards import check_points, look_up_gift_card, points_of_order
from .discounts import check_discount, read_discount
from .orders import cancel_order, change_address, find_order
from .people import hand_over
from .products import check_stock, search_products
from .returns import check_return_item, create_return, refund_status
from .shipments import track_shipment
from .sizes import recommend_size

__all__ = [
    "cancel_order",
    "change_address",
    "check_alert",
    "check_discount",
    "check_points",
    "check_return_item",
    "check_stock",
    "create_return",
    "find_order",
    "hand_over",
    "look_up_gift_card",
    "points_of_order",
    "read_discount",
    "recommend_size",
    "refund_status",
    "search_products",
    "send_reset_link",
    "set_stock_alert",
    "track_shipment",
]
