"""Every act as a sheet, in the order of the journey."""

from claims.desk.sheet import Sheet
from claims.desk.sheets import (
    closing,
    danger,
    deciding,
    disputing,
    repairing,
    reporting,
    settling,
    supplementing,
    surveying,
)

_STEPS = (reporting, danger, surveying, supplementing, deciding, settling, repairing, disputing, closing)
SHEETS: dict[str, Sheet] = {sheet.act: sheet for step in _STEPS for sheet in step.SHEETS}
"""Path under the claim → sheet."""
