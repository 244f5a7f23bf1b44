"""A file is small: 400 lines, a function 60, a line 140 characters. Migrations are made by a machine and don't count."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from checks import Violation
from checks.source import files, python, relative

FILE, FUNCTION, LINE = 400, 60, 140


def check(root: Path) -> Iterator[Violation]:
    """Too long files, functions and lines of Python; too long templates."""
    for path, text, tree in python(root):
        if "migrations" in path.parts:
            continue
        name = relative(root, path)
        lines = text.splitlines()
        if len(lines) > FILE:
            yield Violation(name, 0, "sizes", f"{len(lines)} lines, at most {FILE}: cut it by subject")
        for number, line in enumerate(lines, 1):
            if len(line) > LINE:
                yield Violation(name, number, "sizes", f"{len(line)} characters, at most {LINE}")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION:
                    yield Violation(name, node.lineno, "sizes", f"{node.name} has {length} lines, at most {FUNCTION}")
    for path in files(root, ".html"):
        length = len(path.read_text(encoding="utf-8").splitlines())
        if length > FILE:
            yield Violation(relative(root, path), 0, "sizes", f"{length} lines, at most {FILE}: cut it into macros")
