"""Which files belong to the tree, and what they say."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

SKIPPED = {".git", ".venv", "node_modules", "__pycache__", "vendor", ".data", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
CODE = ("src", "tests", "checks", "bench", "scripts")


def files(root: Path, *suffixes: str) -> Iterator[Path]:
    """The files that are, or would be, in git, with one of the suffixes (all when none is given). Without git: every file."""
    for path in _listed(root):
        if (not suffixes or path.suffix in suffixes) and path.is_file():
            yield path


@lru_cache(maxsize=16)
def _listed(root: Path) -> tuple[Path, ...]:
    if (root / ".git").exists():
        command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
        return tuple(sorted({root / name for name in names if name}))
    found = (path for path in root.rglob("*") if path.is_file())
    return tuple(sorted(path for path in found if not SKIPPED & set(path.relative_to(root).parts)))


def python(root: Path) -> Iterator[tuple[Path, str, ast.Module]]:
    """Every Python file of ours as (path, text, tree)."""
    for path in files(root, ".py"):
        if path.relative_to(root).parts[0] in (*CODE, "conftest.py"):
            text = path.read_text(encoding="utf-8")
            yield path, text, _parse(path, text)


@lru_cache(maxsize=2048)
def _parse(path: Path, text: str) -> ast.Module:
    return ast.parse(text, str(path))


def package(root: Path) -> Path:
    """The folder of the package."""
    return root / "src" / "linzhi"


def is_test(path: Path) -> bool:
    """Whether a file is a test or belongs to tests."""
    return "tests" in path.parts or path.name == "conftest.py"


def relative(root: Path, path: Path) -> str:
    """The path as violations show it."""
    return path.relative_to(root).as_posix()


def dotted(node: ast.expr) -> str:
    """`a.b.c` for names and attributes; calls and subscripts in between are shown as `()` and `[]`; else ''."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    if isinstance(node, ast.Subscript):
        return f"{dotted(node.value)}[]"
    return ""
