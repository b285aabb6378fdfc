"""Photos sent with the form: each is kept as soon as it arrives, so that a form that fails loses none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app, request
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from sqlmodel import Session, col, select
from werkzeug.datastructures import FileStorage

from claims.attachments import Attachment, keep
from claims.attachments.actions import LARGEST
from claims.casefile import Refused
from claims.web.wording import on_a_page

MOST = 30


@dataclass(frozen=True)
class KeptPhoto:
    """A photo in the file store that no claim has taken up yet."""

    token: str
    name: str
    sha256: str

    @property
    def signed(self) -> str:
        """What a hidden field may carry: nobody can name another's photo by it."""
        return _signer().dumps([self.token, self.name, self.sha256])


@dataclass
class Photos:
    """What a form has brought: `kept` in all, `chosen` and `taken` this time, and what was wrong."""

    kept: list[KeptPhoto] = field(default_factory=list)
    chosen: int = 0
    taken: int = 0
    errors: list[str] = field(default_factory=list)


def brought(at: datetime) -> Photos:
    """Photos of earlier tries, less those to be taken out, and those that come now, each committed by itself."""
    photos, remove = Photos(), set(request.form.getlist("remove"))
    with current_app.extensions["database"].session() as session:
        before = [_opened(signed) for signed in request.form.getlist("kept") if signed not in remove]
        photos.kept = _loose(session, [photo for photo in before if photo is not None])[:MOST]
        for upload in request.files.getlist("photos"):
            if upload.filename:  # a form without a choice sends one nameless, empty file
                _take(session, photos, upload, at)
            upload.close()  # a large one lies in a temporary file
    return photos


def brought_before() -> Photos:
    """Only the photos of earlier tries, as the form names them."""
    before = (_opened(signed) for signed in request.form.getlist("kept"))
    return Photos(kept=[photo for photo in before if photo is not None][:MOST])


def _take(session: Session, photos: Photos, upload: FileStorage, at: datetime) -> None:
    photos.chosen += 1
    name = upload.filename or ""
    if len(photos.kept) >= MOST:
        photos.errors.append(_("“%(name)s”没有收：照片最多%(most)s张。", name=name, most=MOST))
        return
    try:
        kept = keep(session, upload.stream.read(LARGEST + 1), name=name, uploaded_by=None, at=at)
    except Refused as refused:
        session.rollback()
        reason = on_a_page(refused.errors["file"][0])
        photos.errors.append(_("“%(name)s”没有收：%(reason)s", name=name, reason=reason))
        return
    session.commit()
    photos.taken += 1
    photos.kept.append(KeptPhoto(kept.token, kept.name, kept.sha256))


def _loose(session: Session, photos: Sequence[KeptPhoto]) -> list[KeptPhoto]:
    """Those that no claim has yet: the ones that went with an earlier report stay there."""
    tokens = [photo.token for photo in photos]
    query = select(Attachment.token).where(col(Attachment.token).in_(tokens), col(Attachment.file_id).is_(None))
    loose = set(session.exec(query)) if tokens else set()
    return [photo for photo in dict.fromkeys(photos) if photo.token in loose]


def _opened(signed: str) -> KeptPhoto | None:
    try:
        return KeptPhoto(*_signer().loads(signed))
    except (BadSignature, TypeError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="report photo")
