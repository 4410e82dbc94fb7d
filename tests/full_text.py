"""The SQLite full-text table that Wagtail's migration makes, for a test database that ran no migrations."""

from importlib import import_module

from django.db import connection, migrations
from modelsearch.backends import database
from wagtail.search.models import IndexEntry

TABLE = f"{IndexEntry._meta.db_table}_fts"


def ensure() -> None:
    """Replace the plain table by the virtual one with its triggers; nothing to do on PostgreSQL, or a second time."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [TABLE])
        row = cursor.fetchone()
        if row is not None and "VIRTUAL" in row[0]:
            return
        if row is not None:
            cursor.execute(f"DROP TABLE {TABLE}")
        for sql in _statements():
            cursor.execute(sql)
    database.USE_SQLITE_FTS = None


def _statements() -> list[str]:
    migration = import_module("wagtail.search.migrations.0006_customise_indexentry").Migration
    apart = next(step for step in migration.operations if isinstance(step, migrations.SeparateDatabaseAndState))
    return [step.sql for step in apart.database_operations]
