"""放假安排: years that arrive as files, what they would change, and who is told that one is missing."""

from claims.calendar.actions import ImportedMeanwhile, import_year
from claims.calendar.queries import calendar_warning, what_would_change
from claims.calendar.reading import BadFile, read_year

__all__ = ["BadFile", "ImportedMeanwhile", "calendar_warning", "import_year", "read_year", "what_would_change"]
