"""保险法 60 ¶2: what the liable party paid is deducted; only where it was all of the loss is nothing left to owe."""

import pytest
from sqlmodel import Session

from claims.attachments import keep
from claims.casefile import Refused, Stage
from claims.casefile.timeline import entries_of
from claims.decision import propose_denial
from tests.makers import PHOTO, Made, World, a_claim, at

WHEN = at("Tue 2026-03-03 10:00")


@pytest.fixture
def session(standing_session: Session) -> Session:
    return standing_session


@pytest.fixture
def made(session: Session, world: World) -> Made:
    return a_claim(session, world, Stage.SURVEYED)


def denied(session: Session, world: World, made: Made, **amounts: int | None):
    receipt = keep(session, PHOTO, name="收据.jpg", uploaded_by=None, at=WHEN, file_id=made.file.id)
    return propose_denial(
        session, made.file, made.claim, findings=[f.id or 0 for f in made.findings], ground="already_compensated",
        evidence=[receipt.token], clause="第十九条", reasons="施工单位已赔偿，收据载明范围。",
        by=world.adjuster, at=WHEN, **amounts,
    )  # fmt: skip


@pytest.mark.parametrize("compensated", [460_000, 460_001])
def test_a_loss_that_was_made_good_in_full_may_be_denied(session, world, made, compensated: int):
    decision = denied(session, world, made, loss_fen=460_000, compensated_fen=compensated)

    assert decision.state == "proposed"
    _, kept = entries_of(session, made.claim.id)[-1]
    assert f'"compensated_fen":{compensated}' in kept.details and '"loss_fen":460000' in kept.details


def test_one_fen_less_can_only_be_deducted(session, world, made):
    with pytest.raises(Refused, match="deduct") as refusal:
        denied(session, world, made, loss_fen=460_000, compensated_fen=459_999)

    assert set(refusal.value.errors) == {"compensated"}
    assert made.findings[0].outcome == "undecided"


@pytest.mark.parametrize(("loss", "compensated", "missing"), [
    (None, None, {"loss", "compensated"}),
    (460_000, None, {"compensated"}),
    (None, 460_000, {"loss"}),
    (0, 0, {"loss", "compensated"}),
])  # fmt: skip
def test_without_both_amounts_nobody_can_tell(session, world, made, loss, compensated, missing):
    with pytest.raises(Refused) as refusal:
        denied(session, world, made, loss_fen=loss, compensated_fen=compensated)

    assert set(refusal.value.errors) == missing
