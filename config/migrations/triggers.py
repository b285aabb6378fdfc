"""What is append-only can't be rewritten. Batch mode on SQLite drops triggers with the table: guard it again then."""

from alembic import op

_FUNCTION = """CREATE OR REPLACE FUNCTION is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"""


def guard(table: str) -> None:
    """Refuse UPDATE, DELETE and (on PostgreSQL, where it exists) TRUNCATE of `table`."""
    if _on_sqlite():
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(_FUNCTION)
    op.execute(
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION is_append_only()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION is_append_only()"
    )


def unguard(table: str) -> None:
    if _on_sqlite():
        statements = [f"DROP TRIGGER IF EXISTS {table}_no_{act}" for act in ("update", "delete")]
    else:
        statements = [f"DROP TRIGGER {table}_{rule} ON {table}" for rule in ("is_not_emptied", "stays")]
    for statement in statements:
        op.execute(statement)


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
