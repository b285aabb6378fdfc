"""`/firm`: a repair firm's own orders, on a phone in one hand. A view finds, acts once, answers."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from claims.attachments import Attachment
from claims.attachments.downloads import PICTURES, handed_over, pdf
from claims.casefile import CaseFile
from claims.desk.acting import answer, blank
from claims.desk.form import Form
from claims.desk.sight import file_in_sight
from claims.firm.page import done_page, lists_page, order_page
from claims.firm.queries import own_order
from claims.firm.sheets import SHEETS
from claims.letters.queries import letters_in_sight
from claims.registry import parts
from claims.repair import RepairOrder
from claims.web import Problem, current_person, database, may_enter
from claims.web.clock.wording import day_in_words
from claims.web.pages import asked_again
from config.time import now

pages = Blueprint("firm", __name__, url_prefix="/firm")


@pages.context_processor
def words_of_the_firm() -> dict[str, Any]:
    return {"parts": parts(), "pictures": PICTURES, "near_day": lambda day: day_in_words(day, now())}


@pages.get("")
@may_enter("firm")
def show_lists() -> str:
    """Today's first, then what is late and what comes next."""
    return render_template("claims/firm/lists.html", **lists_page(database(), current_person(), now()))


@pages.get("/done")
@may_enter("firm")
def show_done() -> str:
    before = request.args.get("cursor", type=int)
    return render_template("claims/firm/done.html", **done_page(database(), current_person(), before))


@pages.get("/orders/<int:order>")
@may_enter("firm")
def show_order(order: int) -> str:
    return _shown(*_found(order), None)


@pages.get("/orders/<int:order>/<any(quote, start, completion):act>")
@may_enter("firm")
def new_act(order: int, act: str) -> str:
    found, file = _found(order)
    return _shown(found, file, blank(database(), file, SHEETS[act], order, now()))


@pages.post("/orders/<int:order>/<any(quote, start, completion):act>")
@may_enter("firm")
def create_act(order: int, act: str) -> Response | tuple[str, int]:
    """303 back to the order; 409, 412 or 422 with the form as it was filled in."""
    found, file = _found(order)
    tried = answer(database(), current_person(), file, SHEETS[act], {"order": order})
    if tried.form is not None:
        database().refresh(found)
        return _shown(found, file, tried.form), tried.status
    flash(str(SHEETS[act].done))
    return redirect(url_for(".show_order", order=order), 303)


@pages.get("/orders/<int:order>/work-order.pdf")
@may_enter("firm")
def show_work_order(order: int) -> Response:
    """The sealed PDF, as it was issued."""
    _order, file = _found(order)
    letters = letters_in_sight(database(), current_person(), file.id or 0)
    letter = next((each for each in letters if each.subject == f"order:{order}"), None)
    kept = database().get(Attachment, letter.attachment_id) if letter and letter.attachment_id else None
    if letter is None or kept is None:
        raise Problem(404, "The letter hasn't been issued yet")
    return pdf(database().info["files"].read(kept.key), f"{letter.number}.pdf")


@pages.get("/files/<token>")
@may_enter("firm")
def show_file(token: str) -> Response:
    """A photo of what the firm repairs; a picture is shown, anything else downloaded."""
    kept = file_in_sight(database(), current_person(), token)
    if kept is None:
        raise Problem(404, "No such file")
    answer = handed_over(database(), kept, "inline" if kept.content_type in PICTURES else "attachment")
    answer.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return answer


def _found(number: int) -> tuple[RepairOrder, CaseFile]:
    """Raises 404 for what isn't the asker's own, whether or not it exists."""
    found = own_order(database(), current_person(), number)
    if found is None:
        raise Problem(404, "No such order on this claim")
    return found


def _shown(order: RepairOrder, file: CaseFile, form: Form | None) -> str:
    page = order_page(database(), current_person(), order, file, now(), form)
    return render_template("claims/firm/order.html", **page)


@pages.errorhandler(CSRFError)
def show_again(error: CSRFError) -> Any:
    """The form was open for too long: it is shown again with everything that was typed."""
    return asked_again(error)
