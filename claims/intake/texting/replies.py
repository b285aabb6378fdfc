"""What we write back: queued once per text that we answer, in the language that the sender wrote."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session

from claims.replies import TextReply
from notifications import outbox
from notifications.model import Arrival


@dataclass(frozen=True)
class Sender:
    """Who texts. `phone` is E.164, or whatever the provider said; such a sender can't be answered."""

    phone: str
    index: str
    language: str
    reachable: bool


def reply(
    session: Session,
    arrival: Arrival,
    to: Sender,
    kind: type[TextReply],
    at: datetime,
    about: str,
    *,
    key: str = "",
    once: str | None = None,
    **values: object,
) -> None:
    """One text back. The key says which text it answers and what with: the same can't be queued twice.

    `once`: what it is said once for, however many texts it would answer.
    """
    if not to.reachable:
        return
    settings = session.info["settings"]
    head = {"insurer_short": settings.insurer_short, "hotline": settings.hotline_number, "language": to.language}
    content = kind(**head, **values)  # type: ignore[arg-type]
    single = f"text:{once or arrival.id}:{content.folder}:{key}"
    outbox.queue(session, [outbox.Draft(single, about, content.folder, "sms", to.phone, asdict(content))], at)
