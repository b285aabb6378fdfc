"""STOP and 退订: who has asked for no more texts. Notices that the law wants, and answers asked for, go out anyway."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from config.bulk import insert_once
from notifications.model import OptOut


def opt_out(session: Session, phone_index: str, at: datetime) -> None:
    insert_once(session, OptOut, [{"phone_index": phone_index, "at": at}], "phone_index")


def opt_in(session: Session, phone_index: str) -> None:
    session.execute(delete(OptOut).where(col(OptOut.phone_index) == phone_index))


def has_opted_out(session: Session, phone: str) -> bool:
    """`phone`: E.164."""
    index = session.info["sealer"].index(phone, "phone")
    return session.exec(select(OptOut.phone_index).where(OptOut.phone_index == index)).first() is not None
