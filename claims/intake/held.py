"""Finding a claim to act on: in sight, locked, at the version that the asker has read."""

from claims.casefile import CaseFile
from claims.intake.model import Claim
from claims.web import check_version, current_person, database, file_or_404


def held_claim(reference: str) -> tuple[CaseFile, Claim]:
    """The file, locked, and its claim. Raises NoSuchFile (404) and StaleVersion (412)."""
    file = file_or_404(database(), current_person(), reference, hold=True)
    check_version(file)
    return file, database().get_one(Claim, file.id)


def leads_word() -> str:
    """Who stands for a late entry: the asker, where a lead."""
    person = current_person()
    return f"staff:{person.id}" if "lead" in person.roles.split(";") else ""
