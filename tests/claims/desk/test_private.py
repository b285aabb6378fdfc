"""What one claim shows stays with its reader: in no cache on the way, beside no other claim's number."""

from sqlmodel import select

from claims.attachments import Attachment
from claims.casefile import Stage
from claims.desk.sending import outbox_page
from claims.letters import Letter
from config.time import now
from notifications import outbox
from tests.claims.desk.conftest import Colleague
from tests.faults.town import Town


def test_no_file_of_a_claim_is_kept_on_the_way(town: Town, lead: Colleague) -> None:
    reference = town.claim(Stage.DENIED).file.reference
    file = town.rows(Attachment)[0].token

    for path in (f"/desk/{reference}/files/{file}", f"/desk/{reference}/photos/{file}", "/oversight/breaches.csv"):
        assert lead.client.get(path).headers["Cache-Control"] == "private, no-cache", path


def test_a_message_about_no_claim_stands_beside_none(town: Town) -> None:
    """A code for /track and a letter may have the same number."""
    town.claim(Stage.DENIED)
    with town.database.session() as session:
        letter = session.exec(select(Letter)).first()
        assert letter is not None
        for about in (f"letter:{letter.id}", f"track_ask:{letter.id}"):
            outbox.queue(session, [outbox.Draft(about, about, "track_code", "sms", "13800000001", {})], now())
        sent = outbox_page(session, town.world.adjuster, {})["sent"]

    told = {
        each.message.about.partition(":")[0]: each.reference for each in sent if each.message.message == "track_code"
    }
    assert told["letter"] is not None
    assert told["track_ask"] is None
