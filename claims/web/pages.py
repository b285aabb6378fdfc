"""What every page has: its language, its guard against forged forms, its headers, and errors in plain words."""

import secrets
from typing import Any

from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import Response, current_app, g, render_template, request
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException, InternalServerError

from claims.web import language
from claims.web.citing import cited
from claims.web.money import yuan
from claims.web.problems import http_problem, is_api, problem

csrf = CSRFProtect()
A_FORM_LIVES = 12 * 3600
"""Seconds. Whoever starts a report before dinner may send it after."""
NOTHING_FROM_ELSEWHERE = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "media-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Bootstrap draws its arrows and ticks as data: images."""
LOOSER = {"docs": "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"}
"""Blueprint → policy: Swagger UI fetches the specification."""

NO_SUCCESS = (_("这次没有成功"), _("请回到上一页，再试一次。"))
OUR_FAULT = (_("是我们这边出了错"), _("请过几分钟再试。着急的话，请打电话，并报下面的编号。"))
WORDS = {
    401: (_("请先登录"), _("您填的没有丢：请在另一个窗口登录，再回到这一页重新提交。")),
    403: (_("这一页您不能看"), _("如果您认为应该能看，请打电话告诉我们。")),
    404: (_("没有这一页"), _("网址可能打错了，或者这一页已经不在了。")),
    405: (_("这里不能这样提交"), _("请回到上一页，再试一次。")),
    409: (_("现在不能这样做"), _("这件报案的情况已经变了，请重新打开再看。")),
    412: (_("这件报案刚刚有人处理过"), _("请重新打开这一页，看过最新情况再提交。")),
    413: (_("照片或文件太大"), _("请回到上一页，少选几张再提交；其余的可以打电话后再补。")),
    422: (_("提交的内容有误"), _("请回到上一页，按提示修改后再提交。")),
    429: (_("提交得太快了"), _("请等一分钟再试。")),
    503: (_("系统正在维护"), _("请过几分钟再试。")),
}
"""Status → what happened, and what to do now."""


def init_app(app: APIFlask) -> None:
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,  # pages only: see guard_forms
        WTF_CSRF_TIME_LIMIT=A_FORM_LIVES,
        WTF_CSRF_SSL_STRICT=False,  # a browser that sends no Referer would never get a report through
    )
    language.init_app(app)
    csrf.init_app(app)
    app.before_request(guard_forms)
    app.jinja_env.filters["yuan"] = yuan
    app.jinja_env.globals["cited"] = cited  # no filter: Jinja works a filter of a constant out once, for every reader
    app.context_processor(lambda: {"settings": app.extensions["settings"]})
    app.error_processor(_refused_input)
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(InternalServerError, _our_fault)
    app.after_request(_headers)  # after_request runs in reverse: the page first, then its headers
    app.after_request(_in_plain_words)


def guard_forms() -> None:
    """A form must come from a page of ours. Programs bring a token, the hotline a signature instead."""
    if request.routing_exception is None and not _is_for_programs():
        csrf.protect()


def asked_again(_error: Exception) -> Any:
    """A form whose token is missing or old, for blueprints whose every form looks at `g.form_expired` before it acts.

    It is shown again with everything that was typed. Flask hears no error that is raised while it handles one, so
    whatever the view refuses, such as a stranger, is heard here.
    """
    g.form_expired = True
    try:
        return current_app.view_functions[request.endpoint or ""](**(request.view_args or {}))
    except Exception as error:  # noqa: BLE001  without a handler it is raised again
        return current_app.handle_user_exception(error)


def _refused_input(error: HTTPError) -> Response:
    """APIFlask's own errors: what a schema refused, under the fields' names."""
    if error.status_code != 422 or not isinstance(error.detail, dict):
        return problem(error.status_code, error.message or "", "", dict(Headers(error.headers).items()))
    places = [fields for fields in error.detail.values() if isinstance(fields, dict)]
    errors = {str(name): messages for fields in places for name, messages in fields.items()}
    return problem(422, "The input can't be used", "see errors by field", errors=errors)


def _our_fault(error: InternalServerError) -> Response:
    """The reader gets a number to quote; the log has it beside the stack trace."""
    number = secrets.token_hex(4)
    current_app.logger.error("Error %s was shown for %s %s", number, request.method, request.path)
    return problem(500, "Internal Server Error", f"quote error {number}", error=number)


def _in_plain_words(response: Response) -> Response:
    """A problem that meets a person, not a program, becomes a page."""
    if response.mimetype == "application/problem+json" and not _is_for_programs():
        told = response.get_json()
        title, advice = WORDS.get(response.status_code, OUR_FAULT if response.status_code >= 500 else NO_SUCCESS)
        response.set_data(
            render_template(
                "errors/error.html",
                title=title,
                advice=advice,
                number=told.get("error", ""),
                shut=response.status_code == 403,
            )
        )
        response.mimetype = "text/html"
    return response


def _headers(response: Response) -> Response:
    """Strict by default; a view that needs something else says so itself."""
    policy = LOOSER.get(request.blueprint or "", NOTHING_FROM_ELSEWHERE)
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers.setdefault("Cache-Control", "private, no-cache")
    response.vary.update(("Accept-Language", "Cookie"))
    if response.mimetype == "text/html" and not _is_for_programs():
        response.headers.setdefault("Content-Language", language.lang_tag())
    return response


def _is_for_programs() -> bool:
    return is_api() or request.path.startswith("/hotline")
