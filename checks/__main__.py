"""Runs the checks on this tree; prints one line per violation and exits 1 when there is any."""

import sys
from pathlib import Path

from checks import all_checks, run

names = sys.argv[1:]
if unknown := set(names) - set(all_checks()):
    sys.exit(f"unknown check: {', '.join(sorted(unknown))}; there are {', '.join(all_checks())}")
violations = run(Path(__file__).resolve().parents[1], names)
for violation in violations:
    print(violation)
print(f"checks: {len(names or all_checks())} rules, {len(violations)} violations")
sys.exit(1 if violations else 0)
