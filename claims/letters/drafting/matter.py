"""What a letter is about, and what every letter says of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlmodel import Session, col, select

from claims.access import Person
from claims.attachments import Attachment
from claims.casefile import CaseFile, Happening, Subject
from claims.casefile.model import RunningClock
from claims.intake import Claim
from claims.letters import contracts as c
from claims.registry import Building, Home, Policy, Project, owner_of, parts
from config.settings import Settings
from config.spelling import spelled_day, spelled_due, spelled_instant
from config.time import shanghai_day

TEAM = c.Signer(name="住宅质量保险理赔服务团队", staff_number="00000")
"""Where no person acted: a sweep did, or a partner's channel."""


@dataclass(frozen=True)
class Draft:
    """A letter's content, the phone of whom it is for ("" where none is known), and what it is about.

    `subject`: one letter of a kind for each; None where the fact names it.
    """

    content: c.Letter
    phone: str
    subject: Subject | None = None


@dataclass(frozen=True)
class Addressee:
    """`name` is None where none is on record: the letter still goes to whoever owns the home. `phone` may be ""."""

    name: str | None
    phone: str


@dataclass(frozen=True)
class Matter:
    """A fact, and everything that a letter about it may draw on, each fetched when first asked for."""

    session: Session
    happening: Happening
    number: str

    @property
    def at(self) -> datetime:
        return self.happening.fact.at

    @property
    def file(self) -> CaseFile:
        return self.happening.file

    @property
    def settings(self) -> Settings:
        settings: Settings = self.session.info["settings"]
        return settings

    @property
    def subject(self) -> int:
        """The id of the record that the fact is about."""
        assert self.happening.fact.subject is not None
        return self.happening.fact.subject.id

    @cached_property
    def claim(self) -> Claim:
        return self.session.get_one(Claim, self.file.id)

    @cached_property
    def home(self) -> Home | None:
        return self.session.get(Home, self.claim.home_id) if self.claim.home_id else None

    @cached_property
    def policy(self) -> Policy | None:
        return self.session.get(Policy, self.claim.policy_id) if self.claim.policy_id else None

    @cached_property
    def project(self) -> Project:
        assert self.home is not None
        building = self.session.get_one(Building, self.home.building_id)
        return self.session.get_one(Project, building.project_id)

    @cached_property
    def reporter(self) -> Addressee:
        sealer = self.session.info["sealer"]
        return Addressee(named(sealer.open(self.claim.name_sealed)), sealer.open(self.claim.phone_sealed))

    @cached_property
    def owner(self) -> Addressee:
        """The owner on the day of the fact: by the registry, else the reporter who said to be the owner."""
        sealer = self.session.info["sealer"]
        known = owner_of(self.session, self.home.id or 0, shanghai_day(self.at)) if self.home else None
        if known is not None:
            return Addressee(named(sealer.open(known.name_sealed)), sealer.open(known.phone_sealed))
        if self.claim.relation == "owner":
            return self.reporter
        return Addressee(None, "")

    def head(self) -> dict[str, str]:
        """The fields of contracts.Letter."""
        return {
            "number": self.number,
            "reference": self.file.reference,
            "issued_at": spelled_day(shanghai_day(self.at)),
            "insurer_name": self.settings.insurer_name,
            "insurer_address": self.settings.insurer_address,
            "hotline": self.settings.hotline_number,
            "complaint_number": self.settings.complaint_number,
        }

    def about_home(self) -> dict[str, Any]:
        """The fields of contracts.AboutHome. The address as told, where no home is known yet."""
        told = worded(self.claim.address, "报案时说明的房屋（待核实）")
        return self.head() | {
            "reported_at": spelled_instant(self.claim.received_at),
            "home_address": self.home.address if self.home else told,
            "policy_number": self.policy.number if self.policy else None,
        }

    def clock(self, name: str, subject: str = "") -> RunningClock | None:
        """The newest clock of this name and subject, as the database has it now."""
        mine = (RunningClock.file_id == self.file.id, RunningClock.clock == name, RunningClock.subject == subject)
        newest = select(RunningClock).where(*mine).order_by(col(RunningClock.id).desc()).limit(1)
        return self.session.exec(newest.execution_options(populate_existing=True)).one_or_none()

    def signer(self, who: int | str | None) -> c.Signer:
        """A member of staff by id, or as `staff:5`."""
        number = who if isinstance(who, int) else int((who or "").removeprefix("staff:") or 0) if _is_staff(who) else 0
        person = self.session.get(Person, number) if number else None
        return c.Signer(name=person.name, staff_number=f"{person.id:05d}") if person else TEAM


def worded(text: str, otherwise: str) -> str:
    """The text if it says anything, else the other."""
    return text if any(character.isalnum() for character in text) else otherwise


def named(text: str) -> str | None:
    """The name if it says anything."""
    return worded(text, "") or None


def part_name(part: str) -> str:
    return parts()[part].name


def evidence(attachment: Attachment, shows: str = "") -> c.Evidence:
    """A file of ours. Where nobody has said what it shows, what kind of file it is."""
    told = worded(shows, f"{kind_of(attachment)}，内容见原件")
    return c.Evidence(file_name=attachment.name, digest=attachment.sha256[:16], shows=told)


def kind_of(attachment: Attachment) -> str:
    kinds = {"image": "照片", "application": "文件", "video": "视频", "audio": "录音"}
    return kinds[attachment.content_type.partition("/")[0]]


def due_of(clock: RunningClock | None) -> str:
    """The clock's last day in law; says so where that year's days off aren't published yet."""
    assert clock is not None and clock.legal_due is not None
    return spelled_due(clock.legal_due, provisional=clock.provisional)


def days(instants: Sequence[datetime]) -> str:
    """The Shanghai days of these instants, each once."""
    return "、".join(dict.fromkeys(spelled_day(shanghai_day(at)) for at in sorted(instants)))


def _is_staff(who: str | None) -> bool:
    return bool(who) and (who or "").removeprefix("staff:").isdecimal()
