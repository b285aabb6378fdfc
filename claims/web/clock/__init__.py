"""A clock as people see it: its state, the time left, the bar, the days, and why it ends when it ends.

`clock_line(row, rule, as_of)` costs no reckoning and suits a row of a queue; `clock_face(…)` is the whole drawing.
templates/components/clock.html draws both. Words are in the language of the request.
"""

from claims.web.clock.face import ClockFace, clock_face, reckoned_face
from claims.web.clock.line import ClockLine, clock_line
from claims.web.clock.look import Look, look_at
from claims.web.clock.reading import faces_of, urgent_lines

__all__ = [
    "ClockFace",
    "ClockLine",
    "Look",
    "clock_face",
    "clock_line",
    "faces_of",
    "look_at",
    "reckoned_face",
    "urgent_lines",
]
