"""Whether the hotline lets through what comes: the comparisons with the provider's log, and the probes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from claims import messages
from claims.access import Person, in_sight
from claims.casefile import CaseFile
from claims.intake.call.model import PhoneCall
from config.spelling import spelled_instant
from notifications import outbox
from notifications.model import Arrival, Probe, Reconciliation
from notifications.probes import EVERY as PROBED_EVERY
from notifications.probes import WITHIN, last_probes
from notifications.reconciliation import EVERY, last_reconciliations

ROWS = 24


@dataclass(frozen=True)
class Line:
    """`compares`, `probes`: whether a provider, and a number for probes, are configured at all."""

    compares: bool
    probes: bool
    comparisons: tuple[Reconciliation, ...]
    proofs: tuple[tuple[str, Probe | None, bool], ...]
    """Kind, the last probe, and whether it is in trouble."""
    stale: bool
    """No comparison has gone well for two hours."""

    @property
    def is_well(self) -> bool:
        return not self.stale and not any(trouble for _, _, trouble in self.proofs)


def hotline_line(session: Session, as_of: datetime, limit: int = ROWS) -> Line:
    """Three queries at most."""
    compares = session.info["provider"] is not None
    probing = compares and bool(session.info["settings"].probe_number)
    comparisons = last_reconciliations(session, limit) if compares else []
    good = [each for each in comparisons if each.ended_at is not None and not each.error]
    newest = last_probes(session) if probing else {}
    proofs = tuple((kind, newest.get(kind), _in_trouble(newest.get(kind), as_of)) for kind in ("call", "text"))
    stale = compares and bool(comparisons) and (not good or as_of - good[0].begun_at > 2 * EVERY)
    return Line(compares, probing, tuple(comparisons), proofs if probing else (), stale)


def line_told(session: Session, as_of: datetime) -> dict[str, Any]:
    """For `/readyz`: the last probe of each kind, and under `alarms` what says that the hotline may be closed.

    It makes nobody unready: pages work. `probes` is None where no number is configured to send any.
    """
    line = hotline_line(session, as_of, limit=ROWS)
    alarms = [f"{kind} probe has not arrived" for kind, _, trouble in line.proofs if trouble]
    if line.stale:
        alarms.append("no comparison with the provider's log for two hours")
    probes = {kind: _told(probe) for kind, probe, _ in line.proofs} if line.probes else None
    return {"probes": probes, "alarms": alarms}


def fetched(session: Session, person: Person, limit: int = 200) -> list[tuple[Arrival, str | None]]:
    """What a comparison has fetched, the newest first, with its claim if the reader may know it. Three queries."""
    rows = session.exec(select(Arrival).where(col(Arrival.fetched)).order_by(col(Arrival.id).desc()).limit(limit)).all()
    calls = select(PhoneCall.id, PhoneCall.file_id).where(col(PhoneCall.id).in_(_ids(rows, "call")))
    claim_of = {f"call:{number}": f"claim:{file_id}" for number, file_id in session.exec(calls)}
    claims = {int(each.partition(":")[2]) for each in claim_of.values() if not each.endswith("None")}
    seen = select(CaseFile.id, CaseFile.reference).where(
        col(CaseFile.id).in_(claims | _ids(rows, "claim")), in_sight(person)
    )
    references = {f"claim:{number}": reference for number, reference in session.exec(seen)}
    return [(each, references.get(claim_of.get(each.about, each.about))) for each in rows]


def _ids(arrivals: Sequence[Arrival], kind: str) -> set[int]:
    return {int(number) for word, _, number in (each.about.partition(":") for each in arrivals) if word == kind}


def tell_of_silence(session: Session, probe: Probe, at: datetime) -> None:
    """One line to the team: a call or a text of ours to our own hotline didn't arrive."""
    settings = session.info["settings"]
    silence = messages.HotlineSilent(
        insurer_short=settings.insurer_short,
        reference=f"#{probe.id}",
        what={"call": "电话", "text": "短信"}[probe.kind],
        sent_at=spelled_instant(probe.sent_at),
        hotline=settings.hotline_number,
    )
    draft = outbox.Draft(f"probe:{probe.id}", f"probe:{probe.id}", silence.folder, "team", "manager@*", asdict(silence))  # type: ignore[call-overload]
    outbox.queue(session, [draft], at)


def _told(probe: Probe | None) -> dict[str, str | None]:
    if probe is None:
        return {"sent_at": None, "read_at": None, "error": ""}
    read_at = probe.read_at.isoformat() if probe.read_at else None
    return {"sent_at": probe.sent_at.isoformat(), "read_at": read_at, "error": probe.error}


def _in_trouble(probe: Probe | None, as_of: datetime) -> bool:
    """The newest didn't come in time, or is older than two hours."""
    if probe is None:
        return False
    return bool(probe.read_at is None and as_of - probe.sent_at > WITHIN) or as_of - probe.sent_at > 2 * PROBED_EVERY
