"""Who is asking."""

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from claims.access.model import AccessToken, Person

_BY_TOKEN = (  # every call asks this; to build it costs as much as to run it
    select(Person)
    .join(AccessToken, col(AccessToken.person_id) == Person.id)
    .where(AccessToken.token_index == bindparam("index"))
    .where(col(AccessToken.revoked_at).is_(None), col(Person.active).is_(True))
)


def person_by_token(session: Session, token: str) -> Person | None:
    """The active person whose token this is; one indexed read."""
    index = session.info["sealer"].index(token, "token")
    return session.exec(_BY_TOKEN, params={"index": index}).one_or_none()


def person_by_email(session: Session, email: str) -> Person | None:
    return session.exec(select(Person).where(Person.email == email, col(Person.active).is_(True))).one_or_none()
