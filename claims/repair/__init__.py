"""派工与维修: orders, works, the owner's word."""

from claims.repair.actions import (
    accept_after_payment,
    accept_works,
    answer_quote,
    complete_works,
    give_quote,
    order_repair,
    start_works,
)
from claims.repair.model import RepairItem, RepairOrder, RepairPhoto
from claims.repair.queries import IN_WORK, items_of, order_of, orders_of, qualified_firm
from claims.repair.scope import Item, items_to_order

__all__ = [
    "IN_WORK",
    "Item",
    "RepairItem",
    "RepairOrder",
    "RepairPhoto",
    "accept_after_payment",
    "accept_works",
    "answer_quote",
    "complete_works",
    "give_quote",
    "items_of",
    "items_to_order",
    "order_of",
    "order_repair",
    "orders_of",
    "qualified_firm",
    "start_works",
]
