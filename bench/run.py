"""Run one benchmark on a database of its own: python -m bench.run NAME

A benchmark is a module of this folder with `measure() -> dict[str, object]`: it fills the empty, migrated
database, compares ours with a floor or a peer inside the same run, and returns figures. The last line printed
is `NAME key=value …`; CPU seconds and ratios are the steady ones on a shared machine.
"""

import os
import sys
import uuid
from importlib import import_module
from urllib.parse import urlsplit, urlunsplit

import psycopg


def main() -> None:
    """Make the database, migrate, measure, print, and drop the database again."""
    name = sys.argv[1]
    server = os.environ["DATABASE_URL"]
    database = f"hanlin_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{database}"')
    os.environ["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{database}"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "hanlin.settings"
    try:
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0)
        figures = import_module(f"bench.{name}").measure()
        width = max(map(len, figures))
        for key, value in figures.items():
            print(f"{key:<{width}}  {value}")
        print(name, *(f"{key}={value}" for key, value in figures.items()))
        connections.close_all()
        for connection in connections.all():
            if hasattr(connection, "close_pool"):
                connection.close_pool()
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


if __name__ == "__main__":
    main()
