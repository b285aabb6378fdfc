"""Every act as a sheet, in the order of the journey."""

from claims.desk.sheet import Sheet
from claims.desk.sheets import deciding

SHEETS: dict[str, Sheet] = {sheet.act: sheet for part in (deciding,) for sheet in part.SHEETS}
"""Path under the claim → sheet."""
