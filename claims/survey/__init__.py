"""现场查勘: visits and findings."""

from claims.survey.actions import book_survey, record_finding
from claims.survey.model import Finding, FindingPhoto, Visit
from claims.survey.queries import findings_of, visit_of, visits_of

__all__ = ["Finding", "FindingPhoto", "Visit", "book_survey", "findings_of", "record_finding", "visit_of", "visits_of"]
