"""The stages of a claim: each answers only "what does the insurer owe next"."""

from enum import StrEnum


class Stage(StrEnum):
    """`NEW` is a file on which nothing has been recorded yet; nobody outside ever sees it."""

    NEW = "new"
    REPORTED = "reported"
    SURVEYED = "surveyed"
    COVERED = "covered"
    DENIED = "denied"
    SETTLED = "settled"
    REPAIRING = "repairing"
    PAYING = "paying"
    WARRANTY = "warranty"
    CLOSED = "closed"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"


ENDED = frozenset({Stage.CLOSED, Stage.REFERRED, Stage.WITHDRAWN})
OPEN = frozenset(Stage) - ENDED - {Stage.NEW}
