"""`python -m bench.compliance`: a made-up province of 60,000 estates evaluated in full and stored; one estate again; the province board.

Also run at the end of `make bench`. The rows are made by the database (bench.eligibility makes the party line): counties, streets,
grids, buildings, homes, profiles, venues. What a metric reads from the loop (requests) stays empty here.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import eligibility
from bench.eligibility import ESTATES, ON, PROVINCE

HOMES_EACH = 5
GOALS = {"province": 5.0, "estate": 0.050, "board": 0.300}


def main() -> None:
    """Measure on an empty PostgreSQL: scripts/postgres --durable python -m bench.compliance."""
    if not os.environ.get("LINZHI_DATABASE_URL", "").startswith("postgresql:"):
        sys.exit("runs on PostgreSQL: scripts/postgres --durable python -m bench.compliance")
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
    eligibility._make()
    measure()


def measure() -> None:
    """Make the rest of the province, evaluate it, print seconds against the goals."""
    from linzhi.domains.compliance.commands import Evaluate, evaluate
    from linzhi.domains.compliance.models import Finding, Standing
    from linzhi.domains.compliance.queries.evaluation import evaluated
    from linzhi.foundation.territory.models import Territory
    from linzhi.kernel import clock
    from linzhi.kernel.actor import System
    from linzhi.policy.metrics import Scope

    print(f"making {ESTATES} estates with what the checks need ...", flush=True)
    _make()
    job, at = System("compliance.refresh"), clock.now()
    province = Territory.objects.get(path=PROVINCE)
    reads = _seconds(lambda: sum(1 for _row in evaluated(Scope(PROVINCE, ON, at))))
    print(f"read and judged, nothing stored: {reads:.2f} s", flush=True)
    first = _seconds(lambda: evaluate(job, Evaluate(place=province.code), at=at))
    rows, open_findings = Standing.objects.count(), Finding.objects.count()
    print(f"first evaluation: {first:.2f} s, {rows} standings stored, {open_findings} findings opened", flush=True)
    _change()
    again = _seconds(lambda: evaluate(job, Evaluate(place=province.code), at=at))
    Standing.objects.all().delete()
    stored = _seconds(lambda: evaluate(job, Evaluate(place=province.code), at=at))
    print(f"load of the machine while measuring: {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    _say("province in full, every standing stored", stored, GOALS["province"])
    print(f"province again after one estate in a hundred changed: {again:.2f} s")
    codes = Territory.objects.filter(level="estate", path__startswith=PROVINCE).order_by("path").values_list("code", flat=True)[:2000:100]
    times = sorted(_seconds(lambda code=code: evaluate(job, Evaluate(place=code), at=at)) for code in codes)
    _say("one estate again, median of 20", times[len(times) // 2], GOALS["estate"])


def _say(what: str, took: float, goal: float) -> None:
    print(f"{what}: {took:.3f} s   goal: at most {goal} s   {'kept' if took <= goal else f'missed by {took - goal:.3f} s'}")


def _seconds(call: Any) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _change() -> None:
    """Venues of one estate in a hundred are gone."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE places_venue SET area = 1000 WHERE id % 100 = 0")


def _make() -> None:
    from django.db import connection

    insert = eligibility._insert
    begin = "date '2000-01-01'"
    here = f"path LIKE '{PROVINCE}%'"
    with connection.cursor() as cursor:
        for level, length in (("city", 15), ("county", 20), ("street", 25)):
            path = f"substr(t.path, 1, {length})"
            columns = {"code": f"'D' || {path}", "name": f"'{level}' || substr({path}, 11)", "level": f"'{level}'", "path": path,
                       "pack": "''", "begin": begin}  # fmt: skip
            table = f"(SELECT DISTINCT substr(path, 1, {length}) AS path FROM territory_territory WHERE level = 'community') t"
            cursor.execute(insert("territory_territory", columns, table))
        cursor.execute(
            f"INSERT INTO territory_territory (code, name, level, path, pack, begin) "
            f"SELECT 'PROVINCE', '省', 'province', '{PROVINCE}', '', {begin} "
            f"WHERE NOT EXISTS (SELECT 1 FROM territory_territory WHERE path = '{PROVINCE}')"
        )
        estates = f"places_estate e WHERE e.{here}"
        columns = {"code": "'H' || substr(e.path, 11)", "name": "'1幢'", "level": "'building'", "path": "e.path || '00001'", "pack": "''",
                   "begin": begin}  # fmt: skip
        cursor.execute(insert("territory_territory", columns, estates))
        cursor.execute(insert("places_building", {
            "territory_id": "t.id", "path": "t.path", "code": "t.code", "estate_id": "e.id", "number": "'1幢'", "kind": "'residential'",
            "units": "1", "floors": "6", "begin": begin,
        }, "territory_territory t JOIN places_estate e ON t.path = e.path || '00001' WHERE t.level = 'building'"))  # fmt: skip
        cursor.execute(insert("places_dwelling", {
            "building_id": "b.id", "path": "b.path", "kind": "'home'", "unit": "'1'", "floor": "n", "room": "n::text", "area_source": "''",
            "use": "'residential'", "begin": begin,
        }, f"places_building b, generate_series(1, {HOMES_EACH}) n WHERE b.{here}"))  # fmt: skip
        cursor.execute(insert("places_grid", {
            "code": "'G' || substr(e.path, 11)", "name": "'网格'", "kind": "'residential'", "path": "substr(e.path, 1, 30)", "begin": begin,
        }, estates))  # fmt: skip
        cursor.execute(insert("places_gridpart", {"grid_id": "g.id", "path": "e.path", "begin": begin},
                              "places_grid g JOIN places_estate e ON g.code = 'G' || substr(e.path, 11)"))  # fmt: skip
        cursor.execute(insert("places_venue", {
            "name": "'站'", "path": "e.path", "level": "'estate'", "kind": "'station'", "area": "20000 + e.id % 30000", "functions": "'[]'",
            "equipment": "'[]'", "signs": "'[]'", "hours": "''", "premises": "'other'", "owner": "''", "begin": begin,
        }, f"{estates} AND e.id % 3 = 0"))  # fmt: skip
        cursor.execute(insert("places_verification", {
            "estate_id": "e.id", "path": "e.path", "by": "'system:bench'", "at": "timestamptz '2026-10-01'", "note": "''",
        }, f"{estates} AND e.id % 2 = 0"))  # fmt: skip
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
