"""`python -m bench.tally`: an owners' vote of 100,000 units counted, exported, counted again by the stand-alone file.

Needs no database. The vote has everything that a count can meet: owners of several units, a developer, parking, co-owners, proxies, changed
and late ballots.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

UNITS = int(os.environ.get("BENCH_VOTE_UNITS", "100000"))
TURNS = 5


def main() -> None:
    """Print the median and the range of each step."""
    from linzhi.domains.voting.rules import verify
    from linzhi.domains.voting.rules.export import export_of
    from linzhi.domains.voting.rules.tally import Result, tally

    vote = made(UNITS)
    result = tally(vote)
    assert isinstance(result, Result)
    print(f"load of the machine while measuring: {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    print(f"{UNITS} units, {len(vote.ballots)} ballots, {result.strict.total_heads} heads, {len(result.left_out)} left out")
    _print("tally, both ways", 1.0, lambda: tally(vote))
    count = iter(range(10**9))
    with tempfile.TemporaryDirectory(prefix="linzhi-bench-") as folder:
        file = Path(folder) / "export.json"
        began = time.perf_counter()
        file.write_text(json.dumps(export_of(vote, "bench", key=b"bench", salt=lambda: f"{next(count):032x}"), ensure_ascii=False))
        print(f"export written once: {time.perf_counter() - began:.2f} s, {file.stat().st_size / 1e6:.0f} MB")
        command = [sys.executable, "-I", "-S", verify.__file__, str(file)]
        alone = "recount by the stand-alone file, a process of its own"
        _print(alone, 3.0, lambda: subprocess.run(command, check=True, capture_output=True))


def made(size: int) -> Any:
    """A vote of so many units."""
    from linzhi.domains.voting.rules.vote import Ballot, Matter, RollUnit, Rules, Transfer, Vote

    units, ballots, transfers = [], [], []
    for i in range(size):
        owners = ("developer",) if i % 50 == 0 else (f"o{i}", f"c{i}") if i % 11 == 0 else (f"o{i // 2}" if i % 7 == 0 else f"o{i}",)
        rep = owners[0] if i % 22 == 0 and len(owners) == 2 else ""
        kind = "parking" if i % 13 == 0 else ""
        units.append(RollUnit(f"u{i}", 4000 + (i * 37) % 12001, owners, rep, kind, f"b{i // 200}", i % 17 != 0))
        if i % 10 < 7:
            choice = ("agree", "agree", "agree", "oppose", "abstain", "agree", "invalid")[i % 10]
            if i % 19 == 0:
                ballots.append(Ballot(f"agent{i // 400}", (f"u{i}",), choice, 10 + i % 80, len(ballots), owners[0], True))
            else:
                ballots.append(Ballot(owners[0], (f"u{i}",), choice, 10 + i % 95, len(ballots)))
        if i % 30 == 0:
            ballots.append(Ballot(owners[-1], (f"u{i}",), "oppose", 50, len(ballots)))
        if i % 500 == 0:
            transfers.append(Transfer(40, f"u{i}", (f"n{i}",)))
    rules = Rules("follow_majority", clause="议事规则第二十条", proxy_limit=3)
    return Vote(Matter(4), units, ballots, rules, transfers=transfers)


def _print(name: str, target: float, call: Callable[[], Any]) -> None:
    took = []
    for _ in range(TURNS):
        began = time.perf_counter()
        call()
        took.append(time.perf_counter() - began)
    middle = sorted(took)[TURNS // 2]
    verdict = "kept" if middle <= target else f"missed by {middle - target:.2f} s"
    print(f"{name}: {middle:.2f} s ({min(took):.2f} to {max(took):.2f}), target {target:.0f} s: {verdict}")


if __name__ == "__main__":
    main()
