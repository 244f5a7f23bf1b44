"""`python -m bench.registers`: 100,000 dwellings through the importer, against a bare COPY of the same rows in the same database.

Also run at the end of `make bench`. The import is the whole command: reading the workbook, looking at every row, taking it chunk by chunk
with its audit entries and what an undo needs.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MANY = int(os.environ.get("BENCH_DWELLINGS", "100000"))
A_BUILDING = 1_000
GOAL = 15
TABLE = "places_dwelling"
PATIENCE = 300
"""Seconds after which an import counts as stuck: what everybody does and waits for is printed instead of waiting on."""


def main() -> None:
    """Prepare a county and measure. Needs an empty PostgreSQL: scripts/postgres --durable python -m bench.registers."""
    if not os.environ.get("LINZHI_DATABASE_URL", "").startswith("postgresql:"):
        sys.exit("runs on PostgreSQL: scripts/postgres --durable python -m bench.registers")
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
    from tests.support import small_county

    measure(small_county.build("demo"), folder)


def measure(county: Any, folder: Path) -> None:
    """Import into a county that is there, copy the same rows, print both and the ratio."""
    from linzhi.foundation.sheets import writing
    from linzhi.foundation.sheets.register import register_of
    from linzhi.foundation.sheets.sources import choices_of

    buildings = _buildings(county, -(-MANY // A_BUILDING))
    register = register_of("dwellings")
    file = folder / "dwellings.xlsx"
    with file.open("wb") as out:
        choices = choices_of(register, county.territory)
        writing.write_rows(register.columns, choices, _rows(buildings), title="房屋", watermark=None, out=out)
    print(f"importing {MANY} dwellings from {file.stat().st_size >> 10} kB ...", flush=True)
    begun = time.perf_counter()
    command = [sys.executable, "-m", "linzhi.config.cli", "registers", "import", "dwellings", str(file), "--json"]
    try:
        run = subprocess.run([*command, "--place", county.territory.code], capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        sys.exit(f"the import isn't done after {PATIENCE} s; the database waits for:\n" + "\n".join(_waits()))
    took = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        sys.exit(run.stdout + run.stderr[-4000:])
    made = json.loads(run.stdout.strip().splitlines()[-1])["created"]
    times = sorted(_copy(folder) for _ in range(3))
    bare = times[1]
    print(f"load of the machine while measuring: {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    cpu = used.ru_utime + used.ru_stime
    print(f"import of {made} dwellings: {took:.1f} s ({cpu:.1f} s of CPU beside the database), {made / took:.0f} a second")
    print(f"bare COPY of the same rows, median of three: {bare:.2f} s ({', '.join(f'{one:.2f}' for one in times)})")
    print(f"ratio: {took / bare:.1f}   goal: at most {GOAL}   {'kept' if took <= GOAL * bare else 'missed'}")


def _buildings(county: Any, count: int) -> list[str]:
    from linzhi.domains.places import commands as places
    from linzhi.kernel.actor import System

    begin = county.estate.begin
    made = []
    for number in range(count):
        cmd = places.AddBuilding(estate=county.estate.code, number=f"{number + 100}幢", floors=34, begin=begin)
        made.append(places.add_building(System("setup"), cmd).code)
    return made


def _rows(buildings: list[str]) -> Iterator[dict[str, Any]]:
    for number in range(MANY):
        building, place = buildings[number // A_BUILDING], number % A_BUILDING
        unit, floor, room = place // 100 % 10 + 1, place % 100 // 3 + 1, place % 100
        yield {
            "building": building, "unit": str(unit), "room": f"{floor}{room:02}", "kind": "home", "floor": floor,
            "exclusive_area": 6000 + place * 7 % 9000, "area_source": "registered", "use": "residential",
        }  # fmt: skip


def _waits() -> list[str]:
    """What each connection does, since when, what it waits for and who blocks it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, backend_type, state, wait_event_type, wait_event, now() - query_start, pg_blocking_pids(pid), left(query, 120)"
            " FROM pg_stat_activity WHERE pid <> pg_backend_pid() ORDER BY query_start"
        )
        return ["\t".join(str(value) for value in row) for row in cursor.fetchall()]


def _copy(folder: Path) -> float:
    """Seconds for a COPY of the register's rows into a table with the same columns, constraints and indexes."""
    from django.db import connection

    file = folder / "dwellings.copy"
    with connection.cursor() as cursor, file.open("wb") as out:
        with cursor.copy(f"COPY {TABLE} TO STDOUT") as copy:
            for piece in copy:
                out.write(piece)
        cursor.execute(f"CREATE TABLE bench_copy (LIKE {TABLE} INCLUDING ALL)")
    begun = time.perf_counter()
    with connection.cursor() as cursor, file.open("rb") as rows, cursor.copy("COPY bench_copy FROM STDIN") as copy:
        while piece := rows.read(1 << 20):
            copy.write(piece)
    took = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_copy")
    return took


if __name__ == "__main__":
    main()
