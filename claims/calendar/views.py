"""`/desk/calendar`: the years with their notices; a file is shown with what it would change before it is imported."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from claims.access import roles_of
from claims.calendar.actions import ImportedMeanwhile, import_year, with_year
from claims.calendar.queries import calendar_warning, what_would_change
from claims.calendar.reading import LARGEST, BadFile, read_year
from claims.calendar.words import refusal
from claims.casefile.belongings import calendar
from claims.casefile.published import rows_of
from claims.casefile.recounting import left_to_count
from claims.web import actor, current_person, database, may_enter
from config.time import now, shanghai_day

pages = Blueprint("calendar", __name__, url_prefix="/desk/calendar")
READERS = ("operator", "lead", "manager")
IMPORTER = "operator"


@pages.get("")
@may_enter(*READERS)
def show_years() -> str:
    return _years()


@pages.post("/preview")
@may_enter(IMPORTER)
def create_preview() -> str | tuple[str, int]:
    """What the file would change, before anything is; 422 with line and reason."""
    sent = request.files.get("file")
    content = sent.read(LARGEST + 1) if sent else b""
    try:
        if not content.strip():
            raise BadFile("the file is empty")
        year = read_year(content)
        days, _editions = with_year(database(), year, by=actor(current_person()), at=now())
    except BadFile as error:
        return _years(refusal(error)), 422
    if days is None:
        return _years(_("%(year)s年的放假安排和这个文件一样，不用再导入。", year=year.year)), 422
    change = what_would_change(database(), days)
    told = {"year": year, "content": content.decode("utf-8-sig"), "change": change}
    return render_template("claims/calendar/preview.html", **told)


@pages.post("")
@may_enter(IMPORTER)
def create_year() -> Response | tuple[str, int]:
    """303 to the years; 422 with line and reason, 409 where somebody was faster."""
    try:
        year = read_year(request.form.get("content", "").encode())
        row = import_year(database(), year, by=actor(current_person()), at=now())
    except BadFile as error:
        return _years(refusal(error)), 422
    except ImportedMeanwhile:
        return _years(_("刚刚有人导入了同一年的安排，请看过再导。")), 409
    if row is None:
        flash(_("%(year)s年的放假安排和这个文件一样，不用再导入。", year=year.year))
    else:
        flash(_("已导入%(year)s年的放假安排。未完成的期限随后自动重算。", year=year.year))
    current_app.extensions["database"].belongings["published"].look_next_time()
    return redirect(url_for(".show_years"), 303)


def _years(wrong: str = "") -> str:
    days, as_of = calendar(database()), now()
    rows = {row.year: row for row in rows_of(database())}
    told: dict[str, Any] = {
        "years": sorted(days.years, key=lambda year: year.year, reverse=True),
        "rows": rows,
        "provisional": _provisional(days.published_years[-1]),
        "left": left_to_count(database()),
        "warning": calendar_warning(as_of),
        "wrong": wrong,
        "may_import": IMPORTER in roles_of(current_person()),
    }
    return render_template("claims/calendar/years.html", **told)


def _provisional(last: int) -> range:
    """From the first year without a notice to the next one of the calendar."""
    return range(last + 1, max(last, shanghai_day(now()).year) + 2)
