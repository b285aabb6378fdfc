"""The stages of a claim: each answers only "what does the insurer owe next". Other files are under way, then closed."""

from enum import StrEnum


class Stage(StrEnum):
    """`NEW` is a file on which nothing has been recorded yet; nobody outside ever sees it.

    `UNDER_WAY` is no claim's: files of other kinds make no journey, they only hold duties (ADR 0026).
    """

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
    UNDER_WAY = "under_way"


ENDED = frozenset({Stage.CLOSED, Stage.REFERRED, Stage.WITHDRAWN})
OPEN = frozenset(Stage) - ENDED - {Stage.NEW, Stage.UNDER_WAY}
CLAIM_STAGES = tuple(stage for stage in Stage if stage in OPEN | ENDED)
"""Those that a claim is ever seen at, in the order of the journey."""
