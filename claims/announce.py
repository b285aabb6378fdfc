"""THE THIRD TABLE: which fact, and which rung, tells whom what. Stores data; the worker renders and sends."""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from claims.appraisal import note_silence
from claims.calendar.telling import TOLD_AT_THE_REPORT, TOLD_LATER, day_moved, where_moved
from claims.casefile import Fact, Happening, Listeners
from claims.casefile.facts import (
    ClaimAssigned,
    ClaimReferred,
    ClockRecounted,
    DangerFound,
    EmergencyArose,
    EveryFindingDecided,
    EveryRepairAccepted,
    HomeIdentified,
    ObligationFulfilled,
    PaymentMade,
    RepairAccepted,
    RepairNotFixed,
    ReportReceived,
    SettlementReached,
    SurveyBooked,
    WorksCompleted,
)
from claims.duties import OWES_UPLOAD, owe_upload
from claims.letters import DRAFTED_ON, draft_letters
from claims.repair import accept_after_payment
from claims.settlement import close_if_performed
from claims.texts import (
    Writer,
    claim_referred,
    owner_or_reporter,
    report_received,
    reporter_of,
    settlement_reached,
    survey_booked,
    texting,
)
from claims.warning import still_says_something, tell_the_new_owner, tell_the_team, wake_the_team
from claims.warranty import (
    close_if_ended,
    close_when_ended,
    reanchor_warranties,
    recognise_warranty,
    start_warranties,
)

Tell = Callable[[Session, Sequence[Happening]], None]

TO_THE_SLICES: dict[type[Fact], tuple[Tell, ...]] = {
    ReportReceived: (recognise_warranty,),
    HomeIdentified: (recognise_warranty,),
    WorksCompleted: (start_warranties,),
    RepairAccepted: (reanchor_warranties,),
    RepairNotFixed: (reanchor_warranties,),
    PaymentMade: (accept_after_payment,),
    EveryRepairAccepted: (close_if_ended,),
    ObligationFulfilled: (close_if_ended,),
    EveryFindingDecided: (close_if_performed, close_if_ended),
}
"""Fact → a later step of the journey that has to know; these hear it first."""

TO_THE_REPORTER: dict[type[Fact], Writer] = {
    ReportReceived: report_received,
    ClaimReferred: claim_referred,
    SurveyBooked: survey_booked,
}
"""Fact → text to whoever reported, if a phone number is known."""

TO_THE_OWNER: dict[type[Fact], Writer] = {SettlementReached: settlement_reached}
"""Fact → text to the home's owner of that day, else to who reported as the owner."""

STILL_SAYS_SOMETHING = {"rung": still_says_something, "assigned": still_says_something}
"""Messages that may have waited → whether they still say something when they are about to leave."""


def announce(listeners: Listeners) -> None:
    """Hang the table on the app's listeners."""
    for fact, tells in TO_THE_SLICES.items():
        for tell in tells:
            listeners.on(fact, tell=tell)
    listeners.on(*OWES_UPLOAD, tell=owe_upload)
    for fact, write in TO_THE_REPORTER.items():
        listeners.on(fact, tell=texting(write, reporter_of))
    for fact, write in TO_THE_OWNER.items():
        listeners.on(fact, tell=texting(write, owner_or_reporter))
    listeners.on(ClockRecounted, tell=where_moved(TOLD_AT_THE_REPORT, texting(day_moved, reporter_of)))
    listeners.on(ClockRecounted, tell=where_moved(TOLD_LATER, texting(day_moved, owner_or_reporter)))
    listeners.on(ClaimAssigned, tell=tell_the_new_owner)
    listeners.on(DangerFound, EmergencyArose, tell=wake_the_team)
    listeners.on(*DRAFTED_ON, tell=draft_letters)  # after the slices: letters print what those have worked out
    for ring in (close_when_ended, note_silence, tell_the_team):
        listeners.on_rung(ring)
