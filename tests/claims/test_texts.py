"""Whoever reports in English is told in English; nobody else is, and no letter is."""

from __future__ import annotations

import json

import pytest
from sqlmodel import Session, col, select

from claims.casefile import Stage
from claims.settlement import Part
from notifications.model import Message
from notifications.rendering import render_message
from tests.later_makers import covered
from tests.makers import OWNERS_PHONE, World, a_claim

TENANT = "+8613800000077"
REPORTED, AGREED = "Mon 2026-09-14 10:00", "Thu 2026-09-24 10:00"


def texts(session: Session, message: str) -> list[tuple[str, str]]:
    """To whom, and the words, the oldest first."""
    sealer = session.info["sealer"]
    rows = session.exec(select(Message).where(Message.message == message).order_by(col(Message.id)))
    return [
        (sealer.open(m.recipient_sealed), render_message(m.message, "sms", json.loads(sealer.open(m.content_sealed))))
        for m in rows
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "a surveyor comes, by Wednesday 4 March 2026 at the latest"),
        ("zh", "派人上门查勘，最迟2026年3月4日（周三）"),
    ],
)
def test_a_report_is_answered_in_its_own_language(session: Session, world: World, language: str, said: str):
    a_claim(session, world, language=language)

    [(phone, receipt)] = texts(session, "report_received")
    assert phone == OWNERS_PHONE and said in receipt


def test_the_survey_is_told_in_the_language_of_the_report(session: Session, world: World):
    a_claim(session, world, Stage.SURVEYED, language="en")

    [(_, booked)] = texts(session, "survey_booked")
    assert "our surveyor" in booked and "on Monday 2 March 2026, 11:00." in booked


@pytest.mark.parametrize(("phone", "english"), [(OWNERS_PHONE, True), (TENANT, False)])
def test_an_owner_who_did_not_report_is_told_in_chinese(session: Session, world: World, phone: str, english: bool):
    relation = "owner" if phone == OWNERS_PHONE else "tenant"
    claim = covered(session, world, REPORTED, relation=relation, phone=phone, language="en")
    claim.settled(AGREED, Part(claim.made.findings[0].id or 0, "cash", 1_200_00))

    [(to, agreed)] = texts(session, "settlement_reached")
    assert to == OWNERS_PHONE
    assert ("Payment in all: ¥1,200.00." in agreed, "赔款合计" in agreed) == (english, not english)
