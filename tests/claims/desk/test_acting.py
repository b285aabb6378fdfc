"""A sheet that is sent acts once; one that is refused keeps everything that was typed."""

import pytest
from sqlmodel import select

from claims.attachments import Attachment
from claims.casefile import CaseFile, Stage
from claims.casefile.model import TimelineEntry
from claims.decision import Decision
from claims.letters import Letter
from claims.survey import Visit
from tests.claims.desk.conftest import Colleague, filled, wrong
from tests.faults.town import Town
from tests.makers import PHOTO, Made
from tests.web.checking import Page

DENIAL = {"ground": "owner_cause", "clause": "第七条第（二）项", "reasons": "漏水点在业主改动的接头上。"}


@pytest.fixture
def surveyed(town: Town) -> Made:
    return town.claim(Stage.SURVEYED)


def path(made: Made, act: str) -> str:
    return f"/desk/{made.file.reference}/{act}"


def test_a_sheet_that_fits_acts_and_leads_back_to_the_claim(town: Town, adjuster: Colleague, surveyed: Made) -> None:
    answer = adjuster.sends(path(surveyed, "coverage"))

    assert (answer.status_code, answer.location) == (303, f"/desk/{surveyed.file.reference}")
    assert town.rows(Decision)[0].outcome == "covered"


def test_a_refused_sheet_keeps_what_was_typed(adjuster: Colleague, surveyed: Made) -> None:
    answer = adjuster.sends(path(surveyed, "denial"), **DENIAL)

    assert answer.status_code == 422
    assert "证据" in wrong(answer)
    assert {name: filled(Page(answer.text))[name] for name in DENIAL} == DENIAL


def test_an_upload_survives_a_refusal(town: Town, adjuster: Colleague, surveyed: Made) -> None:
    refused = adjuster.sends(path(surveyed, "denial"), ("evidence", PHOTO, "现场.jpg"), **DENIAL | {"clause": ""})
    assert refused.status_code == 422

    again = adjuster.sends(path(surveyed, "denial"), page=Page(refused.text), clause=DENIAL["clause"])

    assert again.status_code == 303
    assert [kept.name for kept in town.rows(Attachment) if kept.name == "现场.jpg"] == ["现场.jpg"]


def test_a_photo_of_a_finding_survives_a_refusal_too(town: Town, adjuster: Colleague, surveyed: Made) -> None:
    visit = town.rows(Visit)[0].id
    act, photo = path(surveyed, f"surveys/{visit}/findings"), ("photos", PHOTO, "墙角.jpg")
    refused = adjuster.sends(act, photo, item="墙角渗水", cause="", opinion="建议认定")
    assert refused.status_code == 422

    assert adjuster.sends(act, page=Page(refused.text), cause="防水层破损", part="waterproofing").status_code == 303
    assert [kept.file_id for kept in town.rows(Attachment) if kept.name == "墙角.jpg"] == [surveyed.claim.id]


def test_a_file_that_isnt_taken_is_told_and_nothing_is_done(town: Town, adjuster: Colleague, surveyed: Made) -> None:
    answer = adjuster.sends(path(surveyed, "denial"), ("evidence", b"MZ", "a.exe"), **DENIAL)

    assert answer.status_code == 422
    assert "这种文件收不了" in wrong(answer)
    assert not town.rows(Decision)


def test_a_form_sent_twice_acts_once(town: Town, adjuster: Colleague, surveyed: Made) -> None:
    page = adjuster.page(path(surveyed, "contacts"))

    answers = [adjuster.sends(path(surveyed, "contacts"), page=page, reached="true").status_code for _ in range(2)]

    assert answers == [303, 303]
    assert [entry.fact for entry in town.rows(TimelineEntry)].count("ContactMade") == 1


def test_a_form_sent_twice_with_the_same_file_acts_once(town: Town, adjuster: Colleague, surveyed: Made) -> None:
    page, proof = adjuster.page(path(surveyed, "denial")), ("evidence", PHOTO, "现场.jpg")

    answers = [adjuster.sends(path(surveyed, "denial"), proof, page=page, **DENIAL).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert len(town.rows(Decision)) == 1


def test_a_form_that_is_gone_back_to_and_changed_is_never_told_as_done(
    town: Town, adjuster: Colleague, surveyed: Made
) -> None:
    page = adjuster.page(path(surveyed, "contacts"))
    adjuster.sends(path(surveyed, "contacts"), page=page, reached="false")

    changed = adjuster.sends(path(surveyed, "contacts"), page=page, reached="true")

    assert changed.status_code == 409
    assert "这次没有办" in changed.text
    assert [entry.fact for entry in town.rows(TimelineEntry)].count("ContactMade") == 0
    assert adjuster.sends(path(surveyed, "contacts"), page=Page(changed.text)).status_code == 303, "if meant"
    assert [entry.fact for entry in town.rows(TimelineEntry)].count("ContactMade") == 1


def test_the_key_of_one_claims_form_does_nothing_quietly_on_another(
    town: Town, adjuster: Colleague, surveyed: Made
) -> None:
    other, page = town.claim(Stage.SURVEYED), adjuster.page(path(surveyed, "contacts"))
    adjuster.sends(path(surveyed, "contacts"), page=page, reached="true")

    assert adjuster.sends(path(other, "contacts"), page=page, reached="true").status_code == 409


def test_whoever_reads_an_old_version_sees_the_form_again(town: Town, adjuster: Colleague, surveyed: Made) -> None:
    page = adjuster.page(path(surveyed, "denial"))
    with town.database.session() as session:
        session.exec(select(CaseFile).where(CaseFile.kind == "claim")).one().version += 1
        session.commit()

    answer = adjuster.sends(path(surveyed, "denial"), ("evidence", PHOTO, "a.jpg"), page=page, **DENIAL)

    assert answer.status_code == 412
    assert filled(Page(answer.text))["reasons"] == DENIAL["reasons"]
    assert adjuster.sends(path(surveyed, "denial"), page=Page(answer.text)).status_code == 303, "seen, and sent again"


def test_a_form_without_our_token_is_shown_again_and_does_nothing(
    town: Town, adjuster: Colleague, surveyed: Made
) -> None:
    answer = adjuster.sends(path(surveyed, "contacts"), csrf_token="", reached="true", note="说好周三上门")

    assert answer.status_code == 422
    assert filled(Page(answer.text))["note"] == "说好周三上门"
    assert "ContactMade" not in [entry.fact for entry in town.rows(TimelineEntry)]


def test_another_try_without_our_token_is_refused(adjuster: Colleague) -> None:
    assert adjuster.client.post("/desk/outbox/messages/1").status_code == 400


def test_what_cant_be_done_now_is_said_with_the_form(adjuster: Colleague, surveyed: Made) -> None:
    answer = adjuster.sends(path(surveyed, "closing"), reason="没有要办的了")

    assert answer.status_code == 409
    assert "现在不能" in wrong(answer) or "还不能结案" in wrong(answer)


def test_nobody_else_s_claim_is_there(town: Town, surveyed: Made) -> None:
    stranger = Colleague(town, town.another("surveyor", 2))

    assert stranger.client.get(f"/desk/{surveyed.file.reference}").status_code == 404


def test_nobody_acts_beyond_their_role(town: Town, surveyed: Made) -> None:
    finance = Colleague(town, town.another("finance", 1))

    assert finance.page(f"/desk/{surveyed.file.reference}")
    assert finance.client.get(path(surveyed, "denial")).status_code == 403


def test_a_row_is_added_without_acting(town: Town, adjuster: Colleague, surveyed: Made) -> None:
    answer = adjuster.sends(path(surveyed, "supplement-notice"), items__0__what="产权证明", add="items")

    form = filled(Page(answer.text))
    assert (answer.status_code, form["items.0.what"], form["items.1.what"]) == (200, "产权证明", "")
    assert "SupplementRequested" not in [entry.fact for entry in town.rows(TimelineEntry)]


def test_the_proposer_of_a_denial_is_told_why_somebody_else_signs(town: Town, adjuster: Colleague) -> None:
    made = town.proposed_denial()

    page = adjuster.page(f"/desk/{made.file.reference}")

    assert "提出的人不能自己签" in page.words
    assert not [link for link in page.all("a") if "decision/approval" in link.attrs["href"]]


def test_the_second_person_finds_the_approval_in_the_middle_of_the_page(town: Town, lead: Colleague) -> None:
    made = town.proposed_denial()

    assert "decision" in filled(lead.page(f"/desk/{made.file.reference}"))


def test_a_denial_notice_is_read_before_it_is_signed_and_nothing_happens(town: Town, lead: Colleague) -> None:
    made = town.proposed_denial()
    before = len(town.rows(TimelineEntry))

    answer = lead.sends(path(made, "decision/approval"), approve="true", preview="1")

    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert (len(town.rows(TimelineEntry)), town.rows(Decision)[0].state) == (before, "proposed")


def test_a_denial_notice_is_read_before_it_is_proposed(town: Town, adjuster: Colleague, surveyed: Made) -> None:
    answer = adjuster.sends(path(surveyed, "denial"), ("evidence", PHOTO, "a.jpg"), preview="1", **DENIAL)

    assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")
    assert not town.rows(Decision)


def test_what_drafts_no_letter_says_so(town: Town, lead: Colleague) -> None:
    made = town.proposed_denial()

    answer = lead.sends(path(made, "decision/approval"), approve="false", comment="照片不清", preview="1")

    assert answer.status_code == 422
    assert "不会起草函件" in wrong(answer)


@pytest.mark.parametrize("preview", [{}, {"preview": "1"}], ids=["the act", "its letter"])
def test_a_letter_is_refused_as_the_act_would_be_when_somebody_was_faster(
    town: Town, lead: Colleague, preview: dict[str, str]
) -> None:
    made = town.proposed_denial()
    page = lead.page(path(made, "decision/approval"))
    with town.database.session() as session:
        session.exec(select(CaseFile).where(CaseFile.kind == "claim")).one().version += 1
        session.commit()

    assert lead.sends(path(made, "decision/approval"), page=page, approve="true", **preview).status_code == 412


@pytest.mark.parametrize("preview", [{}, {"preview": "1"}], ids=["the act", "its letter"])
def test_a_letter_is_refused_as_the_act_would_be_when_it_is_done(
    town: Town, lead: Colleague, preview: dict[str, str]
) -> None:
    made = town.proposed_denial()
    page = lead.page(path(made, "decision/approval"))
    assert lead.sends(path(made, "decision/approval"), page=page, approve="true").status_code == 303

    again = lead.sends(path(made, "decision/approval"), page=page, approve="true", key="", version="", **preview)

    assert again.status_code == 409


def test_the_tab_of_a_refused_letter_says_what_is_missing_and_holds_no_second_form(
    adjuster: Colleague, surveyed: Made
) -> None:
    answer = adjuster.sends(path(surveyed, "denial"), **DENIAL | {"clause": ""}, preview="1")

    page = Page(answer.text)
    assert answer.status_code == 422
    assert "函件还看不了" in page.all("title")[0].text
    assert "证据" in wrong(answer)
    assert not [form for form in page.all("form") if form.attrs.get("class") == "sheet"]


def test_a_draft_can_be_read_as_it_would_be_made(town: Town, adjuster: Colleague, surveyed: Made) -> None:
    adjuster.sends(path(surveyed, "coverage"))
    draft = next(letter for letter in town.rows(Letter) if letter.kind == "coverage_notice")

    answer = adjuster.client.get(f"/desk/{surveyed.file.reference}/letters/{draft.number}")

    assert (draft.state, answer.data[:5]) == ("drafted", b"%PDF-")
