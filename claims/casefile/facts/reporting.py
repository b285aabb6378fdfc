"""报案: how a claim begins."""

from dataclasses import dataclass

from claims.casefile.fact import PROOF, Fact


@dataclass(frozen=True, kw_only=True)
class ReportReceived(Fact):
    """第十三条 接到报案. The 24-hour door took a report; `home` is None while nobody knows which home it is."""

    channel: str
    relation: str
    home: str | None = None
    part: str | None = None
    item: str | None = None
    danger: bool = False


@dataclass(frozen=True, kw_only=True)
class HomeIdentified(Fact):
    weighty = True

    home: str
    policy: str | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimReferred(Fact):
    """第七条(七): inside the two years after 竣工备案 the builder repairs; we route and record."""

    builder: str
    builder_until: str


@dataclass(frozen=True, kw_only=True)
class ContactMade(Fact):
    """The note is somebody's words about people: sealed before it gets here, and erased with the details."""

    note_sealed: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactTried(Fact):
    """Nobody answered: told, but it meets no clock."""

    note_sealed: str = ""


@dataclass(frozen=True, kw_only=True)
class DangerFound(Fact):
    """Somebody learned after the report that the home is dangerous (第七条(八)); the note is sealed."""

    private = PROOF

    note_sealed: str = ""


@dataclass(frozen=True, kw_only=True)
class MadeSafe(Fact):
    """第七条(八) 落实应急处置措施: nobody is in danger any more. `shown_by`: SHA-256 of each file that proves it."""

    note_sealed: str = ""
    shown_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TextReceived(Fact):
    """A later text on an open claim. Its words stay in the inbox; the timeline keeps where."""

    arrival: int


@dataclass(frozen=True, kw_only=True)
class CallBackAsked(Fact):
    """A call ended without an answer of ours: somebody has to ring. Its words stay in the inbox; this keeps where."""

    why: str
    arrival: int | None = None


@dataclass(frozen=True, kw_only=True)
class ArrivalLinked(Fact):
    """A person took what was quarantined into this claim. Its words stay in the inbox; the timeline keeps where."""

    arrival: int


@dataclass(frozen=True, kw_only=True)
class RecordingKept(Fact):
    """What a caller said after the tone, fetched from the provider and kept as an attachment."""

    recording: str
    sha256: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class ClaimAssigned(Fact):
    assignee: str
