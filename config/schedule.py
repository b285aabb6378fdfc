"""Everything that happens by itself, on one page: name → how often, and which sweep.

A sweep takes the database and `as_of`, answers how much it did (0: nothing left), and may run twice or in parallel.
Named by module path, so that this page stands below everything that it calls.
"""

from typing import NamedTuple


class Every(NamedTuple):
    seconds: float
    sweep: str


SCHEDULE: dict[str, Every] = {
    "read arrivals": Every(1, "claims.sweeping:read_arrivals"),
    "end silent calls": Every(60, "claims.sweeping:end_silent_calls"),
    "fetch recordings": Every(5, "claims.sweeping:fetch_recordings"),
    "count clocks anew": Every(5, "claims.sweeping:count_clocks_anew"),
    "ring due rungs": Every(1, "claims.sweeping:ring_due_rungs"),
    "release canary": Every(60, "claims.sweeping:release_canary"),
    "answer asks": Every(1, "claims.sweeping:answer_asks"),
    "issue letters": Every(1, "claims.sweeping:issue_letters"),
    "deliver messages": Every(1, "claims.sweeping:deliver_messages"),
    "deliver to the team": Every(1, "claims.sweeping:deliver_to_the_team"),
    "compare with the provider": Every(60, "claims.sweeping:compare_with_the_provider"),
    "prove the hotline": Every(60, "claims.sweeping:prove_the_hotline"),
    "forget what is over": Every(600, "claims.sweeping:forget_what_is_over"),
    "forget unsigned arrivals": Every(3600, "claims.sweeping:forget_unsigned_arrivals"),
}
