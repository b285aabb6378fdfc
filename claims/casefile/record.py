"""THE DOOR. Nothing else moves a file, writes its timeline or touches its clocks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from claims.casefile.belongings import Happening, listeners, sealer
from claims.casefile.clocks import ClockWork
from claims.casefile.consequences import FOLLOWING, breach_of
from claims.casefile.fact import Fact
from claims.casefile.facts import ClockBreached
from claims.casefile.model import CaseFile, RunningClock, TimelineHead
from claims.casefile.moves import move
from claims.casefile.rows import settle
from claims.casefile.stages import Stage
from claims.casefile.timeline import canonical, details_hash, enclosed, entry_hash, first_link, new_salt
from claims.casefile.writing import Sheet, write_sheet
from config.bulk import among
from config.database import table


class NeedsProof(ValueError):
    """Something entered after what happened later must show why it is true."""


class InTheFuture(ValueError):
    """A fact can't have happened after it was learned of."""


def record(session: Session, file: CaseFile, fact: Fact) -> None:
    """Let a fact happen: move the file, write the timeline, run the clocks, tell the listeners.

    The file must be locked (`lock`) or just opened. Raises NotAllowed, NeedsProof, NeedsConfirmation, InTheFuture;
    then nothing was written.
    """
    record_many(session, [(file, fact)])


def record_many(
    session: Session, happenings: Sequence[tuple[CaseFile, Fact]], *, along: Sequence[SQLModel] = ()
) -> list[Happening]:
    """The same for many files, or many facts of one file in their order, in a fixed number of statements.

    `along`: whole rows that a new file comes with (its claim); they are written beside it, before anybody hears.
    Answers what happened, breaches that were found on the way included.
    """
    if not happenings:
        return []
    session.flush()
    files = {_id(file): file for file, _ in happenings}
    chains = _Chains(session, files)
    clocks = ClockWork(session, list(files.values()), [fact for _, fact in happenings])
    for done, (file, fact) in enumerate(happenings):
        if fact.at > fact.learned_at:
            raise InTheFuture(f"{fact.name} at {fact.at.isoformat()} lies after {fact.learned_at.isoformat()}")
        overdue = clocks.overdue(file, fact)
        if any(clock.id is None for clock in overdue):  # started in this very passage: it has no number yet
            with session.begin_nested():  # all or nothing, as in one passage
                before = _written(session, chains, clocks, along)
                return [*before, *record_many(session, happenings[done:])]
        for clock in overdue:
            chains.append(file, breach_of(clock, fact.learned_at), Stage(file.stage))
            clocks.breach(clock, fact.learned_at)
        stage = move(file.kind, Stage(file.stage), fact)
        late = chains.append(file, fact, stage)
        for following in clocks.happen(file, fact, late=late):
            chains.append(file, following, stage)
    return _written(session, chains, clocks, along)


def _written(session: Session, chains: "_Chains", clocks: ClockWork, along: Sequence[SQLModel]) -> list[Happening]:
    clocks.write_changes()
    happened = _write(session, chains, clocks, along)
    listeners(session).happened(session, happened)
    return happened


def _write(session: Session, chains: "_Chains", clocks: ClockWork, along: Sequence[SQLModel]) -> list[Happening]:
    of_file: dict[int, list[RunningClock]] = defaultdict(list)
    numbers = write_sheet(session, chains.sheet(clocks.started, along))
    for clock, number in zip(clocks.started, numbers, strict=True):
        settle(clock, id=number)
        of_file[clock.file_id].append(clock)
    return [Happening(file, fact, seq, of_file.get(_id(file), ())) for file, fact, seq in chains.appended]


class _Head(NamedTuple):
    """The columns of TimelineHead."""

    file_id: int
    seq: int
    hash: str
    latest_at: datetime
    recorded_at: datetime


class _Chains:
    """The growing timelines of the files in hand."""

    def __init__(self, session: Session, files: dict[int, CaseFile]) -> None:
        self._session, self.files = session, files
        self._opened = {number for number, file in files.items() if file.version == 0}
        self.appended: list[tuple[CaseFile, Fact, int]] = []
        self._moved: set[int] = set()
        self._entries: list[dict[str, Any]] = []
        self._details: list[dict[str, Any]] = []
        begun = files.keys() - self._opened
        self._heads = {head.file_id: head for head in _heads(session, begun)} if begun else {}

    def append(self, file: CaseFile, fact: Fact, stage: Stage) -> bool:
        """Add one entry; answers whether it was entered late. Raises NeedsProof."""
        head = self._heads.get(_id(file)) or _no_head(file, fact)
        late = fact.at < head.latest_at and fact.learned_at > fact.at
        if late and not fact.proof and not isinstance(fact, FOLLOWING):
            raise NeedsProof(f"{fact.name} at {fact.at.isoformat()} is earlier than the last entry; it needs proof")
        salt, details = new_salt(), canonical(fact.details())
        frame: dict[str, Any] = {
            "fact": fact.name,
            "at": fact.at,
            "recorded_at": max(fact.learned_at, head.recorded_at),
            "by": fact.by,
            "subject": str(fact.subject) if fact.subject else "",
            "late": late,
            "seq": head.seq + 1,
        }
        sealed = details_hash(salt, details)
        link = entry_hash(previous=head.hash, details=sealed, **frame)
        number = _id(file)
        self._entries.append(
            {**frame, "file_id": number, "details_hash": sealed, "previous_hash": head.hash, "hash": link}
        )
        self._details.append({"file_id": number, "seq": head.seq + 1, **self._kept(fact, salt, details)})
        self._heads[number] = _Head(
            file_id=number,
            seq=head.seq + 1,
            hash=link,
            latest_at=max(fact.at, head.latest_at),
            recorded_at=frame["recorded_at"],
        )
        self.appended.append((file, fact, head.seq + 1))
        if stage != file.stage or fact.weighty or file.version == 0:
            settle(file, stage=stage, version=file.version + 1)
        if not isinstance(fact, ClockBreached):  # that leaves a file as it stands
            self._moved.add(number)
        return late

    def _kept(self, fact: Fact, salt: str, details: str) -> dict[str, str]:
        if fact.private:
            return enclosed(sealer(self._session), salt, details)
        return {"salt": salt, "details": details}

    def sheet(self, clocks: Sequence[RunningClock], along: Sequence[SQLModel]) -> Sheet:
        return Sheet(
            opened=[file for number, file in self.files.items() if number in self._opened],
            along=along,
            moved=[file for number, file in self.files.items() if number in self._moved - self._opened],
            entries=self._entries,
            details=self._details,
            heads=[self._heads[number]._asdict() for number in self.files],
            clocks=clocks,
        )


def _heads(session: Session, numbers: Iterable[int]) -> Iterator[_Head]:
    heads = table(TimelineHead).c
    query = select(*(heads[name] for name in _Head._fields)).where(among(session, heads.file_id, numbers))
    return map(_Head._make, session.execute(query).all())


def _no_head(file: CaseFile, fact: Fact) -> _Head:
    return _Head(_id(file), 0, first_link(file.reference), fact.at, fact.learned_at)


def _id(file: CaseFile) -> int:
    assert file.id is not None
    return file.id
