"""Which language a page speaks: Chinese, unless its reader asks for English or their browser prefers it. A cookie
remembers what was asked for.
"""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, g, has_request_context, request
from flask_babel import Babel, Domain

from config.settings import ROOT
from config.spelling import spelled_day, spelled_instant
from config.time import SHANGHAI, shanghai_day

TRANSLATIONS = ROOT / "templates" / "translations"
LOCALES = {"zh": "zh_Hans", "en": "en"}
"""Sentences are written in Chinese; each other language has its catalogue under templates/translations."""
COOKIE = "lang"
A_YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    app.config.update(
        BABEL_DEFAULT_LOCALE=LOCALES["zh"],
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
        BABEL_TRANSLATION_DIRECTORIES=str(TRANSLATIONS),
    )
    Babel(app, locale_selector=lambda: LOCALES[language()])
    app.extensions["babel"].instance.domain_instance = _Sentences()
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"]  # not by way of an alias: pages say it 500 times
    app.jinja_env.filters.update(
        day=day_in_words, instant=instant_in_words, minute=minute_in_words, short_day=short_day, clock_time=clock_time
    )
    app.context_processor(lambda: {"language": language(), "lang_tag": lang_tag, "switch_to": switch_to})
    app.after_request(remember)


class _Sentences(Domain):
    """Finds the request's catalogue once: a page has five hundred sentences, and nobody changes language amid one."""

    def get_translations(self) -> Any:
        found = g.get("sentences")
        if found is None:
            found = g.sentences = super().get_translations()
        return found


def language() -> str:
    """`zh` or `en`: `?lang=` first, then the cookie, then what the browser prefers of the two; else Chinese.

    Outside a request nobody has asked for anything. Found once a request: a page asks hundreds of times.
    """
    if not has_request_context():
        return "zh"
    found = g.get("language")
    if found is None:
        chosen = (request.args.get(COOKIE, ""), request.cookies.get(COOKIE, ""))
        found = g.language = next((code for code in chosen if code in LOCALES), None) or _preferred()
    return str(found)


def _preferred() -> str:
    wanted = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((code for code in wanted if code in LOCALES), "zh")


def lang_tag(code: str = "") -> str:
    """The value of an HTML `lang` attribute."""
    return LOCALES[code or language()].replace("_", "-")


def switch_to(code: str) -> str:
    """A link to this very page in another language. Relative, so that no odd path can lead elsewhere."""
    return "?" + urlencode({**request.args, COOKIE: code})


def day_in_words(day: date) -> str:
    return spelled_day(day, english=language() == "en")


def instant_in_words(at: datetime) -> str:
    return spelled_instant(at, english=language() == "en")


def minute_in_words(at: datetime) -> str:
    """An appointment: nobody comes at a second."""
    return f"{day_in_words(shanghai_day(at))} {clock_time(at)}"


def short_day(at: datetime) -> str:
    """2026-11-22, for tables."""
    return shanghai_day(at).isoformat()


def clock_time(at: datetime) -> str:
    """09:05 in Shanghai."""
    return f"{at.astimezone(SHANGHAI):%H:%M}"


def remember(response: Response) -> Response:
    """Keep what `?lang=` asked for."""
    asked = request.args.get(COOKIE)
    if asked in LOCALES and asked != request.cookies.get(COOKIE):
        response.set_cookie(COOKIE, asked, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return response
