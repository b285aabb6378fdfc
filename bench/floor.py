"""The raw machine: what an intake, an insert and a rung cost with nothing around them but Flask, or not even that."""

from __future__ import annotations

import os
import threading

import psycopg
from flask import Flask, request
from flask.typing import ResponseReturnValue

TABLES = """
create table floor_note (id bigint generated always as identity primary key, body text, received_at timestamptz);
create table floor_claim (id bigint generated always as identity primary key, home text, phone text,
    description text, opened_at timestamptz);
create table floor_event (claim bigint references floor_claim, seq int, fact text, at timestamptz, details text,
    primary key (claim, seq));
create table floor_deadline (id bigint generated always as identity primary key, claim bigint references floor_claim,
    due_at timestamptz, next_look_at timestamptz, state text);
create index on floor_deadline (next_look_at) where next_look_at is not null;
create table floor_message (id bigint generated always as identity primary key, claim bigint references floor_claim,
    recipient text, body text, state text, queued_at timestamptz);
create index on floor_message (queued_at) where state = 'queued';
"""
NOTE = "insert into floor_note (body, received_at) values (%(body)s, now()) returning id"
INTAKE = """
with claim as (insert into floor_claim (home, phone, description, opened_at)
               values (%(home)s, %(phone)s, %(description)s, now()) returning id),
     event as (insert into floor_event select id, 1, 'ReportReceived', now(), %(description)s from claim),
     deadline as (insert into floor_deadline (claim, due_at, next_look_at, state)
                  select id, now() + interval '2 days', now() + interval '1 day', 'running' from claim),
     message as (insert into floor_message (claim, recipient, body, state, queued_at)
                 select id, %(phone)s, %(description)s, 'queued', now() from claim)
select id from claim
"""
ARMED = """
with claim as (insert into floor_claim (home, opened_at)
               select 'B-' || n, %(due_at)s from generate_series(1, %(claims)s) n
               returning id)
insert into floor_deadline (claim, due_at, next_look_at, state)
select id, %(due_at)s + n * interval '1 day', %(due_at)s + n * interval '1 day', 'running'
from claim cross join generate_series(0, 3) n
"""
RUNGS = """
with due as (select id, claim, due_at from floor_deadline where next_look_at <= %(as_of)s
             order by next_look_at limit %(batch)s for update skip locked),
     mark as (update floor_deadline d set next_look_at = null, state = 'rung' from due where d.id = due.id),
     event as (insert into floor_event select claim, 1, 'RungFired', %(as_of)s, 'deadline ' || id from due)
insert into floor_message (claim, recipient, body, state, queued_at)
select claim, 'adjuster@*', 'due at ' || due_at, 'queued', %(as_of)s from due
"""
"""Full work per rung: mark, event, message; all of a batch in one statement."""

app = Flask(__name__)
_mine = threading.local()


@app.get("/hello")
def hello() -> str:
    return "hello"


@app.post("/note")
def note() -> ResponseReturnValue:
    """One insert and its commit."""
    _run(NOTE, {"body": request.get_data(as_text=True)})
    return "", 204


@app.post("/intake")
def intake() -> ResponseReturnValue:
    """Floor A: claim, event, deadline and message in one round trip."""
    told = request.get_json()
    words = {"home": told["home"], "phone": told["reporter"]["phone"], "description": told["description"]}
    return {"reference": _run(INTAKE, words)}, 201


def _run(statement: str, values: dict[str, str]) -> int:
    if not hasattr(_mine, "connection"):
        _mine.connection = psycopg.connect(os.environ["FLOOR_URL"], autocommit=True)
    row = _mine.connection.execute(statement, values).fetchone()
    return int(row[0])
