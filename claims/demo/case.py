"""One claim on its way, and the people who look after it: what the acts of the demo world work on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from struct import pack
from zlib import compress, crc32

from sqlmodel import Session, col, select

from claims.access import Person, districts_of, roles_of
from claims.appraisal import Appraisal
from claims.attachments import keep
from claims.casefile import CaseFile, lock
from claims.complaint import Complaint
from claims.decision import Decision
from claims.demo.defects import Defect, Denial
from claims.demo.town import Estate, cover_of_estate
from claims.intake import Claim
from claims.registry import Firm, Home, Policy, Project
from claims.repair import RepairOrder
from claims.survey import Finding, Visit


@dataclass(frozen=True)
class Resident:
    """A home of the town and who reports from it."""

    estate: Estate
    home: str
    name: str
    phone: str


class Crew:
    """Everybody who works on claims, by role and district."""

    def __init__(self, session: Session, today: date) -> None:
        self.session, self.today = session, today
        self._people = session.exec(select(Person).order_by(col(Person.id))).all()
        self._insured = [*session.exec(select(Policy)), *session.exec(select(Project))]  # kept in hand
        self._firms = session.exec(select(Firm).where(Firm.kind == "repair").order_by(col(Firm.id))).all()

    def member(self, role: str, district: str | None = None, *, turn: int = 0) -> Person:
        """One of those with this role who work in this district."""
        able = [p for p in self._people if role in roles_of(p) and (not districts_of(p) or district in districts_of(p))]
        return able[turn % len(able)]

    def repair_firm(self, trades: set[str], district: str) -> str | None:
        """The code of the first firm for these trades there; None: the insurer's own crew."""
        able = (f for f in self._firms if trades <= set(f.trades.split(";")))
        return next((f.code for f in able if not f.districts or district in f.districts.split(";")), None)

    def of_firm(self, firm_id: int | None) -> list[Person]:
        return [p for p in self._people if firm_id is not None and p.firm_id == firm_id]

    def is_covered(self, estate: Estate, part: str, day: date) -> bool:
        first, last = cover_of_estate(estate, self.today)[part]
        return first <= day <= last


@dataclass
class Case:
    """`dice` decide what isn't told. `key` makes a claim findable; `denials` are one for each finding, or None;
    `plan` tells when each act is to happen (the last time, where it happens twice).
    """

    number: int
    crew: Crew
    resident: Resident
    dice: Random
    defects: Sequence[Defect] = ()
    denials: Sequence[Denial | None] = ()
    key: str | None = None
    channel: str = "web"
    plan: Mapping[str, datetime] = field(default_factory=dict)
    file: CaseFile | None = None
    claim: Claim | None = None
    home: Home | None = None
    visit: Visit | None = None
    findings: list[Finding] = field(default_factory=list)
    decision: Decision | None = None
    order: RepairOrder | None = None
    appraisal: Appraisal | None = None
    complaint: Complaint | None = None
    texts_sent: int = 0

    @property
    def session(self) -> Session:
        return self.crew.session

    @property
    def district(self) -> str:
        return self.resident.estate.district

    @property
    def adjuster(self) -> Person:
        return self.crew.member("adjuster", self.district, turn=self.number)

    @property
    def surveyor(self) -> Person:
        return self.crew.member("surveyor", self.district, turn=self.number)

    @property
    def lead(self) -> Person:
        return self.crew.member("lead", self.district, turn=self.number)

    def opened(self, file_id: int) -> None:
        """Keep the rows in hand: the session forgets what nobody holds, and every act would ask for them again."""
        self.file = lock(self.session, file_id)
        self.claim = self.session.get_one(Claim, file_id)
        self.home = self.session.get(Home, self.claim.home_id) if self.claim.home_id else None

    @property
    def held(self) -> tuple[Session, CaseFile]:
        """What every act begins with. The file is ours: it was opened in this very transaction."""
        assert self.file is not None
        return self.session, self.file

    @property
    def held_claim(self) -> tuple[Session, CaseFile, Claim]:
        assert self.claim is not None
        return *self.held, self.claim

    @property
    def file_id(self) -> int:
        return self.file.id or 0 if self.file is not None else 0

    def days(self, least: int, most: int) -> int:
        return self.dice.randint(least, most)

    def photo(self, name: str, by: Person, at: datetime) -> str:
        """An upload, as its token."""
        return keep(self.session, PICTURE, name=name, uploaded_by=by.id, at=at, file_id=self.file_id).token


def _picture(width: int, height: int) -> bytes:
    """A grey PNG that grows darker downwards: the demo has no photos of anybody's home."""
    rows = b"".join(b"\0" + bytes([220 - 120 * y // height]) * width for y in range(height))
    chunks = (b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", compress(rows)), (b"IEND", b"")
    body = b"".join(
        pack(">I", len(inside)) + kind + inside + pack(">I", crc32(kind + inside)) for kind, inside in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


PICTURE = _picture(320, 240)


def actor(person: Person) -> str:
    """How the timeline names who did it."""
    return f"staff:{person.id}"
