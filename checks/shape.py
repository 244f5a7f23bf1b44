"""Every domain is one folder with the same rooms, and has no other kind of file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from checks import Violation
from checks.source import files, package, relative

# A room may be a file or, when it grows, a folder of the same name.
ROOMS = {
    "__init__", "apps", "models", "rules", "events", "access", "queries", "metrics", "commands", "pages", "api", "urls",
    "handlers", "jobs", "registers", "demo", "tests", "migrations", "templates",
}  # fmt: skip
NEEDED = ("__init__.py", "apps.py")


def check(root: Path) -> Iterator[Violation]:
    """Unknown rooms, a domain without its purpose, a template outside `templates/<domain>/`, an overridden save()."""
    domains = package(root) / "domains"
    seen: dict[str, set[str]] = {}
    for path in files(root):
        if not path.is_relative_to(domains):
            continue
        parts = path.relative_to(domains).parts
        if len(parts) == 1:
            if parts[0] != "__init__.py":
                yield Violation(relative(root, path), 0, "shape", "only domains live in domains/")
            continue
        seen.setdefault(parts[0], set()).add(parts[1])
        if parts[1] == "templates" and (len(parts) < 4 or parts[2] != parts[0]):
            yield Violation(relative(root, path), 0, "shape", f"templates of this domain go to templates/{parts[0]}/")
        if parts[1] in ("models.py", "models") and path.suffix == ".py":
            yield from _overridden(root, path)
    for domain, entries in sorted(seen.items()):
        for entry in sorted(entries):
            if Path(entry).stem not in ROOMS:
                yield Violation(relative(root, domains / domain / entry), 0, "shape", f"no domain has a room {entry!r}")
        for entry in NEEDED:
            if entry not in entries:
                yield Violation(relative(root, domains / domain), 0, "shape", f"{entry} is missing")
        yield from _purpose(root, domains / domain / "__init__.py")


def _overridden(root: Path, path: Path) -> Iterator[Violation]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete", "clean", "full_clean"):
            yield Violation(relative(root, path), node.lineno, "shape", f"a model doesn't override {node.name}()")


def _purpose(root: Path, path: Path) -> Iterator[Violation]:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) if path.is_file() else None
    if not text or "Nouns:" not in text or "Never:" not in text:
        yield Violation(relative(root, path), 0, "shape", "say the domain's purpose, its Nouns: and what it must Never: do")
