"""The ground: casefile, registry, people, arrivals, messages, claims, surveys, decisions, letters."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from config.database import BigId
from config.migrations.triggers import guard, unguard

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrival",
        sa.Column("id", BigId, nullable=False),
        sa.Column("provider", AutoString(length=20), nullable=False),
        sa.Column("provider_id", AutoString(length=80), nullable=False),
        sa.Column("kind", AutoString(length=40), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("raw_sealed", sa.Text(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", UTCDateTime(), nullable=False),
        sa.Column("read_at", UTCDateTime(), nullable=True),
        sa.Column("error", AutoString(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
        sa.UniqueConstraint(
            "provider",
            "provider_id",
            "kind",
            "attempt",
            name=op.f("uq_arrival_provider_provider_id_kind_attempt"),
        ),
    )
    op.create_index("ix_arrival_state", "arrival", ["state", "received_at"], unique=False)
    op.create_index(
        "ix_arrival_waiting",
        "arrival",
        ["next_try_at"],
        unique=False,
        postgresql_where=sa.text("state = 'stored'"),
        sqlite_where=sa.text("state = 'stored'"),
    )
    op.create_table(
        "casefile",
        sa.Column("id", BigId, nullable=False),
        sa.Column("kind", AutoString(length=20), nullable=False),
        sa.Column("reference", AutoString(length=16), nullable=False),
        sa.Column("stage", AutoString(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule_set", AutoString(length=40), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("urgent_at", UTCDateTime(), nullable=False),
        sa.Column("assignee_id", BigId, nullable=True),
        sa.Column("district", AutoString(length=20), nullable=True),
        sa.CheckConstraint(
            "stage IN ('new', 'reported', 'surveyed', 'covered', 'denied', 'settled', 'repairing', 'paying', 'warranty', 'closed', 'referred', 'withdrawn')",
            name="ck_casefile_stage",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_casefile")),
        sa.UniqueConstraint("reference", name=op.f("uq_casefile_reference")),
    )
    op.create_index("ix_casefile_assignee_queue", "casefile", ["assignee_id", "urgent_at", "id"], unique=False)
    op.create_index(
        "ix_casefile_queue",
        "casefile",
        ["urgent_at", "id"],
        unique=False,
        postgresql_where=sa.text("stage NOT IN ('closed', 'referred', 'withdrawn')"),
        sqlite_where=sa.text("stage NOT IN ('closed', 'referred', 'withdrawn')"),
    )
    op.create_index("ix_casefile_stage_queue", "casefile", ["stage", "urgent_at", "id"], unique=False)
    op.create_table(
        "firm",
        sa.Column("id", BigId, nullable=False),
        sa.Column("code", AutoString(length=40), nullable=False),
        sa.Column("name", AutoString(length=120), nullable=False),
        sa.Column("kind", AutoString(length=10), nullable=False),
        sa.Column("uscc", AutoString(length=18), nullable=False),
        sa.Column("districts", AutoString(length=400), nullable=False),
        sa.Column("trades", AutoString(length=400), nullable=False),
        sa.Column("qualification", AutoString(length=200), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("daily_capacity", sa.Integer(), nullable=True),
        sa.Column("phone", AutoString(length=20), nullable=False),
        sa.CheckConstraint(
            "kind IN ('repair', 'appraiser', 'builder', 'developer', 'designer', 'supplier', 'property')",
            name="ck_firm_kind",
        ),
        sa.CheckConstraint("daily_capacity >= 0", name="ck_firm_capacity"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm")),
        sa.UniqueConstraint("code", name=op.f("uq_firm_code")),
    )
    op.create_index(op.f("ix_firm_kind"), "firm", ["kind"], unique=False)
    op.create_index(op.f("ix_firm_uscc"), "firm", ["uscc"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", AutoString(length=120), nullable=False),
        sa.Column("about", AutoString(length=60), nullable=False),
        sa.Column("message", AutoString(length=40), nullable=False),
        sa.Column("way", AutoString(length=12), nullable=False),
        sa.Column("recipient_sealed", sa.Text(), nullable=False),
        sa.Column("content_sealed", sa.Text(), nullable=False),
        sa.Column("attachment", AutoString(length=80), nullable=False),
        sa.Column("state", AutoString(length=12), nullable=False),
        sa.Column("channel", AutoString(length=12), nullable=False),
        sa.Column("provider_id", AutoString(length=80), nullable=False),
        sa.Column("queued_at", UTCDateTime(), nullable=False),
        sa.Column("next_try_at", UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("handed_over_at", UTCDateTime(), nullable=True),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.Column("error", AutoString(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
    )
    op.create_index("ix_message_about", "message", ["about"], unique=False)
    op.create_index("ix_message_provider_id", "message", ["provider_id"], unique=False)
    op.create_index(
        "ix_message_waiting",
        "message",
        ["next_try_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.create_table(
        "person",
        sa.Column("id", BigId, nullable=False),
        sa.Column("email", AutoString(length=200), nullable=False),
        sa.Column("name", AutoString(length=80), nullable=False),
        sa.Column("roles", AutoString(length=200), nullable=False),
        sa.Column("districts", AutoString(length=400), nullable=False),
        sa.Column("phone_sealed", AutoString(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "project",
        sa.Column("id", BigId, nullable=False),
        sa.Column("code", AutoString(length=40), nullable=False),
        sa.Column("name", AutoString(length=120), nullable=False),
        sa.Column("search_name", AutoString(length=120), nullable=False),
        sa.Column("district", AutoString(length=20), nullable=False),
        sa.Column("address", AutoString(length=200), nullable=False),
        sa.Column("completion_filed_on", sa.Date(), nullable=False),
        sa.Column("completion_accepted_on", sa.Date(), nullable=False),
        sa.Column("developer", AutoString(length=120), nullable=False),
        sa.Column("builder", AutoString(length=120), nullable=False),
        sa.CheckConstraint("completion_accepted_on <= completion_filed_on", name="ck_project_completion"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("code", name=op.f("uq_project_code")),
    )
    op.create_index(op.f("ix_project_search_name"), "project", ["search_name"], unique=False)
    op.create_table(
        "timeline_details",
        sa.Column("file_id", BigId, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("salt", AutoString(length=32), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("file_id", "seq", name=op.f("pk_timeline_details")),
    )
    op.create_table(
        "access_token",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("token_index", AutoString(length=32), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_access_token_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_token")),
        sa.UniqueConstraint("token_index", name=op.f("uq_access_token_token_index")),
    )
    op.create_index(op.f("ix_access_token_person_id"), "access_token", ["person_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", BigId, nullable=False),
        sa.Column("token", AutoString(length=40), nullable=False),
        sa.Column("file_id", BigId, nullable=True),
        sa.Column("key", AutoString(length=120), nullable=False),
        sa.Column("sha256", AutoString(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_type", AutoString(length=60), nullable=False),
        sa.Column("name", AutoString(length=200), nullable=False),
        sa.Column("uploaded_by", BigId, nullable=True),
        sa.Column("uploaded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["casefile.id"], name=op.f("fk_attachment_file_id")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["person.id"], name=op.f("fk_attachment_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("token", name=op.f("uq_attachment_token")),
    )
    op.create_index(op.f("ix_attachment_file_id"), "attachment", ["file_id"], unique=False)
    op.create_table(
        "building",
        sa.Column("id", BigId, nullable=False),
        sa.Column("project_id", BigId, nullable=False),
        sa.Column("code", AutoString(length=40), nullable=False),
        sa.Column("name", AutoString(length=60), nullable=False),
        sa.Column("floors", sa.Integer(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.CheckConstraint("floors > 0", name="ck_building_floors"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_building_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building")),
        sa.UniqueConstraint("project_id", "code", name=op.f("uq_building_project_id_code")),
    )
    op.create_table(
        "idempotent_answer",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("key", AutoString(length=200), nullable=False),
        sa.Column("request_hash", AutoString(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer_sealed", AutoString(length=None), nullable=True),
        sa.Column("etag", AutoString(length=40), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_idempotent_answer_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotent_answer")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_idempotent_answer_person_id_key")),
    )
    op.create_table(
        "participation",
        sa.Column("file_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("role", AutoString(length=20), nullable=False),
        sa.Column("since_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["casefile.id"], name=op.f("fk_participation_file_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_participation_person_id")),
        sa.PrimaryKeyConstraint("file_id", "person_id", "role", name=op.f("pk_participation")),
    )
    op.create_index(op.f("ix_participation_person_id"), "participation", ["person_id"], unique=False)
    op.create_table(
        "policy",
        sa.Column("id", BigId, nullable=False),
        sa.Column("number", AutoString(length=60), nullable=False),
        sa.Column("project_id", BigId, nullable=False),
        sa.Column("insurer", AutoString(length=120), nullable=False),
        sa.Column("insured_kind", AutoString(length=10), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("deductible_fen", BigId, nullable=False),
        sa.Column("survey_days", sa.Integer(), nullable=True),
        sa.Column("decision_days", sa.Integer(), nullable=True),
        sa.CheckConstraint("insured_kind IN ('developer', 'owner')", name="ck_policy_insured_kind"),
        sa.CheckConstraint("deductible_fen >= 0", name="ck_policy_deductible"),
        sa.CheckConstraint("survey_days > 0 AND decision_days > 0", name="ck_policy_days"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_policy_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
        sa.UniqueConstraint("number", name=op.f("uq_policy_number")),
    )
    op.create_index("ix_policy_project", "policy", ["project_id", "issued_on"], unique=False)
    op.create_table(
        "reveal",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("file_id", BigId, nullable=False),
        sa.Column("fields", AutoString(length=100), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["casefile.id"], name=op.f("fk_reveal_file_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reveal_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveal")),
    )
    op.create_index(op.f("ix_reveal_file_id"), "reveal", ["file_id"], unique=False)
    op.create_index(op.f("ix_reveal_person_id"), "reveal", ["person_id"], unique=False)
    op.create_table(
        "running_clock",
        sa.Column("id", BigId, nullable=False),
        sa.Column("file_id", BigId, nullable=False),
        sa.Column("clock", AutoString(length=40), nullable=False),
        sa.Column("kind", AutoString(length=10), nullable=False),
        sa.Column("subject", AutoString(length=60), nullable=False),
        sa.Column("rule_set", AutoString(length=40), nullable=False),
        sa.Column("calendar", AutoString(length=20), nullable=False),
        sa.Column("length", AutoString(length=30), nullable=False),
        sa.Column("anchor", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(length=10), nullable=False),
        sa.Column("safe_due", UTCDateTime(), nullable=True),
        sa.Column("legal_due", UTCDateTime(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("next_look_at", UTCDateTime(), nullable=True),
        sa.Column("met_at", UTCDateTime(), nullable=True),
        sa.Column("breached_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["casefile.id"], name=op.f("fk_running_clock_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_running_clock")),
    )
    op.create_index("ix_running_clock_file", "running_clock", ["file_id", "id"], unique=False)
    op.create_index(
        "ix_running_clock_look",
        "running_clock",
        ["next_look_at"],
        unique=False,
        postgresql_where=sa.text("next_look_at IS NOT NULL"),
        sqlite_where=sa.text("next_look_at IS NOT NULL"),
    )
    op.create_table(
        "timeline_entry",
        sa.Column("file_id", BigId, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("fact", AutoString(length=60), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("by", AutoString(length=60), nullable=False),
        sa.Column("subject", AutoString(length=60), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("details_hash", AutoString(length=64), nullable=False),
        sa.Column("previous_hash", AutoString(length=64), nullable=False),
        sa.Column("hash", AutoString(length=64), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["casefile.id"], name=op.f("fk_timeline_entry_file_id")),
        sa.PrimaryKeyConstraint("file_id", "seq", name=op.f("pk_timeline_entry")),
    )
    op.create_table(
        "timeline_head",
        sa.Column("file_id", BigId, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", AutoString(length=64), nullable=False),
        sa.Column("latest_at", UTCDateTime(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["casefile.id"], name=op.f("fk_timeline_head_file_id")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_timeline_head")),
    )
    op.create_table(
        "clock_firing",
        sa.Column("id", BigId, nullable=False),
        sa.Column("clock_id", BigId, nullable=False),
        sa.Column("rung", AutoString(length=40), nullable=False),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("fired_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["clock_id"], ["running_clock.id"], name=op.f("fk_clock_firing_clock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_firing")),
        sa.UniqueConstraint("clock_id", "rung", "due_version", name=op.f("uq_clock_firing_clock_id_rung_due_version")),
    )
    op.create_table(
        "clock_pause",
        sa.Column("id", BigId, nullable=False),
        sa.Column("clock_id", BigId, nullable=False),
        sa.Column("from_at", UTCDateTime(), nullable=False),
        sa.Column("to_at", UTCDateTime(), nullable=True),
        sa.Column("reason", AutoString(length=60), nullable=False),
        sa.Column("proof", AutoString(length=400), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("by", AutoString(length=60), nullable=False),
        sa.ForeignKeyConstraint(["clock_id"], ["running_clock.id"], name=op.f("fk_clock_pause_clock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_pause")),
    )
    op.create_index(op.f("ix_clock_pause_clock_id"), "clock_pause", ["clock_id"], unique=False)
    op.create_table(
        "cover",
        sa.Column("id", BigId, nullable=False),
        sa.Column("policy_id", BigId, nullable=False),
        sa.Column("part", AutoString(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "part IN ('foundation', 'structure', 'insulation', 'waterproofing', 'finishes', 'wiring', 'plumbing', 'heating_cooling')",
            name="ck_cover_part",
        ),
        sa.CheckConstraint("starts_on <= ends_on", name="ck_cover_days"),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_cover_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
        sa.UniqueConstraint("policy_id", "part", "starts_on", name=op.f("uq_cover_policy_id_part_starts_on")),
    )
    op.create_table(
        "home",
        sa.Column("id", BigId, nullable=False),
        sa.Column("building_id", BigId, nullable=False),
        sa.Column("code", AutoString(length=40), nullable=False),
        sa.Column("room", AutoString(length=20), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("riser", AutoString(length=20), nullable=False),
        sa.Column("area_dm2", sa.Integer(), nullable=False),
        sa.Column("address", AutoString(length=400), nullable=False),
        sa.Column("search_address", AutoString(length=400), nullable=False),
        sa.CheckConstraint("area_dm2 > 0", name="ck_home_area"),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_home_building_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home")),
        sa.UniqueConstraint("code", name=op.f("uq_home_code")),
    )
    op.create_index(op.f("ix_home_building_id"), "home", ["building_id"], unique=False)
    op.create_index(
        "ix_home_search_address",
        "home",
        ["search_address"],
        unique=False,
        postgresql_ops={"search_address": "text_pattern_ops"},
    )
    op.create_table(
        "claim",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", AutoString(length=120), nullable=True),
        sa.Column("home_id", BigId, nullable=True),
        sa.Column("candidate_home_id", BigId, nullable=True),
        sa.Column("policy_id", BigId, nullable=True),
        sa.Column("gate", AutoString(length=20), nullable=False),
        sa.Column("address", AutoString(length=300), nullable=False),
        sa.Column("part", AutoString(length=20), nullable=True),
        sa.Column("item", AutoString(length=80), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("channel", AutoString(length=12), nullable=False),
        sa.Column("relation", AutoString(length=20), nullable=False),
        sa.Column("name_sealed", AutoString(length=400), nullable=False),
        sa.Column("phone_sealed", AutoString(length=200), nullable=False),
        sa.Column("phone_index", AutoString(length=32), nullable=False),
        sa.Column("last4_index", AutoString(length=32), nullable=False),
        sa.Column("name_index", sa.Text(), nullable=False),
        sa.Column("track_code_sealed", AutoString(length=100), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("filed_by", BigId, nullable=True),
        sa.ForeignKeyConstraint(["candidate_home_id"], ["home.id"], name=op.f("fk_claim_candidate_home_id")),
        sa.ForeignKeyConstraint(["filed_by"], ["person.id"], name=op.f("fk_claim_filed_by")),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_claim_home_id")),
        sa.ForeignKeyConstraint(["id"], ["casefile.id"], name=op.f("fk_claim_id")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_claim_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("key", name=op.f("uq_claim_key")),
    )
    op.create_index("ix_claim_home_part", "claim", ["home_id", "part"], unique=False)
    op.create_index("ix_claim_last4", "claim", ["last4_index"], unique=False)
    op.create_index("ix_claim_phone", "claim", ["phone_index"], unique=False)
    op.create_table(
        "ownership",
        sa.Column("id", BigId, nullable=False),
        sa.Column("home_id", BigId, nullable=False),
        sa.Column("name_sealed", AutoString(length=600), nullable=False),
        sa.Column("phone_sealed", AutoString(length=200), nullable=False),
        sa.Column("phone_index", AutoString(length=32), nullable=False),
        sa.Column("last4_index", AutoString(length=32), nullable=False),
        sa.Column("name_index", AutoString(length=32), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("from_on <= to_on", name="ck_ownership_days"),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_ownership_home_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownership")),
        sa.UniqueConstraint("home_id", "from_on", name=op.f("uq_ownership_home_id_from_on")),
    )
    op.create_index(op.f("ix_ownership_last4_index"), "ownership", ["last4_index"], unique=False)
    op.create_index(op.f("ix_ownership_name_index"), "ownership", ["name_index"], unique=False)
    op.create_index(op.f("ix_ownership_phone_index"), "ownership", ["phone_index"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", BigId, nullable=False),
        sa.Column("claim_id", BigId, nullable=False),
        sa.Column("outcome", AutoString(length=10), nullable=False),
        sa.Column("state", AutoString(length=10), nullable=False),
        sa.Column("ground", AutoString(length=30), nullable=True),
        sa.Column("clause", AutoString(length=300), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("proposed_by", BigId, nullable=False),
        sa.Column("proposed_at", UTCDateTime(), nullable=False),
        sa.Column("answered_by", BigId, nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_decision_answered_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_decision_claim_id")),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name=op.f("fk_decision_proposed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_claim_id"), "decision", ["claim_id"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", BigId, nullable=False),
        sa.Column("claim_id", BigId, nullable=False),
        sa.Column("kind", AutoString(length=30), nullable=False),
        sa.Column("subject", AutoString(length=60), nullable=False),
        sa.Column("number", AutoString(length=30), nullable=False),
        sa.Column("content_sealed", sa.Text(), nullable=False),
        sa.Column("recipient_sealed", AutoString(length=200), nullable=False),
        sa.Column("state", AutoString(length=12), nullable=False),
        sa.Column("drafted_at", UTCDateTime(), nullable=False),
        sa.Column("next_try_at", UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", AutoString(length=400), nullable=False),
        sa.Column("issued_at", UTCDateTime(), nullable=True),
        sa.Column("sha256", AutoString(length=64), nullable=False),
        sa.Column("attachment_id", BigId, nullable=True),
        sa.Column("dispatched_at", UTCDateTime(), nullable=True),
        sa.Column("dispatched_by", AutoString(length=12), nullable=False),
        sa.Column("evidence", AutoString(length=400), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_letter_attachment_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_letter_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_letter_kind_subject")),
        sa.UniqueConstraint("number", name=op.f("uq_letter_number")),
    )
    op.create_index(op.f("ix_letter_claim_id"), "letter", ["claim_id"], unique=False)
    op.create_index(
        "ix_letter_drafted",
        "letter",
        ["next_try_at"],
        unique=False,
        postgresql_where=sa.text("state = 'drafted'"),
        sqlite_where=sa.text("state = 'drafted'"),
    )
    op.create_table(
        "visit",
        sa.Column("id", BigId, nullable=False),
        sa.Column("claim_id", BigId, nullable=False),
        sa.Column("visit_at", UTCDateTime(), nullable=False),
        sa.Column("surveyor_id", BigId, nullable=True),
        sa.Column("booked_by", AutoString(length=60), nullable=False),
        sa.Column("booked_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_visit_claim_id")),
        sa.ForeignKeyConstraint(["surveyor_id"], ["person.id"], name=op.f("fk_visit_surveyor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_claim_id"), "visit", ["claim_id"], unique=False)
    op.create_table(
        "decision_evidence",
        sa.Column("decision_id", BigId, nullable=False),
        sa.Column("attachment_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_decision_evidence_attachment_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_evidence_decision_id")),
        sa.PrimaryKeyConstraint("decision_id", "attachment_id", name=op.f("pk_decision_evidence")),
    )
    op.create_table(
        "finding",
        sa.Column("id", BigId, nullable=False),
        sa.Column("claim_id", BigId, nullable=False),
        sa.Column("visit_id", BigId, nullable=False),
        sa.Column("part", AutoString(length=20), nullable=False),
        sa.Column("item", AutoString(length=80), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("visited_at", UTCDateTime(), nullable=False),
        sa.Column("outcome", AutoString(length=12), nullable=False),
        sa.Column("recorded_by", AutoString(length=60), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_finding_claim_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_finding_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_claim_id"), "finding", ["claim_id"], unique=False)
    op.create_table(
        "decision_finding",
        sa.Column("decision_id", BigId, nullable=False),
        sa.Column("finding_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_finding_decision_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_decision_finding_finding_id")),
        sa.PrimaryKeyConstraint("decision_id", "finding_id", name=op.f("pk_decision_finding")),
    )
    op.create_table(
        "finding_photo",
        sa.Column("finding_id", BigId, nullable=False),
        sa.Column("attachment_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_finding_photo_attachment_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_photo_finding_id")),
        sa.PrimaryKeyConstraint("finding_id", "attachment_id", name=op.f("pk_finding_photo")),
    )
    guard("timeline_entry")


def downgrade() -> None:
    unguard("timeline_entry")
    op.drop_table("finding_photo")
    op.drop_table("decision_finding")
    op.drop_index(op.f("ix_finding_claim_id"), table_name="finding")
    op.drop_table("finding")
    op.drop_table("decision_evidence")
    op.drop_index(op.f("ix_visit_claim_id"), table_name="visit")
    op.drop_table("visit")
    op.drop_index(
        "ix_letter_drafted",
        table_name="letter",
        postgresql_where=sa.text("state = 'drafted'"),
        sqlite_where=sa.text("state = 'drafted'"),
    )
    op.drop_index(op.f("ix_letter_claim_id"), table_name="letter")
    op.drop_table("letter")
    op.drop_index(op.f("ix_decision_claim_id"), table_name="decision")
    op.drop_table("decision")
    op.drop_index(op.f("ix_ownership_phone_index"), table_name="ownership")
    op.drop_index(op.f("ix_ownership_name_index"), table_name="ownership")
    op.drop_index(op.f("ix_ownership_last4_index"), table_name="ownership")
    op.drop_table("ownership")
    op.drop_index("ix_claim_phone", table_name="claim")
    op.drop_index("ix_claim_last4", table_name="claim")
    op.drop_index("ix_claim_home_part", table_name="claim")
    op.drop_table("claim")
    op.drop_index("ix_home_search_address", table_name="home", postgresql_ops={"search_address": "text_pattern_ops"})
    op.drop_index(op.f("ix_home_building_id"), table_name="home")
    op.drop_table("home")
    op.drop_table("cover")
    op.drop_index(op.f("ix_clock_pause_clock_id"), table_name="clock_pause")
    op.drop_table("clock_pause")
    op.drop_table("clock_firing")
    op.drop_table("timeline_head")
    op.drop_table("timeline_entry")
    op.drop_index(
        "ix_running_clock_look",
        table_name="running_clock",
        postgresql_where=sa.text("next_look_at IS NOT NULL"),
        sqlite_where=sa.text("next_look_at IS NOT NULL"),
    )
    op.drop_index("ix_running_clock_file", table_name="running_clock")
    op.drop_table("running_clock")
    op.drop_index(op.f("ix_reveal_person_id"), table_name="reveal")
    op.drop_index(op.f("ix_reveal_file_id"), table_name="reveal")
    op.drop_table("reveal")
    op.drop_index("ix_policy_project", table_name="policy")
    op.drop_table("policy")
    op.drop_index(op.f("ix_participation_person_id"), table_name="participation")
    op.drop_table("participation")
    op.drop_table("idempotent_answer")
    op.drop_table("building")
    op.drop_index(op.f("ix_attachment_file_id"), table_name="attachment")
    op.drop_table("attachment")
    op.drop_index(op.f("ix_access_token_person_id"), table_name="access_token")
    op.drop_table("access_token")
    op.drop_table("timeline_details")
    op.drop_index(op.f("ix_project_search_name"), table_name="project")
    op.drop_table("project")
    op.drop_table("person")
    op.drop_index(
        "ix_message_waiting",
        table_name="message",
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.drop_index("ix_message_provider_id", table_name="message")
    op.drop_index("ix_message_about", table_name="message")
    op.drop_table("message")
    op.drop_index(op.f("ix_firm_uscc"), table_name="firm")
    op.drop_index(op.f("ix_firm_kind"), table_name="firm")
    op.drop_table("firm")
    op.drop_index("ix_casefile_stage_queue", table_name="casefile")
    op.drop_index(
        "ix_casefile_queue",
        table_name="casefile",
        postgresql_where=sa.text("stage NOT IN ('closed', 'referred', 'withdrawn')"),
        sqlite_where=sa.text("stage NOT IN ('closed', 'referred', 'withdrawn')"),
    )
    op.drop_index("ix_casefile_assignee_queue", table_name="casefile")
    op.drop_table("casefile")
    op.drop_index(
        "ix_arrival_waiting",
        table_name="arrival",
        postgresql_where=sa.text("state = 'stored'"),
        sqlite_where=sa.text("state = 'stored'"),
    )
    op.drop_index("ix_arrival_state", table_name="arrival")
    op.drop_table("arrival")
