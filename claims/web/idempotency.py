"""`Idempotency-Key`: the same key and body give the same answer; the same key with another body is refused."""

import hashlib
import json
from datetime import datetime

from flask import Response, g, request
from sqlalchemy import bindparam, update
from sqlmodel import Session, select

from claims.access import IdempotentAnswer
from claims.web.problems import Problem
from config.bulk import insert_new
from config.database import table

LONGEST_KEY = 200
_ANSWERS = table(IdempotentAnswer)
_KEEP = update(_ANSWERS).where(_ANSWERS.c.id == bindparam("taken"))


def answer_again(session: Session, person_id: int, at: datetime) -> Response | None:
    """Take the key of this request. Answers what was answered before, or None where this is the first time.

    A second request with the same key waits on the unique key until the first has committed or failed.
    """
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key or request.method != "POST":
        return None
    if len(key) > LONGEST_KEY or "\0" in key:
        raise Problem(422, "Idempotency-Key is not usable", f"at most {LONGEST_KEY} characters")
    asked = _request_hash()
    taken = _take(session, person_id, key, asked, at)
    if taken is not None:
        g.idempotency_key = taken
        return None
    kept = session.exec(
        select(IdempotentAnswer).where(IdempotentAnswer.person_id == person_id, IdempotentAnswer.key == key)
    ).one()
    if kept.request_hash != asked:
        raise Problem(422, "Idempotency-Key was used for another request", "use a new key for a new request")
    body = session.info["sealer"].open(kept.answer_sealed or "")
    answer = Response(body, status=kept.status or 200, mimetype="application/json")
    answer.headers["Idempotent-Replayed"] = "true"
    if kept.etag:
        answer.headers["ETag"] = kept.etag
    return answer


def keep_answer(session: Session, response: Response) -> None:
    """Store the answer beside its key, in the act's own transaction."""
    taken = g.pop("idempotency_key", None)
    if taken is None:
        return
    sealed = session.info["sealer"].seal(response.get_data(as_text=True))
    answer = {"status": response.status_code, "answer_sealed": sealed, "etag": response.headers.get("ETag", "")}
    session.execute(_KEEP, {"taken": taken, **answer})


def _take(session: Session, person_id: int, key: str, asked: str, at: datetime) -> int | None:
    """The number of the row that now holds the key; None where it is taken."""
    row = {"person_id": person_id, "key": key, "request_hash": asked, "etag": "", "at": at}
    return insert_new(session, IdempotentAnswer, row, "person_id", "key")


def _request_hash() -> str:
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if request.mimetype == "multipart/form-data":  # the boundary differs from try to try
        digest.update(json.dumps(sorted(request.form.items(multi=True))).encode())
        for name, upload in sorted(request.files.items(multi=True)):
            digest.update(f"\n{name}\n{upload.filename}\n".encode())
            digest.update(hashlib.sha256(upload.stream.read()).digest())
            upload.stream.seek(0)
    else:
        digest.update(request.get_data(cache=True))
    return digest.hexdigest()
