"""Photos, recordings, documents."""

from claims.attachments.actions import attach, forget_loose, keep
from claims.attachments.model import Attachment
from claims.attachments.queries import attachment_in_sight, attachments_of
from claims.attachments.store import FileStore

__all__ = ["Attachment", "FileStore", "attach", "attachment_in_sight", "attachments_of", "forget_loose", "keep"]
