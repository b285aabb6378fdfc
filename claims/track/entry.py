"""Who may open one claim's page: the browser that brought its code, for two hours, and no other claim."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import current_app, g, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from config.time import now

View = TypeVar("View", bound=Callable[..., Any])
LIVES = timedelta(hours=2)
HOMEOWNER = "the claim's homeowner"
COOKIE = "track"


@dataclass(frozen=True)
class Opening:
    """One claim open in one browser. `way`: `code` (the track code) or `text` (a code to the reporter's phone)."""

    reference: str
    way: str
    number: str
    until: int

    @property
    def proof(self) -> str:
        """What the timeline keeps of whose page an act came from."""
        return f"page session {self.number}, opened by {'a code by text' if self.way == 'text' else 'the track code'}"


def opened(answer: Response, reference: str, way: str, at: datetime) -> Response:
    """The answer with the cookie that opens this claim. It goes to /track alone."""
    opening = [reference, way, secrets.token_hex(6), int((at + LIVES).timestamp())]
    answer.set_cookie(
        COOKIE, _signer().dumps(opening), max_age=int(LIVES.total_seconds()), path=url_for("track.show_door"),
        httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"],
    )  # fmt: skip
    return answer


def closed(answer: Response) -> Response:
    answer.delete_cookie(COOKIE, path=url_for("track.show_door"))
    return answer


def opening(at: datetime) -> Opening | None:
    """What this browser has open now."""
    try:
        found = Opening(*_signer().loads(request.cookies.get(COOKIE, "")))
    except (BadSignature, TypeError):
        return None
    return found if found.until > at.timestamp() else None


def for_its_homeowner(view: View) -> View:
    """Only with this claim open; everybody else is led to the door, whether there is such a claim or not."""

    @wraps(view)
    def entered(reference: str, **path: Any) -> Any:
        found = opening(now())
        if found is None or found.reference != reference:
            return redirect(url_for("track.show_door", claim=reference), 303)
        g.opening = found
        return view(reference, **path)

    entered.may_enter = (HOMEOWNER,)  # type: ignore[attr-defined]
    return entered  # type: ignore[return-value]


def current_opening() -> Opening:
    found: Opening = g.opening
    return found


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="track")
