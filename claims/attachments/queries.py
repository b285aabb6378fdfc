"""Finding an attachment through the policy."""

from sqlmodel import Session, col, or_, select

from claims.access import Person, in_sight
from claims.attachments.model import Attachment
from claims.casefile import CaseFile


def attachment_in_sight(session: Session, person: Person, token: str) -> Attachment | None:
    """The attachment if `person` uploaded it or may see its file."""
    query = (
        select(Attachment)
        .join(CaseFile, col(Attachment.file_id) == CaseFile.id, isouter=True)
        .where(
            Attachment.token == token,
            or_(Attachment.uploaded_by == person.id, (col(CaseFile.id).is_not(None)) & in_sight(person)),
        )
    )
    return session.exec(query).one_or_none()


def attachments_of(session: Session, file_id: int) -> list[Attachment]:
    return list(session.exec(select(Attachment).where(Attachment.file_id == file_id).order_by(col(Attachment.id))))
