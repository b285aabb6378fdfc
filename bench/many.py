"""Many claims, three in ten of them open, with homes, clocks and endings: copies by SQL of one that was reported."""

from __future__ import annotations

import psycopg
from sqlmodel import Session, SQLModel

from bench.due import reported
from claims.casefile.model import CaseFile, RunningClock, TimelineEntry
from claims.intake import Claim
from claims.intake.people import fragments
from claims.registry import Home
from config.database import table
from config.time import now

HOMES, ADJUSTERS = 100_000, 40
NAMES = [family + given for family in "王李张刘陈杨赵黄周吴徐孙" for given in ("示甲", "示乙", "小明", "伟", "建国")]
OPEN = "n > {claims} * 7 / 10"
"""The newest."""
DUE = "date_trunc('second', now()) + (n * 7919 % 86400 - 2880) * interval '1 minute'"
"""The nearest due of an open claim: between 2 days ago and 58 days from now."""
OPENED = "now() - ({claims} - n) * interval '1000 days' / {claims}"
MET = f"{OPENED} + (1 + n % 40) * interval '1 day'"
"""When each duty of a closed claim was met, and when it was closed."""
LATE = "n % 50 = 3"
"""Claims whose decision was breached."""
LATE_FROM = f"least({OPENED} + interval '30 days', now())"
DECIDES = f"t.clock = 'decision' and {OPEN}"

ALL = {
    Home: {
        "id": "1000000 + n",
        "code": "'M-' || n",
        "room": "(n % 30 + 1) || '0' || (n % 4 + 1)",
        "address": "'上海市浦东新区样板路' || n / 1000 || '弄' || n / 40 % 25 + 1 || '号楼' || n % 40 || '室'",
        "search_address": "'样板路' || n / 1000 || '弄-' || n / 40 % 25 + 1 || '-' || n % 40",
    },
    CaseFile: {
        "id": "1000000 + n",
        "reference": "'9' || lpad(n::text, 11, '0')",
        "stage": f"case when {OPEN} then (array['reported','reported','surveyed','covered','settled','repairing',"
        "'paying','warranty'])[1 + n / 10 % 8] else 'closed' end",
        "opened_at": OPENED,
        "urgent_at": f"case when {OPEN} then {DUE} else '9999-01-01Z' end",
        "assignee_id": "(select p.id from person p where p.email = 'many' || n * 31 % {ADJUSTERS})",
        "district": "(array['浦东新区','黄浦区','徐汇区','静安区','杨浦区','闵行区','宝山区','嘉定区'])[1 + n / 3 % 8]",
    },
    Claim: {
        "id": "1000000 + n",
        "home_id": "case when n % 7 > 0 then 1000001 + n * 17 % {HOMES} end",
        "address": "case when n % 7 = 0 then '示例路' || n % 900 || '弄' || n % 60 || '号' else '' end",
        "part": "(array['waterproofing','structure','finishes','plumbing'])[1 + n % 4]",
        "item": "'客厅渗水'",
        "name_index": "({names})[1 + n * 13 % cardinality({names})]",
        "phone_index": "left(md5('phone' || n), 32)",
        "last4_index": "left(md5('last4' || n % 10000), 32)",
        "received_at": OPENED,
    },
    RunningClock: {
        "id": "10000000 + n * 10 + t.id % 10",
        "file_id": "1000000 + n",
        "anchor": OPENED,
        "state": f"case when {LATE} and t.clock = 'decision' then 'breached' when {DECIDES} then 'running' "
        "else 'met' end",
        "safe_due": f"case when {DECIDES} then {DUE} else {OPENED} + interval '30 days' end",
        "legal_due": f"case when {DECIDES} then {DUE} else {OPENED} + interval '30 days' end",
        "next_look_at": "null",
        "met_at": f"case when {DECIDES} then null else least({MET}, now()) end",
        "breached_at": f"case when {LATE} and t.clock = 'decision' then {LATE_FROM} end",
    },
    TimelineEntry: {
        "file_id": "1000000 + n",
        "fact": "'ClaimClosed'",
        "at": MET,
        "recorded_at": MET,
    },
}
"""Of each table what its copies differ in, by their number `n`; the rest is as in the row `t`."""
WHICH = {
    Home: "t.id = 1",
    CaseFile: "t.id = {file}",
    Claim: "t.id = {file}",
    RunningClock: "t.file_id = {file}",
    TimelineEntry: f"t.file_id = {{file}} and t.seq = 1 and not ({OPEN})",
}

TOLD = {"claims": "%(claims)s", "file": "%(file)s", "names": "%(names)s::text[]"}
"""What the statements are told when they run."""


def make_many(session: Session, claims: int) -> None:
    """So many claims beside one that is reported now, and vacuumed tables. About a minute for 300,000."""
    reported(session, 1, now())
    session.commit()
    sealer, address = session.info["sealer"], session.get_bind().engine.url.set(drivername="postgresql")
    told = {"names": [" ".join(sorted(fragments(sealer, name))) for name in NAMES], "claims": claims}
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(
            "insert into person (email, name, roles, districts, phone_sealed, active, created_at)"
            " select 'many' || n, '示例经办' || n, 'adjuster', '', '', true, now() from generate_series(1, %s) n",
            [ADJUSTERS],
        )
        file = connection.execute("select max(id) from casefile").fetchone()
        for model in ALL:
            connection.execute(_copying(model), told | {"file": file and file[0]})
        connection.execute("vacuum analyze")


def _copying(model: type[SQLModel]) -> str:
    differs, copied = ALL[model], table(model)
    values = ", ".join(differs.get(column.name, f't."{column.name}"') for column in copied.columns)
    names = ", ".join(f'"{column.name}"' for column in copied.columns)
    many = "{HOMES}" if model is Home else "{claims}"
    statement = (
        f"insert into {copied.name} ({names}) select {values} from {copied.name} t "
        f"cross join generate_series(1::bigint, {many}) n where {WHICH[model]}"
    )
    return statement.replace("%", "%%").format(HOMES=HOMES, ADJUSTERS=ADJUSTERS, **TOLD)
