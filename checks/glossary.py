"""Each Chinese term has one code name and each code name one line in docs/glossary.md; every domain noun and act is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checks import Violation
from checks.actions import _read
from checks.source import package, python, relative

DOCUMENT = Path("docs") / "glossary.md"
ROW = re.compile(r"^\|([^|]+)\|\s*`([^`|]+)`\s*\|([^|]+)\|\s*$")


@dataclass(frozen=True)
class Term:
    """One line of the table; `terms` are the Chinese words for it, the one shown on the screen first."""

    line: int
    terms: tuple[str, ...]
    code: str
    meaning: str


def read(text: str) -> list[Term]:
    """The rows of the glossary's tables."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if match := ROW.match(line):
            words = tuple(word.strip() for word in re.split(r"[/、]", match[1]) if word.strip())
            found.append(Term(number, words, match[2].strip(), match[3].strip()))
    return found


def check(root: Path) -> Iterator[Violation]:
    """Doubles in the glossary, and names of the domains that it lacks."""
    document = root / DOCUMENT
    terms = read(document.read_text(encoding="utf-8")) if document.is_file() else []
    by_word: dict[str, Term] = {}
    by_code: dict[str, Term] = {}
    for term in terms:
        if term.code in by_code:
            yield Violation(DOCUMENT.as_posix(), term.line, "glossary", f"`{term.code}` already stands in line {by_code[term.code].line}")
        by_code.setdefault(term.code, term)
        for word in term.terms:
            if word in by_word:
                yield Violation(DOCUMENT.as_posix(), term.line, "glossary", f"{word} is already `{by_word[word].code}`")
            by_word.setdefault(word, term)
    for name, path, line, kind in _names(root):
        if name not in by_code:
            yield Violation(relative(root, path), line, "glossary", f"the {kind} `{name}` isn't in {DOCUMENT.as_posix()}")


def snake(name: str) -> str:
    """`EstateBorder` as `estate_border`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _names(root: Path) -> Iterator[tuple[str, Path, int, str]]:
    domains = package(root) / "domains"
    for path, _, tree in python(root):
        if path.is_relative_to(domains) and (path.name == "models.py" or path.parent.name == "models"):
            for node in tree.body:
                if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("Model") for base in node.bases):
                    yield snake(node.name), path, node.lineno, "noun"
    commands, declared, _, _ = _read(root)
    for code, (path, line) in sorted(declared.items()):
        if path.is_relative_to(domains):
            yield code.partition(".")[2], path, line, "act" if code in commands else "reading"
