"""The database itself refuses to change or delete audit entries; their place in the chain may be set once.

A later change of this table on SQLite makes it anew and loses the triggers: such a migration must end with `GUARD`.
"""

from django.db import migrations

FIXED = ("at", "actor_id", "actor_name", "action", "object_type", "object_id", "object_name", "before", "after", "address")

SQLITE = [
    "DROP TRIGGER IF EXISTS audit_no_delete",
    "DROP TRIGGER IF EXISTS audit_no_change",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON kernel_auditentry "
    "BEGIN SELECT RAISE(ABORT, 'audit entries cannot be deleted'); END",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE ON kernel_auditentry WHEN OLD.chain_id IS NOT NULL OR "
    + " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in ("id", *FIXED))
    + " BEGIN SELECT RAISE(ABORT, 'audit entries cannot be changed'); END",
]
SQLITE_UNDO = ["DROP TRIGGER IF EXISTS audit_no_delete", "DROP TRIGGER IF EXISTS audit_no_change"]

POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'UPDATE' AND OLD.chain_id IS NULL AND (" + ", ".join(f'OLD."{name}"' for name in ("id", *FIXED)) + ") IS NOT DISTINCT FROM ("
    + ", ".join(f'NEW."{name}"' for name in ("id", *FIXED)) + ") THEN RETURN NEW; END IF; "
    "RAISE EXCEPTION 'audit entries cannot be changed or deleted'; END $$",
    "DROP TRIGGER IF EXISTS audit_guard ON kernel_auditentry",
    "DROP TRIGGER IF EXISTS audit_guard_all ON kernel_auditentry",
    "CREATE TRIGGER audit_guard BEFORE UPDATE OR DELETE ON kernel_auditentry FOR EACH ROW EXECUTE FUNCTION audit_guard()",
    "CREATE TRIGGER audit_guard_all BEFORE TRUNCATE ON kernel_auditentry FOR EACH STATEMENT EXECUTE FUNCTION audit_guard()",
]  # fmt: skip
POSTGRESQL_UNDO = [
    "DROP TRIGGER IF EXISTS audit_guard ON kernel_auditentry",
    "DROP TRIGGER IF EXISTS audit_guard_all ON kernel_auditentry",
    "DROP FUNCTION IF EXISTS audit_guard()",
]


def guard(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in {"sqlite": SQLITE_UNDO, "postgresql": POSTGRESQL_UNDO}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


GUARD = migrations.RunPython(guard, unguard)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_papers")]
    operations = [GUARD]
