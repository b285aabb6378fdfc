"""Shapes of the desk's answers."""

from apiflask import Schema
from marshmallow import fields, validate

from claims.appraisal.schema import AppraisalOut
from claims.casefile import CLAIM_STAGES
from claims.complaint.api import ComplaintOut
from claims.decision.schema import DecisionOut
from claims.decision.supplement_api import SupplementOut
from claims.desk.queries import CALL_BACK, DUE, SAFETY, SIGNATURE
from claims.intake.schema import Words
from claims.letters.schema import LetterOut
from claims.repair.schema import OrderOut
from claims.settlement.schema import LedgerEntryOut, SettlementOut
from claims.web.shapes import ClockOut, Instant


class QueueIn(Schema):
    stage = fields.String(validate=validate.OneOf(CLAIM_STAGES))
    assignee = fields.String(
        validate=validate.Length(max=200), metadata={"description": "An e-mail address, `me` or `nobody`."}
    )
    q = Words(100)
    due_before = Instant()
    due = fields.String(validate=validate.OneOf(DUE))
    waiting = fields.String(
        validate=validate.OneOf((SIGNATURE, SAFETY, CALL_BACK)),
        metadata={
            "description": "For a second person's signature on a denial; for a danger to be made safe; for a call back."
        },
    )
    cursor = fields.String(validate=validate.Length(max=200))
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))


class QueueRowOut(Schema):
    reference = fields.String(required=True)
    stage = fields.String(required=True)
    version = fields.Integer(required=True)
    urgent_at = Instant(allow_none=True)
    stands_first = fields.Boolean(
        allow_none=True, metadata={"description": "A danger is open: before all others, whatever their dues."}
    )
    in_emergency = fields.Boolean(
        metadata={"description": "The home's whole project has an emergency that nobody of ours has attended."}
    )
    received_at = Instant(required=True)
    home = fields.String(allow_none=True)
    address = fields.String()
    part = fields.String(allow_none=True)
    item = fields.String(allow_none=True)
    danger = fields.Boolean()
    district = fields.String(allow_none=True)


class QueueOut(Schema):
    claims = fields.List(fields.Nested(QueueRowOut), required=True)
    next = fields.String(allow_none=True)


class ReporterOut(Schema):
    name = fields.String()
    phone = fields.String()
    relation = fields.String()


class VisitOut(Schema):
    id = fields.Integer(required=True)
    visit_at = Instant(required=True)


class FindingShownOut(Schema):
    id = fields.Integer(required=True)
    survey = fields.Integer(attribute="visit_id", required=True)
    visited_at = Instant(required=True)
    part = fields.String(required=True)
    item = fields.String(required=True)
    cause = fields.String(required=True)
    opinion = fields.String(required=True)
    outcome = fields.String(required=True)


class FileOut(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    sha256 = fields.String(required=True)
    size = fields.Integer(required=True)
    content_type = fields.String(required=True)


class WarrantyOut(Schema):
    """Both days belong to the warranty; the last has been rolled over rest days, in the owner's favour."""

    id = fields.Integer(required=True)
    part = fields.String(required=True)
    item = fields.String(required=True)
    state = fields.String(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(allow_none=True)


class LinkOut(Schema):
    reference = fields.String(required=True)
    why = fields.String(required=True)


class ClaimOut(QueueRowOut):
    channel = fields.String(required=True)
    gate = fields.String(required=True)
    candidate_home = fields.String(allow_none=True)
    description = fields.String(required=True)
    found_on = fields.Date(allow_none=True)
    assignee = fields.String(allow_none=True)
    reporter = fields.Nested(ReporterOut, required=True)
    clocks = fields.List(fields.Nested(ClockOut), required=True)
    surveys = fields.List(fields.Nested(VisitOut), required=True)
    findings = fields.List(fields.Nested(FindingShownOut), required=True)
    decisions = fields.List(fields.Nested(DecisionOut), required=True)
    supplements = fields.List(fields.Nested(SupplementOut), required=True)
    settlements = fields.List(fields.Nested(SettlementOut), required=True)
    payments = fields.List(fields.Nested(LedgerEntryOut), required=True)
    repair_orders = fields.List(fields.Nested(OrderOut), required=True)
    warranties = fields.List(fields.Nested(WarrantyOut), required=True)
    appraisals = fields.List(fields.Nested(AppraisalOut), required=True)
    complaints = fields.List(fields.Nested(ComplaintOut), required=True)
    links = fields.List(fields.Nested(LinkOut), required=True)
    letters = fields.List(fields.Nested(LetterOut), required=True)
    files = fields.List(fields.Nested(FileOut), required=True)
    allowed = fields.List(fields.String(), required=True)


class EntryOut(Schema):
    seq = fields.Integer(required=True)
    fact = fields.String(required=True)
    at = Instant(required=True)
    recorded_at = Instant(required=True)
    by = fields.String(required=True)
    subject = fields.String(allow_none=True)
    late = fields.Boolean(required=True)
    details = fields.Dict(allow_none=True, metadata={"description": "Null where they were erased."})
    previous_hash = fields.String(required=True)
    hash = fields.String(required=True)


class PauseIn(Schema):
    from_at = Instant(data_key="from", required=True)
    to_at = Instant(data_key="to", required=True)


class WhatIfIn(Schema):
    clock = Words(40)
    length = Words(30)
    direction = fields.String(validate=validate.OneOf(("forward", "backward")))
    roll = fields.String(validate=validate.OneOf(("next", "none", "previous")))
    anchor = Instant(required=True)
    pauses = fields.List(fields.Nested(PauseIn), load_default=list, validate=validate.Length(max=100))
