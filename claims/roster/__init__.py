"""值班: who is rung when a caller needs a person, at any hour, and where the roster has a hole."""

from claims.roster.queries import gaps_told, numbers_on_duty, roster_gaps, roster_warning

__all__ = ["gaps_told", "numbers_on_duty", "roster_gaps", "roster_warning"]
