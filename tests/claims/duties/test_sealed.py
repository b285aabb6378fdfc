"""个人信息保护法 51: a debtor, and what people wrote of an emergency, lie in no dump; who reads them is on record."""

import pytest
from freezegun import freeze_time
from sqlalchemy import text
from sqlmodel import Session

from claims.access import Reveal
from claims.access.policy import REVEALED_TO
from claims.casefile import Stage
from claims.casefile.timeline import verify
from claims.duties.api import ACTORS, RECOVERERS
from claims.duties.queries import KINDS
from tests.claims.duties.conftest import a_project
from tests.faults.town import Town
from tests.makers import at
from tests.web.signed_in import signed_in

NOBODY = "赵示甲"
TABLES = ("duty_file", "duty_record", "timeline_details", "timeline_entry")


@pytest.fixture(autouse=True)
def frozen():
    with freeze_time(at("Mon 2026-03-16 09:00")) as clock:
        yield clock


def recovery(town: Town) -> tuple[str, str]:
    """The claim's number and the recovery's."""
    made = town.claim(Stage.COVERED, reported_at=at("Mon 2026-03-02 10:00"))
    body = {"debtor": NOBODY, "amount": "3500.00", "paid_at": "2026-03-13T15:00:00+08:00", "proof": f"{NOBODY}的回单"}
    answer = town.asks(town.world.adjuster, "post", f"/claims/{made.file.reference}/recoveries", body)
    assert answer.status_code == 201
    return made.file.reference, answer.json["reference"]


def emergency(town: Town) -> str:
    with town.session() as session:
        a_project(session, at("Mon 2024-05-20 00:00").date())
        session.commit()
    place = town.asks(town.world.adjuster, "post", "/projects", {"project": "P9"}).json["reference"]
    body = {"what": f"{NOBODY}家阳台坠落"}
    assert town.asks(town.world.adjuster, "post", f"/projects/{place}/emergency", body).status_code == 201
    return place


def dumped(session: Session) -> str:
    return str([row for table in TABLES for row in session.execute(text(f"SELECT * FROM {table}"))])


@pytest.mark.both_databases
def test_no_table_tells_who_is_asked_to_pay_back_or_what_happened(town: Town):
    number, _ = recovery(town)
    place = emergency(town)
    for path, body in (("attendance/1", {"proof": f"{NOBODY}开门"}), ("closing", {"reason": f"{NOBODY}已搬走"})):
        assert town.asks(town.world.adjuster, "post", f"/projects/{place}/{path}", body).status_code == 201, path

    with town.session() as session:
        assert (NOBODY in dumped(session), list(verify(session))) == (False, [])
    assert NOBODY in town.asks(town.world.adjuster, "get", f"/claims/{number}/timeline").text


@pytest.mark.parametrize(("role", "debtor", "proof", "looks"), [
    ("lead", NOBODY, True, 2),        # the page's head and its timeline
    ("manager", NOBODY, False, 1),    # acts on recoveries, not on claims: there the name stays hidden
    ("finance", NOBODY, False, 1),
    ("auditor", "赵**", False, 0),
])  # fmt: skip
def test_a_debtor_is_shown_in_clear_to_who_acts_on_recoveries_and_each_look_is_kept(town, role, debtor, proof, looks):
    number, place = recovery(town)
    reader = town.another(role, 1)

    told = town.asks(reader, "get", f"/projects/{place}").json
    story = town.asks(reader, "get", f"/claims/{number}/timeline").text

    assert (told["debtor"], NOBODY in story) == (debtor, proof)
    assert town.count(Reveal, person_id=reader.id) == looks


@pytest.mark.parametrize(("role", "reads"), [("manager", True), ("auditor", False)])
def test_the_page_and_its_timeline_show_the_same_to_the_same(town: Town, role: str, reads: bool):
    _, place = recovery(town)
    town.asks(town.world.adjuster, "post", f"/projects/{place}/demand", {"proof": f"{NOBODY}签收"})

    words = signed_in(town.app, town.another(role, 1)).page(f"/desk/projects/{place}").words

    assert (f"责任方 {NOBODY}" in words and f"{NOBODY}签收" in words) is reads
    assert (NOBODY in words) is reads


def test_whoever_may_act_on_a_file_reads_whom_it_concerns():
    assert all(REVEALED_TO[kind] >= set(ACTORS) for kind in KINDS)
    assert REVEALED_TO["recovery"] >= set(RECOVERERS)


def test_a_list_shows_nobody_in_clear(town: Town):
    recovery(town)

    [row] = town.asks(town.world.lead, "get", "/projects?kind=recovery").json["files"]

    assert row["debtor"] == "赵**"


def test_what_the_law_names_is_read_by_all_and_what_somebody_wrote_is_not(town: Town):
    place = emergency(town)
    town.asks(town.world.adjuster, "post", f"/projects/{place}/upload", {"what": "contract"})

    told = town.asks(town.another("auditor", 1), "get", f"/projects/{place}").json["records"]

    assert [record["what"] for record in told] == ["***", "contract"]


@pytest.mark.both_databases
def test_sealed_details_that_somebody_changed_are_found(town: Town):
    recovery(town)
    changed = "UPDATE timeline_details SET details = :other WHERE salt = ''"
    with town.session() as session:
        other = session.info["sealer"].seal("0" * 32 + '{"debtor":"x"}')
        session.execute(text(changed), {"other": other})

        assert {fault.what for fault in verify(session)} == {"details were altered"}
