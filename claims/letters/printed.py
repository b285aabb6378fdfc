"""The tables of letters, shares and moves as Markdown, for people who don't read Python: config/adr/tables.md."""

from collections.abc import Iterable
from pathlib import Path

from claims.access.shares import OUTSIDE, SHARES
from claims.casefile import ENDED, MOVES, OPEN, Stage
from claims.casefile.moves import Move
from claims.letters.table import LETTERS, LetterRule
from config.settings import ROOT

TABLES = ROOT / "config" / "adr" / "tables.md"
_HEAD = """# The tables, printed

Printed from `claims/letters/table.py`, `claims/access/shares.py` and `claims/casefile/moves.py` by
`flask --app app tables`; a test fails when this page isn't fresh. The clocks are readable as they are:
`config/clocks.toml`.
"""
_GROUPS = {OPEN | ENDED: "any stage", OPEN: "any open stage"}


def tables() -> str:
    """The whole page."""
    letters = _table(
        ("Letter", "Title", "Drafted on", "One for each", "To", "Its dispatch is", "Text"),
        (_letter(rule) for rule in LETTERS.values()),
    )
    shares = _table(("Part of a claim", *OUTSIDE), ((f"`{part}`", *map(str, told)) for part, told in SHARES.items()))
    pages = [
        _HEAD,
        "## Letters: fact → letter\n",
        letters,
        "## Shares: what each role outside the house sees\n",
        shares,
    ]
    for kind in MOVES:
        pages += [
            f"## Moves of a {kind}: fact → next stage\n",
            _table(("Fact", "Allowed at", "Leads to"), _moves(kind)),
        ]
    return "\n".join(pages)


def write_tables() -> Path:
    """Write the page anew; answers where."""
    TABLES.write_text(tables(), encoding="utf-8")
    return TABLES


def _letter(rule: LetterRule) -> tuple[str, ...]:
    return (
        f"`{rule.name}`",
        rule.title,
        ", ".join(f"`{fact.__name__}`" for fact in rule.drafted_on),
        rule.subject,
        rule.to,
        f"`{rule.dispatched.__name__}`" if rule.dispatched else "–",
        f"`{rule.text.folder}`" if rule.text else "–",
    )


def _moves(kind: str) -> Iterable[tuple[str, ...]]:
    for fact, move in MOVES[kind].items():
        yield f"`{fact.__name__}`", _stages(move.allowed), _leads_to(move)


def _leads_to(move: Move) -> str:
    if move.next is None:
        return "stays"
    return f"{move.next}; stays at {_stages(move.keeps)}" if move.keeps else str(move.next)


def _stages(allowed: frozenset[Stage]) -> str:
    return _GROUPS.get(allowed) or ", ".join(str(stage) for stage in Stage if stage in allowed)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
