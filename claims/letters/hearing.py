"""What the letters hear: facts, which draft them, and the outbox, whose hand-over dispatches them."""

import json
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims.casefile import SYSTEM, Happening, Refused, lock
from claims.casefile.facts import ClaimReferred, ReportReceived
from claims.casefile.rows import as_written
from claims.letters.actions import dispatch
from claims.letters.drafting import Draft, Matter
from claims.letters.model import Letter
from claims.letters.table import DRAFTED_ON, LETTERS, LetterRule
from claims.messages import LetterNotReached
from config.bulk import insert_all
from notifications import outbox
from notifications.model import Message
from notifications.rendering import Blank

log = logging.getLogger(__name__)

NEVER_UNDONE = (ReportReceived, ClaimReferred)
"""A report is never lost, whatever is wrong with its receipt."""


def draft_letters(session: Session, happenings: Sequence[Happening]) -> None:
    """Hears every fact that the table names: writes its letters' content, in the fact's own transaction.

    Raises Refused where a letter would be blank in something that it must say: then the fact doesn't happen either,
    unless it is a report: no letter may undo that.
    """
    count = _letters_so_far(session, happenings)
    drafted: list[dict[str, Any]] = []
    for happening in happenings:
        claim = happening.file.id or 0
        for rule in DRAFTED_ON[type(happening.fact)]:
            number = f"{happening.file.reference}-{count[claim] + 1:02d}"
            draft = _content(rule, Matter(session, happening, number))
            if draft is not None:
                drafted.append(_drafted(session, happening, rule, draft))
                count[claim] += 1
    insert_all(session, Letter, drafted)


def hear_outbox(session: Session, message: Message) -> None:
    """Hears every change of a message: one that carried a letter over a way that counts dispatches it."""
    kind, _, number = message.about.partition(":")
    if kind != "letter" or message.state != "handed over" or message.handed_over_at is None:
        return
    if message.channel not in session.info["settings"].counts_as_dispatch:
        return
    letter = session.get(Letter, int(number))
    assert letter is not None
    file = lock(session, letter.claim_id)
    evidence = f"{message.channel} {message.provider_id}"
    dispatch(
        session,
        file,
        letter,
        channel=message.channel,
        evidence=evidence,
        by=SYSTEM,
        at=message.handed_over_at,
        recorded_at=message.handed_over_at,
    )


def tell_of_failed_text(session: Session, message: Message) -> None:
    """Hears every change of a message: a letter whose text didn't reach is marked, and the adjuster told of it."""
    kind, _, number = message.about.partition(":")
    if kind != "letter" or message.state not in ("failed", "returned"):
        return
    letter = session.get(Letter, int(number))
    assert letter is not None
    file = lock(session, letter.claim_id)
    session.refresh(letter)
    letter.error = f"its {message.way} {message.state}: {message.error}"[:400]
    told = LetterNotReached(
        insurer_short=session.info["settings"].insurer_short,
        reference=file.reference,
        letter=LETTERS[letter.kind].title,
        letter_number=letter.number,
    )
    key, about, team = f"not reached:{message.id}", f"claim:{file.id}", f"adjuster@{file.district or '*'}"
    draft = outbox.Draft(key, about, told.folder, "team", team, vars(told))
    outbox.queue(session, [draft], message.settled_at or message.queued_at)


def _content(rule: LetterRule, matter: Matter) -> Draft | None:
    try:
        return rule.draft(matter)
    except Blank as blank:
        if isinstance(matter.happening.fact, NEVER_UNDONE):
            log.exception("%s of claim %s can't be written", rule.name, matter.happening.file.reference)
            return None
        raise Refused(**{blank.field: f"{rule.title} can't be written without it."}) from blank


def _letters_so_far(session: Session, happenings: Sequence[Happening]) -> Counter[int]:
    """By claim. A file's first fact finds none, so that taking a report asks nothing."""
    begun = {happening.file.id for happening in happenings if happening.seq > 1}
    if not begun:
        return Counter()
    query = select(Letter.claim_id, func.count()).where(col(Letter.claim_id).in_(begun)).group_by(col(Letter.claim_id))
    return Counter(dict(session.exec(query).all()))


def _drafted(session: Session, happening: Happening, rule: LetterRule, draft: Draft) -> dict[str, Any]:
    sealer, at = session.info["sealer"], happening.fact.at
    return as_written(
        Letter,
        claim_id=happening.file.id,
        kind=rule.name,
        subject=str(draft.subject or happening.fact.subject),
        number=draft.content.number,
        content_sealed=sealer.seal(json.dumps(asdict(draft.content), ensure_ascii=False)),
        recipient_sealed=sealer.seal(draft.phone),
        drafted_at=at,
        next_try_at=at,
    ).model_dump(exclude={"id"})
