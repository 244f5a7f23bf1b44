"""The statements of one create as a script for pgbench: what the same work costs without any Python.

The statements are captured while the real command runs. Ids that the database gave are replaced by variables that pgbench
fills from RETURNING, so the script can run again and again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connection

from linzhi.foundation.statements import planned

_ID = "150000001"
"""The id of the captured request: the next of the first sequence below."""
_SEQUENCES = ("requests_request", "flow_matter", "outbox_event", "flow_clock", "flow_happening", "flow_task", "audit_entry")


def capture(create: Callable[[str], Any]) -> str:
    """Run `create(key)` and return its statements as a pgbench script; what only a process's first call asks isn't among them."""
    create("bench-first-key")
    with connection.cursor() as cursor:
        for number, table in enumerate(_SEQUENCES, start=1):
            cursor.execute(f"ALTER SEQUENCE {table}_id_seq RESTART WITH {number}50000001")
    # As text, since pgbench's connection has planned nothing.
    planned.enabled = False
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    try:
        create("bench-capture-key")
        statements = [query["sql"] for query in connection.queries]
    finally:
        connection.force_debug_cursor, planned.enabled = False, True
    return _script(statements)


def _script(statements: list[str]) -> str:
    lines: list[str] = []
    known: dict[str, str] = {}
    for place, sql in enumerate(statements):
        if sql.startswith(("SAVEPOINT", "RELEASE")):
            continue
        text = " ".join(sql.split())
        for literal, variable in known.items():
            text = re.sub(rf"(?<!\d){literal}(?!\d)", variable, text)
        text = text.replace("'bench-capture-key'", "md5(random()::text)")
        table = re.match(r'INSERT INTO "?(\w+)"?', text)
        if "requests_numberseries" in text:
            lines.append(f"{text} \\gset s_")
            known[r"'\d{4}-\d{4,}'"] = "('B-' || :s_last)"
            known[_ID] = ":s_nextval"
        elif table and "RETURNING" in text and table[1] in _SEQUENCES[1:]:
            number = _SEQUENCES.index(table[1]) + 1
            lines.append(f"{text} \\gset r{place}_")
            known[f"{number}50000001"] = f":r{place}_id"
        else:
            lines.append(text + ";")
    body = "\n".join(line if line.endswith(";") or "\\gset" in line else line + ";" for line in lines)
    return body if body.startswith("BEGIN") else f"BEGIN;\n{body}\nCOMMIT;"
