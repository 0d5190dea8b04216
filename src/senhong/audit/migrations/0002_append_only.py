"""The database itself keeps events: none is changed, none deleted while the latch is closed.

The latch is closed while ``audit_latch`` is empty, as it always is; only a test database leaves
it open, because ``flush`` deletes or truncates. It is no model, so that flush leaves it alone.

Whoever changes the table on SQLite makes the triggers anew: SQLite's schema editor copies the
table, and they go with the old one.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LATCH = "CREATE TABLE audit_latch (open integer NOT NULL)"
SQLITE = [
    LATCH,
    """CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END""",
    """CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
    WHEN NOT EXISTS (SELECT 1 FROM audit_latch)
    BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER audit_event_no_update",
    "DROP TRIGGER audit_event_no_delete",
    "DROP TABLE audit_latch",
]
# The error code is of class 23, so that Django raises IntegrityError as on SQLite.
POSTGRESQL = [
    LATCH,
    """CREATE FUNCTION audit_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP <> 'UPDATE' AND EXISTS (SELECT 1 FROM audit_latch) THEN
        RETURN OLD;
      END IF;
      RAISE EXCEPTION 'audit_event is append-only' USING ERRCODE = 'restrict_violation';
    END $$""",
    """CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_append_only()""",
    """CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only()""",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER audit_event_no_truncate ON audit_event",
    "DROP TRIGGER audit_event_no_change ON audit_event",
    "DROP FUNCTION audit_event_append_only()",
    "DROP TABLE audit_latch",
]


def promise(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement, None)


def withdraw(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    back = POSTGRESQL_BACK if editor.connection.vendor == "postgresql" else SQLITE_BACK
    for statement in back:
        editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_tables")]
    operations = [migrations.RunPython(promise, withdraw)]
