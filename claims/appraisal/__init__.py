"""争议鉴定: an appraiser whom both sides choose."""

from claims.appraisal.actions import (
    choose_appraiser,
    note_silence,
    propose_appraisers,
    raise_appraisal,
    receive_opinion,
)
from claims.appraisal.model import Appraisal, AppraisalCandidate
from claims.appraisal.queries import appraisal_of, appraisals_of, candidates_of, check_interest, disputed_findings

__all__ = [
    "Appraisal",
    "AppraisalCandidate",
    "appraisal_of",
    "appraisals_of",
    "candidates_of",
    "check_interest",
    "choose_appraiser",
    "disputed_findings",
    "note_silence",
    "propose_appraisers",
    "raise_appraisal",
    "receive_opinion",
]
