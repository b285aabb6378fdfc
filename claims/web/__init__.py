"""What every page and every API call needs: the session of the request, who asks, finding a claim, plain errors."""

from claims.web.entry import actor, current_person, may_enter, open_to_all
from claims.web.finding import check_version, file_or_404
from claims.web.problems import Problem, problem
from claims.web.request_session import database, note

__all__ = [
    "Problem",
    "actor",
    "check_version",
    "current_person",
    "database",
    "file_or_404",
    "may_enter",
    "note",
    "open_to_all",
    "problem",
]
