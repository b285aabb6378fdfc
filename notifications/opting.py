"""STOP and 退订: who has asked for no more texts. Notices that the law wants, and answers asked for, go out anyway."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from config.bulk import insert_once
from config.database import Database
from notifications.model import Message, OptOut


def opt_out(session: Session, phone_index: str, at: datetime) -> None:
    insert_once(session, OptOut, [{"phone_index": phone_index, "at": at}], "phone_index")


def opt_in(session: Session, phone_index: str) -> None:
    session.execute(delete(OptOut).where(col(OptOut.phone_index) == phone_index))


def has_opted_out(session: Session, phone: str) -> bool:
    """`phone`: E.164."""
    index = session.info["sealer"].index(phone, "phone")
    return session.exec(select(OptOut.phone_index).where(OptOut.phone_index == index)).first() is not None


def is_withheld(database: Database, message: Message) -> bool:
    """Whether this text must not go out: its number has asked for no more, and it is none that goes out anyway."""
    if message.way != "sms" or message.message in database.belongings["never_withheld"]:
        return False
    with database.session(reading=True) as session:
        return has_opted_out(session, database.belongings["sealer"].open(message.recipient_sealed))
