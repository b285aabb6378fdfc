"""One session per request: actions flush, the request commits what went well and rolls back the rest."""

from flask import Flask, Response, current_app, g, request
from sqlmodel import Session, SQLModel

from claims.casefile import CaseFile
from claims.web.idempotency import keep_answer
from config.database import Database
from config.time import now


def database() -> Session:
    """The session of this request; on SQLite a GET doesn't wait for a writer."""
    if "session" not in g:
        opened: Database = current_app.extensions["database"]
        opened.belongings["published"].look(opened, now())
        g.session = opened.session(reading=request.method in ("GET", "HEAD"))
    session: Session = g.session
    return session


def note(row: SQLModel) -> None:
    """Write `row` once the answer is ready and before it leaves: a GET mustn't wait for writers meanwhile."""
    g.setdefault("notes", []).append(row)


def commit_or_roll_back(response: Response) -> Response:
    """Before the answer leaves: what it says is in the database, or it doesn't say so."""
    session: Session | None = g.get("session")
    if session is not None:
        if response.status_code < 400:
            _tell_version(response)
            keep_answer(session, response)
            session.commit()
            _write_notes(session)
        else:
            session.rollback()
    return response


def _write_notes(session: Session) -> None:
    """In a transaction after the request's own, so that a request never holds two connections."""
    notes = g.pop("notes", [])
    if notes:
        session.close()
        with current_app.extensions["database"].session() as log:
            log.add_all(notes)
            log.commit()


def _tell_version(response: Response) -> None:
    """The version to send back as `If-Match`, after whatever this request did."""
    file: CaseFile | None = g.get("file")
    if file is not None and "ETag" not in response.headers:
        response.headers["ETag"] = f'"{file.version}"'


def init_app(app: Flask) -> None:
    app.after_request(commit_or_roll_back)

    @app.teardown_request
    def _close(_error: BaseException | None) -> None:
        session: Session | None = g.pop("session", None)
        if session is not None:
            session.close()
