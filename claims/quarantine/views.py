"""`/desk/quarantine`: what the hotline couldn't understand or verify, and the three acts that settle it."""

from collections.abc import Callable
from typing import Any

from apiflask import Schema
from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from claims.access import roles_of
from claims.casefile import AlreadyDone, Refused
from claims.quarantine import words
from claims.quarantine.actions import dismiss, link, open_claim
from claims.quarantine.form import SettlingForm
from claims.quarantine.queries import ROWS, STATES, Held, held, opened, quarantine, waiting
from claims.quarantine.schema import ClaimIn, DismissalIn, LinkIn
from claims.web import Problem, actor, current_person, database, may_enter
from claims.web.pages import asked_again
from claims.web.submission import by_field, submitted
from config.time import now
from notifications.model import Arrival

pages = Blueprint("quarantine", __name__, url_prefix="/desk/quarantine")
READERS = ("adjuster", "lead", "manager", "auditor")
SETTLERS = ("adjuster", "lead")


@pages.context_processor
def words_of_quarantine() -> dict[str, Any]:
    return {"words": words, "may_settle": "person" in g and bool(roles_of(g.person) & set(SETTLERS))}


@pages.get("")
@may_enter(*READERS)
def show_quarantine() -> str:
    state = request.args.get("state", "waiting")
    state, before = state if state in STATES else "waiting", request.args.get("before", "")
    number = int(before) if before.isdecimal() and before.isascii() and len(before) < 18 else None
    rows = quarantine(database(), current_person(), state, before=number, limit=ROWS + 1)
    return render_template(
        "claims/quarantine/list.html",
        rows=rows[:ROWS],
        next=rows[ROWS - 1].arrival.id if len(rows) > ROWS else None,
        state=state,
        count=waiting(database()),
    )


@pages.get("/<int:arrival>")
@may_enter(*READERS)
def show_arrival(arrival: int) -> str:
    return _shown(_found(arrival), None)


@pages.post("/<int:arrival>/claim")
@may_enter(*SETTLERS)
def create_claim(arrival: int) -> Response | tuple[str, int]:
    def act(found: Arrival, told: dict[str, Any], by: str) -> str:
        received = open_claim(database(), found, **told, by=by, at=now())
        flash(_("已建报案%(reference)s。", reference=received.file.reference))
        return url_for("desk.show_claim", reference=received.file.reference)

    return _acted(arrival, "claim", ClaimIn(), act)


@pages.post("/<int:arrival>/link")
@may_enter(*SETTLERS)
def create_link(arrival: int) -> Response | tuple[str, int]:
    def act(found: Arrival, told: dict[str, Any], by: str) -> str:
        file = link(database(), current_person(), found, **told, by=by, at=now())
        flash(_("已归入报案%(reference)s。", reference=file.reference))
        return url_for("desk.show_claim", reference=file.reference)

    return _acted(arrival, "link", LinkIn(), act)


@pages.post("/<int:arrival>/dismissal")
@may_enter(*SETTLERS)
def create_dismissal(arrival: int) -> Response | tuple[str, int]:
    def act(found: Arrival, told: dict[str, Any], by: str) -> str:
        dismiss(database(), found, **told, by=by, at=now())
        flash(_("已记为不用处理。"))
        return url_for(".show_quarantine")

    return _acted(arrival, "dismissal", DismissalIn(), act)


def _acted(
    number: int, name: str, schema: Schema, act: Callable[[Arrival, dict[str, Any], str], str]
) -> Response | tuple[str, int]:
    """303 to where it went; 422 with what was typed, 409 where somebody else was faster."""
    found, form = _found(number), SettlingForm(dict(request.form), name)
    if g.get("form_expired"):
        form.notice = _("这一页放得太久，提交没有成功。您填的都还在，请再提交一次。")
        return _shown(found, form), 422
    try:
        with database().begin_nested():
            there = act(found.arrival, submitted(schema), actor(current_person()))
    except ValidationError as error:
        form.refuse(by_field(error.normalized_messages()))
        return _shown(found, form), 422
    except Refused as refused:
        form.refuse(refused.errors)
        return _shown(found, form), 422
    except AlreadyDone:
        form.notice = _("这条来信刚刚有人处理过了。")
        return _shown(_found(number), form), 409
    return redirect(there, 303)


def _found(number: int) -> Held:
    found = held(database(), current_person(), number)
    if found is None:
        raise Problem(404, "No such arrival")
    return found


def _shown(found: Held, form: SettlingForm | None) -> str:
    shown = opened(database(), current_person(), found, now())
    return render_template("claims/quarantine/arrival.html", shown=shown, form=form or SettlingForm.of(shown))


@pages.errorhandler(CSRFError)
def show_again(error: CSRFError) -> Any:
    """The form was open for too long: it is shown again with everything that was typed."""
    return asked_again(error)
