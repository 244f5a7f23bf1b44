"""The house rules that no ready-made linter knows, each as one small pure module: `python -m checks [NAME ...]`.

A check takes the root of a tree and yields violations; it reads files only, so that a test can show on a made-up
tree that it can fail (tests/architecture/test_checks_can_fail.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Violation:
    """One place that breaks a rule. `path` is relative to the root; line 0 means the whole file."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: [{self.rule}] {self.message}" if self.line else f"{self.path}: [{self.rule}] {self.message}"


Check = Callable[[Path], Iterator[Violation]]


def all_checks() -> dict[str, Check]:
    """Every check by its name."""
    from checks import actions, boundaries, clock, docs, glossary, names, settings, shape, sizes, templates, words, writes

    modules = (sizes, names, shape, boundaries, writes, clock, actions, settings, glossary, templates, words, docs)
    return {module.__name__.rpartition(".")[2]: module.check for module in modules}


def run(root: Path, names: Iterable[str] = ()) -> list[Violation]:
    """The violations of the named checks (all when none is named), sorted by file."""
    checks = all_checks()
    return sorted(violation for name in (list(names) or checks) for violation in checks[name](root))
