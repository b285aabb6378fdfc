"""`calendar import`: a year is kept whole and counted with everywhere, or refused with line and reason."""

import json
from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlmodel import select

from claims.casefile import Stage
from claims.casefile.model import RunningClock
from claims.casefile.published import CalendarYear
from claims.sweeping import count_clocks_anew
from config.ticker import drain
from config.time import now
from notifications.model import Message
from tests.claims.calendar.conftest import FILE
from tests.makers import a_claim, a_world, at, bearer

pytestmark = pytest.mark.both_databases
MISTAKES = [
    # find                    put                        line  said
    ("[2027-02-05, 2027-02-12]", "[2027-01-02, 2027-02-01]",  5, "rest 2027-01-02 to 2027-02-01 overlaps"),
    ("[2027-02-05, 2027-02-12]", "[2027-02-12, 2027-02-05]",  5, "ends before it begins"),
    ("[2027-01-01, 2027-01-02]", "[2026-12-31, 2027-01-02]",  4, "belongs in the file of its own year"),
    ("2027-02-20,",              "2027-02-19,",              14, "is a Friday; make-up days are Saturdays and Sundays"),
    ("2027-02-20,",              "2027-01-03,",              14, "work 2027-01-03 is named twice"),
    ("2027-01-03,",              "2027-02-06,",              13, "is a day of rest as well"),
    ("work = [",                 "work = [[",                15, ""),
    ('"示例〔2026〕1号"',          '" "',                       2, "notice is empty"),
    ("[2027-04-03, 2027-04-05],", "",                      None, "2027-04-05 works, but is a holiday by statute"),
    ("notice",                   "notices",                None, "notice is missing"),
]  # fmt: skip


def rows(app) -> list[CalendarYear]:
    """Those that nobody's release brought along."""
    with app.extensions["database"].session(reading=True) as session:
        return list(session.exec(select(CalendarYear).where(CalendarYear.by != "system").order_by(CalendarYear.id)))


def kept(app) -> list[tuple[int, int, str]]:
    with app.extensions["database"].session(reading=True) as session:
        return sorted((row.year, row.edition, row.by) for row in session.exec(select(CalendarYear)))


def test_a_year_is_kept_with_its_notice_and_who_brought_it(app, imports):
    result = imports()

    assert (result.exit_code, result.output) == (
        0, "2027, 示例〔2026〕1号: imported as edition 1; 0 open clocks to be counted anew\n"
    )  # fmt: skip
    [row] = rows(app)
    assert (row.year, row.edition, row.by, row.imported_at) == (2027, 1, "command", at("Mon 2026-12-28 09:00"))


def test_the_same_file_again_changes_nothing(app, imports):
    imports()

    assert imports().output == "2027 stands as this file says already; nothing to do\n"
    assert len(rows(app)) == 1


def test_a_correction_is_the_next_edition_and_the_older_row_stays(app, imports):
    imports()
    imports(FILE.replace("2027-02-20", "2027-02-27"))

    assert [(row.edition, "02-20" in row.work, "02-27" in row.work) for row in rows(app)] == [
        (1, True, False), (2, False, True)
    ]  # fmt: skip


@pytest.mark.parametrize(("find", "put", "line", "said"), MISTAKES)
def test_a_wrong_file_is_refused_with_line_and_reason(app, imports, find, put, line, said):
    assert find in FILE
    result = imports(FILE.replace(find, put, 1))

    assert result.exit_code == 1
    assert "Nothing was imported. 2027.toml, " in result.output and said in result.output
    assert (f"line {line}:" in result.output) is (line is not None)
    assert not rows(app)


def test_a_year_after_a_hole_is_refused(app, imports):
    result = imports('year = 2028\nnotice = "示例"\nrest = []\nwork = []')

    assert (result.exit_code, "2028 follows 2026: a year is missing" in result.output) == (1, True)


@pytest.mark.parametrize("content", ["年".encode("gb18030"), b"x" * 70_000])
def test_what_is_no_calendar_file_is_refused(imports, content):
    assert imports(content).exit_code == 1


def test_a_file_that_is_not_there_is_refused(app):
    assert app.test_cli_runner().invoke(args=["calendar", "import", "nowhere.toml"]).exit_code == 1


# --- every process ------------------------------------------------------------------------------------------


def test_another_process_counts_with_it_a_few_seconds_later_without_a_restart(app, settings, frozen, tmp_path):
    """The web process has looked at the calendar right before another process imports a year."""
    from app import create_app

    other = create_app(settings)
    client = app.test_client()
    told = {"length": "5 days", "anchor": "2027-02-04T10:00:00+08:00"}
    with app.extensions["database"].session() as session:
        asks = bearer(a_world(session).adjuster)
        session.commit()
    assert client.post("/api/v1/reckonings", json=told, headers=asks).json["provisional"]

    file = tmp_path / "another.toml"
    file.write_text(FILE, encoding="utf-8")
    assert other.test_cli_runner().invoke(args=["calendar", "import", str(file)]).exit_code == 0
    frozen.tick(timedelta(seconds=6))

    answer = client.post("/api/v1/reckonings", json=told, headers=asks).json
    assert (answer["provisional"], answer["legal_due"]) == (False, "2027-02-16T00:00:00+08:00")
    other.extensions["database"].dispose()


def test_a_year_that_a_release_brings_is_written_down_for_processes_of_another_release(app, frozen):
    database = app.extensions["database"]
    for _ in range(2):
        count_clocks_anew(database, now())

    assert kept(app) == [(year, 1, "system") for year in range(2019, 2027)]


def test_an_imported_correction_outranks_what_a_release_brings_later(app, imports, frozen):
    imports()
    database = app.extensions["database"]
    count_clocks_anew(database, now())

    assert database.belongings["calendar"].works(at("Sun 2027-01-03 10:00").date())
    assert kept(app) == [*((year, 1, "system") for year in range(2019, 2027)), (2027, 1, "command")]


# --- who is told --------------------------------------------------------------------------------------------


def moved_texts(app) -> list[dict]:
    database = app.extensions["database"]
    with database.session(reading=True) as session:
        rows = session.exec(select(Message).where(Message.message == "day_moved")).all()
        return [json.loads(database.belongings["sealer"].open(row.content_sealed)) for row in rows]


@pytest.mark.parametrize(
    ("reported_at", "told"),
    [
        ("Tue 2026-12-01 10:00", []),  # 31 December, as before
        ("Wed 2026-12-02 10:00", [("2027年1月4日（周一）", "2027年1月3日（周日）")]),  # 1 January
    ],
)
def test_the_homeowner_is_texted_where_a_day_that_was_told_has_changed(app, imports, frozen, reported_at, told):
    database = app.extensions["database"]
    with database.session() as session:
        a_claim(session, a_world(session), Stage.SURVEYED, reported_at=at(reported_at))
        session.commit()
    imports()
    drain(database, count_clocks_anew, now())
    drain(database, count_clocks_anew, now())

    texts = [content for content in moved_texts(app) if content["clock"] == "核定"]
    assert [(text["before"], text["after"]) for text in texts] == told
    assert all(text["notice"] == "示例〔2026〕1号" for text in texts)


def test_who_reported_in_english_reads_of_the_moved_day_in_english(app, imports, frozen):
    database = app.extensions["database"]
    with database.session() as session:
        reported = at("Wed 2026-12-02 10:00")
        a_claim(session, a_world(session), Stage.SURVEYED, reported_at=reported, language="en")
        session.commit()
    imports()
    drain(database, count_clocks_anew, now())

    [text] = [text for text in moved_texts(app) if text["clock"] == "Coverage decision"]
    assert (text["before"], text["after"]) == ("Monday 4 January 2027", "Sunday 3 January 2027")


def test_the_import_says_how_many_clocks_wait_to_be_counted(app, imports, frozen):
    database = app.extensions["database"]
    with database.session() as session:
        a_claim(session, a_world(session), Stage.SURVEYED, reported_at=at("Wed 2026-12-02 10:00"))
        session.commit()
        waiting = session.exec(select(RunningClock).where(RunningClock.state == "running")).all()

    assert f"{len(waiting)} open clocks" in imports().output
    assert drain(database, count_clocks_anew, now()) == len(waiting)


# --- who is warned ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("looked_at", "missing"),
    [
        ("Mon 2026-11-30 23:59:59", None),
        ("Tue 2026-12-01 00:00:00", 2027),
        ("Fri 2027-01-01 00:00:00", 2027),
    ],
)
def test_a_missing_next_year_is_told_from_the_first_of_december(app, looked_at, missing):
    with freeze_time(at(looked_at)):
        answer = app.test_client().get("/readyz")

    assert answer.status_code == 200
    assert answer.json["calendar"].get("missing") == missing
    assert ("calendar import" in answer.json["calendar"].get("refresh", "")) is (missing is not None)


def test_once_it_has_arrived_nobody_is_warned(app, imports, frozen):
    imports()

    assert "missing" not in app.test_client().get("/readyz").json["calendar"]
