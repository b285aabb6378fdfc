"""A stand-in for the telephone provider, on 127.0.0.1: its REST, its webhooks, its way through TwiML, its faults.

Read it in this order: standin (what it keeps), rest (what may be asked of it), webhooks (what it tells us), following
and call (TwiML, and a caller on the line), control (how another process plays with it), phone (`make phone`).
"""

from tests.standin.serving import a_standin
from tests.standin.standin import ACCOUNT, NUMBER, TOKEN, Standin

__all__ = ["ACCOUNT", "NUMBER", "TOKEN", "Standin", "a_standin"]
