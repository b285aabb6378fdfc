"""`/desk`: the queue, one claim, and each act on it. A view finds, acts once, answers."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from claims.access import WHOLE_DESK
from claims.attachments import Attachment
from claims.attachments.downloads import PICTURES, SOUNDS, handed_over, pdf
from claims.casefile import CaseFile, NoSuchFile
from claims.desk import words
from claims.desk.acting import answer, blank
from claims.desk.duties import is_duty
from claims.desk.form import Form
from claims.desk.homes import home_page, homes_page
from claims.desk.page import claim_page, queue_page
from claims.desk.sending import letter_in_sight, message_in_sight, outbox_page, try_letter_again
from claims.desk.sheet import Sheet
from claims.desk.sheets import SHEETS
from claims.desk.sight import Sight, file_in_sight
from claims.desk.what_if import what_if_page
from claims.letters import letters_of, read_letter
from claims.registry import parts
from claims.web import Problem, current_person, database, file_or_404, may_enter, problem
from claims.web.pages import asked_again
from config.time import now
from notifications.outbox import try_again

pages = Blueprint("desk", __name__, url_prefix="/desk")
EVERY_CLAIM = tuple(sorted(WHOLE_DESK))
SENDERS = ("adjuster", "lead")
STAFF = ("adjuster", "surveyor", "lead", "manager", "finance", "auditor", "appraiser")


@pages.context_processor
def words_of_the_desk() -> dict[str, Any]:
    return {"words": words, "parts": parts(), "pictures": PICTURES, "every_claim": EVERY_CLAIM}


@pages.get("")
@may_enter(*STAFF)
def show_queue() -> str | Response:
    """Most urgent first; every filter is a link that can be kept."""
    asked = request.args.get("q", "").strip()
    if is_duty(database(), current_person(), asked):
        return redirect(url_for("duties.show_project", reference=asked))
    page = queue_page(database(), current_person(), request.args, now())
    return render_template("claims/desk/queue.html", **page)


@pages.get("/what-if")
@may_enter(*STAFF, "operator")
def show_what_if() -> str:
    """Asked by address alone, so that an answer can be kept and sent as a link."""
    return render_template("claims/desk/what_if.html", **what_if_page(database(), request.args, now()))


@pages.get("/homes")
@may_enter(*EVERY_CLAIM)
def list_homes() -> str:
    page = homes_page(database(), current_person(), request.args.get("q", "").strip()[:100])
    return render_template("claims/desk/homes.html", **page)


@pages.get("/homes/<code>")
@may_enter(*EVERY_CLAIM)
def show_home(code: str) -> str:
    """Owners masked; in clear, with a line in the log, for whoever works on a claim of this home (`?claim=`)."""
    page = home_page(database(), current_person(), code, request.args.get("claim", ""), now())
    if page is None:
        raise Problem(404, "No such home")
    return render_template("claims/desk/home.html", **page)


@pages.get("/outbox")
@may_enter(*SENDERS, "manager", "auditor")
def show_outbox() -> str:
    return render_template("claims/desk/outbox.html", **outbox_page(database(), current_person(), request.args))


@pages.post("/outbox/messages/<int:message>")
@may_enter(*SENDERS)
def create_message_try(message: int) -> Response:
    """One more try; somebody who has pressed twice sends once."""
    found = message_in_sight(database(), current_person(), message)
    if found is None:
        raise Problem(404, "No such message")
    return _tried_again(try_again(database(), found, now()))


@pages.post("/outbox/letters/<int:letter>")
@may_enter(*SENDERS)
def create_letter_try(letter: int) -> Response:
    found = letter_in_sight(database(), current_person(), letter)
    if found is None:
        raise Problem(404, "No such letter on this claim")
    return _tried_again(try_letter_again(found, now()))


def _tried_again(will: bool) -> Response:
    flash(_("已重新排队，马上再试。") if will else _("不用再试：已经在发送，或者已经送出。"))
    return redirect(url_for("desk.show_outbox"), 303)


@pages.get("/<reference>")
@may_enter(*STAFF)
def show_claim(reference: str) -> str | Response:
    try:
        return _shown(file_or_404(database(), current_person(), reference), None)
    except NoSuchFile:
        if is_duty(database(), current_person(), reference):
            return redirect(url_for("duties.show_project", reference=reference))
        raise


@pages.get("/<reference>/files/<token>")
@may_enter(*STAFF)
def show_file(reference: str, token: str) -> Response:
    """The original, always as a download: nothing that a stranger sent is shown inside our pages."""
    return handed_over(database(), _file(reference, token), "attachment")


@pages.get("/<reference>/photos/<token>")
@may_enter(*STAFF)
def show_photo(reference: str, token: str) -> Response:
    """A photo to be looked at: its first bytes say that it is one, and it may run and fetch nothing."""
    kept = _file(reference, token)
    if kept.content_type not in PICTURES:
        raise Problem(404, "No such file")
    return handed_over(database(), kept, "inline")


@pages.get("/<reference>/recordings/<token>")
@may_enter(*STAFF)
def show_recording(reference: str, token: str) -> Response:
    """What a caller said, to be played; in pieces where a browser asks for pieces."""
    kept = _file(reference, token)
    if kept.content_type not in SOUNDS:
        raise Problem(404, "No such file")
    answer = handed_over(database(), kept, "inline")
    return answer.make_conditional(request.environ, accept_ranges=True, complete_length=kept.size)


@pages.get("/<reference>/letters/<number>")
@may_enter(*STAFF)
def show_letter(reference: str, number: str) -> Response:
    """The PDF as it was issued; of a draft, how it would be made now."""
    file = file_or_404(database(), current_person(), reference)
    seen = Sight(database(), current_person(), file.id or 0).of("letters", letters_of(database(), file.id or 0))
    letter = next((each for each in seen if each.number == number), None)
    if letter is None:
        raise Problem(404, "No such letter on this claim")
    return pdf(read_letter(database(), letter, now()), f"{letter.number}.pdf")


def _file(reference: str, token: str) -> Attachment:
    file = file_or_404(database(), current_person(), reference)
    kept = file_in_sight(database(), current_person(), token)
    if kept is None or kept.file_id != file.id:
        raise Problem(404, "No such file")
    return kept


def _shown(file: CaseFile, form: Form | None) -> str:
    """The claim's page, with this form at its centre, or with the act that the law waits for."""
    page = claim_page(database(), current_person(), file, now(), form)
    return render_template("claims/desk/claim.html", **page)


def _new(sheet: Sheet) -> Callable[..., str]:
    def new_act(reference: str, **path: int | str) -> str:
        file = file_or_404(database(), current_person(), reference)
        return _shown(file, blank(database(), file, sheet, next(iter(path.values()), None), now()))

    return new_act


def _create(sheet: Sheet) -> Callable[..., Response | tuple[str, int]]:
    def create_act(reference: str, **path: int | str) -> Response | tuple[str, int]:
        """303 back to the claim; 409, 412 or 422 with the form as it was filled in, or why no letter can be read."""
        file = file_or_404(database(), current_person(), reference)
        tried = answer(database(), current_person(), file, sheet, path)
        if tried.pdf is not None:
            return pdf(tried.pdf, "preview.pdf")
        if tried.preview:
            return render_template("claims/desk/no_preview.html", reference=reference, form=tried.form), tried.status
        if tried.form is not None:
            return _shown(file, tried.form), tried.status
        flash(str(sheet.done))
        return redirect(url_for("desk.show_claim", reference=reference), 303)

    return create_act


def _register(sheet: Sheet) -> None:
    """For the house: a firm acts on its own orders at /firm, where it sees no more of the claim than those."""
    entering = may_enter(*(role for role in sheet.roles if role in STAFF))
    name = sheet.name.removeprefix("create_")
    pages.add_url_rule(f"/<reference>/{sheet.act}", f"new_{name}", entering(_new(sheet)))
    pages.add_url_rule(f"/<reference>/{sheet.act}", f"create_{name}", entering(_create(sheet)), methods=["POST"])


SHEET_ENDPOINTS = frozenset(f"desk.create_{sheet.name.removeprefix('create_')}" for sheet in SHEETS.values())
for _sheet in SHEETS.values():
    _register(_sheet)


@pages.errorhandler(CSRFError)
def show_again(error: CSRFError) -> Any:
    """A sheet that was open for too long is shown again with everything that was typed; nothing is done."""
    if request.endpoint not in SHEET_ENDPOINTS:
        return problem(400, "This page was open for too long")
    return asked_again(error)
