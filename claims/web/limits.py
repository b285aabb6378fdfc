"""Who asks too often waits: 429 with `Retry-After`. The hotline isn't here: what arrives there is always stored."""

from collections.abc import Callable
from typing import NamedTuple

from flask import Flask, current_app, request

from claims.access.limits import WINDOW, count_request, window_of
from claims.web.problems import Problem, is_api
from config.time import now


class TooMany(Problem):
    """`Retry-After` says in how many seconds the next window begins."""

    def __init__(self, seconds: int) -> None:
        super().__init__(429, "Too many requests", f"try again in {seconds} seconds", {"Retry-After": str(seconds)})


class Limit(NamedTuple):
    """`setting`: how many a minute, 0 for no limit. `who`: whose requests are counted together; "" for none."""

    setting: str
    who: Callable[[], str]


def _token() -> str:
    return (
        f"token {request.headers.get('Authorization', '')}" if is_api() and "Authorization" in request.headers else ""
    )


def _address(*endpoints: str) -> Callable[[], str]:
    def who() -> str:
        return f"{endpoints[0]} {request.remote_addr}" if request.endpoint in endpoints else ""

    return who


LIMITS = (
    Limit("api_calls_per_minute", _token),
    Limit("uploads_per_minute", _address("attachments_api.create_file")),
    Limit("form_posts_per_minute", _address("pages.create_report", "pages.show_step")),
    Limit("form_posts_per_minute", _address("track.create_opening", "track.create_ask", "staff.create_sign_in")),
)


def init_app(app: Flask) -> None:
    app.before_request(check_limits)


def check_limits() -> None:
    """Raises TooMany. Counts in a transaction of its own, over before the request's begins: nobody waits for it."""
    settings, at = current_app.extensions["settings"], now()
    counted = [(who, most) for setting, of in LIMITS if (most := getattr(settings, setting)) and (who := of())]
    for who, most in counted:
        with current_app.extensions["database"].session(one_statement=True) as session:
            requests = count_request(session, who, at)
            session.commit()  # on SQLite
        if requests > most:
            raise TooMany(max(1, round((window_of(at) + WINDOW - at).total_seconds())))
