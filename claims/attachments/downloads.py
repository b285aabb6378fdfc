"""Files as answers: nothing that a stranger sent may run or fetch anything in our pages' name."""

from urllib.parse import quote

from flask import Response
from sqlmodel import Session

from claims.attachments.model import Attachment

PICTURES = ("image/jpeg", "image/png", "image/webp")
"""Kinds that a browser draws; everything else is only handed over."""
SOUNDS = ("audio/mpeg", "audio/wav")
"""Kinds that a browser plays."""


def handed_over(session: Session, kept: Attachment, how: str) -> Response:
    """The original bytes. how: `attachment`, or `inline` for what is only to be looked at."""
    answer = Response(session.info["files"].read(kept.key), mimetype=kept.content_type)
    answer.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(kept.name)}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-SHA256"] = kept.sha256
    return answer


def pdf(content: bytes, name: str) -> Response:
    """A letter to be read at once; names stand in it, so no browser keeps it."""
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
