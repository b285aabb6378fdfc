"""Keeping what people send, and tying it to a file."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from claims.attachments.model import Attachment
from claims.casefile import Refused

LOOSE_FOR = timedelta(days=7)
"""How long an upload waits for the report or the act that names it (ADR 0020)."""
_BATCH = 100
LARGEST = 30 * 1024 * 1024
KINDS: tuple[tuple[bytes, int, str], ...] = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"WEBP", 8, "image/webp"),
    (b"ftypheic", 4, "image/heic"),
    (b"ftypheix", 4, "image/heic"),
    (b"ftypmif1", 4, "image/heic"),
    (b"ftyp", 4, "video/mp4"),
    (b"%PDF-", 0, "application/pdf"),
    (b"ID3", 0, "audio/mpeg"),
    (b"\xff\xfb", 0, "audio/mpeg"),
    (b"WAVE", 8, "audio/wav"),
)
"""What a file is by its first bytes; the sender's word for it isn't trusted."""


def keep(
    session: Session, content: bytes, *, name: str, uploaded_by: int | None, at: datetime, file_id: int | None = None
) -> Attachment:
    """Store the original and its row. Raises Refused for an empty, oversized or unknown kind of file."""
    attachment = Attachment(
        token=secrets.token_urlsafe(24),
        file_id=file_id,
        key="",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content_type=_kind(content),
        name=_name(name),
        uploaded_by=uploaded_by,
        uploaded_at=at,
    )
    attachment.key = f"{at:%Y/%m}/{attachment.token}"
    session.info["files"].write(attachment.key, content)
    session.add(attachment)
    session.flush()
    return attachment


def attach(session: Session, tokens: Sequence[str], *, file_id: int) -> list[Attachment]:
    """Tie uploads to a file. Raises Refused for one that doesn't exist or belongs to another file."""
    if not tokens:
        return []
    found = {a.token: a for a in session.exec(select(Attachment).where(col(Attachment.token).in_(tokens)))}
    for token in tokens:
        if token not in found or found[token].file_id not in (None, file_id):
            raise Refused(files=f"{token} is no file of this claim; upload it first")
    loose = {a.id: token for token, a in found.items() if a.file_id is None}
    if loose:
        mine = update(Attachment).where(col(Attachment.id).in_(loose), col(Attachment.file_id).is_(None))
        taken = set(session.execute(mine.values(file_id=file_id).returning(col(Attachment.id))).scalars())
        if gone := loose.keys() - taken:  # another report has named the same upload in this very moment
            raise Refused(files=f"{', '.join(loose[i] for i in gone)} is no file of this claim; upload it first")
    return [found[token] for token in dict.fromkeys(tokens)]


def forget_loose(session: Session, as_of: datetime) -> int:
    """Away with uploads that no act took up in LOOSE_FOR, bytes and row; answers how many. The caller commits."""
    query = select(Attachment).where(col(Attachment.file_id).is_(None), Attachment.uploaded_at < as_of - LOOSE_FOR)
    rows = session.exec(query.order_by(col(Attachment.id)).limit(_BATCH).with_for_update(skip_locked=True)).all()
    for row in rows:
        session.info["files"].remove(row.key)
        session.delete(row)
    return len(rows)


def _kind(content: bytes) -> str:
    if not content:
        raise Refused(file="The file is empty.")
    if len(content) > LARGEST:
        raise Refused(file=f"The file is larger than {LARGEST // 1024 // 1024} MB.")
    for magic, offset, kind in KINDS:
        if content[offset : offset + len(magic)] == magic:
            return kind
    raise Refused(file="Send a photo (JPEG, PNG, WebP, HEIC), a PDF, a video (MP4) or a recording (MP3, WAV).")


def _name(name: str) -> str:
    """The last part of the sender's name for it, harmless in a header."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable() and c not in '"<>:|?*')[-200:] or "file"
