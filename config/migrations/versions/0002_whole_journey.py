"""The whole journey: supplements, settlements and the ledger, repairs, warranties, appraisals, complaints."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from config.database import BigId
from config.migrations.triggers import guard, unguard

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appraisal",
        sa.Column("id", BigId, nullable=False),
        sa.Column("claim_id", BigId, nullable=False),
        sa.Column("raised_by", AutoString(length=10), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("state", AutoString(length=10), nullable=False),
        sa.Column("raised_at", UTCDateTime(), nullable=False),
        sa.Column("silent_at", UTCDateTime(), nullable=True),
        sa.Column("firm_id", BigId, nullable=True),
        sa.Column("appointed_at", UTCDateTime(), nullable=True),
        sa.Column("outcome", AutoString(length=12), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("opinion_file_id", BigId, nullable=True),
        sa.Column("received_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_appraisal_claim_id")),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_appraisal_firm_id")),
        sa.ForeignKeyConstraint(["opinion_file_id"], ["attachment.id"], name=op.f("fk_appraisal_opinion_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
    )
    op.create_index(op.f("ix_appraisal_claim_id"), "appraisal", ["claim_id"], unique=False)
    op.create_table(
        "claim_link",
        sa.Column("claim_id", BigId, nullable=False),
        sa.Column("earlier_id", BigId, nullable=False),
        sa.Column("why", AutoString(length=20), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_link_claim_id")),
        sa.ForeignKeyConstraint(["earlier_id"], ["claim.id"], name=op.f("fk_claim_link_earlier_id")),
        sa.PrimaryKeyConstraint("claim_id", "earlier_id", name=op.f("pk_claim_link")),
    )
    op.create_table(
        "complaint",
        sa.Column("id", BigId, nullable=False),
        sa.Column("claim_id", BigId, nullable=False),
        sa.Column("complainant_sealed", AutoString(length=400), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", AutoString(length=10), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("extended_by", AutoString(length=60), nullable=False),
        sa.Column("extension_reason", sa.Text(), nullable=False),
        sa.Column("decided_by", AutoString(length=60), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_complaint_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    op.create_index(op.f("ix_complaint_claim_id"), "complaint", ["claim_id"], unique=False)
    op.create_table(
        "settlement",
        sa.Column("id", BigId, nullable=False),
        sa.Column("claim_id", BigId, nullable=False),
        sa.Column("state", AutoString(length=10), nullable=False),
        sa.Column("cash_fen", BigId, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("finishes_on", sa.Date(), nullable=True),
        sa.Column("proposed_by", AutoString(length=60), nullable=False),
        sa.Column("proposed_at", UTCDateTime(), nullable=False),
        sa.Column("reached_at", UTCDateTime(), nullable=True),
        sa.Column("performed_at", UTCDateTime(), nullable=True),
        sa.Column("fulfilled_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_settlement_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
    )
    op.create_index(op.f("ix_settlement_claim_id"), "settlement", ["claim_id"], unique=False)
    op.create_table(
        "supplement",
        sa.Column("id", BigId, nullable=False),
        sa.Column("claim_id", BigId, nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("pauses", sa.Boolean(), nullable=False),
        sa.Column("requested_by", AutoString(length=60), nullable=False),
        sa.Column("requested_at", UTCDateTime(), nullable=False),
        sa.Column("arrived_at", UTCDateTime(), nullable=True),
        sa.Column("arrival_proof", AutoString(length=400), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_supplement_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplement")),
    )
    op.create_index(op.f("ix_supplement_claim_id"), "supplement", ["claim_id"], unique=False)
    op.create_table(
        "appraisal_candidate",
        sa.Column("id", BigId, nullable=False),
        sa.Column("appraisal_id", BigId, nullable=False),
        sa.Column("firm_id", BigId, nullable=False),
        sa.Column("proposed_by", AutoString(length=10), nullable=False),
        sa.Column("chosen_by_insurer_at", UTCDateTime(), nullable=True),
        sa.Column("chosen_by_other_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["appraisal_id"], ["appraisal.id"], name=op.f("fk_appraisal_candidate_appraisal_id")),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_appraisal_candidate_firm_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_candidate")),
        sa.UniqueConstraint("appraisal_id", "firm_id", name=op.f("uq_appraisal_candidate_appraisal_id_firm_id")),
    )
    op.create_table(
        "consent",
        sa.Column("id", BigId, nullable=False),
        sa.Column("settlement_id", BigId, nullable=False),
        sa.Column("who", AutoString(length=10), nullable=False),
        sa.Column("agreed_at", UTCDateTime(), nullable=True),
        sa.Column("proof", AutoString(length=400), nullable=False),
        sa.Column("recorded_by", AutoString(length=60), nullable=False),
        sa.ForeignKeyConstraint(["settlement_id"], ["settlement.id"], name=op.f("fk_consent_settlement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("settlement_id", "who", name=op.f("uq_consent_settlement_id_who")),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", BigId, nullable=False),
        sa.Column("claim_id", BigId, nullable=False),
        sa.Column("settlement_id", BigId, nullable=True),
        sa.Column("kind", AutoString(length=10), nullable=False),
        sa.Column("amount_fen", BigId, nullable=False),
        sa.Column("paid_at", UTCDateTime(), nullable=False),
        sa.Column("bank_reference", AutoString(length=80), nullable=False),
        sa.Column("recorded_by", AutoString(length=60), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("amount_fen <> 0", name="ck_ledger_entry_amount"),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_ledger_entry_claim_id")),
        sa.ForeignKeyConstraint(["settlement_id"], ["settlement.id"], name=op.f("fk_ledger_entry_settlement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("bank_reference", name=op.f("uq_ledger_entry_bank_reference")),
    )
    op.create_index(op.f("ix_ledger_entry_claim_id"), "ledger_entry", ["claim_id"], unique=False)
    op.create_table(
        "repair_order",
        sa.Column("id", BigId, nullable=False),
        sa.Column("claim_id", BigId, nullable=False),
        sa.Column("settlement_id", BigId, nullable=True),
        sa.Column("firm_id", BigId, nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("finishes_on", sa.Date(), nullable=False),
        sa.Column("state", AutoString(length=10), nullable=False),
        sa.Column("quote_fen", BigId, nullable=True),
        sa.Column("quote_state", AutoString(length=10), nullable=False),
        sa.Column("quote_comment", sa.Text(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=True),
        sa.Column("completed_at", UTCDateTime(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("ordered_by", AutoString(length=60), nullable=False),
        sa.Column("ordered_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_repair_order_claim_id")),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_repair_order_firm_id")),
        sa.ForeignKeyConstraint(["settlement_id"], ["settlement.id"], name=op.f("fk_repair_order_settlement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair_order")),
    )
    op.create_index(op.f("ix_repair_order_claim_id"), "repair_order", ["claim_id"], unique=False)
    op.create_index(op.f("ix_repair_order_firm_id"), "repair_order", ["firm_id"], unique=False)
    op.create_table(
        "repair_item",
        sa.Column("id", BigId, nullable=False),
        sa.Column("order_id", BigId, nullable=False),
        sa.Column("finding_id", BigId, nullable=True),
        sa.Column("part", AutoString(length=20), nullable=False),
        sa.Column("item", AutoString(length=80), nullable=False),
        sa.Column("word", AutoString(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("word IN ('', 'fixed', 'partly', 'not_fixed')", name="ck_repair_item_word"),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_repair_item_finding_id")),
        sa.ForeignKeyConstraint(["order_id"], ["repair_order.id"], name=op.f("fk_repair_item_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair_item")),
    )
    op.create_index(op.f("ix_repair_item_order_id"), "repair_item", ["order_id"], unique=False)
    op.create_table(
        "repair_photo",
        sa.Column("order_id", BigId, nullable=False),
        sa.Column("attachment_id", BigId, nullable=False),
        sa.Column("when", AutoString(length=10), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_repair_photo_attachment_id")),
        sa.ForeignKeyConstraint(["order_id"], ["repair_order.id"], name=op.f("fk_repair_photo_order_id")),
        sa.PrimaryKeyConstraint("order_id", "attachment_id", name=op.f("pk_repair_photo")),
    )
    op.create_table(
        "settlement_part",
        sa.Column("id", BigId, nullable=False),
        sa.Column("settlement_id", BigId, nullable=False),
        sa.Column("finding_id", BigId, nullable=False),
        sa.Column("mode", AutoString(length=10), nullable=False),
        sa.Column("amount_fen", BigId, nullable=True),
        sa.Column("begun_at", UTCDateTime(), nullable=True),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("(mode = 'cash') = (amount_fen IS NOT NULL)", name="ck_settlement_part_amount"),
        sa.CheckConstraint("mode IN ('repair', 'cash')", name="ck_settlement_part_mode"),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_settlement_part_finding_id")),
        sa.ForeignKeyConstraint(["settlement_id"], ["settlement.id"], name=op.f("fk_settlement_part_settlement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_part")),
        sa.UniqueConstraint("settlement_id", "finding_id", name=op.f("uq_settlement_part_settlement_id_finding_id")),
    )
    op.create_table(
        "warranty",
        sa.Column("id", BigId, nullable=False),
        sa.Column("claim_id", BigId, nullable=False),
        sa.Column("order_id", BigId, nullable=False),
        sa.Column("home_id", BigId, nullable=False),
        sa.Column("part", AutoString(length=20), nullable=False),
        sa.Column("item", AutoString(length=80), nullable=False),
        sa.Column("item_key", AutoString(length=80), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(length=10), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_warranty_claim_id")),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_warranty_home_id")),
        sa.ForeignKeyConstraint(["order_id"], ["repair_order.id"], name=op.f("fk_warranty_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warranty")),
    )
    op.create_index(op.f("ix_warranty_claim_id"), "warranty", ["claim_id"], unique=False)
    op.create_index("ix_warranty_key", "warranty", ["home_id", "part", "item_key"], unique=False)
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("firm_id", BigId, nullable=True))
        person.create_index(op.f("ix_person_firm_id"), ["firm_id"], unique=False)
        person.create_foreign_key(op.f("fk_person_firm_id"), "firm", ["firm_id"], ["id"])
    guard("ledger_entry")


def downgrade() -> None:
    unguard("ledger_entry")
    with op.batch_alter_table("person") as person:
        person.drop_constraint(op.f("fk_person_firm_id"), type_="foreignkey")
        person.drop_index(op.f("ix_person_firm_id"))
        person.drop_column("firm_id")
    op.drop_index("ix_warranty_key", table_name="warranty")
    op.drop_index(op.f("ix_warranty_claim_id"), table_name="warranty")
    op.drop_table("warranty")
    op.drop_table("settlement_part")
    op.drop_table("repair_photo")
    op.drop_index(op.f("ix_repair_item_order_id"), table_name="repair_item")
    op.drop_table("repair_item")
    op.drop_index(op.f("ix_repair_order_firm_id"), table_name="repair_order")
    op.drop_index(op.f("ix_repair_order_claim_id"), table_name="repair_order")
    op.drop_table("repair_order")
    op.drop_index(op.f("ix_ledger_entry_claim_id"), table_name="ledger_entry")
    op.drop_table("ledger_entry")
    op.drop_table("consent")
    op.drop_table("appraisal_candidate")
    op.drop_index(op.f("ix_supplement_claim_id"), table_name="supplement")
    op.drop_table("supplement")
    op.drop_index(op.f("ix_settlement_claim_id"), table_name="settlement")
    op.drop_table("settlement")
    op.drop_index(op.f("ix_complaint_claim_id"), table_name="complaint")
    op.drop_table("complaint")
    op.drop_table("claim_link")
    op.drop_index(op.f("ix_appraisal_claim_id"), table_name="appraisal")
    op.drop_table("appraisal")
