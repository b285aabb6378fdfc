"""The spine: a claim is a file to which facts happen. Read in this order: stages, facts, moves, record."""

from claims.casefile.belongings import Happening, Listeners, Ringing
from claims.casefile.calendar import Calendar
from claims.casefile.fact import SYSTEM, Fact, Subject
from claims.casefile.files import NoSuchFile, StaleVersion, is_reference, lock, open_file
from claims.casefile.model import IS_OPEN, NEVER, CaseFile
from claims.casefile.moves import MOVES, NotAllowed, allowed_facts
from claims.casefile.period import BadLength, Reckoning, Step, reckon
from claims.casefile.record import InTheFuture, NeedsProof, record, record_many
from claims.casefile.refusals import AlreadyDone, NeedsConfirmation, Refused
from claims.casefile.rulebook import BadRules, RuleBook
from claims.casefile.stages import CLAIM_STAGES, ENDED, OPEN, Stage

__all__ = [
    "CLAIM_STAGES",
    "ENDED",
    "IS_OPEN",
    "MOVES",
    "NEVER",
    "OPEN",
    "SYSTEM",
    "AlreadyDone",
    "BadLength",
    "BadRules",
    "Calendar",
    "CaseFile",
    "Fact",
    "Happening",
    "InTheFuture",
    "Listeners",
    "NeedsConfirmation",
    "NeedsProof",
    "NoSuchFile",
    "NotAllowed",
    "Reckoning",
    "Refused",
    "Ringing",
    "RuleBook",
    "Stage",
    "StaleVersion",
    "Step",
    "Subject",
    "allowed_facts",
    "is_reference",
    "lock",
    "open_file",
    "reckon",
    "record",
    "record_many",
]
