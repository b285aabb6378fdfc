"""Who may enter, and who sees what."""

from claims.access.actions import add_person, give_token, log_reveal, part_in, take_part
from claims.access.model import ROLES, AccessToken, IdempotentAnswer, Participation, Person, Reveal
from claims.access.policy import districts_of, in_sight, may_reveal, roles_of
from claims.access.queries import person_by_email, person_by_token

__all__ = [
    "ROLES",
    "AccessToken",
    "IdempotentAnswer",
    "Participation",
    "Person",
    "Reveal",
    "add_person",
    "districts_of",
    "give_token",
    "in_sight",
    "log_reveal",
    "may_reveal",
    "part_in",
    "person_by_email",
    "person_by_token",
    "roles_of",
    "take_part",
]
