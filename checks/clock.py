"""The time comes from `linzhi.kernel.clock` only, so that a test or a replay can set it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from checks import Violation
from checks.source import dotted, is_test, package, python, relative

FORBIDDEN = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "timezone.localdate", "time.time"}
ALLOWED = {"kernel/clock.py"}


def check(root: Path) -> Iterator[Violation]:
    """Other sources of the time in the package, as calls or as defaults; `auto_now` fields."""
    for path, _, tree in python(root):
        if not path.is_relative_to(package(root)) or is_test(path) or path.relative_to(package(root)).as_posix() in ALLOWED:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and ".".join(dotted(node).split(".")[-2:]) in FORBIDDEN:
                yield Violation(relative(root, path), node.lineno, "clock", f"{dotted(node)}: ask linzhi.kernel.clock.now()")
            elif isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
                yield Violation(relative(root, path), node.value.lineno, "clock", f"{node.arg}: set the time from ctx.at")
            elif isinstance(node, ast.ImportFrom) and node.module == "time" and any(alias.name == "time" for alias in node.names):
                yield Violation(relative(root, path), node.lineno, "clock", "time.time: ask linzhi.kernel.clock.now()")
