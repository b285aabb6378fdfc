"""What a sheet offers to choose from."""

import pytest
from sqlmodel import select

from claims.attachments import Attachment
from claims.casefile import CaseFile, Stage
from claims.desk.choices import files_of, photos_of
from claims.desk.sheet import Choices
from claims.sweeping import issue_letters
from config.time import now
from tests.faults.town import Town


@pytest.mark.parametrize(("offered_by", "is_offered"), [(files_of, True), (photos_of, False)])
def test_a_letter_of_ours_is_evidence_but_no_photo(town: Town, offered_by: Choices, is_offered: bool) -> None:
    made = town.claim(Stage.COVERED)
    issue_letters(town.database, now())

    with town.database.session(reading=True) as session:
        file = session.get_one(CaseFile, made.claim.id)
        letter = session.exec(select(Attachment.token).where(Attachment.content_type == "application/pdf")).first()
        offered = {choice.value for choice in offered_by(session, file, None)}

    assert (letter in offered) is is_offered
