"""Every act as a sheet, in the order of the journey."""

from claims.desk.sheet import Sheet
from claims.desk.sheets import (
    closing,
    danger,
    deciding,
    disputing,
    recovering,
    repairing,
    reporting,
    settling,
    supplementing,
    surveying,
)

_STEPS = (
    reporting, danger, surveying, supplementing, deciding, settling, repairing, recovering, disputing, closing,
)  # fmt: skip
SHEETS: dict[str, Sheet] = {sheet.act: sheet for step in _STEPS for sheet in step.SHEETS}
"""Path under the claim → sheet."""
