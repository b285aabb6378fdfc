"""`POST /files`, and the way back for whoever may see the claim."""

from typing import Any
from urllib.parse import quote

from apiflask import APIBlueprint, Schema
from apiflask.fields import File
from flask import Response
from marshmallow import fields

from claims.access import ROLES
from claims.attachments.actions import keep
from claims.attachments.queries import attachment_in_sight
from claims.web import Problem, current_person, database, may_enter
from config.time import now

api = APIBlueprint("attachments_api", __name__, url_prefix="/api/v1", tag="Files")


BYTES: Any = {
    200: {
        "description": "The original bytes.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class UploadIn(Schema):
    file = File(required=True)


class UploadOut(Schema):
    id = fields.String(required=True)
    sha256 = fields.String(required=True)
    size = fields.Integer(required=True)
    content_type = fields.String(required=True)
    name = fields.String(required=True)


@api.post("/files")
@may_enter(*ROLES)
@api.input(UploadIn, location="files")
@api.output(UploadOut, status_code=201)
def create_file(files_data: dict) -> dict:
    """Upload a photo, document or recording, to be named in a report, a finding or a denial."""
    upload = files_data["file"]
    kept = keep(database(), upload.read(), name=upload.filename or "", uploaded_by=current_person().id, at=now())
    return {
        "id": kept.token,
        "sha256": kept.sha256,
        "size": kept.size,
        "content_type": kept.content_type,
        "name": kept.name,
    }


@api.get("/files/<token>")
@may_enter(*ROLES)
@api.doc(responses=BYTES)
def show_file(token: str) -> Response:
    """The original, always as a download: nothing that a stranger sent is shown inside our pages."""
    kept = attachment_in_sight(database(), current_person(), token)
    if kept is None:
        raise Problem(404, "No such file")
    answer = Response(database().info["files"].read(kept.key), mimetype=kept.content_type)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(kept.name)}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-SHA256"] = kept.sha256
    return answer
