"""Names that say nothing about what is in a file are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from checks import Violation
from checks.source import files, package, relative

FORBIDDEN = {"utils", "util", "helpers", "helper", "services", "service", "managers", "mixins", "common", "misc", "signals", "receivers"}


def check(root: Path) -> Iterator[Violation]:
    """Python files and folders of the package with such a name."""
    seen = set()
    for path in files(root, ".py"):
        if not path.is_relative_to(package(root)):
            continue
        for part in (path, *path.relative_to(package(root)).parents):
            stem = Path(part).stem
            if stem in FORBIDDEN and (where := relative(root, path if part == path else package(root) / part)) not in seen:
                seen.add(where)
                yield Violation(where, 0, "names", f"a file is named after what is in it, not {stem!r}")
