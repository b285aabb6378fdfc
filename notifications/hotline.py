"""Twilio's webhooks for texts: stored with the signature's verdict, committed, answered. Knows no claim."""

from flask import Blueprint, Response
from twilio.twiml.messaging_response import MessagingResponse

from notifications.webhook import fields, settings, take_in

hotline = Blueprint("hotline", __name__, url_prefix="/hotline")

APOLOGY = "抱歉，我们无法确认这条短信的来源。如需报修，请拨打24小时保险服务电话{number}。"


@hotline.post("/messages")
def receive_message() -> Response:
    """A text. A repeat of the same MessageSid changes nothing; an unsigned one opens no claim."""
    form, answer = fields(), MessagingResponse()
    if not take_in(form, kind="message", provider_id=form.get("MessageSid", "")).signed:
        answer.message(APOLOGY.format(number=settings().hotline_number))
    return Response(str(answer), mimetype="text/xml")


@hotline.post("/status")
def receive_status() -> Response:
    """What became of a text that we sent; each state once. A call's state may come here too."""
    form = fields()
    if "MessageSid" in form:
        take_in(form, kind=f"status {form.get('MessageStatus') or 'unknown'}", provider_id=form["MessageSid"])
    else:
        take_in(form, kind=f"call {form.get('CallStatus') or 'unknown'}", provider_id=form.get("CallSid", ""))
    return Response(status=204)
