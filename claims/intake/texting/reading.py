"""Reads a text that arrived: a request, an answer, more about an open claim, or a report. It refuses nothing.

The arrival's key is the claim's, and the arrival says what it ended in: read again, it adds nothing.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from claims import replies
from claims.casefile import ENDED, CaseFile, lock, record
from claims.casefile.facts import TextReceived
from claims.intake.actions import Report, receive_report
from claims.intake.texting.asking import LIVES, TOO_QUICK, ask, note_danger, understand
from claims.intake.texting.model import TextTalk
from claims.intake.texting.progress import tell_progress
from claims.intake.texting.replies import Sender, reply
from claims.intake.texting.understanding import (
    START,
    STOP,
    asks_for_progress,
    is_dangerous,
    language_of,
    plain,
    references_in,
)
from claims.intake.texts import open_claims_of
from claims.registry import e164
from config.time import shanghai_day
from notifications.model import Arrival
from notifications.opting import opt_in, opt_out
from notifications.texts import text_of

NO_WORDS = "（短信没有文字）"


def read_text(session: Session, arrival: Arrival, as_of: datetime) -> None:
    """The reader of incoming texts, of whatever provider. One claim, whatever is repeated."""
    if arrival.about:
        return
    text = text_of(session, arrival)
    words, number = text.words[:4000], e164(text.sender)
    phone = number or text.sender[:20]
    index = session.info["sealer"].index(phone, "phone")
    open_ones = open_claims_of(session, phone)  # holds the number: its texts are read one after the other
    talk = session.get(TextTalk, index)
    to = Sender(phone, index, language_of(words, talk.language if talk else "zh"), number is not None)
    arrival.about = (
        _opting(session, arrival, to, words, as_of)
        or (tell_progress(session, arrival, to, words, as_of) if asks_for_progress(words) else "")
        or _answering(session, arrival, to, talk, words, as_of)
        or _joining(session, arrival, to, open_ones, words, as_of)
        or _opening(session, arrival, to, words, as_of)
    )


def _opting(session: Session, arrival: Arrival, to: Sender, words: str, at: datetime) -> str:
    said, about = plain(words), f"arrival:{arrival.id}"
    if said in STOP:
        opt_out(session, to.index, at)
        reply(session, arrival, to, replies.OptedOut, at, about)
    elif said in START:
        opt_in(session, to.index)
        reply(session, arrival, to, replies.OptedIn, at, about)
    else:
        return ""
    return about


def _answering(
    session: Session, arrival: Arrival, to: Sender, talk: TextTalk | None, words: str, as_of: datetime
) -> str:
    """The answer to the open question. What doesn't fit is kept, and the next question follows all the same."""
    if talk is None or not talk.waits_for or arrival.received_at > talk.asked_at + LIVES:
        return ""
    file = lock(session, talk.file_id)
    if file.stage in ENDED or any(named != file.reference for named in references_in(words)):
        return ""
    _join(session, file, arrival, as_of)
    to = replace(to, language=talk.language)  # an address is written in Chinese by everybody
    fits = understand(session, to, talk, file, words, received_at=arrival.received_at, at=as_of)
    if is_dangerous(words):
        note_danger(session, file, words, received_at=arrival.received_at, at=as_of)
    if file.stands_first:
        reply(session, arrival, to, replies.MakeSafe, as_of, f"claim:{file.id}", reference=file.reference)
    if fits or arrival.received_at > talk.asked_at + TOO_QUICK:
        ask(session, arrival, to, talk, file, as_of)
    return f"claim:{file.id}"


def _joining(
    session: Session, arrival: Arrival, to: Sender, open_ones: list[tuple[int, str]], words: str, as_of: datetime
) -> str:
    """More about an open claim: the one that it names, else the newest. Once a day and claim its sender is told so."""
    if not open_ones:
        return ""
    named = references_in(words)
    file_id = next((number for number, reference in open_ones if reference in named), open_ones[0][0])
    file, about = lock(session, file_id), f"claim:{file_id}"
    _join(session, file, arrival, as_of)
    if is_dangerous(words):
        note_danger(session, file, words, received_at=arrival.received_at, at=as_of)
        reply(session, arrival, to, replies.MakeSafe, as_of, about, reference=file.reference)
    else:
        kind = replies.TextJoined if len(open_ones) > 1 and file.reference not in named else replies.TextAdded
        once = f"{about}:{shanghai_day(arrival.received_at)}"
        reply(session, arrival, to, kind, as_of, about, once=once, reference=file.reference)
    return about


def _opening(session: Session, arrival: Arrival, to: Sender, words: str, as_of: datetime) -> str:
    """A report (第十三条): the claim is open before anything is asked, so that nobody loses it by not answering."""
    danger = is_dangerous(words)
    report = Report(
        channel="sms",
        relation="other",
        description=words or NO_WORDS,
        phone=to.phone,
        danger=danger,
        language=to.language,
        key=f"{arrival.provider}:{arrival.provider_id}",
    )
    received = receive_report(session, report, by="homeowner", at=arrival.received_at, recorded_at=as_of)
    file, about = received.file, f"claim:{received.claim.id}"
    if received.new and to.reachable:
        if danger:
            reply(session, arrival, to, replies.MakeSafe, as_of, about, reference=file.reference)
        ask(session, arrival, to, _begin(session, to, received.claim.id, as_of), file, as_of)
    return about


def _begin(session: Session, to: Sender, file_id: int, at: datetime) -> TextTalk:
    """A fresh conversation in place of the number's last one."""
    talk = session.get(TextTalk, to.index)
    if talk is None:
        talk = TextTalk(phone_index=to.index, file_id=file_id, language=to.language, asked_at=at)
    talk.file_id, talk.language, talk.asked, talk.waits_for, talk.asked_at = file_id, to.language, "", "", at
    session.add(talk)
    return talk


def _join(session: Session, file: CaseFile, arrival: Arrival, as_of: datetime) -> None:
    assert arrival.id is not None
    proof = f"arrival {arrival.id}"
    said = TextReceived(at=arrival.received_at, recorded_at=as_of, by="homeowner", arrival=arrival.id, proof=proof)
    record(session, file, said)
