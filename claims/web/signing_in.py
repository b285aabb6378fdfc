"""`/staff`: signing in and out, changing one's password. Flask-Login keeps who it is; the sign-in itself is a row."""

import re
from typing import Any

from flask import Blueprint, Flask, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as N_
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from claims.access import (
    ROLES,
    WHOLE_DESK,
    Locked,
    Person,
    WrongSignIn,
    person_signed_in,
    roles_of,
    set_password,
    sign_in,
    sign_out,
)
from claims.access.passwords import SHORTEST
from claims.access.signing_in import open_sign_in
from claims.web.browsers import known_browser, remembering
from claims.web.entry import current_person, may_enter, open_to_all
from claims.web.request_session import database
from config.time import now

staff = Blueprint("staff", __name__, url_prefix="/staff")
LONGEST_NAME = 200
WAYS = (
    ("/desk", N_("待办"), WHOLE_DESK | {"surveyor", "appraiser"}),
    ("/oversight", N_("督办"), ("lead", "manager", "auditor")),
    ("/firm", N_("派工单"), ("firm",)),
    ("/desk/projects", N_("项目和上传"), WHOLE_DESK),
    ("/desk/homes", N_("房屋和保单"), WHOLE_DESK),
    ("/desk/outbox", N_("发件"), ("adjuster", "lead", "manager", "auditor")),
    ("/desk/quarantine", N_("存疑来信"), ("adjuster", "lead", "manager", "auditor")),
    ("/desk/roster", N_("值班表"), ("adjuster", "lead", "manager", "operator", "auditor")),
    ("/desk/calendar", N_("放假安排"), ("operator", "lead", "manager")),
    ("/desk/what-if", N_("期限计算"), WHOLE_DESK | {"surveyor", "operator"}),
)
"""The bar on top of every page of the staff: place, words, and the roles that find it useful."""
AT_HOME = (
    ("firm", "/firm"),
    ("manager", "/oversight"),
    *((role, "/desk") for role in (*sorted(WHOLE_DESK), "surveyor", "appraiser")),
    ("operator", "/desk/calendar"),
    ("channel", "/docs"),
)
"""Role → where its work begins, the first that fits; an operator and a channel see no claim on a page."""


_OURS = re.compile(r"/(?![/\\])[\x21-\x7e\u00a0-\U0010ffff]*\Z")
"""A path of this site. Browsers drop tabs and line ends before they read an address: `/⇥/elsewhere` is another site."""


class SignedIn(UserMixin):
    """Flask-Login's user: a person with the token of this browser's sign-in.

    once: their password was drawn for them, and nothing else is open until they have changed it.
    """

    def __init__(self, person: Person, token: str, *, once: bool) -> None:
        self.person, self.token, self.once = person, token, once

    def get_id(self) -> str:
        return self.token


def init_app(app: Flask) -> None:
    logins = LoginManager(app)
    logins.user_loader(_by_token)
    app.register_blueprint(staff)
    app.context_processor(lambda: {"signed_in": _person_if_any, "ways": WAYS})


@staff.get("")
@open_to_all
def show_sign_in() -> str | Response:
    if current_user.is_authenticated:
        return redirect(_then(current_user), 303)
    return render_template("staff/sign_in.html", wrong="", then=request.args.get("then", ""))


@staff.post("")
@open_to_all
def create_sign_in() -> tuple[str, int] | Response:
    """303 to where one wanted to go; 422 where the password is wrong, 429 while locked."""
    email, password = request.form.get("email", "")[:LONGEST_NAME], request.form.get("password", "")
    where = {"address": request.remote_addr or "", "browser": known_browser(email)}
    try:
        token = sign_in(database(), email=email, password=password, at=now(), **where)
    except WrongSignIn:
        database().commit()  # the wrong try counts
        return _refused(_("邮箱或密码不对。连续输错五次，要等十五分钟才能再试。")), 422
    except Locked as locked:
        minutes = max(1, round((locked.until - now()).total_seconds() / 60))
        return _refused(
            _("输错次数太多，请%(minutes)s分钟后再试；着急的话请找同事或系统管理员。", minutes=minutes)
        ), 429
    return remembering(_enter(token), email)


@staff.post("/sign-out")
@open_to_all
def create_sign_out() -> Response:
    if current_user.is_authenticated:
        sign_out(database(), current_user.token, now())
    logout_user()
    session.clear()
    return redirect(url_for(".show_sign_in"), 303)


@staff.get("/password")
@may_enter(*ROLES)
def new_password() -> str:
    return _ask_password("")


@staff.post("/password")
@may_enter(*ROLES)
def create_password() -> tuple[str, int] | Response:
    """The old password once more, then a new one; every other sign-in of the person ends."""
    person, old, new = current_person(), request.form.get("old", ""), request.form.get("new", "")
    if new == old:
        return _ask_password(_("新密码不能和现在的一样。")), 422
    where = {"address": request.remote_addr or "", "browser": known_browser(person.email)}
    try:
        sign_in(database(), email=person.email, password=old, at=now(), **where)
        set_password(database(), person, new, at=now())
    except (WrongSignIn, Locked):
        database().commit()
        return _ask_password(_("现在的密码不对。")), 422
    except ValueError:
        database().rollback()
        return _ask_password(_("新密码至少%(least)s个字符。", least=SHORTEST)), 422
    return _enter(open_sign_in(database(), person, now()))


def _enter(token: str) -> Response:
    """A new session: nothing of the old one, which somebody else may have laid there, is kept."""
    signed_in = _by_token(token)
    assert signed_in is not None
    session.clear()
    login_user(signed_in)
    return redirect(_then(signed_in), 303)


def _then(who: SignedIn) -> str:
    """Where one wanted to go, if that is a page of ours; else where one's work begins."""
    if who.once:
        return url_for(".new_password")
    wanted = request.values.get("then", "")
    if _OURS.match(wanted) and not wanted.startswith("/staff"):
        return wanted
    return next((page for role, page in AT_HOME if role in roles_of(who.person)), url_for(".new_password"))


def _refused(why: str) -> str:
    return render_template("staff/sign_in.html", wrong=why, then=request.form.get("then", ""))


def _ask_password(wrong: str) -> str:
    return render_template("staff/password.html", wrong=wrong, once=current_user.once, shortest=SHORTEST)


def _by_token(token: str) -> SignedIn | None:
    found = person_signed_in(database(), token, now())
    return SignedIn(found[0], token, once=found[1]) if found is not None else None


def _person_if_any() -> Any:
    return current_user.person if current_user and current_user.is_authenticated else None
