"""Calls begin: somebody calls our number, or we ask for a call by REST."""

from __future__ import annotations

from typing import Any

from config.time import now
from tests.standin.call import Call
from tests.standin.records import Record, a_call
from tests.standin.standin import ACCOUNT, NUMBER, Standin


def incoming(standin: Standin, sender: str, to: str = NUMBER) -> Call:
    """Somebody calls our number; it hasn't rung yet."""
    record = a_call(ACCOUNT, to=to, sender=sender, direction="inbound", status="queued", at=now())
    return Call(standin, record, callback=standin.webhooks.line.status)


def place(standin: Standin, form: Any) -> Record:
    """A call that we ask for by REST: queued. Where it is to our own number, it rings there like any other call."""
    to, sender = form["To"], form["From"]
    record = a_call(ACCOUNT, to=to, sender=sender, direction="outbound-api", status="queued", at=now())
    outgoing = Call(standin, record, callback=form.get("StatusCallback", ""))
    standin.soon(lambda: _connect(outgoing, form))
    return record


def _connect(outgoing: Call, form: Any) -> None:
    """The keys of SendDigits are pressed once the other side asks something; `w` in it is a pause."""
    if outgoing.record["to"] != NUMBER:
        return  # it rings until somebody takes it
    other = incoming(outgoing.standin, outgoing.record["from"]).rings()
    for key in form.get("SendDigits", "").replace("w", ""):
        if other.waits_for == "Gather":
            other.presses(key)
    outgoing.hears(form["Twiml"]) if form.get("Twiml") else outgoing.asks(form["Url"])
    other.hang_up()
    outgoing.hang_up()
