"""The homeowner's pages: what to do now, the report, the receipt. Each works without JavaScript."""

from typing import Any

import segno
from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from claims.attachments.actions import LARGEST
from claims.casefile import Refused
from claims.intake import steps
from claims.intake.actions import receive_report
from claims.intake.form import ReportForm
from claims.intake.photos import MOST, brought, brought_before
from claims.intake.queries import promised, receipt_of, says_the_same
from claims.registry import parts
from claims.web import database, open_to_all
from claims.web.limits import TooMany
from config.time import now, shanghai_day

pages = Blueprint("pages", __name__)
ROOM_FOR_WORDS = 2 * 1024 * 1024
RECEIPT_LIVES = 24 * 3600
"""Seconds for which the browser that sent a report may show its receipt again."""
RECEIPTS = 5


@pages.url_value_preprocessor
def make_room(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """As many photos as we promise fit into one form; said before anything reads it."""
    if endpoint in ("pages.show_step", "pages.create_report"):
        request.max_content_length = MOST * LARGEST + ROOM_FOR_WORDS


@pages.get("/")
@open_to_all
def show_home() -> str:
    return render_template("claims/intake/home.html")


@pages.get("/report")
@open_to_all
def new_report() -> str:
    return _shown(ReportForm())


@pages.post("/report")
@open_to_all
def show_step() -> tuple[str, int]:
    """The next step, one back, or one by name; 422 with the step that something is wrong in. Keeps photos alone."""
    at = now()
    form = ReportForm.sent(brought(at))
    form.turn(database(), request.form.get("go", "on"), at)
    return _shown(form), 422 if form.errors else 200


@pages.post("/report/done")
@open_to_all
def create_report() -> tuple[str, int] | AnyResponse:
    """303 to the receipt; 422 with the step that something is wrong in, and everything as it was typed."""
    at = now()
    form = ReportForm.sent(brought(at))
    report = form.read(database(), at)
    if report is None:
        return _shown(form), 422
    try:
        received = receive_report(database(), report, by="homeowner", at=at)
    except Refused as refused:
        form.refuse(refused.errors)
        return _shown(form), 422
    if not received.new and not says_the_same(database(), received, report, [p.sha256 for p in form.photos.kept]):
        form.renew(_already_sent(received.file.reference))
        return _shown(form), 422
    there = url_for(".show_done", claim=received.file.reference, _anchor="received")
    return _remembering(received.file.reference, redirect(there, 303))


@pages.get("/report/done")
@open_to_all
def show_done() -> Response | tuple[str, int]:
    """The receipt, for the browser that sent the report: the reference alone opens nothing."""
    reference = request.args.get("claim", "")
    receipt = receipt_of(database(), reference) if reference in _remembered() else None
    if receipt is None:
        advice = _("回执只在报案用的设备上保留一天。报案号和查询码也会用短信发到您填的手机；没有收到的话，请打电话。")
        return render_template("errors/error.html", title=_("这里没有可以显示的回执"), advice=advice), 404
    there = _outside(url_for("track.show_door", claim=reference))
    qr = segno.make(there, error="m").svg_inline(border=3, light="#fff", omitsize=True)
    owed = promised(database(), reference, now())
    answer = make_response(render_template("claims/intake/report_done.html", receipt=receipt, owed=owed, qr=qr))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.errorhandler(CSRFError)
def show_again(_error: CSRFError) -> tuple[str, int]:
    """The form was open too long, or cookies are off: nothing that was typed or chosen is lost."""
    form = ReportForm.sent(brought(now()))
    form.turn(database(), steps.WHERE if form.step == steps.MATCH else form.step, now())
    form.notice = _(
        "这一页放得太久，提交没有成功。您填的都还在，请再提交一次。一直不成功的话，请允许浏览器使用Cookie，或者打电话报案。"
    )
    return _shown(form), 422


@pages.errorhandler(TooMany)
def show_wait(refusal: TooMany) -> tuple[str, int, dict[str, str]]:
    """Too many from one address: nothing that was typed is lost, and there is the telephone."""
    form = ReportForm.sent(brought_before())
    form.notice = _("提交得太快了，请等一分钟再提交一次。您填的都还在，这次选的照片要重新选。着急的话，请打电话报案。")
    return _shown(form), 429, dict(refusal.headers)


def _shown(form: ReportForm) -> str:
    today = shanghai_day(now())
    return render_template("claims/intake/report.html", form=form, parts=parts(), today=today, most=MOST)


def _already_sent(reference: str) -> str:
    return _(
        "这份表已经报过案，报案号%(reference)s；现在的内容和那次不一样。如果这是另一处问题，请再提交一次，照片要重新选。"
        "如果只是补充或者更正，请打电话并报这个报案号。",
        reference=reference,
    )


def _outside(path: str) -> str:
    """The address as another device reaches it: never what a Host header says."""
    return f"{current_app.extensions['settings'].public_url.rstrip('/')}{path}"


def _remembering(reference: str, answer: AnyResponse) -> AnyResponse:
    """In a cookie that goes to the receipt alone: one for all pages would make a browser forget the form's steps."""
    receipts = dict([*_remembered().items(), (reference, int(now().timestamp()))][-RECEIPTS:])
    answer.set_cookie(
        "receipts", _signer().dumps(receipts), max_age=RECEIPT_LIVES, path=url_for(".show_done"), httponly=True,
        samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"],
    )  # fmt: skip
    return answer


def _remembered() -> dict[str, int]:
    """Reference → when it was reported, in seconds; the older ones are forgotten."""
    try:
        receipts: dict[str, int] = _signer().loads(request.cookies.get("receipts", ""))
    except BadSignature:
        return {}
    return {reference: at for reference, at in receipts.items() if at > now().timestamp() - RECEIPT_LIVES}


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="receipts")
