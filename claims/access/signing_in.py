"""Signing in and out. Every sign-in is a row that can be ended; a wrong password counts against name and address."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, delete, select, update

from claims.access.model import FailedSignIn, Password, Person, SignIn
from claims.access.passwords import LONGEST, SHORTEST, fits, hashed
from config.bulk import insert_once

LIVES = timedelta(hours=12)
"""A working day; then one signs in again."""
TRIES = {"email": 5, "address": 50}
LOCKED_FOR = timedelta(minutes=15)


class WrongSignIn(Exception):
    """Name or password is wrong: which of them is told to nobody."""


class Locked(Exception):
    """Too many wrong passwords; `until` is when the next may be tried."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(f"locked until {until.isoformat()}")


def sign_in(session: Session, *, email: str, password: str, address: str, at: datetime, browser: str = "") -> str:
    """The token of a new sign-in, for the session cookie. Raises Locked, WrongSignIn.

    A wrong try has to be committed by the caller: it counts. `browser`: the number of one that this name has signed in
    with before; it is counted apart, so that no stranger locks out whom the name belongs to.
    """
    names = {"email": f"{email.strip().lower()} {browser}".strip(), "address": address}
    keys = {kind: session.info["sealer"].index(f"{kind} {name}", "sign in") for kind, name in names.items()}
    tries = _held(session, keys["email"], at)  # one at a time: tries at the same moment count each other
    _refuse_locked(session, list(keys.values()), at)
    found = session.exec(
        select(Person, Password)
        .join(Password, col(Password.person_id) == Person.id)
        .where(func.lower(Person.email) == email.strip().lower(), col(Person.active).is_(True))
    ).one_or_none()
    if not fits(password, found[1].hash if found else None) or found is None:
        for kind, key in keys.items():
            _count(session, key, TRIES[kind], at)
        raise WrongSignIn
    tries.failures, tries.locked_until = 0, None
    session.add(tries)
    return open_sign_in(session, found[0], at)


def open_sign_in(session: Session, person: Person, at: datetime) -> str:
    token = secrets.token_urlsafe(32)
    assert person.id is not None
    session.add(SignIn(person_id=person.id, token_index=_index(session, token), since_at=at, ends_at=at + LIVES))
    session.flush()
    return token


_SIGNED_IN = (  # every page asks this; to build it costs as much as to run it
    select(Person, Password.once)
    .join(SignIn, col(SignIn.person_id) == Person.id)
    .join(Password, col(Password.person_id) == Person.id, isouter=True)
    .where(SignIn.token_index == bindparam("index"), SignIn.ends_at > bindparam("at"), col(Person.active).is_(True))
)


def person_signed_in(session: Session, token: str, at: datetime) -> tuple[Person, bool] | None:
    """Who it is, and whether their password has to be changed before anything else. One indexed read."""
    found = session.exec(_SIGNED_IN, params={"index": _index(session, token), "at": at}).one_or_none()
    return (found[0], bool(found[1])) if found is not None else None


def sign_out(session: Session, token: str, at: datetime) -> None:
    theirs = col(SignIn.token_index) == _index(session, token)
    session.execute(update(SignIn).where(theirs, col(SignIn.ends_at) > at).values(ends_at=at))


def set_password(session: Session, person: Person, password: str, *, at: datetime, once: bool = False) -> None:
    """A new password ends every sign-in of the person. `once`: to be changed at the next sign-in.

    Raises ValueError for one that is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise ValueError(f"a password has {SHORTEST} to {LONGEST} characters")
    assert person.id is not None
    session.merge(Password(person_id=person.id, hash=hashed(password), set_at=at, once=once))
    end_sign_ins(session, person, at)
    session.flush()


def forget_password(session: Session, person: Person) -> None:
    """Whoever has none signs in by no password at all, until one is set."""
    session.execute(delete(Password).where(col(Password.person_id) == person.id))


def end_sign_ins(session: Session, person: Person, at: datetime) -> None:
    theirs = col(SignIn.person_id) == person.id
    session.execute(update(SignIn).where(theirs, col(SignIn.ends_at) > at).values(ends_at=at))


def _index(session: Session, token: str) -> str:
    index: str = session.info["sealer"].index(token, "sign in")
    return index


def _refuse_locked(session: Session, keys: list[str], at: datetime) -> None:
    locked = select(FailedSignIn.locked_until).where(col(FailedSignIn.key).in_(keys))
    until = max((moment for moment in session.exec(locked) if moment is not None), default=None)
    if until is not None and until > at:
        raise Locked(until)


def _held(session: Session, key: str, at: datetime) -> FailedSignIn:
    """The row of this key, locked until the caller commits: it keeps count for every process."""
    insert_once(session, FailedSignIn, [{"key": key, "failures": 0, "since_at": at, "locked_until": None}], "key")
    held = select(FailedSignIn).where(FailedSignIn.key == key).with_for_update()
    return session.exec(held.execution_options(populate_existing=True)).one()


def _count(session: Session, key: str, most: int, at: datetime) -> None:
    """One more wrong try within a quarter of an hour."""
    row = _held(session, key, at)
    if row.since_at <= at - LOCKED_FOR:
        row.failures, row.since_at = 0, at
    row.failures += 1
    if row.failures >= most:
        row.failures, row.since_at, row.locked_until = 0, at, at + LOCKED_FOR
    session.add(row)
    session.flush()
