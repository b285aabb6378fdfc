"""The same day gives the same world."""

from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from claims.casefile import CaseFile
from claims.casefile.model import TimelineEntry
from claims.casefile.timeline import verify
from claims.demo import load_demo
from tests.claims.demo.loading import TODAY, a_demo_app_loaded_anew

History = list[tuple[object, ...]]


def history(session: Session) -> History:
    query = select(CaseFile.reference, CaseFile.stage, TimelineEntry.fact, TimelineEntry.at, TimelineEntry.by)
    query = query.join(TimelineEntry, col(TimelineEntry.file_id) == CaseFile.id)
    return [tuple(row) for row in session.exec(query.order_by(col(CaseFile.id), col(TimelineEntry.seq)))]


@pytest.mark.sqlite
@pytest.mark.xdist_group("demo")
def test_two_loads_tell_the_same_stories(demo: Session, migrated_sqlite: Path, tmp_path: Path):
    for app in a_demo_app_loaded_anew(migrated_sqlite, tmp_path):
        with app.extensions["database"].session() as again:
            assert history(again) == history(demo)


@pytest.mark.soak
def test_it_can_be_loaded_into_postgresql(app: Flask):
    database = app.extensions["database"]

    assert load_demo(database, TODAY)

    with database.session() as session:
        assert list(verify(session)) == []
        assert len({file.stage for file in session.exec(select(CaseFile))}) == 11
