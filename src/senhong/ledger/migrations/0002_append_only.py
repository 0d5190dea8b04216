"""The database itself keeps postings append-only, and reversals exact opposites.

Nothing updates a posting. Nothing deletes one while the latch is closed, that is, while the table
``ledger_latch`` is empty. Only ``services.empty_ledger`` opens it, and closes it in the same
transaction, so that nobody else ever sees it open; a test database leaves it open, because
``flush`` deletes or truncates. The latch is no model, so that flush leaves it alone.

Whoever changes the table on SQLite makes the triggers anew: SQLite's schema editor copies the
table, and they go with the old one.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SAME = """SELECT 1 FROM ledger_posting p
    WHERE p.province_id = NEW.province_id AND p.id = NEW.reverses AND p.reverses IS NULL
      AND p.unit_id = NEW.unit_id AND p.indicator_id = NEW.indicator_id AND p.day = NEW.day
      AND p.quantity = -NEW.quantity"""

LATCH = "CREATE TABLE ledger_latch (open integer NOT NULL)"

SQLITE = [
    LATCH,
    """CREATE TRIGGER ledger_posting_no_update BEFORE UPDATE ON ledger_posting
    BEGIN SELECT RAISE(ABORT, 'ledger_posting is append-only'); END""",
    """CREATE TRIGGER ledger_posting_no_delete BEFORE DELETE ON ledger_posting
    WHEN NOT EXISTS (SELECT 1 FROM ledger_latch)
    BEGIN SELECT RAISE(ABORT, 'ledger_posting is append-only'); END""",
    f"""CREATE TRIGGER ledger_posting_opposite BEFORE INSERT ON ledger_posting
    WHEN NEW.reverses IS NOT NULL AND NOT EXISTS ({SAME})
    BEGIN SELECT RAISE(ABORT, 'a reversal is the exact opposite of a posting'); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER ledger_posting_no_update",
    "DROP TRIGGER ledger_posting_no_delete",
    "DROP TRIGGER ledger_posting_opposite",
    "DROP TABLE ledger_latch",
]

# The error codes are of class 23, so that Django raises IntegrityError as on SQLite.
POSTGRESQL = [
    LATCH,
    """CREATE FUNCTION ledger_posting_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP <> 'UPDATE' AND EXISTS (SELECT 1 FROM ledger_latch) THEN
        RETURN OLD;
      END IF;
      RAISE EXCEPTION 'ledger_posting is append-only' USING ERRCODE = 'restrict_violation';
    END $$""",
    """CREATE TRIGGER ledger_posting_no_change BEFORE UPDATE OR DELETE ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION ledger_posting_append_only()""",
    """CREATE TRIGGER ledger_posting_no_truncate BEFORE TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_posting_append_only()""",
    f"""CREATE FUNCTION ledger_posting_opposite() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS ({SAME}) THEN
        RAISE EXCEPTION 'a reversal is the exact opposite of a posting'
        USING ERRCODE = 'foreign_key_violation';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER ledger_posting_opposite BEFORE INSERT ON ledger_posting
    FOR EACH ROW WHEN (NEW.reverses IS NOT NULL) EXECUTE FUNCTION ledger_posting_opposite()""",
    """ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_reverses_fk
    FOREIGN KEY (province_id, reverses) REFERENCES ledger_posting (province_id, id)""",
]
POSTGRESQL_BACK = [
    "ALTER TABLE ledger_posting DROP CONSTRAINT ledger_posting_reverses_fk",
    "DROP TRIGGER ledger_posting_opposite ON ledger_posting",
    "DROP FUNCTION ledger_posting_opposite()",
    "DROP TRIGGER ledger_posting_no_truncate ON ledger_posting",
    "DROP TRIGGER ledger_posting_no_change ON ledger_posting",
    "DROP FUNCTION ledger_posting_append_only()",
    "DROP TABLE ledger_latch",
]


def promise(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement, None)


def withdraw(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    back = POSTGRESQL_BACK if editor.connection.vendor == "postgresql" else SQLITE_BACK
    for statement in back:
        editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_tables")]
    operations = [migrations.RunPython(promise, withdraw)]
