"""义务: files that hang on no claim's journey, each with its duties and their clocks (ADR 0026)."""

from claims.duties.actions import OWES_UPLOAD, act_on, open_project, open_recovery, owe_upload
from claims.duties.acts import ACTS, Act
from claims.duties.model import DutyFile, DutyRecord
from claims.duties.queries import duty_files, duty_row, fitting_acts, owed_on, records_of

__all__ = [
    "ACTS",
    "OWES_UPLOAD",
    "Act",
    "DutyFile",
    "DutyRecord",
    "act_on",
    "duty_files",
    "duty_row",
    "fitting_acts",
    "open_project",
    "open_recovery",
    "owe_upload",
    "owed_on",
    "records_of",
]
