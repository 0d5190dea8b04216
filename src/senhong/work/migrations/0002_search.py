"""What is to be done can be found by its words, a word's beginning too, without tone marks.

SQLite: a full-text table over ``work_brief.search_key``, kept by triggers. Whoever changes that
table on SQLite makes the triggers anew: the schema editor copies the table, and they go with the
old one. PostgreSQL: an index of the same words.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ADD = "INSERT INTO work_brief_words(rowid, search_key) VALUES (NEW.id, NEW.search_key);"
TAKE = """INSERT INTO work_brief_words(work_brief_words, rowid, search_key)
    VALUES ('delete', OLD.id, OLD.search_key);"""
SQLITE = [
    """CREATE VIRTUAL TABLE work_brief_words USING fts5(
        search_key, content='work_brief', content_rowid='id', prefix='2 3', tokenize='ascii')""",
    f"CREATE TRIGGER work_brief_found AFTER INSERT ON work_brief BEGIN {ADD} END",
    f"CREATE TRIGGER work_brief_lost AFTER DELETE ON work_brief BEGIN {TAKE} END",
    f"""CREATE TRIGGER work_brief_reworded AFTER UPDATE OF search_key ON work_brief
    BEGIN {TAKE} {ADD} END""",
]
SQLITE_BACK = [
    "DROP TRIGGER work_brief_found",
    "DROP TRIGGER work_brief_lost",
    "DROP TRIGGER work_brief_reworded",
    "DROP TABLE work_brief_words",
]
POSTGRESQL = [
    """CREATE INDEX work_brief_words ON work_brief
    USING gin (to_tsvector('simple', search_key))"""
]
POSTGRESQL_BACK = ["DROP INDEX work_brief_words"]


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if on_postgresql else SQLITE:
        schema_editor.execute(statement, params=None)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_BACK if on_postgresql else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("work", "0001_tables")]
    operations = [migrations.RunPython(forwards, backwards)]
