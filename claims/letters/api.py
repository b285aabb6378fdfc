"""The letters of a claim: listed, read as PDF, and their dispatch by post recorded."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from claims.access import roles_of
from claims.attachments import Attachment
from claims.attachments.downloads import pdf
from claims.casefile import CaseFile
from claims.letters.actions import dispatch
from claims.letters.model import Letter
from claims.letters.queries import letters_in_sight
from claims.letters.schema import DispatchIn, LetterOut, LettersOut
from claims.web import Problem, actor, current_person, database, file_or_404, may_enter
from config.time import now

api = APIBlueprint("letters_api", __name__, url_prefix="/api/v1/claims/<reference>", tag="Letters")
PDF: Any = {
    200: {
        "description": "The letter.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}
READERS = ("adjuster", "lead", "manager", "auditor", "firm")


@api.get("/letters")
@may_enter(*READERS)
@api.output(LettersOut)
def list_letters(reference: str) -> dict[str, Any]:
    """Every letter of the claim that you may read, with its state and the proof of its dispatch."""
    file = file_or_404(database(), current_person(), reference)
    return {"letters": letters_in_sight(database(), current_person(), file.id or 0)}


@api.get("/letters/<number>.pdf")
@may_enter(*READERS)
@api.doc(responses=PDF)
def show_letter(reference: str, number: str) -> Response:
    """The sealed PDF, byte for byte as it was issued."""
    _, letter = _found(reference, number)
    kept = database().get(Attachment, letter.attachment_id) if letter.attachment_id else None
    if kept is None:
        raise Problem(404, "The letter hasn't been issued yet", letter.error)
    answer = pdf(database().info["files"].read(kept.key), f"{letter.number}.pdf")
    answer.headers["X-Content-SHA256"] = kept.sha256
    return answer


@api.post("/letters/<number>/dispatch")
@may_enter("adjuster", "lead")
@api.input(DispatchIn)
@api.output(LetterOut, status_code=201)
def create_dispatch(reference: str, number: str, json_data: dict[str, Any]) -> Letter:
    """Record that the letter was handed over, with its receipt. A late entry that removes a breach needs a lead."""
    person = current_person()
    file, letter = _found(reference, number, hold=True)
    confirmed_by = actor(person) if "lead" in roles_of(person) else ""
    dispatch(
        database(),
        file,
        letter,
        channel=json_data["channel"],
        evidence=json_data["evidence"],
        by=actor(person),
        at=json_data["handed_over_at"],
        recorded_at=now(),
        confirmed_by=confirmed_by,
    )
    return letter


def _found(reference: str, number: str, *, hold: bool = False) -> tuple[CaseFile, Letter]:
    file = file_or_404(database(), current_person(), reference, hold=hold)
    readable = letters_in_sight(database(), current_person(), file.id or 0)
    letter = next((letter for letter in readable if letter.number == number), None)
    if letter is None:
        raise Problem(404, "No such letter on this claim")
    return file, letter
