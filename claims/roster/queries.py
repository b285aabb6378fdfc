"""The roster as it stands at an instant: whom to ring, what the next two weeks look like, where nobody is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import gettext, ngettext
from sqlmodel import Session, col, select

from claims.casefile.belongings import calendar
from claims.roster.model import DutyShift
from claims.roster.reckoning import Stretch, gaps, on_duty, stretches
from config.time import shanghai_day

AHEAD = timedelta(days=14)


def shifts_that_stand(session: Session, as_of: datetime) -> list[DutyShift]:
    """Those that aren't withdrawn or long over. One query."""
    query = select(DutyShift).where(col(DutyShift.withdrawn_at).is_(None)).order_by(col(DutyShift.id))
    yesterday = shanghai_day(as_of) - timedelta(days=1)
    return [shift for shift in session.exec(query) if shift.last_on is None or shift.last_on >= yesterday]


def numbers_on_duty(session: Session, at: datetime) -> list[str]:
    """Whom to ring, one after the other, E.164; at last the number of the settings. Empty: nobody at all."""
    rung = on_duty(shifts_that_stand(session, at), calendar(session), at)
    numbers = [session.info["sealer"].open(shift.phone_sealed) for shift in rung]
    return list(dict.fromkeys(filter(None, [*numbers, session.info["settings"].on_duty_number])))


def roster_ahead(session: Session, as_of: datetime) -> list[Stretch]:
    """The next two weeks, from now on."""
    return stretches(shifts_that_stand(session, as_of), calendar(session), as_of, as_of + AHEAD)


def roster_gaps(session: Session, as_of: datetime) -> list[Stretch]:
    """When nobody is on duty within the next 14 days. One number in the settings and no roster at all is no hole."""
    shifts = shifts_that_stand(session, as_of)
    if not shifts and session.info["settings"].on_duty_number:
        return []
    return gaps(shifts, calendar(session), as_of, as_of + AHEAD)


def gaps_told(session: Session, as_of: datetime) -> dict[str, list[list[str]]]:
    """For `/readyz`: each hole as [from, to]. It makes nobody unready."""
    return {"gaps": [[gap.from_at.isoformat(), gap.to_at.isoformat()] for gap in roster_gaps(session, as_of)]}


def roster_warning(session: Session, as_of: datetime) -> str | None:
    """For the manager's page, in the language of the request; None while there is no hole."""
    found = roster_gaps(session, as_of)
    if not found:
        return None
    if found[0].from_at <= as_of:
        return gettext("现在没有人值班：热线转人工的来电只能留言。")
    return ngettext("今后14天有%(num)s段时间没有人值班。", "今后14天有%(num)s段时间没有人值班。", len(found))


def changes(session: Session, limit: int = 50) -> Sequence[DutyShift]:
    """Everything that was ever added, the newest first, withdrawn or not."""
    return session.exec(select(DutyShift).order_by(col(DutyShift.id).desc()).limit(limit)).all()
