"""Browsers that a name has signed in with: their wrong passwords are counted apart, so no stranger locks them out."""

import hmac
import secrets

from flask import current_app, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from claims.web.request_session import database

COOKIE = "browser"
LIVES = 180 * 24 * 3600
"""Seconds since the last sign-in."""


def known_browser(email: str) -> str:
    """Its number, if this name was the last to sign in with it; "" for a stranger's."""
    try:
        name, number = _signer().loads(request.cookies.get(COOKIE, ""))
    except (BadSignature, TypeError, ValueError):
        return ""
    return str(number) if hmac.compare_digest(str(name), _index(email)) else ""


def remembering(answer: Response, email: str) -> Response:
    """It opens nothing: whoever has it must still know the password."""
    number = known_browser(email) or secrets.token_hex(8)
    answer.set_cookie(
        COOKIE, _signer().dumps([_index(email), number]), max_age=LIVES, path=url_for("staff.show_sign_in"),
        httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"],
    )  # fmt: skip
    return answer


def _index(email: str) -> str:
    index: str = database().info["sealer"].index(email.strip().lower(), "browser")
    return index


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="browser")
