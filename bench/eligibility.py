"""`python -m bench.eligibility`: which of 60,000 estates may and must have a party branch, against a plain aggregate over the same rows.

Also run at the end of `make bench`. The rows are made by the database: a province of 10,000 communities with their party organisations,
some 210,000 members in the closed room (what is sealed stays empty, nothing here opens it), branches, groups, instructors and units that
help.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ESTATES = int(os.environ.get("BENCH_ESTATES", "60000"))
MEMBERS_EACH = 5
ON = date(2026, 11, 20)
PROVINCE = "0000190000"


def main() -> None:
    """Measure on an empty PostgreSQL: scripts/postgres --durable python -m bench.eligibility."""
    if not os.environ.get("LINZHI_DATABASE_URL", "").startswith("postgresql:"):
        sys.exit("runs on PostgreSQL: scripts/postgres --durable python -m bench.eligibility")
    folder = Path(tempfile.mkdtemp(prefix="linzhi-bench-"))
    os.environ |= {
        "LINZHI_DATA_DIR": str(folder), "LINZHI_MODE": "production", "LINZHI_HOSTS": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "linzhi.config.settings",
    }  # fmt: skip
    from linzhi.config import installation

    installation.prepare("production")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    measure()


def measure() -> None:
    """Make the rows, ask for every verdict and for the plain counts in turns, print the seconds and their ratio."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from linzhi.domains.bodies import metrics

    if ESTATES > 60_000:
        sys.exit("at most 60000 estates: the made-up province has 10,000 communities")
    print(f"making {ESTATES} estates with their members and bodies ...", flush=True)
    _make()
    with CaptureQueriesContext(connection) as statements:
        verdicts = metrics.branch_verdicts(PROVINCE, ON)
    counted = dict(_aggregate())
    if len(verdicts) != ESTATES or any(counted[one.estate_id] != (one.counted, one.members, one.branches) for one in verdicts):
        sys.exit("the verdicts and the plain counts differ")
    slow, plain = [], []
    for _ in range(3):
        slow.append(_seconds(lambda: metrics.branch_verdicts(PROVINCE, ON)))
        plain.append(_seconds(_aggregate))
    took, bare = sorted(slow)[1], sorted(plain)[1]
    due = ", ".join(f"{count} {word}" for word, count in sorted(Counter(one.due for one in verdicts).items()))
    asked = sum("SELECT" in one["sql"] and "people_membership" in one["sql"] for one in statements.captured_queries)
    print(f"load of the machine while measuring: {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    print(f"verdicts of {len(verdicts)} estates: {took:.2f} s ({', '.join(f'{one:.2f}' for one in slow)}), statements: {asked}; due: {due}")
    print(f"plain aggregate over the same rows: {bare:.2f} s ({', '.join(f'{one:.2f}' for one in plain)})")
    print(f"ratio: {took / bare:.1f}")


def _seconds(call: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _aggregate() -> list[tuple[int, tuple[int, int, int]]]:
    """What a plain SQL statement counts: full members, all members and branches of each estate, fetched."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.id, coalesce(m.counted, 0), coalesce(m.everybody, 0), coalesce(b.n, 0) FROM places_estate e
            LEFT JOIN (
                SELECT path, count(*) AS everybody, count(*) FILTER (
                    WHERE standing = 'full' AND full_since <= %(on)s AND kind <> 'floating'
                    AND settled <= %(on)s :: date - interval '6 months'
                ) AS counted FROM people_membership WHERE begin <= %(on)s AND ("end" IS NULL OR "end" > %(on)s) GROUP BY path
            ) m ON m.path = e.path
            LEFT JOIN (
                SELECT path, count(*) AS n FROM bodies_body
                WHERE kind = 'party_branch' AND begin <= %(on)s AND ("end" IS NULL OR "end" > %(on)s) GROUP BY path
            ) b ON b.path = e.path
            WHERE e.path >= %(from)s AND e.path < %(to)s AND e.begin <= %(on)s AND (e."end" IS NULL OR e."end" > %(on)s)
            """,
            {"on": ON, "from": PROVINCE, "to": "0000190001"},
        )
        return [(row[0], (row[1], row[2], row[3])) for row in cursor.fetchall()]


def _make() -> None:
    from django.db import connection

    city, county, street, community = (_digits(f"g / {size} % 10 + 1") for size in (6000, 600, 60, 6))
    above = f"'{PROVINCE}' || {city} || {county} || {street} || {community}"
    begin = "date '2000-01-01'"
    communities, estates = f"generate_series(0, {ESTATES - 1}, 6) g", f"generate_series(0, {ESTATES - 1}) g"
    here = f"{above} || {_digits('g % 6 + 1')}"
    with connection.cursor() as cursor:
        for level, path, rows in (("community", above, communities), ("estate", here, estates)):
            columns = {"code": f"'B' || substr({path}, 11)", "name": "'地方' || g", "level": f"'{level}'", "path": path, "pack": "''"}
            cursor.execute(_insert("territory_territory", {**columns, "begin": begin}, rows))
        cursor.execute(_insert("places_estate", {
            "territory_id": "t.id", "path": "t.path", "code": "t.code", "name": "t.name", "kind": "'commodity'", "address": "''",
            "self_government": "'none'", "property_arrangement": "'company'", "begin": begin,
        }, f"territory_territory t WHERE t.level = 'estate' AND t.path LIKE '{PROVINCE}%'"))  # fmt: skip
        _make_members(cursor, here, estates)
        _make_bodies(cursor, above, here, communities, estates, begin)
        cursor.execute("ANALYZE")


def _make_members(cursor: Any, here: str, estates: str) -> None:
    """Up to five for each estate: of every kind, some probationary, some settled too lately, some gone."""
    pick = "(g * 7 + n)"
    cursor.execute(_insert("people_membership", {
        "person": "''", "person_index": "'bench-' || g || '-' || n", "seat": "''", "path": here,
        "kind": f"(ARRAY['seated', 'living', 'in_service', 'floating'])[{pick} % 4 + 1]",
        "standing": f"CASE WHEN {pick} % 11 = 0 THEN 'probationary' ELSE 'full' END",
        "full_since": f"CASE WHEN {pick} % 11 = 0 THEN NULL ELSE date '2010-07-01' END",
        "settled": f"CASE WHEN {pick} % 13 = 0 THEN date '2026-08-01' ELSE date '2020-01-01' END",
        "willing": "false", "begin": "date '2021-01-01'",
        "\"end\"": f"CASE WHEN {pick} % 17 = 0 THEN date '2025-01-01' ELSE NULL END",
    }, f"{estates}, generate_series(1, {MEMBERS_EACH}) n WHERE n <= g % 10"))  # fmt: skip


def _make_bodies(cursor: Any, above: str, here: str, communities: str, estates: str, begin: str) -> None:
    """A party organisation for each community, one in ten itself a branch; branches, groups, units that help and instructors."""
    empty = {"phone": "''", "hours": "''", "basis": "''", "number": "''", "credit_code": "''", "begin": begin}
    form = "CASE WHEN g / 6 % 10 = 0 THEN 'branch' ELSE 'general_branch' END"
    for kind, word, path, rows in (
        ("community_party", form, above, communities),
        ("party_branch", "''", here, f"{estates} WHERE g % 3 <> 0"),
        ("party_group", "''", here, f"{estates} WHERE g % 3 = 0"),
        ("resident_unit", "''", here, f"{estates} WHERE g % 20 = 0"),
    ):
        cursor.execute(_insert("bodies_body", {"kind": f"'{kind}'", "form": word, "name": f"'{kind}' || g", "path": path, **empty}, rows))
    units = f"bodies_body b WHERE b.kind = 'resident_unit' AND b.path LIKE '{PROVINCE}%'"
    cursor.execute(_insert("bodies_servicearea", {"body_id": "b.id", "path": "b.path", "begin": begin}, units))
    cursor.execute(_insert("bodies_post", {
        "body_id": "b.id", "kind": "'party_instructor'", "title": "'党建指导员'", "path": "b.path", "seats": "1", "phone": "''",
        "hours": "''", "begin": begin,
    }, f"bodies_body b WHERE b.kind = 'community_party' AND b.path LIKE '{PROVINCE}%'"))  # fmt: skip
    posts = f"bodies_post p WHERE p.kind = 'party_instructor' AND p.path LIKE '{PROVINCE}%'"
    cursor.execute(_insert("bodies_postarea", {"post_id": "p.id", "path": f"p.path || {_digits('1')}", "begin": begin}, posts))
    cursor.execute(_insert("bodies_holding", {
        "post_id": "p.id", "name": "'某人'", "basis": "'通知'", "source": "''", "source_note": "''", "begin": begin, "ended_reason": "''",
    }, posts))  # fmt: skip


def _digits(number: str) -> str:
    """A number as the segment of a path."""
    return f"lpad(({number}) :: text, 5, '0')"


def _insert(table: str, columns: dict[str, str], source: str) -> str:
    """The statement that fills a table from a source, by expressions."""
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM {source}"


if __name__ == "__main__":
    main()
