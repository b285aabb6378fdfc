"""险情: a home that is dangerous, and the word with proof that it is so no more (第七条(八))."""

from claims.danger.actions import find_danger, make_safe

__all__ = ["find_danger", "make_safe"]
