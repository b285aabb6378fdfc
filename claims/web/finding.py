"""Finding a claim through the policy: what a person may not see doesn't exist for them."""

from collections.abc import Collection

from flask import g, request
from sqlmodel import Session, col, select

from claims.access import Person, in_sight
from claims.casefile import CaseFile, NoSuchFile, StaleVersion, is_reference
from claims.web.problems import Problem


def file_or_404(
    session: Session, person: Person, reference: str, *, hold: bool = False, kinds: Collection[str] = ("claim",)
) -> CaseFile:
    """The file of one of the kinds, locked where `hold`; NoSuchFile (404) where there is none in `person`'s sight."""
    if not is_reference(reference):
        raise NoSuchFile(reference)
    query = select(CaseFile).where(CaseFile.reference == reference, col(CaseFile.kind).in_(kinds), in_sight(person))
    if hold:
        query = query.with_for_update(of=CaseFile).execution_options(populate_existing=True)
    file = session.exec(query).one_or_none()
    if file is None:
        raise NoSuchFile(reference)
    g.file = file
    return file


def expected_version() -> int | None:
    """The version in `If-Match`, or in a page's form; None where absent or `*`. 422 where it isn't one of ours."""
    given = (request.headers.get("If-Match", "") or request.form.get("version", "")).strip()
    if not given or given == "*":
        return None
    digits = given.removeprefix("W/").strip('"')
    if not (digits.isdecimal() and digits.isascii() and len(digits) < 10):
        raise Problem(422, "If-Match is not a version", 'send the ETag of the claim, such as "3"')
    return int(digits)


def check_version(file: CaseFile) -> None:
    """Raises StaleVersion (412) where the request carries another version than the file's."""
    held = expected_version()
    if held is not None and held != file.version:
        raise StaleVersion(file, held)
