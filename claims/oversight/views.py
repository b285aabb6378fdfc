"""`/oversight`: the board, the registers of breaches and near misses, and why a breach happened."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from claims.access import roles_of
from claims.calendar import calendar_warning
from claims.casefile import AlreadyDone
from claims.desk import words as desk_words
from claims.oversight import words
from claims.oversight.actions import explain_breach
from claims.oversight.calls import ROWS, calls
from claims.oversight.cause_form import CauseForm
from claims.oversight.export import as_csv
from claims.oversight.hotline import fetched
from claims.oversight.page import board_page, register_page, span_asked
from claims.oversight.queries import Breach, breach_in_sight, breaches
from claims.oversight.schema import CauseIn
from claims.roster import roster_warning
from claims.web import Problem, actor, current_person, database, may_enter
from claims.web.pages import asked_again
from claims.web.submission import by_field, submitted
from config.time import now, shanghai_day

pages = Blueprint("oversight", __name__, url_prefix="/oversight")
READERS = ("lead", "manager", "auditor")
EXPLAINERS = ("lead", "manager")


@pages.context_processor
def words_of_oversight() -> dict[str, Any]:
    return {"words": words, "desk_words": desk_words, "db": database(), "may_explain": _may_explain()}


@pages.get("")
@may_enter(*READERS)
def show_board() -> str:
    """Four numbers, then where they come from."""
    page = board_page(database(), current_person(), now())
    return render_template(
        "claims/oversight/board.html", warning=calendar_warning(now()), roster=roster_warning(database(), now()), **page
    )


@pages.get("/breaches")
@may_enter(*READERS)
def show_breaches() -> str:
    page = register_page(database(), current_person(), request.args, now())
    return render_template("claims/oversight/breaches.html", near=False, **page)


@pages.get("/near-misses")
@may_enter(*READERS)
def show_near_misses() -> str:
    page = register_page(database(), current_person(), request.args, now(), near=True)
    return render_template("claims/oversight/breaches.html", near=True, **page)


@pages.get("/breaches.csv")
@may_enter(*READERS)
def show_breaches_as_csv() -> Response:
    """The whole register as the filters say, for the regulator."""
    span, _cursor = span_asked(request.args)
    rows = breaches(database(), current_person(), span)
    lines = stream_with_context(as_csv(database(), rows, now()))
    answer = Response(lines, mimetype="text/csv")
    name = f"breaches-{shanghai_day(now()).isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@pages.get("/calls")
@may_enter(*READERS)
def show_calls() -> str:
    """This month's calls, or those of them that a number of the board counts."""
    which, before = request.args.get("which", ""), request.args.get("before", "")
    which = which if which in words.CALLS else ""
    number = int(before) if before.isdecimal() and before.isascii() and len(before) < 18 else None
    rows = calls(database(), current_person(), which, now(), before=number, limit=ROWS + 1)
    further = rows[ROWS - 1].call.id if len(rows) > ROWS else None
    told = {"rows": rows[:ROWS], "next": further, "which": which, "as_of": now()}
    return render_template("claims/oversight/calls.html", **told)


@pages.get("/fetched")
@may_enter(*READERS)
def show_fetched() -> str:
    """What never reached us, and was found in the provider's log."""
    return render_template("claims/oversight/fetched.html", rows=fetched(database(), current_person()))


@pages.get("/breaches/<int:breach>/cause")
@may_enter(*EXPLAINERS)
def new_cause(breach: int) -> str:
    found = _found(breach)
    return _asked(found, CauseForm.of(found.cause))


@pages.post("/breaches/<int:breach>/cause")
@may_enter(*EXPLAINERS)
def create_cause(breach: int) -> Response | tuple[str, int]:
    """303 back to the register; 422 with what was typed, 409 where the breach has been withdrawn meanwhile."""
    found, form = _found(breach, hold=True), CauseForm(dict(request.form))
    if g.get("form_expired"):
        form.notice = _("这一页放得太久，提交没有成功。您填的都还在，请再提交一次。")
        return _asked(found, form), 422
    try:
        told = submitted(CauseIn())
        explain_breach(database(), found.file, found.clock, **told, by=actor(current_person()), at=now())
    except ValidationError as error:
        form.refuse(by_field(error.normalized_messages()))
        return _asked(found, form), 422
    except AlreadyDone:
        form.notice = _("这次超期已经撤销，不用再说明原因。")
        return _asked(found, form), 409
    flash(_("已记下原因和整改措施。"))
    return redirect(url_for(".show_breaches", state="open" if found.cause is None else None), 303)


def _found(number: int, *, hold: bool = False) -> Breach:
    found = breach_in_sight(database(), current_person(), number, hold=hold)
    if found is None:
        raise Problem(404, "No such breach")
    return found


def _may_explain() -> bool:
    return bool(roles_of(g.person) & set(EXPLAINERS)) if "person" in g else False


def _asked(breach: Breach, form: CauseForm) -> str:
    return render_template("claims/oversight/cause.html", breach=breach, form=form, as_of=now())


@pages.errorhandler(CSRFError)
def show_again(error: CSRFError) -> Any:
    """The form was open for too long: it is shown again with everything that was typed."""
    return asked_again(error)
