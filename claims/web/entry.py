"""Who is at the door: bearer tokens, roles, and the mark that the access matrix test reads."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import g, request

from claims.access import Person, person_by_token, roles_of
from claims.web.body import check_body
from claims.web.idempotency import answer_again
from claims.web.problems import Problem
from claims.web.request_session import database
from config.time import now

View = TypeVar("View", bound=Callable[..., Any])
ANYBODY = "anybody"


def may_enter(*roles: str) -> Callable[[View], View]:
    """Let in whoever has one of `roles`; 401 without a valid token, 403 without the role.

    Answers a repeated `Idempotency-Key` before the view is reached.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def entered(*args: Any, **kwargs: Any) -> Any:
            person = _identified()
            if not roles_of(person) & frozenset(roles):
                raise Problem(403, "Not for your role", f"this needs one of: {', '.join(roles)}")
            g.person = person
            assert person.id is not None
            check_body()
            return answer_again(database(), person.id, now()) or view(*args, **kwargs)

        entered.may_enter = roles  # type: ignore[attr-defined]
        return entered  # type: ignore[return-value]

    return guard


def open_to_all(view: View) -> View:
    """Marks a page that needs nobody's name."""
    view.may_enter = (ANYBODY,)  # type: ignore[attr-defined]
    return view


def current_person() -> Person:
    person: Person = g.person
    return person


def actor(person: Person) -> str:
    """How the timeline names who did it."""
    return f"staff:{person.id}"


def _identified() -> Person:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    person = person_by_token(database(), token.strip()) if scheme.lower() == "bearer" and token.strip() else None
    if person is None:
        raise Problem(
            401, "Who are you?", "send Authorization: Bearer TOKEN with a valid token", {"WWW-Authenticate": "Bearer"}
        )
    return person
