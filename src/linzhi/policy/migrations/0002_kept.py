"""The database itself holds that what was proposed is never changed, and that two approved values of a place never overlap."""

from django.db import migrations

TABLE = "policy_enteredvalue"
SAID = (
    "level", "key", "kind", "value", "begin", "end", "of_id", "local", "title", "number", "issuer", "issued", "article", "document",
    "reason", "proposed_by", "proposed_at",
)  # fmt: skip
COLUMNS = ", ".join(f'"{name}"' for name in SAID)
# The nearer of two days that may both be missing; COALESCE with a day that no value reaches.
LAST = "9999-12-31"


def _until(row):
    return f'COALESCE({row}."stopped", {row}."end", \'{LAST}\')'


OVERLAP = (
    f'SELECT 1 FROM {TABLE} o WHERE o.path = NEW.path AND o."key" = NEW."key" AND o.id <> NEW.id AND o.state = \'approved\' '
    f'AND o.kind = \'set\' AND o."begin" < {_until("NEW")} AND NEW."begin" < {_until("o")}'
)
MOVED_ON = "OLD.state <> NEW.state AND NOT (OLD.state = 'proposed' OR (OLD.state = 'approved' AND NEW.state = 'withdrawn'))"
OPEN = "NEW.state = 'approved' AND NEW.kind = 'set'"


def forwards(apps, schema_editor):
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run(
            "CREATE FUNCTION policy_entered_kept() RETURNS trigger AS $$ BEGIN "
            "RAISE EXCEPTION 'what was proposed is never changed'; END $$ LANGUAGE plpgsql",
            params=None,
        )
        run(
            f"CREATE FUNCTION policy_entered_alone() RETURNS trigger AS $$ BEGIN IF EXISTS ({OVERLAP}) THEN "
            "RAISE EXCEPTION 'two approved values of a place overlap'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql",
            params=None,
        )
        run(f"CREATE TRIGGER {TABLE}_said BEFORE UPDATE OF {COLUMNS} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION policy_entered_kept()")
        run(f"CREATE TRIGGER {TABLE}_stays BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION policy_entered_kept()")
        run(
            f"CREATE TRIGGER {TABLE}_state BEFORE UPDATE OF state ON {TABLE} FOR EACH ROW WHEN ({MOVED_ON}) "
            "EXECUTE FUNCTION policy_entered_kept()"
        )
        run(
            f"CREATE TRIGGER {TABLE}_alone BEFORE INSERT OR UPDATE OF state, stopped ON {TABLE} FOR EACH ROW WHEN ({OPEN}) "
            "EXECUTE FUNCTION policy_entered_alone()"
        )
        return
    said = "SELECT RAISE(ABORT, 'what was proposed is never changed')"
    run(f"CREATE TRIGGER {TABLE}_said BEFORE UPDATE OF {COLUMNS} ON {TABLE} BEGIN {said}; END")
    run(f"CREATE TRIGGER {TABLE}_stays BEFORE DELETE ON {TABLE} BEGIN {said}; END")
    run(f"CREATE TRIGGER {TABLE}_state BEFORE UPDATE OF state ON {TABLE} WHEN {MOVED_ON} BEGIN {said}; END")
    alone = "SELECT RAISE(ABORT, 'two approved values of a place overlap')"
    for when, name in (("INSERT", "alone_insert"), ("UPDATE OF state, stopped", "alone_update")):
        run(f"CREATE TRIGGER {TABLE}_{name} BEFORE {when} ON {TABLE} WHEN {OPEN} AND EXISTS ({OVERLAP}) BEGIN {alone}; END")


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in ("said", "stays", "state", "alone"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name} ON {TABLE}")
        for name in ("kept", "alone"):
            schema_editor.execute(f"DROP FUNCTION IF EXISTS policy_entered_{name}()")
    else:
        for name in ("said", "stays", "state", "alone_insert", "alone_update"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}")


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
