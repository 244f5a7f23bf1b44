"""CPU time of processes, from /proc: user and system time, in seconds."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def _parents() -> dict[int, tuple[int, str, float]]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                text = (folder / "stat").read_text()
            except OSError:
                continue
            name, rest = text[text.index("(") + 1 : text.rindex(")")], text[text.rindex(")") + 2 :].split()
            found[int(folder.name)] = (int(rest[1]), name, (int(rest[11]) + int(rest[12]) + int(rest[13]) + int(rest[14])) / TICK)
    return found


def tree_cpu(roots: Iterable[int]) -> float:
    """CPU seconds of processes and everything below them, children that have ended included."""
    every = _parents()
    total, wanted = 0.0, set(roots)
    changed = True
    while changed:
        more = {pid for pid, (parent, _name, _cpu) in every.items() if parent in wanted} - wanted
        changed = bool(more)
        wanted |= more
    for pid in wanted:
        if pid in every:
            total += every[pid][2]
    return total


def server_of(port: int) -> int:
    """The process id of the PostgreSQL server that listens on a port, from its own pid file."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = cursor.fetchone()[0]
    return int((Path(folder) / "postmaster.pid").read_text().split()[0])
