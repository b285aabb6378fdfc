"""The register of breaches as a file for the regulator: no person's name, nothing that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlmodel import Session

from claims.oversight import words
from claims.oversight.queries import Breach, delays_of
from claims.settlement import Exposure
from claims.web.clock.wording import basis_of, force_of
from claims.web.money import yuan
from config.time import SHANGHAI

MARK = "\ufeff"
"""The byte order mark, without which Excel takes UTF-8 for the machine's own code page."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet takes for a formula; a Chinese one may take full-width signs too."""


def as_csv(session: Session, breaches: Sequence[Breach], as_of: datetime) -> Iterator[str]:
    """The file in pieces, its head first. Times are Shanghai's, amounts yuan."""
    delays = delays_of(session, breaches, as_of)
    yield MARK + _line(_head())
    for breach in breaches:
        yield _line([*_row(session, breach, as_of), *_delay(delays.get(breach.clock.id or 0))])


def _head() -> list[str]:
    return [
        _("报案号或档案号"), _("行政区"), _("期限"), _("依据"), _("性质"), _("起算时间"), _("最迟时间"), _("完成时间"),
        _("超期小时"), _("是否成立"), _("原因"), _("整改措施"), _("赔偿义务超期天数"), _("未按时支付（元）"),
        _("损失估算（元）"),
    ]  # fmt: skip


def _row(session: Session, breach: Breach, as_of: datetime) -> list[str]:
    clock, cause = breach.clock, breach.cause
    rule = words.rule_of(session, clock.clock, clock.rule_set)
    assert clock.breached_at is not None
    late = (clock.met_at or as_of) - clock.breached_at
    return [
        breach.file.reference,
        breach.file.district or "",
        words.title(session, clock.clock),
        basis_of(rule),
        force_of(rule),
        _written(clock.anchor),
        words.late_since(clock),
        _written(clock.met_at),
        "0" if breach.withdrawn else str(int(late.total_seconds() // 3600)),
        str(words.STATES["withdrawn" if breach.withdrawn else "standing"]),
        words.cause(cause.cause) if cause else "",
        cause.corrective_act if cause else "",
    ]


def _delay(delay: Exposure | None) -> list[str]:
    if delay is None:
        return ["", "", ""]
    estimate = "" if delay.estimate_fen is None else yuan(delay.estimate_fen)
    return [str(delay.days), yuan(delay.unpaid_fen), estimate]


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(map(_harmless, cells))
    return line.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _written(at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
