"""理赔保修期: 180 days that outlive the policy."""

from claims.warranty.actions import (
    close_if_ended,
    close_when_ended,
    reanchor_warranties,
    recognise_warranty,
    start_warranties,
)
from claims.warranty.model import ClaimLink, Warranty
from claims.warranty.queries import item_key, linked_references, warranties_of

__all__ = [
    "ClaimLink",
    "Warranty",
    "close_if_ended",
    "close_when_ended",
    "item_key",
    "linked_references",
    "reanchor_warranties",
    "recognise_warranty",
    "start_warranties",
    "warranties_of",
]
