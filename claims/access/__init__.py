"""Who may enter, and who sees what."""

from claims.access.actions import a_look, add_person, forget_answers, give_token, let_firm_in, part_in, take_part
from claims.access.limits import forget_windows
from claims.access.model import ROLES, AccessToken, IdempotentAnswer, Participation, Person, Reveal
from claims.access.policy import (
    HIDDEN,
    WHOLE_DESK,
    districts_of,
    in_sight,
    masked_name,
    may_reveal,
    roles_of,
    sees_every_file,
)
from claims.access.queries import person_by_email, person_by_token
from claims.access.shares import Share, is_outside, share_of
from claims.access.signing_in import (
    Locked,
    WrongSignIn,
    person_signed_in,
    set_password,
    sign_in,
    sign_out,
)

__all__ = [
    "HIDDEN",
    "ROLES",
    "WHOLE_DESK",
    "AccessToken",
    "IdempotentAnswer",
    "Locked",
    "Participation",
    "Person",
    "Reveal",
    "Share",
    "WrongSignIn",
    "a_look",
    "add_person",
    "districts_of",
    "forget_answers",
    "forget_windows",
    "give_token",
    "in_sight",
    "is_outside",
    "let_firm_in",
    "masked_name",
    "may_reveal",
    "part_in",
    "person_by_email",
    "person_by_token",
    "person_signed_in",
    "roles_of",
    "sees_every_file",
    "set_password",
    "share_of",
    "sign_in",
    "sign_out",
    "take_part",
]
