"""How a claim ends."""

from claims.closing.actions import close_claim, withdraw

__all__ = ["close_claim", "withdraw"]
