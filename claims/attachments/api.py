"""`POST /files`. The way back is the desk's: it depends on what of the claim somebody sees."""

from apiflask import APIBlueprint, Schema
from apiflask.fields import File
from marshmallow import fields

from claims.access import ROLES
from claims.attachments.actions import keep
from claims.web import current_person, database, may_enter
from config.time import now

api = APIBlueprint("attachments_api", __name__, url_prefix="/api/v1", tag="Files")


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
