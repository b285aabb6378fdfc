"""`/track`: the door, and one claim as its homeowner sees it. A view finds, acts once, answers."""

import secrets

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from claims.attachments.downloads import handed_over, pdf
from claims.casefile import is_reference
from claims.registry import e164, parts
from claims.track.actions import ask_for_code, enter_by_text, enter_by_track_code, note_try
from claims.track.entry import closed, current_opening, for_its_homeowner, opened, opening
from claims.track.page import page_of
from claims.track.queries import claim_in, file_of, letter_of
from claims.web import Problem, database, open_to_all
from config.time import now

pages = Blueprint("track", __name__, url_prefix="/track")
ENTER = {"code": enter_by_track_code, "text": enter_by_text}


@pages.get("")
@open_to_all
def show_door() -> str | Response:
    """Straight on to the claim where this browser has it open."""
    reference, there = _reference(), opening(now())
    if there is not None and reference in ("", there.reference):
        return redirect(url_for(".show_claim", reference=there.reference), 303)
    return _door(reference)


@pages.post("")
@open_to_all
def create_opening() -> tuple[str, int] | Response:
    """303 to the claim; 422 with the same words whatever is wrong: reference, code, or too many tries."""
    reference, way, at = _reference(), request.form.get("way", ""), now()
    session = database()
    noted = note_try(session, reference=reference[:16], visitor=request.remote_addr or "", at=at)
    session.commit()
    file = ENTER.get(way, enter_by_track_code)(session, noted, request.form.get("code", "")[:40])
    session.commit()  # a try counts, whatever the answer
    if file is None:
        wrong = _("报案号或查询码、验证码不对，或者试的次数太多。请核对后再试；一小时后还不行，请打电话。")
        return _door(reference, way=way, wrong=wrong), 422
    return opened(redirect(url_for(".show_claim", reference=file.reference), 303), file.reference, way, at)


@pages.post("/text")
@open_to_all
def create_ask() -> tuple[str, int] | Response:
    """303 to where the code is typed in, whether the phone belongs to the claim or not."""
    phone = e164(request.form.get("phone", ""))
    if phone is None or not is_reference(_reference()):
        wrong = _("请核对报案号（12位数字）和电话号码。")
        return _door(_reference(), wrong=wrong), 422
    ask_for_code(database(), reference=_reference(), phone=phone, visitor=request.remote_addr or "", at=now())
    return redirect(url_for(".show_text_door", claim=_reference()), 303)


@pages.get("/text")
@open_to_all
def show_text_door() -> str:
    return _door(_reference(), way="text")


@pages.post("/leave")
@open_to_all
def end_opening() -> Response:
    return closed(redirect(url_for("pages.show_home"), 303))


@pages.get("/<reference>")
@for_its_homeowner
def show_claim(reference: str) -> str:
    return shown(reference)


@pages.get("/<reference>/letters/<number>.pdf")
@for_its_homeowner
def show_letter(reference: str, number: str) -> Response:
    """The PDF as it was issued, of a letter that went to this homeowner."""
    kept = letter_of(database(), claim_in(database(), reference)[1], number)
    if kept is None:
        raise Problem(404, "No such letter on this claim")
    return pdf(database().info["files"].read(kept.key), f"{number}.pdf")


@pages.get("/<reference>/files/<token>")
@for_its_homeowner
def show_file(reference: str, token: str) -> Response:
    """What was sent in with the report or later, always as a download."""
    kept = file_of(database(), claim_in(database(), reference)[1], token)
    if kept is None:
        raise Problem(404, "No such file")
    return handed_over(database(), kept, "attachment")


@pages.errorhandler(CSRFError)
def show_again(_error: CSRFError) -> tuple[str, int]:
    """The page was open too long, or cookies are off."""
    wrong = _("这一页放得太久，提交没有成功，请再提交一次。一直不成功的话，请允许浏览器使用Cookie，或者打电话。")
    reference, there = (request.view_args or {}).get("reference", ""), opening(now())
    if there is not None and there.reference == reference:
        return shown(reference, wrong=wrong), 422
    return _door(_reference(), way=request.form.get("way", ""), wrong=wrong), 422


@pages.after_request
def keep_nowhere(answer: Response) -> Response:
    """What one claim shows mustn't be left in a shared browser."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


def shown(reference: str, *, wrong: str = "") -> str:
    """The claim's page, with what is wrong on top."""
    page = page_of(database(), *claim_in(database(), reference), opening(now()) or current_opening(), now())
    told = {"wrong": wrong, "done": request.args.get("done"), "key": secrets.token_urlsafe(12)}
    return render_template("claims/track/claim.html", page=page, parts=parts(), **told)


def _door(reference: str, *, way: str = "code", wrong: str = "") -> str:
    return render_template("claims/track/door.html", reference=reference[:16], way=way or "code", wrong=wrong)


def _reference() -> str:
    """As it was typed, without the spaces in which it is printed."""
    return "".join((request.form.get("claim") or request.args.get("claim", "")).replace("\0", "").split())
