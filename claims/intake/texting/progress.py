"""`进度`: how far a claim is, told to the number that reported it or whose owner's it is, and to no other."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from claims import replies
from claims.casefile import ENDED, CaseFile, Stage
from claims.intake.call.progress import progress_of
from claims.intake.model import Claim
from claims.intake.texting.asking import homes_of
from claims.intake.texting.replies import Sender, reply
from claims.intake.texting.understanding import references_in
from notifications.model import Arrival
from notifications.prompts import line

MOST = 3
"""Of somebody who names none of their open claims, the newest are told."""


def tell_progress(session: Session, arrival: Arrival, to: Sender, words: str, at: datetime) -> str:
    """Answers what the text ended in. Of a claim of others the same is said as of one that doesn't exist."""
    named = references_in(words)
    mine = _claims_of(session, to, at)
    told = [file for file in mine if file.reference in named] if named else _open_ones(mine)[:MOST]
    for file in told:
        _tell(session, arrival, to, file, at)
    if named and not told:
        reply(session, arrival, to, replies.ProgressWithheld, at, f"arrival:{arrival.id}", reference=named[0])
    elif not told:
        reply(session, arrival, to, replies.NothingReported, at, f"arrival:{arrival.id}")
    return f"claim:{told[0].id}" if told else f"arrival:{arrival.id}"


def _tell(session: Session, arrival: Arrival, to: Sender, file: CaseFile, at: datetime) -> None:
    stage = line(f"stage_{Stage(file.stage)}", to.language).text
    by = " ".join(said.text for said in progress_of(session, file, to.language, at)[1:]) or None
    values = {"reference": file.reference, "stage": stage.rstrip("。."), "next_by": by}
    about = f"claim:{file.id}"
    reply(session, arrival, to, replies.TextProgress, at, about, **values, key=file.reference)


def _claims_of(session: Session, to: Sender, at: datetime) -> list[CaseFile]:
    """Reported from this number, or on a home whose owner has it; the newest first."""
    homes = [home.home.id for home in homes_of(session, to, at)]
    query = select(CaseFile).join(Claim).where(or_(Claim.phone_index == to.index, col(Claim.home_id).in_(homes)))
    return list(session.exec(query.order_by(col(CaseFile.id).desc()).limit(50)))


def _open_ones(files: list[CaseFile]) -> list[CaseFile]:
    return [file for file in files if file.stage not in ENDED] or files[:1]
