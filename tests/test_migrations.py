"""The real migrations, which the rest of the suite skips for speed: on SQLite by serving, here on PostgreSQL."""

import os
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

BASE = Path(__file__).resolve().parent.parent


@pytest.mark.services
def test_migrations_run_and_guard_the_audit_trail_on_postgresql(tmp_path):
    server, name = os.environ["DATABASE_URL"], f"hanlin_migrate_{uuid.uuid4().hex[:8]}"
    url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    env = os.environ | {"DATABASE_URL": url, "HANLIN_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "hanlin.settings"}
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], env=env, cwd=BASE, check=True)
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(
                    "INSERT INTO kernel_auditentry (at, actor_name, action, object_type, object_id, object_name, before, after,"
                    " address, previous, digest) VALUES (now(), '', 'test.row.make', 'x.y', '1', '', '{}', '{}', '', '', '')"
                )
                for statement in ("UPDATE kernel_auditentry SET action = 'test.row.hide'", "DELETE FROM kernel_auditentry"):
                    with pytest.raises(psycopg.Error):
                        connection.execute(statement)
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
