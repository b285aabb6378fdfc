"""`/desk/roster`: who is on duty, the next two weeks, and what was changed by whom."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from marshmallow import ValidationError
from sqlmodel import col, select
from werkzeug.wrappers import Response

from claims.access import Person, roles_of
from claims.casefile import AlreadyDone
from claims.registry import masked
from claims.roster import words
from claims.roster.actions import add_shift, withdraw_shift
from claims.roster.form import USUAL, ShiftForm
from claims.roster.queries import changes, roster_ahead, roster_gaps, roster_warning, shifts_that_stand
from claims.roster.schema import ShiftIn
from claims.web import Problem, actor, current_person, database, may_enter
from claims.web.pages import asked_again
from claims.web.submission import by_field, submitted
from config.time import now, shanghai_day

pages = Blueprint("roster", __name__, url_prefix="/desk/roster")
READERS = ("adjuster", "lead", "manager", "operator", "auditor")
KEEPERS = ("lead", "manager")


@pages.get("")
@may_enter(*READERS)
def show_roster() -> str:
    return _shown(ShiftForm(USUAL | {"first_on": shanghai_day(now()).isoformat()}))


@pages.post("")
@may_enter(*KEEPERS)
def create_shift() -> Response | tuple[str, int]:
    """303 to the roster; 422 with what was typed."""
    form = ShiftForm(dict(request.form))
    if g.get("form_expired"):
        form.notice = _("这一页放得太久，提交没有成功。您填的都还在，请再提交一次。")
        return _shown(form), 422
    try:
        add_shift(database(), **submitted(ShiftIn()), by=actor(current_person()), at=now())
    except ValidationError as error:
        form.refuse(by_field(error.normalized_messages()))
        return _shown(form), 422
    flash(_("已排进值班表。"))
    return redirect(url_for(".show_roster"), 303)


@pages.post("/<int:shift>/withdrawal")
@may_enter(*KEEPERS)
def create_withdrawal(shift: int) -> Response | tuple[str, int]:
    """303 to the roster; 409 where somebody was faster."""
    form = ShiftForm(USUAL)
    if g.get("form_expired"):
        form.notice = _("这一页放得太久，提交没有成功。请再提交一次。")
        return _shown(form), 422
    try:
        if withdraw_shift(database(), shift, by=actor(current_person()), at=now()) is None:
            raise Problem(404, "No such shift")
    except AlreadyDone:
        form.notice = _("这一班刚刚有人撤下了。")
        return _shown(form), 409
    flash(_("已从值班表撤下。"))
    return redirect(url_for(".show_roster"), 303)


def _shown(form: ShiftForm) -> str:
    session, as_of = database(), now()
    rows, standing = changes(session), shifts_that_stand(session, as_of)
    return render_template(
        "claims/roster/roster.html",
        form=form,
        words=words,
        ahead=roster_ahead(session, as_of),
        gaps=roster_gaps(session, as_of),
        warning=roster_warning(session, as_of),
        standing=standing,
        rows=rows,
        names=_names([*rows, *standing]),
        phone_of=lambda shift: masked(session.info["sealer"].open(shift.phone_sealed)),
        last_resort=masked(session.info["settings"].on_duty_number),
        may_keep=bool(roles_of(current_person()) & set(KEEPERS)),
    )


def _names(rows: Any) -> dict[str, str]:
    """`staff:5` → name."""
    people = {each for row in rows for each in (row.by, row.withdrawn_by) if each.startswith("staff:")}
    numbers = [int(each.removeprefix("staff:")) for each in people]
    found = database().exec(select(Person).where(col(Person.id).in_(numbers)))
    return {f"staff:{person.id}": person.name for person in found}


@pages.errorhandler(CSRFError)
def show_again(error: CSRFError) -> Any:
    """The form was open for too long: it is shown again with everything that was typed."""
    return asked_again(error)
