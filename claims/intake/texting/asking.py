"""At most three questions: which home, what happened, is anybody in danger. What is known isn't asked."""

from datetime import datetime, timedelta

from sqlmodel import Session

from claims import replies
from claims.casefile import CaseFile, Stage, record
from claims.casefile.facts import DangerFound
from claims.intake.actions import identify_home
from claims.intake.model import Claim
from claims.intake.texting.model import TextTalk
from claims.intake.texting.replies import Sender, reply
from claims.intake.texting.understanding import is_dangerous, says_nothing, yes_or_no
from claims.registry import Placed, homes_by_address, homes_by_phone
from config.time import shanghai_day
from notifications.model import Arrival

MOST_HOMES = 5
LIVES = timedelta(days=2)
"""An answer that comes later is a text like any other."""
TOO_QUICK = timedelta(seconds=10)
"""Nobody reads a question and answers it within this: it is the rest of what was being written."""
HOME, WHAT, DANGER = "home", "what", "danger"


def next_question(session: Session, talk: TextTalk, file: CaseFile, claim: Claim) -> str:
    """The first that is neither known nor asked; empty: none is left."""
    known = {
        HOME: _is_settled(file, claim),
        WHAT: not says_nothing(_told(claim)),
        DANGER: claim.danger or bool(file.stands_first),
    }
    asked = talk.asked.split(";")
    return next((question for question in known if not known[question] and question not in asked), "")


def ask(session: Session, arrival: Arrival, to: Sender, talk: TextTalk, file: CaseFile, at: datetime) -> None:
    """Put the next question, or say that everything is noted."""
    claim = session.get_one(Claim, file.id)
    question = next_question(session, talk, file, claim)
    about, head = f"claim:{file.id}", {"reference": file.reference}
    if question == HOME:
        choices = _choices(session, to, at)
        if choices:
            reply(session, arrival, to, replies.AskWhichHome, at, about, **head, choices=choices)
        else:
            reply(session, arrival, to, replies.AskHome, at, about, **head)
    elif question:
        kind = {WHAT: replies.AskWhat, DANGER: replies.AskDanger}[question]
        reply(session, arrival, to, kind, at, about, **head)
    elif not claim.danger and not file.stands_first:
        reply(session, arrival, to, replies.TextNoted, at, about, **head)
    if question:
        talk.asked = ";".join(filter(None, [talk.asked, question]))
        talk.asked_at = at
    talk.waits_for = question
    session.add(talk)
    session.flush()


def understand(
    session: Session, to: Sender, talk: TextTalk, file: CaseFile, words: str, *, received_at: datetime, at: datetime
) -> bool:
    """Take what the words say of the open question; answers whether they say anything of it."""
    claim = session.get_one(Claim, file.id)
    if talk.waits_for == HOME:
        return not _is_settled(file, claim) and _take_home(session, to, file, claim, words, at)
    if talk.waits_for == DANGER:
        found = yes_or_no(words)
        if found:
            note_danger(session, file, words, received_at=received_at, at=at)
        return found is not None
    if says_nothing(words):
        return False
    claim.description = f"{claim.description}\n{words}"[:4000] if not says_nothing(_told(claim)) else words
    session.add(claim)
    return True


def note_danger(session: Session, file: CaseFile, words: str, *, received_at: datetime, at: datetime) -> None:
    """The claim stands before all others until it is made safe (第七条(八)); a second word of it changes nothing."""
    if not file.stands_first:
        sealed = session.info["sealer"].seal(words)
        found = DangerFound(at=received_at, recorded_at=at, by="homeowner", proof="text", note_sealed=sealed)
        record(session, file, found)


def homes_of(session: Session, to: Sender, at: datetime) -> list[Placed]:
    homes = homes_by_phone(session, to.phone, shanghai_day(at)) if to.reachable else []
    return homes if len(homes) <= MOST_HOMES else []


def _is_settled(file: CaseFile, claim: Claim) -> bool:
    """Whether the home is known, or the survey has found it: a text that answers later moves no claim."""
    return claim.home_id is not None or file.stage != Stage.REPORTED


def _choices(session: Session, to: Sender, at: datetime) -> tuple[str, ...]:
    """Building and room: a text goes to whoever holds the number, and whole addresses are told to nobody."""
    homes = homes_of(session, to, at)
    return tuple(
        f"{n} {home.building.name}{home.home.room.removesuffix('室')}室" for n, home in enumerate(homes, start=1)
    )


def _take_home(session: Session, to: Sender, file: CaseFile, claim: Claim, words: str, at: datetime) -> bool:
    homes, said = homes_of(session, to, at), words.strip()
    if said.isdecimal() and said.isascii() and len(said) == 1 and 0 < int(said) <= len(homes):
        identify_home(session, file, claim, home=homes[int(said) - 1].home.code, by="homeowner", at=at)
        return True
    if is_dangerous(words) or len(said) < 4 or not any(sign.isdecimal() for sign in said):
        return False
    found = homes_by_address(session, said, limit=2)
    if len(found) == 1 and found[0].exact:
        identify_home(session, file, claim, home=found[0].home.code, by="homeowner", at=at)
    claim.address = claim.address or said[:300]
    session.add(claim)
    return True


def _told(claim: Claim) -> str:
    return "" if claim.description.startswith("（短信没有文字）") else claim.description
