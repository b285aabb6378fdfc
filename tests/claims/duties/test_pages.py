"""/desk/projects: what is due, one file with its clocks drawn, and each act by its form; the same acts by the API."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import select

from claims.access import Person
from claims.casefile import CaseFile, Stage
from claims.duties import DutyFile, DutyRecord
from claims.duties.acts import ACTS
from config.time import SHANGHAI
from tests.claims.duties.conftest import a_project
from tests.faults.town import Town
from tests.makers import PHOTO, at, bearer
from tests.web.sentences import compiled
from tests.web.signed_in import asked, send, signed_in
from tests.web.test_language import chinese_left

NOW = "Mon 2026-01-05 09:00"


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    compiled()


@pytest.fixture(autouse=True)
def frozen():
    with freeze_time(at(NOW)) as clock:
        yield clock


@pytest.fixture
def town(town: Town) -> Town:
    with town.session() as session:
        a_project(session, date(2024, 5, 20))
        session.commit()
    return town


def enters(town: Town, person: Person, language: str = "zh"):
    return signed_in(town.app, person, language)


def opened(client) -> str:
    """The address of a project's file, opened by its form."""
    answer = client.post("/desk/projects", data=client.page("/desk/projects").filled() | {"project": "P9"})
    assert answer.status_code == 303
    return answer.location


def test_a_project_is_opened_from_the_registry_and_listed_with_what_is_due(town):
    client = enters(town, town.world.adjuster)
    assert "还没有项目档案" in client.page("/desk/projects").words

    page = client.page(opened(client))

    assert "理赔责任2026年5月21日（周四）开始" in page.words
    assert "至少提前2个月召开理赔交底会" in page.words
    assert "示例苑P9" in client.page("/desk/projects").words


def test_a_project_is_chosen_by_code_and_name_until_it_has_a_file(town):
    client = enters(town, town.world.adjuster)

    offered = [e.text for e in client.page("/desk/projects").all("option")]
    opened(client)

    assert "P9 示例苑P9" in offered
    assert not [e for e in client.page("/desk/projects").all("option") if e.attrs["value"] == "P9"]


@pytest.mark.parametrize("path", ["/desk/{}", "/desk?q={}"])
def test_its_number_leads_to_it_wherever_it_is_asked(town, path):
    client = enters(town, town.world.adjuster)
    place = opened(client)

    answer = client.get(path.format(place.rpartition("/")[2]))

    assert (answer.status_code, answer.location) == (302, place)


def test_opened_twice_it_is_one_file(town):
    client = enters(town, town.world.adjuster)

    assert opened(client) == opened(client)


@pytest.mark.parametrize("code", ["NOBODYS", "P1"])
def test_a_project_that_is_not_there_or_in_another_district_is_refused(town, code):
    with town.session() as session:
        person = session.get_one(Person, town.world.adjuster.id)
        person.districts = "闵行区"
        session.commit()
    client = enters(town, town.world.adjuster)

    answer = client.post("/desk/projects", data=client.page("/desk/projects").filled() | {"project": code})

    assert (answer.status_code, "没有这个项目编号" in answer.text) == (422, True)


def test_a_meeting_is_recorded_with_its_minutes(town, frozen):
    client = enters(town, town.world.adjuster)
    place = opened(client)
    frozen.move_to(at("Mon 2026-01-05 17:00"))

    status, _ = send(client, f"{place}/briefing", proof="纪要2026-01号", files=[(BytesIO(PHOTO), "minutes.jpg")])

    page = client.page(place)
    assert status == 303
    assert "召开理赔交底会" in page.words and "纪要2026-01号" in page.words
    assert page.all("a", href=f"{place}/briefing#act") == []
    link = next(e.attrs["href"] for e in page.all("a") if "/files/" in e.attrs["href"])
    assert client.get(link).data == PHOTO


def test_without_proof_nothing_is_recorded_and_nothing_typed_is_lost(town):
    client = enters(town, town.world.adjuster)
    place = opened(client)

    status, page = send(client, f"{place}/briefing", proof="")

    assert status == 422 and page is not None
    assert "请填写这一项" in page.at("errors").text


def test_sent_twice_one_form_is_one_test(town):
    client = enters(town, town.world.adjuster)
    place = opened(client)
    form = client.page(f"{place}/test-failed").filled() | {"what": "屋面蓄水试验"}

    first, second = (client.post(f"{place}/test-failed", data=form).status_code for _ in range(2))

    assert (first, second) == (303, 303)
    assert town.count(DutyRecord) == 1


def test_a_result_starts_a_clock_of_hours_which_its_own_act_meets(town, frozen):
    client = enters(town, town.world.adjuster)
    place = opened(client)
    send(client, f"{place}/test-failed", what="屋面蓄水试验")
    told = next(e.attrs["href"] for e in client.page(place).all("a") if "/client-told/" in e.attrs["href"])
    frozen.move_to(at("Mon 2026-01-05 20:00"))

    status, _ = send(client, told.partition("#")[0], proof="电话通知张工")

    assert status == 303
    assert "/client-told/" not in client.get(place).text


def acts_in(page, tag: str, class_: str) -> list[str]:
    """The acts that stand in this part of the page, as their addresses end."""
    links = [e for e in page.all("a") if any(up.tag == tag and up.attrs.get("class") == class_ for up in e.above)]
    return [link.attrs["href"].partition("#")[0].partition("/projects/")[2].partition("/")[2] for link in links]


def test_what_a_clock_waits_for_stands_first_and_its_form_is_open(town):
    """Twelve hours for a failed test come before the months of a briefing (第九条(五)2, 第七条(七))."""
    client = enters(town, town.world.adjuster)
    place = opened(client)
    send(client, f"{place}/test-failed", what="屋面蓄水试验")

    page = client.page(place)
    owed = acts_in(page, "ol", "due-acts")

    assert [owed[0].partition("/")[0], *owed[1:]] == ["client-told", "briefing", "joint-inspection", "notice"]
    assert [form.attrs["action"] for form in page.all("form", **{"class": "sheet"})] == [f"{place}/{owed[0]}#errors"]


def test_no_clock_of_a_project_is_at_ease_until_its_emergency_is_attended(town, frozen):
    """第七条(八): at once, before what is due in months."""
    client = enters(town, town.world.adjuster)
    place = opened(client)
    send(client, f"{place}/emergency", what="3号楼北侧外墙饰面脱落")

    in_danger = client.page(place).words
    frozen.move_to(at("Mon 2026-01-05 12:00"))
    send(client, f"{place}/attendance/1", proof="到场记录2026-1号")

    assert "险情优先" in in_danger and "从容" not in in_danger
    assert "从容" in client.page(place).words


def test_what_no_clock_waits_for_lies_under_a_fold_and_says_what_it_does(town):
    client = enters(town, town.world.adjuster)
    place = opened(client)
    send(client, f"{place}/acceptance", what="preview", planned_on="2026-10-12")

    page = client.page(place)
    folded = acts_in(page, "details", "other-acts")

    assert {"test-failed", "acceptance-off/1", "closing"} <= set(folded)
    assert not set(folded) & set(acts_in(page, "ol", "due-acts"))
    assert "改期的，另外登记新的日子" in page.words


@pytest.mark.parametrize("path", ["nonsense", "client-told", "briefing/1", "claim-uploaded", "demand"])
def test_no_such_act_is_a_page_not_found(town, path):
    client = enters(town, town.world.adjuster)

    assert client.get(f"{opened(client)}/{path}").status_code == 404


def test_an_auditor_reads_and_acts_not(town):
    place = opened(enters(town, town.world.adjuster))
    auditor = enters(town, town.another("auditor", 1))

    page = auditor.page(place)

    assert [e for e in page.all("a") if e.attrs["href"].endswith("#act")] == []
    assert auditor.get(f"{place}/briefing").status_code == 403


def test_a_claims_reference_leads_to_no_project_and_the_other_way_round(town):
    client = enters(town, town.world.lead)
    claim, place = town.claim(Stage.SURVEYED), opened(client)

    assert client.get(f"/desk/projects/{claim.file.reference}").status_code == 404
    assert client.get(place.replace("/projects/", "/")).location == place


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_sound_and_speaks_one_language(town, language):
    town.claim(Stage.SURVEYED)
    client = enters(town, town.world.lead, language)
    place = opened(client)
    for act, told in (("test-failed", {"what": "x"}), ("emergency", {"what": "y"}), ("upload", {"what": "contract"}),
                      ("acceptance", {"what": "preview", "planned_on": "2026-10-12"})):  # fmt: skip
        assert send(client, f"{place}/{act}", **told)[0] == 303
    links = [e.attrs["href"].partition("#")[0] for e in client.page(place).all("a") if "#act" in e.attrs["href"]]
    kinds = [f"/desk/projects?kind={kind}" for kind in ("project", "upload", "recovery", "x")]
    upload = next(e.attrs["href"] for e in client.page(kinds[1]).all("a") if "/projects/" in e.attrs["href"])
    pages = {path: client.page(path) for path in (*kinds, f"{kinds[0]}&closed=true", place, upload, *links)}

    assert len(links) == sum(act.kind == "project" for act in ACTS)
    left = {path: chinese_left(page) for path, page in pages.items()} if language == "en" else {}
    assert {path: words for path, words in left.items() if words} == {}


@pytest.mark.both_databases
def test_the_list_asks_the_same_however_long_it_is(town: Town, app: Flask):
    client = enters(town, town.world.lead)
    opened(client)
    counts = []
    for number in (20, 21, 22):
        with asked(app) as questions:
            client.page("/desk/projects")
        counts.append(len(questions))
        with town.session() as session:
            a_project(session, date(2024, 5, 20), code=f"P{number}")
            session.commit()
        form = client.page("/desk/projects").filled() | {"project": f"P{number}"}
        assert client.post("/desk/projects", data=form).status_code == 303

    assert len(set(counts)) == 1 and counts[0] <= 5


def test_by_the_api_the_same_acts_and_refusals(town):
    adjuster = town.world.adjuster
    made = town.asks(adjuster, "post", "/projects", {"project": "P9"}).json
    place = f"/projects/{made['reference']}"

    assert {clock["clock"] for clock in made["clocks"]} == {
        "liability_briefing", "joint_inspection", "liability_notice", "builder_repair",
    }  # fmt: skip
    assert town.asks(adjuster, "post", "/projects", {"project": "P9"}).status_code == 409
    assert town.asks(adjuster, "post", f"{place}/briefing", {}).status_code == 422
    done = town.asks(adjuster, "post", f"{place}/briefing", {"proof": "纪要1号"})
    assert done.status_code == 201
    assert "briefing" not in done.json["allowed"] and "notice" in done.json["allowed"]
    assert town.asks(adjuster, "post", f"{place}/briefing", {"proof": "纪要1号"}).status_code == 409
    assert [row["reference"] for row in town.asks(adjuster, "get", "/projects").json["files"]] == [made["reference"]]


def test_a_recovery_is_opened_on_the_claims_page_and_found_from_there(town, frozen):
    frozen.move_to(at("Mon 2026-03-16 09:00"))
    made = town.claim(Stage.COVERED, reported_at=at("Mon 2026-03-02 10:00"))
    client = enters(town, town.world.lead)

    status, _ = send(
        client, f"/desk/{made.file.reference}/recoveries", debtor="示例建设", amount="3500.00",
        paid_at="2026-03-13T15:00", proof="银行回单",
    )  # fmt: skip

    assert status == 303
    page = client.page("/desk/projects?kind=recovery")
    assert "示***" in page.words and made.file.reference in page.words
    place = next(e.attrs["href"] for e in page.all("a") if "/projects/" in e.attrs["href"])
    assert "示例建设 ¥3,500.00" in client.page(place).words
    with town.session() as session:
        file = session.exec(select(CaseFile).join(DutyFile).where(CaseFile.kind == "recovery")).one()
        assert file.opened_at.astimezone(SHANGHAI) == at("Fri 2026-03-13 15:00")


def test_the_api_opens_a_recovery_too(town, frozen):
    frozen.move_to(at("Mon 2026-03-16 09:00"))
    made = town.claim(Stage.COVERED, reported_at=at("Mon 2026-03-02 10:00"))
    body = {"debtor": "示例建设", "amount": "3500.00", "paid_at": "2026-03-13T15:00:00+08:00", "proof": "银行回单"}

    answer = town.app.test_client().post(
        f"/api/v1/claims/{made.file.reference}/recoveries", json=body, headers=bearer(town.world.adjuster)
    )

    assert (answer.status_code, answer.json["kind"], answer.json["claim"]) == (201, "recovery", made.file.reference)
