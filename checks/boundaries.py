"""Of a domain only its commands, queries and events are public to the domains above it.

import-linter holds the order of the parts; this is what it can't say: which rooms an outsider may enter.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from checks import Violation
from checks.source import is_test, package, python, relative

PUBLIC = {"commands", "queries", "events", "metrics"}
PREFIX = ("linzhi", "domains")


def check(root: Path) -> Iterator[Violation]:
    """Imports from another domain that name another room; tests and demo data may also use its demo."""
    domains = package(root) / "domains"
    for path, _, tree in python(root):
        if not path.is_relative_to(domains) or is_test(path) or path.parent == domains:
            continue
        own = path.relative_to(domains).parts[0]
        public = PUBLIC | {"demo"} if "demo" in path.stem or "demo" in path.parts else PUBLIC
        for node, target in _imports(tree):
            parts = target.split(".")
            if tuple(parts[:2]) == PREFIX and len(parts) > 2 and parts[2] != own and (len(parts) < 4 or parts[3] not in public):
                yield Violation(relative(root, path), node.lineno, "boundaries", f"{target} isn't public: use {', '.join(sorted(PUBLIC))}")


def _imports(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if node.module.count(".") >= 3:
                yield node, node.module
            else:
                for alias in node.names:
                    yield node, f"{node.module}.{alias.name}"
        elif isinstance(node, ast.ImportFrom) and node.level > 1:
            yield node, f"linzhi.domains.{'.' * node.level}{node.module or ''}"
