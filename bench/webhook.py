"""A text acknowledged after its commit, 8 clients: ours, signed as Twilio signs, beside one bare insert."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from bench.contest import Subject, compete, show
from bench.ground import SECRETS, ground
from bench.load import Job
from bench.shots import by_http, note, request, serial

ROUNDS, SECONDS = 5, 2.0
PATH = "/hotline/messages"


def measure() -> str:
    """The table. `at once` also reads the text and opens a claim before it answers."""
    with (
        ground() as here,
        here.floor() as bare,
        here.ours(PROCESS_ARRIVALS="by worker") as later,
        here.ours(PROCESS_ARRIVALS="at once") as at_once,
    ):
        bottom = Subject("**floor**: Flask + gunicorn, one INSERT + commit", by_http(bare, note))
        subjects = [
            bottom,
            Subject("ours, `POST /hotline/messages`, read by the worker", _texts(later)),
            Subject("ours, read at once: each opens a claim", _texts(at_once)),
        ]
        compete(here, subjects, rounds=ROUNDS, seconds=SECONDS)
        return show(subjects, bottom)


def text(number: int) -> bytes:
    """A text from a sender of its own."""
    told = fields(number)
    signature = RequestValidator(SECRETS["TWILIO_AUTH_TOKEN"]).compute_signature(SECRETS["PUBLIC_URL"] + PATH, told)
    form = "application/x-www-form-urlencoded; charset=UTF-8"
    return request("POST", PATH, urlencode(told).encode(), Content_Type=form, X_Twilio_Signature=signature)


def fields(number: int) -> dict[str, str]:
    """What Twilio posts for an incoming text."""
    sid, sender = f"SM{number:032x}", f"+86139{number % 10**8:08d}"
    place = {f"{who}{what}": "" for who in ("From", "To") for what in ("City", "State", "Zip")}
    rest = {"NumSegments": "1", "NumMedia": "0", "SmsStatus": "received", "ApiVersion": "2010-04-01"}
    named = {"SmsMessageSid": sid, "SmsSid": sid, "MessageSid": sid, "AccountSid": f"AC{1:032x}"}
    said = {"From": sender, "To": "+862100000000", "Body": "家里卧室天花板漏水了，下雨就滴，请尽快派人来看。"}
    return place | rest | named | said | {"FromCountry": "CN", "ToCountry": "CN"}


def _texts(port: int) -> Callable[[float], Job]:
    return by_http(port, lambda: text(serial()), most=2500)
