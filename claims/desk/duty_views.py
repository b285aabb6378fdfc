"""`/desk/projects`: projects, uploads and recoveries with their duties, and each act on them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlmodel import select
from werkzeug.wrappers import Response

from claims.attachments import attachment_in_sight
from claims.attachments.downloads import handed_over
from claims.casefile import AlreadyDone, CaseFile
from claims.desk import words
from claims.desk.acting import answer, blank
from claims.desk.duties import duty_page, list_page, sheet_for
from claims.desk.form import Form
from claims.desk.sheet import Sheet
from claims.duties import DutyFile, open_project, records_of
from claims.duties.api import ACTORS, READERS
from claims.duties.queries import KINDS, project_in_sight
from claims.web import Problem, actor, current_person, database, file_or_404, may_enter, problem
from claims.web.pages import asked_again
from config.time import now

pages = Blueprint("duties", __name__, url_prefix="/desk/projects")


@pages.context_processor
def words_of_the_desk() -> dict[str, Any]:
    return {"words": words}


@pages.get("")
@may_enter(*READERS)
def list_projects() -> str:
    return render_template("claims/desk/projects.html", **list_page(database(), current_person(), request.args, now()))


@pages.post("")
@may_enter(*ACTORS)
def create_project() -> Response | tuple[str, int]:
    """303 to the file, also where somebody was faster; 422 where no project has this code."""
    project = project_in_sight(database(), current_person(), request.form.get("project", "").strip()[:40])
    if project is None:
        page = list_page(database(), current_person(), {}, now())
        wrong = _("没有这个项目编号。请从列表里选，或者先导入项目资料。")
        return render_template("claims/desk/projects.html", wrong=wrong, **page), 422
    try:
        file = open_project(database(), project, by=actor(current_person()), at=now())
    except AlreadyDone:
        known = select(CaseFile).join(DutyFile).where(DutyFile.key == f"project:{project.code}")
        file = database().exec(known).one()
    else:
        flash(_("已建立项目档案，责任开始前的期限已经倒推出来。"))
    return redirect(url_for(".show_project", reference=file.reference), 303)


@pages.get("/<reference>")
@may_enter(*READERS)
def show_project(reference: str) -> str:
    return _shown(_file(reference), None)


@pages.get("/<reference>/files/<token>")
@may_enter(*READERS)
def show_file(reference: str, token: str) -> Response:
    file = _file(reference)
    kept = attachment_in_sight(database(), current_person(), token)
    if kept is None or kept.file_id != file.id:
        raise Problem(404, "No such file")
    return handed_over(database(), kept, "attachment")


@pages.get("/<reference>/<act>")
@pages.get("/<reference>/<act>/<int:record>")
@may_enter(*ACTORS)
def new_act(reference: str, act: str, record: int | None = None) -> str:
    file = _file(reference)
    return _shown(file, blank(database(), file, _sheet(file, act, record), record, now()))


@pages.post("/<reference>/<act>")
@pages.post("/<reference>/<act>/<int:record>")
@may_enter(*ACTORS)
def create_act(reference: str, act: str, record: int | None = None) -> Response | tuple[str, int]:
    """303 back to the file; 409, 412 or 422 with the form as it was filled in."""
    file = _file(reference)
    path = {"record": record} if record is not None else {}
    tried = answer(database(), current_person(), file, _sheet(file, act, record), path)
    if tried.form is not None:
        return _shown(file, tried.form), tried.status
    flash(_("已记下。"))
    return redirect(url_for(".show_project", reference=reference), 303)


@pages.errorhandler(CSRFError)
def show_again(error: CSRFError) -> Any:
    """A sheet that was open for too long is shown again with everything that was typed; nothing is done."""
    if request.endpoint != "duties.create_act":
        return problem(400, "This page was open for too long")
    return asked_again(error)


def _file(reference: str) -> CaseFile:
    return file_or_404(database(), current_person(), reference, kinds=KINDS)


def _sheet(file: CaseFile, act: str, record: int | None) -> Sheet:
    sheet = sheet_for(file.kind, act, record)
    known = record is None or record in {each.id for each in records_of(database(), file.id or 0)}
    if sheet is None or not known:
        raise Problem(404, "No such act on this file")
    return sheet


def _shown(file: CaseFile, form: Form | None) -> str:
    return render_template("claims/desk/project.html", **duty_page(database(), current_person(), file, now(), form))
