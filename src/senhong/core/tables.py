"""Whether the database has the tables of this release, and how it gets them."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def tables_are_behind() -> bool:
    """Whether a migration of this release has not been applied yet. One query."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def make_tables() -> None:
    """Apply what has not been applied yet."""
    call_command("migrate", verbosity=0)
