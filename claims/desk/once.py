"""One rendered form is one act, however often it is sent; sent again with something else on it, it is none."""

import hashlib
import json

from flask import request
from sqlmodel import Session, col, select

from claims.access import IdempotentAnswer, Person
from claims.attachments import Attachment
from claims.desk.form import Form
from config.bulk import insert_new
from config.time import now

BESIDE = frozenset({"csrf_token", "key", "version"})
"""Fields of every form that say nothing of the act."""


class SentBefore(Exception):
    """This rendered form was sent before and did its act, with something else on it."""


def first_time(session: Session, person: Person, form: Form) -> bool:
    """Whether this rendered form is sent for the first time; a second one waits until the first is through.

    Raises SentBefore where the first said something else: whoever goes back and changes it must not be told "done".
    """
    if not form.key:
        return True
    key, asked = f"page:{form.key}", _asked(session, form)
    row = {"person_id": person.id, "key": key, "request_hash": asked, "etag": "", "at": now()}
    if insert_new(session, IdempotentAnswer, row, "person_id", "key") is not None:
        return True
    mine = (IdempotentAnswer.person_id == person.id, IdempotentAnswer.key == key)
    if session.exec(select(IdempotentAnswer.request_hash).where(*mine)).one() != asked:
        raise SentBefore
    return False


def _asked(session: Session, form: Form) -> str:
    """What the form asks for and where, as a hash; a file counts by its bytes, for each sending uploads it anew."""
    tokens = [token for name in form.sheet.files for token in form.chosen(name)]
    found = select(Attachment.token, Attachment.sha256).where(col(Attachment.token).in_(tokens))
    bytes_of = dict(session.exec(found).all()) if tokens else {}
    said = {name: [bytes_of.get(v, v) for v in values] for name, values in form.typed_in.items() if name not in BESIDE}
    return hashlib.sha256(json.dumps([request.path, said], sort_keys=True).encode()).hexdigest()
