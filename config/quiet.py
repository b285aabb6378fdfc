"""Hours in which nobody is to be disturbed for what can wait until the morning. Pure."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from config.time import SHANGHAI


class QuietHours(NamedTuple):
    """Every day from `begins` to `ends`, exclusive, in Shanghai; over midnight where `ends` is the earlier one."""

    begins: time
    ends: time

    @classmethod
    def parse(cls, text: str) -> "QuietHours":
        """`22:00-07:00`. Raises ValueError for anything else, and for hours that never end."""
        begins, dash, ends = text.partition("-")
        hours = cls(time.fromisoformat(begins), time.fromisoformat(ends)) if dash else None
        if hours is None or hours.begins == hours.ends or text != f"{hours.begins:%H:%M}-{hours.ends:%H:%M}":
            raise ValueError(f"{text!r} are no hours such as 22:00-07:00")
        return hours

    def over_by(self, at: datetime) -> datetime:
        """`at` itself, or the end of the quiet hours that it falls in: the same night, whatever day comes after."""
        here = at.astimezone(SHANGHAI)
        clock, day = here.time(), here.date()
        if self.begins < self.ends:
            quiet = self.begins <= clock < self.ends
        else:
            quiet = clock >= self.begins or clock < self.ends
        if not quiet:
            return at
        morning = day + timedelta(days=clock >= self.ends)
        return datetime.combine(morning, self.ends, SHANGHAI)
