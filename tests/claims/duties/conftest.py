"""A project whose policy prints no cover yet: liability starts by article 7 (7), two years after 竣工备案."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from claims.casefile import CaseFile
from claims.casefile.model import RunningClock
from claims.duties import act_on, open_project, records_of
from claims.duties.acts import BY_NAME
from claims.registry import Project
from tests.later_makers import breaches_of, story_of, swept, the_clock
from tests.makers import at

BY = "staff:1"


@pytest.fixture
def session(standing_session: Session) -> Session:
    return standing_session


@dataclass
class Held:
    """A file on which things happen at the instant that they are told, and are known at once."""

    session: Session
    file: CaseFile

    def happens(self, act: str, when: str, *, learned: str | None = None, **told: Any) -> None:
        told.setdefault("proof", "凭据") if BY_NAME[act].schema().fields.keys() >= {"files"} else None
        happened = {"at": at(when)} if learned else {}
        known_at = at(learned or when)
        act_on(self.session, self.file, BY_NAME[act], by=BY, recorded_at=known_at, **happened, **told)

    def begins(self, act: str, when: str, **told: Any) -> int:
        """Answers the number of the record that the act opened."""
        self.happens(act, when, **told)
        return records_of(self.session, self.file.id or 0)[-1].id or 0

    def clock(self, name: str, record: int | None = None, kind: str = "") -> RunningClock:
        return the_clock(self.session, self.file, name, f"{kind}:{record}" if record else None)

    def swept(self, when: str) -> None:
        swept(self.session, when)

    @property
    def breaches(self) -> dict[str, Any]:
        return dict(breaches_of(self.session, self.file))

    @property
    def story(self) -> list[str]:
        return story_of(self.session, self.file)


def a_project(session: Session, filed_on: date, code: str = "P9") -> Project:
    project = Project(
        code=code, name=f"示例苑{code}", search_name=f"示例苑{code}", district="闵行区", address="示例路9弄",
        completion_filed_on=filed_on, completion_accepted_on=filed_on, developer="示例置业", builder="示例建设",
    )  # fmt: skip
    session.add(project)
    session.flush()
    return project


@pytest.fixture
def opened(session: Session) -> Callable[..., Held]:
    def open_one(filed_on: date = date(2024, 5, 20), when: str = "Mon 2026-01-05 09:00", code: str = "P9") -> Held:
        project = a_project(session, filed_on, code)
        return Held(session, open_project(session, project, by=BY, at=at(when)))

    return open_one
