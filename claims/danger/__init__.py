"""险情: a home that is dangerous, and the word with proof that it is so no more (第七条(八))."""

from claims.danger.actions import find_danger, make_safe
from claims.danger.queries import Danger, danger_at_home, dangers_at_homes, emergency_near, in_emergency

__all__ = [
    "Danger",
    "danger_at_home",
    "dangers_at_homes",
    "emergency_near",
    "find_danger",
    "in_emergency",
    "make_safe",
]
