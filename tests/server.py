"""A real installation with a running server and worker, for tests that must see the whole thing from outside.

    with demo_server(tmp_path) as server:
        server.set_clock(server.now + timedelta(hours=1))
        httpx_or_playwright(server.url)

The demo county is prepared once in a run; each server gets a copy of it. The clock stands still until a test moves it.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

# A Tuesday morning in working hours, far from holidays: due times can be written down in tests.
NOW = datetime.fromisoformat("2026-09-15T09:00:00+08:00")
ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
LINZHI = [sys.executable, "-m", "linzhi.config.cli"]


@dataclass
class Installation:
    """A data folder, its clock and, on PostgreSQL, a database of its own."""

    folder: Path
    database_url: str = ""
    now: datetime = NOW

    @property
    def clock_file(self) -> Path:
        return self.folder / "clock.txt"

    def set_clock(self, moment: datetime) -> None:
        """Move the clock of every process of this installation."""
        self.now = moment
        fresh = self.clock_file.with_suffix(".new")
        fresh.write_text(moment.isoformat())
        fresh.replace(self.clock_file)

    def environment(self) -> dict[str, str]:
        """The environment its processes run in: nothing of the test run's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINZHI_", "DJANGO_"))}
        own = {"LINZHI_DATA_DIR": str(self.folder), "LINZHI_CLOCK_FILE": str(self.clock_file), "PYTHONPATH": str(ROOT / "src")}
        return kept | own | ({"LINZHI_DATABASE_URL": self.database_url} if self.database_url else {})

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `linzhi ARGUMENTS` to its end; a failure shows what it printed."""
        done = subprocess.run([*LINZHI, *arguments], env=self.environment(), cwd=ROOT, text=True, capture_output=True, timeout=300)
        if check and done.returncode:
            pytest.fail(f"linzhi {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}", pytrace=False)
        return done

    def copy(self, folder: Path) -> Installation:
        """The same installation again in another folder, with a copy of its database."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        url = copy_database(self.database_url) if self.database_url else ""
        twin = Installation(folder, url)
        twin.set_clock(self.now)
        return twin

    def remove(self) -> None:
        """Delete the folder and the database."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.database_url:
            drop_database(self.database_url)


@dataclass
class Server:
    """A running server with its worker. `kill` and `kill_worker` are kill -9."""

    installation: Installation
    port: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def now(self) -> datetime:
        return self.installation.now

    def set_clock(self, moment: datetime) -> None:
        """Move the clock; server and worker see it at once."""
        self.installation.set_clock(moment)

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `linzhi ARGUMENTS` on the same installation."""
        return self.installation.run(*arguments, check=check)

    def start(self) -> None:
        """Start the web server and wait until it answers."""
        self._begin("serve", "--port", str(self.port), "--workers", "1")
        self._wait_until_it_answers()

    def start_worker(self) -> None:
        """Start the background worker."""
        self._begin("worker")

    def kill(self) -> None:
        """kill -9 the web server with its children."""
        self._end("serve", signal.SIGKILL)

    def kill_worker(self) -> None:
        """kill -9 the worker."""
        self._end("worker", signal.SIGKILL)

    def stop(self) -> None:
        """End both politely, and hard if they don't listen."""
        for name in list(self.processes):
            self._end(name, signal.SIGTERM)

    def log(self, name: str = "serve") -> str:
        """What a process has printed so far."""
        path = self.installation.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _begin(self, name: str, *arguments: str) -> None:
        with (self.installation.folder / f"{name}.log").open("ab") as out:
            self.processes[name] = subprocess.Popen(
                [*LINZHI, name, *arguments],
                env=self.installation.environment(),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def _end(self, name: str, how: signal.Signals) -> None:
        process = self.processes.pop(name, None)
        if process is None:
            return
        _signal_group(process, how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        _signal_group(process, signal.SIGKILL)  # granian's own children, too
        process.wait(10)

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.processes["serve"].poll() is not None:
                break
            try:
                with urllib.request.urlopen(self.url, timeout=5):
                    return
            except urllib.error.HTTPError:
                return  # an error page is an answer
            except OSError:
                time.sleep(0.05)
        pytest.fail(f"the server doesn't answer:\n{self.log()}", pytrace=False)


def _signal_group(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_url() -> str:
    """The cluster of this test run, or empty on SQLite."""
    url = os.environ.get("LINZHI_DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def _with_name(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _on_cluster(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(_with_name(url, "postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


def new_database(url: str) -> str:
    """An empty database beside the one of `url`; returns its URL."""
    name = f"linzhi_{uuid.uuid4().hex[:12]}"
    _on_cluster(url, f'CREATE DATABASE "{name}"')
    return _with_name(url, name)


def copy_database(url: str) -> str:
    """A copy of a database that nobody uses at the moment; returns its URL."""
    name = f"linzhi_{uuid.uuid4().hex[:12]}"
    _on_cluster(url, f'CREATE DATABASE "{name}" TEMPLATE "{urlsplit(url).path[1:]}"')
    return _with_name(url, name)


def drop_database(url: str) -> None:
    """Drop a database, whoever is connected."""
    _on_cluster(url, f'DROP DATABASE IF EXISTS "{urlsplit(url).path[1:]}" WITH (FORCE)')


_prepared: dict[datetime, Installation] = {}


def prepared_demo(now: datetime = NOW) -> Installation:
    """The demo county as of `now`, prepared once in a run. Copy it; don't change it."""
    if now not in _prepared:
        folder = Path(tempfile.mkdtemp(prefix="linzhi-demo-"))
        cluster = postgres_url()
        made = Installation(folder, new_database(cluster) if cluster else "", now)
        made.set_clock(now)
        made.run("demo", "--prepare-only")
        _prepared[now] = made
    return _prepared[now]


def forget_prepared() -> None:
    """Remove what `prepared_demo` has made; called at the end of the run."""
    while _prepared:
        _prepared.popitem()[1].remove()


@contextmanager
def demo_server(folder: Path, now: datetime = NOW, *, worker: bool = True) -> Iterator[Server]:
    """A server on a copy of the demo county in `folder`, stopped and removed afterwards."""
    installation = prepared_demo(now).copy(folder)
    server = Server(installation, free_port())
    try:
        server.start()
        if worker:
            server.start_worker()
        yield server
    finally:
        server.stop()
        installation.remove()
