"""Who is at the door: bearer tokens for programs, sign-in for pages, roles, and the mark of the access matrix."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import g, redirect, request, url_for
from flask_login import current_user

from claims.access import Person, person_by_token, roles_of
from claims.web.body import check_body
from claims.web.idempotency import answer_again
from claims.web.problems import Problem, is_api
from claims.web.request_session import database
from config.time import now

View = TypeVar("View", bound=Callable[..., Any])
ANYBODY = "anybody"


def may_enter(*roles: str) -> Callable[[View], View]:
    """Let in whoever has one of `roles`; 403 without the role.

    Programs bring a token (401 without a valid one) and get a repeated `Idempotency-Key` answered before the view is
    reached. People are signed in: who isn't, is led to the sign-in page and from there back.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def entered(*args: Any, **kwargs: Any) -> Any:
            person = _identified() if is_api() else _signed_in()
            if person is None:
                return redirect(url_for("staff.show_sign_in", then=request.full_path.rstrip("?")), 303)
            if not roles_of(person) & frozenset(roles):
                raise Problem(403, "Not for your role", f"this needs one of: {', '.join(roles)}")
            g.person = person
            if not is_api():
                return view(*args, **kwargs)
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


def _signed_in() -> Person | None:
    """None where a page is asked for by nobody; 401 for a form, which stays open in its window meanwhile.

    Whoever has a password to change is let in to that alone: the sign-in page leads there.
    """
    if current_user.is_authenticated and (request.blueprint == "staff" or not current_user.once):
        person: Person = current_user.person
        return person
    if request.method == "POST":
        raise Problem(401, "Sign in first")
    return None
