"""Photos, recordings, documents: the sealed original with its SHA-256."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from config.database import BigId


class Attachment(SQLModel, table=True):
    """The bytes lie in the file store under `key`; the outside knows only `token`."""

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    token: str = Field(max_length=40, unique=True)
    file_id: int | None = Field(default=None, sa_type=BigId, foreign_key="casefile.id", index=True)
    """None until a report or an act takes it up."""
    key: str = Field(max_length=120)
    sha256: str = Field(max_length=64)
    size: int
    content_type: str = Field(max_length=60)
    name: str = Field(max_length=200)
    uploaded_by: int | None = Field(default=None, sa_type=BigId, foreign_key="person.id")
    uploaded_at: datetime
