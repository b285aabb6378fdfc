"""Errors as RFC 9457 problems: what went wrong and what to do, in the reader's language."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import DataError, OperationalError, StatementError
from werkzeug.exceptions import HTTPException

from claims.casefile import (
    AlreadyDone,
    BadRules,
    InTheFuture,
    NeedsConfirmation,
    NeedsProof,
    NoSuchFile,
    NotAllowed,
    Refused,
    StaleVersion,
)
from claims.casefile.length import Unreckonable
from claims.web.wording import in_words

log = logging.getLogger(__name__)

READ_AGAIN = "read it again: `stage` says where it stands, `allowed` what can be done now"
PROOF_WANTED = "it is earlier than what is on record: say in `proof` what shows it"
LEAD_WANTED = "it would move a due date later or remove a breach: a lead has to enter it"
NOT_YET = "what hasn't come yet can't be on record as past"


class Problem(Exception):
    """An error on purpose. `extra` becomes members of the problem object, such as `errors` by field."""

    def __init__(
        self, status: int, title: str, detail: str = "", headers: Mapping[str, str] | None = None, **extra: Any
    ) -> None:
        self.status, self.title, self.detail, self.headers, self.extra = status, title, detail, headers or {}, extra
        super().__init__(title)


def problem(
    status: int, title: str, detail: str = "", headers: Mapping[str, str] | None = None, **extra: Any
) -> Response:
    """The problem as an answer, in Chinese where the reader prefers it."""
    told = {"type": "about:blank", "title": in_words(title), "status": status}
    if detail:
        told["detail"] = in_words(detail)
    if "errors" in extra:
        extra["errors"] = in_words(extra["errors"])
    body = json.dumps(told | extra, ensure_ascii=False)
    return Response(body, status=status, mimetype="application/problem+json", headers=dict(headers or {}))


def init_app(app: Flask) -> None:
    """Every error of the API becomes a problem; pages have their own words (claims/web/pages.py)."""
    app.register_error_handler(Problem, lambda e: problem(e.status, e.title, e.detail, e.headers, **e.extra))
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(AlreadyDone, _already_done)
    app.register_error_handler(StaleVersion, _stale)
    app.register_error_handler(
        NoSuchFile, lambda _: problem(404, "No such claim", "check the reference; it has 12 digits")
    )
    app.register_error_handler(
        Refused, lambda e: problem(422, "The input can't be used", "see errors by field", errors=dict(e.errors))
    )
    app.register_error_handler(NeedsProof, lambda _: problem(422, "A late entry needs proof", PROOF_WANTED))
    app.register_error_handler(
        NeedsConfirmation, lambda _: problem(409, "A lead must confirm this late entry", LEAD_WANTED)
    )
    for out_of_reach in (OverflowError, UnicodeEncodeError, StatementError):
        app.register_error_handler(out_of_reach, _out_of_reach)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(InTheFuture, lambda _: problem(422, "This can't be", NOT_YET))
    for kind in (Unreckonable, BadRules):
        app.register_error_handler(kind, lambda e: problem(422, "This can't be", str(e)))


def _out_of_reach(error: Exception) -> Response:
    """Behind every schema: a value that no schema refused and that the database, or a calendar, can't hold.

    Raises whatever else went wrong in a statement: that is our own fault.
    """
    cause = error.orig if isinstance(error, StatementError) else error
    if not isinstance(error, DataError) and not isinstance(cause, OverflowError | UnicodeEncodeError):
        raise error
    log.warning("refused as out of reach: %s", cause)
    return problem(422, "The input can't be used", "a number, an instant or a character is out of reach")


def _busy(error: OperationalError) -> Response:
    """The database is away, or somebody has held this claim for longer than we wait."""
    log.warning("the database did not answer: %s", error)
    return problem(503, "Busy", "try again in a few seconds", headers={"Retry-After": "5"})


def _not_allowed(error: NotAllowed) -> Response:
    return problem(409, "Not possible at this stage", READ_AGAIN, **{"stage": error.stage} | _now())


def _already_done(error: AlreadyDone) -> Response:
    return problem(409, "Already decided", str(error), **_now())


def _now() -> dict[str, Any]:
    """Where the file stands, and the acts that its reader may do there, by their paths.

    {} where no file was found, or nobody has signed in.
    """
    file, person = g.get("file"), g.get("person")
    if file is None or person is None:
        return {}
    acts = current_app.extensions["acts_now"](g.session, file, person)
    return {"stage": file.stage, "allowed": [act for act in acts if not request.path.endswith(f"/{act}")]}


def _stale(error: StaleVersion) -> Response:
    return problem(
        412,
        "Somebody decided meanwhile",
        "read the claim again, then decide",
        headers={"ETag": f'"{error.file.version}"'},
        stage=error.file.stage,
        version=error.file.version,
    )


def http_problem(error: HTTPException) -> Response:
    """Flask's own errors (404, 405, 413, 429, …) in the same shape."""
    return problem(error.code or 500, error.name, error.description or "", _headers(error))


def is_api() -> bool:
    return request.path.startswith("/api/")


def _headers(error: HTTPException) -> dict[str, str]:
    return {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
