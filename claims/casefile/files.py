"""Opening, finding and locking a file."""

from datetime import datetime

from sqlalchemy import bindparam, func, insert
from sqlmodel import Session, col, select

from claims.casefile.belongings import rule_book
from claims.casefile.model import CaseFile
from claims.casefile.rows import as_written
from config.database import on_postgresql, table
from config.time import SHANGHAI, shanghai_day


class NoSuchFile(LookupError):
    """No file with this reference, or none that the asker may know of."""


class StaleVersion(Exception):
    """Somebody decided meanwhile: the version in hand isn't the file's any more."""

    def __init__(self, file: CaseFile, held: int) -> None:
        self.file, self.held = file, held
        super().__init__(f"{file.reference} is at version {file.version}, not {held}")


def check_digit(digits: str) -> str:
    """ISO 7064 mod 11,10: finds every wrong digit and nearly every swap."""
    rest = 10
    for digit in digits:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - rest) % 10)


def reference_for(number: int, opened_at: datetime) -> str:
    """YYMM + 7 digits + check digit: 12 digits that can be read out on the telephone. Never gap-free."""
    body = f"{opened_at.astimezone(SHANGHAI):%y%m}{number % 10_000_000:07d}"
    return body + check_digit(body)


def is_reference(text: str) -> bool:
    return len(text) == 12 and text.isdecimal() and text.isascii() and check_digit(text[:11]) == text[11]


def open_file(
    session: Session, *, kind: str, opened_at: datetime, district: str | None, reference: str = ""
) -> CaseFile:
    """A new file at stage `new`, bound to the rule set of its day. Its first fact must follow: that writes it.

    `reference`: where it isn't one that a person is told.

    Raises BadRules where no rule set was in force on that day.
    """
    number = _next_number(session)
    file = as_written(
        CaseFile,
        id=number,
        kind=kind,
        reference=reference or reference_for(number, opened_at),
        rule_set=rule_book(session).on(shanghai_day(opened_at)).name,
        opened_at=opened_at,
        district=district,
    )
    if not on_postgresql(session):  # without a sequence, only a row holds its number
        session.execute(insert(table(CaseFile)), file.model_dump())
    return file


def lock(session: Session, file_id: int, *, version: int | None = None) -> CaseFile:
    """The file, held until the transaction ends: always the first lock (architecture, "Order of locks").

    Raises NoSuchFile, and StaleVersion where `version` is given and isn't the file's.
    """
    file = session.exec(_HELD, params={"file": file_id}).one_or_none()
    if file is None:
        raise NoSuchFile(str(file_id))
    if version is not None and version != file.version:
        raise StaleVersion(file, version)
    return file


_HELD = (  # built once: every act begins with it
    select(CaseFile).where(CaseFile.id == bindparam("file")).with_for_update().execution_options(populate_existing=True)
)


def _next_number(session: Session) -> int:
    return int(session.execute(_NEXT if on_postgresql(session) else _AFTER_THE_LAST).scalar_one())


_NEXT = select(func.nextval("casefile_id_seq"))
_AFTER_THE_LAST = select(func.coalesce(func.max(col(CaseFile.id)), 0) + 1)
