"""`make bench`: everything in one run on one machine, so that the ratios mean something. Prints a table.

CPU per request is web process plus database, from /proc, over many requests one after another.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
MANY = int(os.environ.get("BENCH_REQUESTS", "100000"))
CREATES, PAGES = 1000, 300
CREATE = "create a request over HTTP, signed in"


def main() -> None:
    """Prepare, measure, print."""
    url = urlsplit(os.environ.get("LINZHI_DATABASE_URL", ""))
    if url.scheme != "postgresql":
        sys.exit("make bench runs on PostgreSQL: scripts/postgres --durable python -m bench")
    folder = tempfile.mkdtemp(prefix="linzhi-bench-")
    os.environ |= {
        "LINZHI_DATA_DIR": folder,
        "LINZHI_MODE": "production",
        "LINZHI_HOSTS": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "linzhi.config.settings",
    }
    from linzhi.config import installation

    installation.prepare("production")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from bench import ground, replay

    made = ground.prepare()
    request = made.county.report("resident")
    print(f"copying one request {MANY} times ...", flush=True)
    ground.multiply(request, MANY)
    script = replay.capture(lambda key: _create_in_process(made.county, key))
    _measure(made, url.port or 5432, script, Path(folder))


def _create_in_process(county: object, key: str) -> object:
    from linzhi.domains.requests.commands import Report, report

    cmd = Report(place_code=county.building.code, text="楼道灯不亮了，晚上看不见。")  # type: ignore[attr-defined]
    return report(county.actor("resident"), cmd, key=key)  # type: ignore[attr-defined]


def _measure(made: object, port: int, script: str, folder: Path) -> None:
    from bench.processes import server_of, tree_cpu

    database = server_of(port)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        web_port = free.getsockname()[1]
    linzhi = [sys.executable, "-m", "linzhi.config.cli"]
    server = subprocess.Popen([*linzhi, "serve", "--port", str(web_port)])
    try:
        client = _Client(web_port, made.cookies)  # type: ignore[attr-defined]
        client.wait()

        def cpu() -> float:
            return tree_cpu([server.pid, database])

        rows = []
        body = json.dumps({"place_code": made.county.building.code, "text": "楼道灯不亮了，晚上看不见。"})  # type: ignore[attr-defined]
        for name, target, count, call in (
            (f"list page of 25 among {MANY}", 4.0, PAGES, lambda: client.get("community_worker", "/desk/requests/?tab=open")),
            (f"staff home among {MANY}", 20.0, PAGES, lambda: client.get("community_worker", "/desk/")),
            (CREATE, 5.0, CREATES, lambda: client.post("/api/v1/requests", body)),
        ):
            for _ in range(30):
                call()
            before, clock = cpu(), time.perf_counter()
            for _ in range(count):
                call()
            rows.append((name, target, 1000 * (cpu() - before) / count, 1000 * (time.perf_counter() - clock) / count))
    finally:
        server.terminate()
        server.wait(20)
    bare = _pgbench(script, folder, database)
    _print(rows, bare)
    _import_speed(linzhi, folder)
    from bench import eligibility, registers

    registers.measure(made.county, folder)  # type: ignore[attr-defined]
    eligibility.measure()


class _Client:
    """One connection, kept open; cookies by role; fails on anything that isn't a success."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port, self.cookies = port, cookies
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def wait(self) -> None:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except OSError:
                time.sleep(0.2)
        self.get("resident", "/components/")

    def get(self, role: str, path: str) -> bytes:
        self.connection.request("GET", path, headers={"Cookie": f"sessionid={self.cookies[role]}", "X-Forwarded-Proto": "https"})
        return self._answer(path, (200,))

    def post(self, path: str, body: str) -> bytes:
        token = "b" * 32
        headers = {
            "Cookie": f"sessionid={self.cookies['resident']}; csrftoken={token}", "X-CSRFToken": token, "Content-Type": "application/json",
            "X-Forwarded-Proto": "https", "Referer": f"https://127.0.0.1:{self.port}/", "Origin": f"https://127.0.0.1:{self.port}",
            "Host": f"127.0.0.1:{self.port}", "Idempotency-Key": str(uuid.uuid4()),
        }  # fmt: skip
        self.connection.request("POST", path, body.encode(), headers)
        return self._answer(path, (200, 201))

    def _answer(self, path: str, good: tuple[int, ...]) -> bytes:
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status not in good:
            sys.exit(f"{path}: {answer.status} {text[:500]!r}")
        return text


def _pgbench(script: str, folder: Path, database: int) -> float:
    from bench.processes import tree_cpu

    file = folder / "create.sql"
    file.write_text(script)
    url = os.environ["LINZHI_DATABASE_URL"]
    pgbench = Path(os.environ.get("PG_BINARIES", "")) / "pgbench"
    time.sleep(2)  # until the web server's connections are gone: one that is just ending could be counted twice
    before = tree_cpu([database])
    run = subprocess.run([str(pgbench), "-n", "-t", str(CREATES), "-f", str(file), url], capture_output=True, text=True, check=False)
    done = re.search(r"actually processed: (\d+)", run.stdout)
    if not done or int(done[1]) != CREATES:
        print(run.stdout, run.stderr[-2000:], file=sys.stderr)
        return 0.0
    time.sleep(2)
    return 1000 * (tree_cpu([database]) - before) / CREATES


def _print(rows: list[tuple[str, float, float, float]], bare: float) -> None:
    print(f"\nload of the machine while measuring: {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    print(f"{'what':48} {'CPU ms':>8} {'target':>8} {'wall ms':>8}")
    for name, target, cpu, wall in rows:
        verdict = "kept" if cpu <= target else f"missed by {cpu - target:.1f} ms"
        print(f"{name:48} {cpu:8.2f} {target:8.1f} {wall:8.2f}  {verdict}")
    if bare:
        print(f"{'the same statements from pgbench (database only)':48} {bare:8.2f}")
        print(f"{'ratio of the create to them':48} {next(cpu for name, _target, cpu, _wall in rows if name == CREATE) / bare:8.1f}")


def _import_speed(linzhi: list[str], folder: Path) -> None:
    real = ROOT.parent / "shared" / "data" / "messages-replied.csv"
    file = real if real.exists() else ROOT / "tests" / "figures" / "sample-messages.csv"
    started = time.perf_counter()
    run = subprocess.run(
        [*linzhi, "requests", "import", str(file), "--replay", "--json", "--place", "99020301"], capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - started
    last = run.stdout.strip().splitlines()[-1] if run.stdout.strip() else run.stderr[-500:]
    created = json.loads(last).get("created", 0) if last.startswith("{") else 0
    print(f"import with --replay: {created} messages in {took:.1f} s = {created / took:.0f} a second   {last}")


main()
