"""The legal documents: contracts of content, issue, dispatch, evidence."""

from claims.letters.actions import dispatch, issue_letter, issue_letters, read_letter
from claims.letters.hearing import draft_letters, hear_outbox, tell_of_failed_text
from claims.letters.model import Letter
from claims.letters.queries import issued_decisions, letters_in_sight, letters_of
from claims.letters.table import DRAFTED_ON, LETTERS

__all__ = [
    "DRAFTED_ON",
    "LETTERS",
    "Letter",
    "dispatch",
    "draft_letters",
    "hear_outbox",
    "issue_letter",
    "issue_letters",
    "issued_decisions",
    "letters_in_sight",
    "letters_of",
    "read_letter",
    "tell_of_failed_text",
]
