"""Whoever isn't of the house sees their own part of a claim, and a decision only once the homeowner has been told."""

from dataclasses import dataclass

import pytest
from sqlmodel import Session

from claims.access import ROLES, Person, Reveal, Share, part_in, share_of
from claims.access.shares import HOUSE, SHARES, TOLD_CLOCKS, TOLD_FACTS
from claims.attachments import keep
from claims.casefile import Fact, Stage
from claims.casefile.belongings import rule_book
from claims.decision import answer_denial
from claims.letters import issue_letters
from claims.repair import Item, orders_of
from claims.survey.model import FindingPhoto
from config.time import now
from tests.faults.town import Town, told
from tests.later_makers import Later, a_firm, an_appraiser, disputed
from tests.makers import PHOTO, Made, a_claim, a_person, a_proposed_denial, at

PROPOSED = "Mon 2026-03-02 12:00"
APPROVED = "Tue 2026-03-03 09:00"
OPINION = "建议认定属于保险责任"
REMARK = "证据够了"


@dataclass
class Outside:
    """A claim, and one person outside the house who takes part in it."""

    town: Town
    made: Made
    person: Person

    def sees(self) -> dict:
        return dict(told(self.town.asks(self.person, "GET", f"/claims/{self.made.file.reference}")))

    def asks(self, path: str) -> int:
        return self.town.asks(self.person, "GET", path).status_code

    def the_house_sees(self) -> dict:
        return dict(told(self.town.asks(self.town.world.lead, "GET", f"/claims/{self.made.file.reference}")))


def a_channels_claim(town: Town) -> Outside:
    """Reported by the channel with a photo, surveyed; a denial is proposed."""
    channel = town.world.channel
    with town.session() as session:
        photo = keep(session, PHOTO, name="天花板.jpg", uploaded_by=channel.id, at=at("Mon 2026-03-02 09:00"))
        made = a_claim(session, town.world, Stage.SURVEYED, photos=(photo.token,))
        session.add(_let_in(made, channel, "channel"))
        made.decision = a_proposed_denial(session, town.world, made, at=at(PROPOSED))
        session.commit()
    return Outside(town, made, channel)


def approved(outside: Outside) -> None:
    with outside.town.session() as session:
        made = outside.made
        file, claim, decision = (session.merge(row) for row in (made.file, made.claim, made.decision))
        lead = outside.town.world.lead
        answer_denial(session, file, claim, decision, approve=True, comment=REMARK, by=lead, at=at(APPROVED))
        session.commit()


def _let_in(made: Made, person: Person, role: str):
    return part_in(file_id=made.claim.id, person_id=person.id or 0, role=role, at=at(PROPOSED))


def a_firms_claim(town: Town) -> Outside:
    """Two findings with a photo each, one repaired by this firm and one by another; the letters are made."""
    with town.session() as session:
        mine, other = a_firm(session, "RF01"), a_firm(session, "RF02", uscc="91310000MA00000047")
        foreman, rival = (a_person(session, "firm", email=f"{name}@firm.example") for name in ("foreman", "rival"))
        foreman.firm_id, rival.firm_id = mine.id, other.id
        session.flush()
        later = Later(session, town.world, a_claim(session, town.world, Stage.COVERED, findings=2))
        later.settled("Wed 2026-03-04 10:00")
        for finding, firm in zip(later.made.findings, ("RF01", "RF02"), strict=True):
            _photographed(session, later.made, finding.id or 0)
            later.ordered("Thu 2026-03-05 10:00", Item(finding.part, finding.item, finding.id), firm=firm)
        session.commit()
    issue_letters(town.database, now())
    return Outside(town, later.made, foreman)


def _photographed(session: Session, made: Made, finding: int) -> None:
    photo = keep(session, PHOTO, name=f"现场{finding}.jpg", uploaded_by=None, at=at(PROPOSED), file_id=made.claim.id)
    session.add(FindingPhoto(finding_id=finding, attachment_id=photo.id or 0))
    session.flush()


def an_appraisers_claim(town: Town, chosen_by: tuple[str, ...] = ("owner", "insurer")) -> Outside:
    """Two findings denied together with their notice issued, one of them in dispute before this appraiser."""
    with town.session() as session:
        firm = an_appraiser(session)
        expert = a_person(session, "appraiser", email="expert@appraiser.example")
        expert.firm_id = firm.id
        session.flush()
        made = a_claim(session, town.world, Stage.DENIED, findings=2)
        for finding in made.findings:
            _photographed(session, made, finding.id or 0)
        session.commit()
    issue_letters(town.database, now())
    with town.session() as session:
        made = Made(session.merge(made.claim), session.merge(made.file), made.findings, made.decision)
        later, findings = Later(session, town.world, made), [made.findings[0].id or 0]
        disputed(later, "Mon 2026-03-09 10:00", findings=findings, chosen_by=chosen_by)
        session.commit()
    return Outside(town, made, expert)


# --- the channel ----------------------------------------------------------------------------------------------


def test_a_channel_sees_nothing_of_a_denial_that_waits_for_its_second_person(town: Town):
    claim = a_channels_claim(town)
    seen = claim.sees()

    assert (seen["findings"], seen["decisions"]) == ([], [])


def test_nor_of_one_whose_notice_has_not_been_issued(town: Town):
    claim = a_channels_claim(town)
    approved(claim)

    assert claim.sees()["decisions"] == []


def test_a_channel_sees_an_issued_denial_with_its_reasons_and_without_what_was_said_inside(town: Town):
    claim = a_channels_claim(town)
    approved(claim)
    issue_letters(town.database, now())
    seen = claim.sees()

    [decision], [finding] = seen["decisions"], seen["findings"]
    assert (decision["outcome"], decision["ground"], decision["comment"]) == ("denied", "owner_cause", "")
    assert (finding["outcome"], finding["opinion"]) == ("denied", "")
    assert claim.the_house_sees()["findings"][0]["opinion"] == OPINION
    assert claim.the_house_sees()["decisions"][0]["comment"] == REMARK


def test_a_channel_sees_the_clocks_that_face_outward_and_no_other(town: Town):
    claim = a_channels_claim(town)
    inside = {clock["clock"] for clock in claim.the_house_sees()["clocks"]}

    assert {clock["clock"] for clock in claim.sees()["clocks"]} == inside & TOLD_CLOCKS
    assert {"survey", "decision"} <= inside & TOLD_CLOCKS


def test_a_channels_timeline_tells_of_the_report_and_not_of_the_proposal(town: Town):
    claim = a_channels_claim(town)
    answer = town.asks(claim.person, "GET", f"/claims/{claim.made.file.reference}/timeline")
    facts = [entry["fact"] for entry in told(answer)]  # type: ignore[attr-defined]

    assert facts == ["ReportReceived", "SurveyBooked", "SiteSurveyed"]


def test_a_channel_fetches_its_own_photo_and_no_letter_and_no_evidence(town: Town):
    claim = a_channels_claim(town)
    approved(claim)
    issue_letters(town.database, now())
    files = {file["name"]: file["id"] for file in claim.the_house_sees()["files"]}

    assert [file["name"] for file in claim.sees()["files"]] == ["天花板.jpg"]
    fetched = {name for name, token in files.items() if claim.asks(f"/files/{token}") == 200}
    assert fetched == {"天花板.jpg"} and len(files) > 3
    assert claim.asks(f"/claims/{claim.made.file.reference}/letters") == 403


def test_a_channel_is_not_told_who_looks_after_the_claim_or_how_urgent_it_is(town: Town):
    claim = a_channels_claim(town)
    inside = ("assignee", "candidate_home", "urgent_at")
    [row] = told(town.asks(claim.person, "GET", "/claims"))["claims"]

    assert {claim.sees()[name] for name in inside} | {row["urgent_at"]} == {None}
    assert claim.the_house_sees()["urgent_at"] is not None


# --- the repair firm ------------------------------------------------------------------------------------------


def test_a_firm_sees_its_order_and_the_finding_that_it_repairs(town: Town):
    claim = a_firms_claim(town)
    seen = claim.sees()

    assert [order["firm"] for order in seen["repair_orders"]] == ["RF01"]
    assert [finding["id"] for finding in seen["findings"]] == [claim.made.findings[0].id]
    assert (seen["findings"][0]["outcome"], seen["findings"][0]["opinion"]) == ("covered", "")
    money = ("clocks", "decisions", "settlements", "payments", "appraisals", "complaints", "warranties", "links")
    assert {step: seen[step] for step in money} == {step: [] for step in money}


def test_a_firm_reads_its_own_work_order_and_no_other_letter(town: Town):
    claim = a_firms_claim(town)
    path = f"/claims/{claim.made.file.reference}/letters"
    letters = claim.the_house_sees()["letters"]
    orders = [letter["number"] for letter in letters if letter["kind"] == "work_order"]
    readable = {letter["number"] for letter in letters if claim.asks(f"{path}/{letter['number']}.pdf") == 200}

    assert len(orders) == 2
    assert readable == {orders[0]}
    assert [each["number"] for each in told(town.asks(claim.person, "GET", path))["letters"]] == [orders[0]]


def test_a_firm_fetches_the_photos_of_its_finding_and_its_work_order(town: Town):
    claim = a_firms_claim(town)
    files = {file["name"]: file["id"] for file in claim.the_house_sees()["files"]}
    fetched = {name for name, token in files.items() if claim.asks(f"/files/{token}") == 200}
    [letter] = claim.sees()["letters"]

    assert fetched == {f"现场{claim.made.findings[0].id}.jpg", f"{letter['number']}.pdf"}
    assert fetched == {file["name"] for file in claim.sees()["files"]}


def test_a_firm_reads_whom_to_ring_while_its_order_is_in_work_and_each_look_is_logged(town: Town):
    claim = a_firms_claim(town)

    assert claim.sees()["reporter"]["phone"] == "+8613800000001"
    assert town.count(Reveal, person_id=claim.person.id) == 1


def test_and_not_once_it_has_been_answered(town: Town):
    claim = a_firms_claim(town)
    with town.session() as session:
        later = Later(session, town.world, Made(claim.made.claim, session.merge(claim.made.file), claim.made.findings))
        order = orders_of(session, claim.made.claim.id)[0]
        later.started("Fri 2026-03-06 10:00", order)
        later.completed("Mon 2026-03-09 10:00", order)
        later.answered("Tue 2026-03-10 10:00", order=order)
        session.commit()

    assert claim.sees()["reporter"]["phone"] == "138****0001"
    assert town.count(Reveal, person_id=claim.person.id) == 0


# --- the appraiser --------------------------------------------------------------------------------------------


def test_an_appraiser_sees_what_is_in_dispute_with_reasons_and_evidence(town: Town):
    claim = an_appraisers_claim(town)
    seen = claim.sees()

    assert [finding["id"] for finding in seen["findings"]] == [claim.made.findings[0].id]
    assert [decision["reasons"] != "" for decision in seen["decisions"]] == [True]
    assert len(seen["appraisals"]) == 1
    fetched = {file["name"] for file in seen["files"]}
    assert fetched == {f"现场{claim.made.findings[0].id}.jpg", "物业报告.jpg"}


def test_an_appraiser_sees_no_claim_before_both_sides_have_chosen_it(town: Town):
    claim = an_appraisers_claim(town, chosen_by=("owner",))

    assert claim.asks(f"/claims/{claim.made.file.reference}") == 404
    assert told(town.asks(claim.person, "GET", "/claims?stage=denied"))["claims"] == []


def test_and_finds_it_in_its_list_afterwards(town: Town):
    claim = an_appraisers_claim(town)
    [row] = told(town.asks(claim.person, "GET", "/claims?stage=denied"))["claims"]

    assert row["reference"] == claim.made.file.reference


def test_an_appraiser_reads_no_opinion_no_remark_no_letter_no_timeline_and_no_phone(town: Town):
    claim = an_appraisers_claim(town)
    seen = claim.sees()

    assert {seen["findings"][0]["opinion"], seen["decisions"][0]["comment"]} == {""}
    assert (seen["letters"], seen["clocks"], seen["surveys"]) == ([], [], [])
    assert seen["reporter"]["phone"] == "138****0001"
    assert claim.asks(f"/claims/{claim.made.file.reference}/timeline") == 403


# --- the table ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_a_role_of_the_house_sees_all_an_operator_nothing_and_the_others_their_share(role: str):
    person = Person(email="x", name="x", roles=role, created_at=at(PROPOSED))
    shares = {part: share_of(person, part) for part in SHARES}

    assert (set(shares.values()) == {frozenset({Share.ALL})}) == (role in HOUSE)
    assert (set(shares.values()) == {frozenset()}) == (role == "operator")
    assert role in HOUSE or not shares["notes"]


def test_the_table_names_real_facts_and_real_clocks(session: Session):
    rules = rule_book(session).on(at(PROPOSED).date())

    assert not TOLD_FACTS - Fact.kinds.keys()
    assert not TOLD_CLOCKS - rules.clocks.keys()
    assert not [name for name in TOLD_CLOCKS if not rules.clocks[name].owed.startswith("insurer →")]
