"""往来: what was said between the homeowner and the house about one claim, by whatever way, in the order of time."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from jinja2 import TemplateError
from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from claims.access import HIDDEN, Person, a_look, may_reveal
from claims.attachments.downloads import PICTURES
from claims.casefile import CaseFile
from claims.desk import words
from claims.desk.sight import Sight
from claims.intake.call.model import PhoneCall, Recording
from claims.intake.call.story import Story, told_by, turn_of
from claims.web import note
from notifications.inbox import words as words_of
from notifications.model import Arrival, Message
from notifications.rendering import Blank, render_message

File = Mapping[str, Any]
OPEN_SECRETS = ("track_code", "code")
"""What opens the homeowner's own page is for nobody else's eyes."""
TOGETHER = timedelta(minutes=1)
"""Files that came within this stand in one line."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing said. ours: by the house. way: sms, web, voice, email. words: empty for whoever may not read them.

    title: what one of our messages is. state, error: how far it got. sounds: recordings of a call.
    """

    at: datetime
    ours: bool
    way: str
    words: str = ""
    title: str = ""
    state: str = ""
    error: str = ""
    pictures: tuple[File, ...] = ()
    files: tuple[File, ...] = ()
    sounds: tuple[File, ...] = ()


@dataclass(frozen=True)
class Talk:
    """`photos`: what came with the report. `hidden`: the reader may know that something was said, but not what."""

    photos: Sequence[File]
    said: Sequence[Said]
    hidden: bool


def talk_of(
    session: Session,
    person: Person,
    file: CaseFile,
    claim: Mapping[str, Any],
    story: Sequence[Mapping[str, Any]],
    as_of: datetime,
) -> Talk:
    """Three questions at most. Outside the house nobody is shown more than the report's own photos.

    claim: as whole.py answers it; story: as story.py does.
    """
    reported = story[0]["recorded_at"] if story and story[0]["fact"] == "ReportReceived" else claim["received_at"]
    theirs = [each for each in claim["files"] if each["filed"]]
    with_report = [each for each in theirs if each["uploaded_at"] <= reported and each["content_type"] in PICTURES]
    if not Sight(session, person, file.id or 0).all_of("notes"):
        return Talk(with_report, (), hidden=False)
    may, files = may_reveal(person), {each["number"]: each for each in theirs}
    calls = _calls(session, file.id or 0)
    arrivals = _arrivals(session, story, calls)
    heard = [*_texts(session, arrivals, may), *_heard(session, arrivals, calls, files, may)]
    sent = _sent(session, file, claim, may)
    taken = {each.attachment_id for each in claim["letters"]} | {n for those in calls.values() for n in those}
    later = [each for number, each in files.items() if each["uploaded_at"] > reported and number not in taken]
    said = [*heard, *sent, *_spoken(story), *_brought(later)]
    if may and any(each.words for each in [*heard, *sent]):
        note(a_look(person, file_id=file.id or 0, fields="texts and calls", at=as_of))
    return Talk(with_report, sorted(said, key=lambda each: each.at), hidden=not may and bool(said))


def _calls(session: Session, file_id: int) -> dict[str, list[int]]:
    """The provider's name of each call of the claim → its recordings, as numbers of attachments."""
    kept = select(PhoneCall.sid, Recording.attachment_id).join(Recording, isouter=True)
    calls: dict[str, list[int]] = defaultdict(list)
    for sid, number in session.exec(kept.where(PhoneCall.file_id == file_id).order_by(col(Recording.id))):
        calls[sid] += [number] if number else []
    return calls


def _arrivals(session: Session, story: Iterable[Mapping[str, Any]], calls: Iterable[str]) -> Sequence[Arrival]:
    """The texts that the story names, and every step of the calls."""
    texts = [(each["details"] or {}).get("arrival") for each in story if each["fact"] == "TextReceived"]
    ours = and_(col(Arrival.provider) == "twilio", col(Arrival.provider_id).in_(list(calls)), col(Arrival.signed))
    wanted = or_(col(Arrival.id).in_(texts), and_(ours, col(Arrival.kind).startswith("voice ")))
    if not texts and not calls:
        return ()
    return session.exec(select(Arrival).where(wanted).order_by(col(Arrival.attempt), col(Arrival.id))).all()


def _texts(session: Session, arrivals: Iterable[Arrival], may: bool) -> Iterator[Said]:
    for arrival in arrivals:
        if not arrival.kind.startswith("voice "):
            body = words_of(session, arrival).get("Body", "").strip() if may else ""
            yield Said(
                at=arrival.received_at, ours=False, way="web" if arrival.provider == "web" else "sms", words=body
            )


def _heard(
    session: Session,
    arrivals: Iterable[Arrival],
    calls: Mapping[str, Sequence[int]],
    files: Mapping[int, File],
    may: bool,
) -> Iterator[Said]:
    """Each call in one line: what was asked for and said, and its recordings."""
    steps = [arrival for arrival in arrivals if arrival.kind.startswith("voice ")]
    for sid, of_call in groupby(sorted(steps, key=lambda each: each.provider_id), lambda each: each.provider_id):
        turns = [turn_of(session, arrival) for arrival in of_call]
        sounds = tuple(files[number] for number in calls[sid] if number in files)
        told = "\n".join(_in_the_call(told_by(turns))) if may else ""
        yield Said(at=min(turn.at for turn in turns), ours=False, way="voice", words=told, sounds=sounds)


def _in_the_call(story: Story) -> Iterator[str]:
    asked = {"danger": _("按9：有人身危险"), "progress": _("查了进度"), "person": _("要人工接听")}
    yield from (sentence for step, sentence in asked.items() if step in story.entered)
    if story.where:
        yield _("地址：%(words)s", words=story.where)
    if story.what:
        yield story.what
    if story.accepted:
        yield _("值班人员接听了")


def _sent(session: Session, file: CaseFile, claim: Mapping[str, Any], may: bool) -> Iterator[Said]:
    about = [f"claim:{file.id}", *(f"letter:{letter.id}" for letter in claim["letters"])]
    query = select(Message).where(col(Message.about).in_(about), Message.way != "team")
    for message in session.exec(query):
        yield Said(
            at=message.handed_over_at or message.queued_at,
            ours=True,
            way=message.way,
            words=_text(session, message) if may else "",
            title=str(words.MESSAGES.get(message.message, message.message)),
            state=str(words.SENT.get(message.state, message.state)),
            error=message.error if message.state in ("queued", "failed", "returned") else "",
        )


def _text(session: Session, message: Message) -> str:
    """As it goes out, but for what opens the homeowner's page; empty where today's template asks for more."""
    content = json.loads(session.info["sealer"].open(message.content_sealed))
    try:
        return render_message(message.message, message.way, content | dict.fromkeys(OPEN_SECRETS, HIDDEN))
    except (Blank, TemplateError):
        return ""


def _spoken(story: Iterable[Mapping[str, Any]]) -> Iterator[Said]:
    """Our own calls to the homeowner, as somebody noted them."""
    for each in story:
        if each["fact"] in ("ContactMade", "ContactTried"):
            told = (each["details"] or {}).get("note", "")
            title = words.fact(each["fact"])
            yield Said(at=each["at"], ours=True, way="voice", title=title, words="" if told == HIDDEN else told)


def _brought(files: Sequence[File]) -> Iterator[Said]:
    """Photos and papers that came after the report, those of one moment together."""
    group: list[File] = []
    for each in sorted(files, key=lambda each: (each["uploaded_at"], each["number"])):
        if group and each["uploaded_at"] - group[0]["uploaded_at"] > TOGETHER:
            yield _in_one(group)
            group = []
        group.append(each)
    if group:
        yield _in_one(group)


def _in_one(files: Sequence[File]) -> Said:
    drawn = tuple(each for each in files if each["content_type"] in PICTURES)
    others = tuple(each for each in files if each["content_type"] not in PICTURES)
    return Said(at=files[0]["uploaded_at"], ours=False, way="web", pictures=drawn, files=others)
