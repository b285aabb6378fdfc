"""A firm sees its own orders and nobody else's, rings the homeowner while in work, and does its three acts by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import Session, select

from claims.access import Person, Reveal
from claims.attachments import keep
from claims.casefile import CaseFile, lock
from claims.danger import find_danger, make_safe
from claims.firm.queries import list_of
from claims.registry import Home
from claims.repair import RepairOrder
from claims.survey.model import FindingPhoto
from tests.later_makers import a_firm, a_proof, an_emergency, another_home, covered, story_of
from tests.makers import OWNERS_PHONE, PHOTO, World, a_claim, a_person, a_world, at
from tests.web.checking import CheckingClient
from tests.web.signed_in import asked, send, signed_in

pytestmark = pytest.mark.both_databases
ORDERED, LOOKED_AT = "Mon 2026-03-02 14:00", "Tue 2026-03-03 09:00"
JPEG = b"\xff\xd8\xff\xe0" + b"the finished works"


@dataclass
class Scene:
    """An order of firm RF01, one of RF02, each with its own person; what RF01 repairs has a photo."""

    app: Flask
    mine: Person
    other: Person
    order: int
    others: int
    file: int
    photo: str
    others_photo: str

    def client(self, person: Person | None = None, language: str = "zh") -> CheckingClient:
        return signed_in(self.app, person or self.mine, language)

    def state(self) -> str:
        with self.app.extensions["database"].session(reading=True) as session:
            return session.get_one(RepairOrder, self.order).state


def an_order(session: Session, world, firm: str) -> tuple[RepairOrder, str]:  # type: ignore[no-untyped-def]
    later = covered(session, world, "Mon 2026-03-02 10:00")
    photo = keep(session, PHOTO, name="渗水.jpg", uploaded_by=None, at=at(ORDERED), file_id=later.file.id)
    session.add(FindingPhoto(finding_id=later.made.findings[0].id or 0, attachment_id=photo.id or 0))
    later.settled("Mon 2026-03-02 13:00")
    return later.ordered(ORDERED, firm=firm), photo.token


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.extensions["database"].session() as session:
        world, people = a_world(session), []
        for code in ("RF01", "RF02"):
            person = a_person(session, "firm", email=f"{code}@firm.example")
            person.firm_id = a_firm(session, code).id
            people.append(person)
        session.flush()
        (order, photo), (others, others_photo) = (an_order(session, world, code) for code in ("RF01", "RF02"))
        made = Scene(app, *people, order.id or 0, others.id or 0, order.claim_id, photo, others_photo)
        session.commit()
        return made


def in_danger(scene: Scene, found: str, made_safe_on: str) -> None:
    """On the file of the order: found, and, where there is a time, made safe."""
    with scene.app.extensions["database"].session() as session:
        file = lock(session, scene.file)
        find_danger(session, file, note="灯边渗水", by="staff:1", at=at(found))
        if made_safe_on:
            shown, told = a_proof(session, file, at(made_safe_on)), {"by": "staff:1", "note": "已断电"}
            when = {"made_safe_at": at(made_safe_on), "recorded_at": at(made_safe_on)}
            make_safe(session, file, evidence=[shown], **told, **when)
        session.commit()


@pytest.mark.parametrize(
    ("made_safe_on", "said", "unsaid"),
    [
        ("", "险情可能还在：先打电话，再进场", "这套房屋报过险情"),
        ("Mon 2026-03-02 16:00", "这套房屋报过险情", "不要合闸通电"),
    ],
)
def test_a_crew_is_warned_of_a_danger_at_the_home_before_all_else(scene, made_safe_on, said, unsaid) -> None:
    """第七条(八): also of one that is over."""
    in_danger(scene, "Mon 2026-03-02 15:00", made_safe_on)
    with freeze_time(at(LOOKED_AT)):
        words = scene.client().page(f"/firm/orders/{scene.order}").words

    assert said in words and unsaid not in words
    assert words.index(said) < words.index("联系人")
    assert "漏水有没有靠近电线" in words and "外墙" in words and "倒塌" in words


@pytest.mark.parametrize(("made_safe_on", "is_marked"), [("", True), ("Mon 2026-03-02 16:00", False)])
def test_an_order_of_a_home_in_danger_is_marked_on_the_list_in_words(scene, made_safe_on, is_marked) -> None:
    in_danger(scene, "Mon 2026-03-02 15:00", made_safe_on)
    with freeze_time(at(LOOKED_AT)):
        (card,) = [e.text for e in scene.client().page("/firm").all("a") if e.attrs.get("class") == "order-card"]

    assert ("险情未排除 先打电话，再进场" in card) is is_marked


@pytest.mark.parametrize("attended", ["", "Mon 2026-03-02 17:00"])
def test_a_crew_is_warned_of_an_emergency_in_the_whole_project_until_it_is_attended(scene, attended) -> None:
    """第七条(八): on the list and on the order."""
    with scene.app.extensions["database"].session() as session:
        an_emergency(session, "Mon 2026-03-02 15:00", attended=attended)
        session.commit()
    with freeze_time(at(LOOKED_AT)):
        listed, order = (scene.client().page(f"/firm{path}").words for path in ("", f"/orders/{scene.order}"))

    assert ("小区险情未处置 先打电话，再进场" in listed) is (not attended)
    assert ("险情可能还在：先打电话，再进场" in order and "还没有到场处置的记录" in order) is (not attended)


@pytest.mark.parametrize(("home", "is_marked"), [("H-1201", True), ("H-1202", False)])
def test_a_danger_of_another_claim_marks_the_orders_of_its_home_and_no_others(scene, home, is_marked) -> None:
    with scene.app.extensions["database"].session() as session:
        world = World(**dict.fromkeys(World.__annotations__) | {"home": session.exec(select(Home)).one()})
        another_home(session, world)
        a_claim(session, world, home=home, danger=True)
        session.commit()
    with freeze_time(at(LOOKED_AT)):
        assert ("险情未排除" in scene.client().page("/firm").words) is is_marked


def test_where_no_danger_was_ever_told_nobody_is_warned(scene) -> None:
    with freeze_time(at(LOOKED_AT)):
        assert "险情" not in scene.client().page("/firm").words
        assert "险情" not in scene.client().page(f"/firm/orders/{scene.order}").words


@pytest.mark.parametrize(
    ("state", "today", "where"),
    [
        ("ordered", date(2026, 3, 1), "next"),
        ("ordered", date(2026, 3, 2), "today"),
        ("started", date(2026, 3, 1), "today"),
        ("started", date(2026, 3, 10), "today"),
        ("started", date(2026, 3, 11), "late"),
        ("ordered", date(2026, 3, 11), "late"),
        ("completed", date(2026, 3, 11), "done"),
        ("not_fixed", date(2026, 3, 2), "done"),
    ],
)
def test_an_order_stands_on_one_list_by_its_agreed_days(state: str, today: date, where: str) -> None:
    order = RepairOrder(state=state, starts_on=date(2026, 3, 2), finishes_on=date(2026, 3, 10))

    assert list_of(order, today) == where


@freeze_time(at(LOOKED_AT))
def test_a_firm_sees_its_own_orders_and_no_other(scene: Scene) -> None:
    page = scene.client().page("/firm")

    links = {e.attrs["href"] for e in page.all("a") if e.attrs.get("href", "").startswith("/firm/orders/")}
    assert links == {f"/firm/orders/{scene.order}"}


@pytest.mark.parametrize("rest", ["", "/quote", "/start", "/completion", "/work-order.pdf"])
@freeze_time(at(LOOKED_AT))
def test_another_firms_order_doesnt_exist(scene: Scene, rest: str) -> None:
    client = scene.client()

    assert client.get(f"/firm/orders/{scene.others}{rest}").status_code == 404
    assert client.get(f"/firm/orders/999{rest}").status_code == 404


@freeze_time(at(LOOKED_AT))
def test_another_firms_act_cant_be_done(scene: Scene) -> None:
    client = scene.client()
    form = client.page(f"/firm/orders/{scene.order}/quote").filled() | {"amount": "100"}

    assert client.post(f"/firm/orders/{scene.others}/quote", data=form).status_code == 404


@freeze_time(at(LOOKED_AT))
def test_another_firms_photo_doesnt_exist(scene: Scene) -> None:
    client = scene.client()

    assert client.get(f"/firm/files/{scene.photo}").status_code == 200
    assert client.get(f"/firm/files/{scene.others_photo}").status_code == 404


@freeze_time(at(LOOKED_AT))
def test_a_person_without_a_firm_sees_nothing(scene: Scene) -> None:
    with scene.app.extensions["database"].session() as session:
        nobodys = a_person(session, "firm", email="nobody@firm.example")
        session.commit()

    client = scene.client(nobodys)
    assert not [e for e in client.page("/firm").all("a") if "/orders/" in e.attrs.get("href", "")]
    assert client.get(f"/firm/orders/{scene.order}").status_code == 404


@freeze_time(at(LOOKED_AT))
def test_the_homeowners_phone_is_in_clear_while_in_work_and_each_look_is_logged(scene: Scene) -> None:
    page = scene.client().page(f"/firm/orders/{scene.order}")

    assert page.all("a", href=f"tel:{OWNERS_PHONE}")
    with scene.app.extensions["database"].session(reading=True) as session:
        assert session.exec(select(Reveal).where(Reveal.person_id == scene.mine.id)).all()


@freeze_time(at(LOOKED_AT))
@pytest.mark.parametrize(
    ("language", "why"), [("zh", "这张派工单还没有开工"), ("en", "The works of this order haven't begun yet")]
)
def test_an_act_before_its_turn_is_refused_with_its_own_reason(scene: Scene, language: str, why: str) -> None:
    status, page = send(scene.client(language=language), f"/firm/orders/{scene.order}/completion")

    assert status == 409 and page is not None
    assert why in page.words


@freeze_time(at(LOOKED_AT))
def test_what_the_house_thinks_is_not_on_a_firms_page(scene: Scene) -> None:
    assert "建议认定" not in scene.client().page(f"/firm/orders/{scene.order}").words


@freeze_time(at(LOOKED_AT))
def test_a_firm_quotes_and_may_not_start_before_the_answer(scene: Scene) -> None:
    client, order = scene.client(), f"/firm/orders/{scene.order}"

    assert send(client, f"{order}/quote", amount="1200.50")[0] == 303
    assert "1200.50" in client.page(order).words
    assert send(client, f"{order}/start", started_at="2026-03-03T08:00")[0] == 409


@freeze_time(at(LOOKED_AT))
def test_a_firm_starts_and_completes_with_photos(scene: Scene) -> None:
    client, order = scene.client(), f"/firm/orders/{scene.order}"
    photo = {"photos": (BytesIO(JPEG), "现场.jpg")}
    assert send(client, f"{order}/start", started_at="2026-03-03T08:00", **photo)[0] == 303
    photo = {"photos": (BytesIO(JPEG + b"2"), "完工.jpg")}
    assert send(client, f"{order}/completion", completed_at="2026-03-03T08:30", **photo)[0] == 303

    assert scene.state() == "completed"
    pictures = [e.attrs["src"] for e in client.page(order).all("img")]
    assert len(pictures) == 3
    assert all(client.get(picture).status_code == 200 for picture in pictures)


@freeze_time(at(LOOKED_AT))
def test_what_was_typed_is_kept_where_a_time_cant_be(scene: Scene) -> None:
    status, page = send(scene.client(), f"/firm/orders/{scene.order}/start", started_at="2026-03-04T08:00")

    assert status == 422
    assert page is not None and page.at("started-at").attrs["value"].startswith("2026-03-04T08:00")
    assert scene.state() == "ordered"


@freeze_time(at(LOOKED_AT))
def test_a_form_sent_twice_acts_once(scene: Scene) -> None:
    client, path = scene.client(), f"/firm/orders/{scene.order}/quote"
    form = client.page(path).filled() | {"amount": "100"}

    assert [client.post(path, data=form).status_code for _ in range(2)] == [303, 303]
    with scene.app.extensions["database"].session(reading=True) as session:
        order = session.get_one(RepairOrder, scene.order)
        assert story_of(session, session.get_one(CaseFile, order.claim_id)).count("QuoteGiven") == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@freeze_time(at(LOOKED_AT))
def test_the_lists_ask_a_fixed_number_of_questions(scene: Scene, language: str) -> None:
    client = scene.client(language=language)
    with asked(scene.app) as questions:
        client.page("/firm")

    assert len(questions) == 4, questions  # who asks, the orders, their items, the dangers at their homes
