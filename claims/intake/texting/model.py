"""Where a conversation by text stands."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from config.database import BigId


class TextTalk(SQLModel, table=True):
    """The newest conversation of one number. Its words stand in the inbox."""

    __tablename__ = "text_talk"

    phone_index: str = Field(max_length=32, primary_key=True)
    file_id: int = Field(sa_type=BigId, foreign_key="casefile.id", index=True)
    language: str = Field(max_length=2)
    asked: str = Field(default="", max_length=40)
    """Every question that was put, joined by `;`: none is put twice."""
    waits_for: str = Field(default="", max_length=10)
    """The question that is open: home, what or danger; empty: none."""
    asked_at: datetime
