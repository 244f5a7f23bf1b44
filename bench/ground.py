"""The ground that is measured on: a small county, and one real request copied 100,000 times by the database itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

SPREAD = timedelta(days=400)
OPEN = "g <= {count} / 50 OR g %% 200 = 0"
"""One in forty is open, most of them new: what a county that keeps its limits has at any time."""
DUE = "now() + (hashint4(g) %% 6000 + 4800) * interval '1 minute'"
"""Due between 20 hours ago and 180 hours ahead, hardly two at the same moment."""


@dataclass
class Ground:
    """The county and the session cookie of its community worker and a resident."""

    county: Any
    cookies: dict[str, str]


def prepare() -> Ground:
    """Make the county and sign people in. Needs an empty database."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from tests.support import small_county

    county = small_county.build("demo")
    cookies = {}
    for role in ("resident", "community_worker"):
        account = county.accounts[role]
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session["account_authentication_methods_user"] = str(account.pk)
        session.save()
        cookies[role] = str(session.session_key)
    return Ground(county, cookies)


def multiply(request: Any, count: int) -> None:
    """Copy a request with its matter, clocks, tasks and history `count` times over the last 400 days; most of them closed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE copies AS SELECT g, {OPEN.format(count=int(count))} AS still_open FROM generate_series(1, %s) g", [count]
        )
        _copy(cursor, "flow_matter", request.matter_id, {
            "id": "20000000 + g", "subject_id": "10000000 + g", "number": "'X-' || g",
            "opened_at": f"now() - g * interval '400 days' / {count}",
            "closed_at": "CASE WHEN still_open THEN NULL ELSE now() END", "settled_at": "CASE WHEN still_open THEN NULL ELSE now() END",
            "family": "CASE WHEN still_open THEN 'hand' ELSE 'done' END", "outcome": "CASE WHEN still_open THEN '' ELSE 'solved' END",
            "next_due": f"CASE WHEN still_open THEN {DUE} END",
        })  # fmt: skip
        _copy(cursor, "requests_request", request.pk, {
            "id": "10000000 + g", "number": "'X-' || g", "matter_id": "20000000 + g",
            "reported_at": f"now() - g * interval '400 days' / {count}",
        })  # fmt: skip
        cursor.execute("SELECT id FROM flow_clock WHERE matter_id = %s ORDER BY id LIMIT 1", [request.matter_id])
        _copy(cursor, "flow_clock", cursor.fetchone()[0], {
            "id": "30000000 + g", "matter_id": "20000000 + g", "due_at": f"now() - g * interval '400 days' / {count}",
            "stopped_at": "CASE WHEN still_open THEN NULL ELSE now() END", "kept": "g %% 10 <> 0", "next_alarm": "NULL",
        })  # fmt: skip
        cursor.execute("SELECT id FROM flow_task WHERE matter_id = %s ORDER BY id LIMIT 1", [request.matter_id])
        _copy(cursor, "flow_task", cursor.fetchone()[0], {
            "id": "40000000 + g", "matter_id": "20000000 + g", "due_at": DUE,
            "done_at": "CASE WHEN still_open THEN NULL ELSE now() END",
        })  # fmt: skip
        cursor.execute("DROP TABLE copies")
        cursor.execute("ANALYZE")


def _copy(cursor: Any, table: str, pk: int, changed: dict[str, str]) -> None:
    cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position", [table])
    columns = [row[0] for row in cursor.fetchall()]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(changed.get(column, f't."{column}"').replace("%%", "%") for column in columns)
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t, copies WHERE t.id = {int(pk)}", None)
