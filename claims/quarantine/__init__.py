"""存疑来信: what came in by the hotline and can't be understood or verified; a person says what becomes of it."""

from claims.quarantine.model import ArrivalLook, ArrivalVerdict

__all__ = ["ArrivalLook", "ArrivalVerdict"]
