"""Everything an operator can set is in docs/settings.md, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from checks import Violation
from checks.source import files, is_test, package, relative

NAME = re.compile(r"\bLINZHI_[A-Z][A-Z_]*[A-Z]\b")
KEY = re.compile(r"""\.key\(\s*["'](\w+)["']""")
DOCUMENT = Path("docs") / "settings.md"


def check(root: Path) -> Iterator[Violation]:
    """Settings that the code reads and the document lacks, and the other way round."""
    read: dict[str, tuple[str, int]] = {}
    for path in files(root, ".py"):
        if not path.is_relative_to(package(root)) or is_test(path):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            names = NAME.findall(line) + [f"LINZHI_{name.upper()}" for name in KEY.findall(line)]
            for name in names:
                read.setdefault(name, (relative(root, path), number))
    document = root / DOCUMENT
    lines = document.read_text(encoding="utf-8").splitlines() if document.is_file() else []
    described = {name: number for number, line in reversed(list(enumerate(lines, 1))) for name in NAME.findall(line)}
    for name, (where, number) in sorted(read.items()):
        if name not in described:
            yield Violation(where, number, "settings", f"{name} isn't in {DOCUMENT.as_posix()}")
    for name, number in sorted(described.items()):
        if name not in read:
            yield Violation(DOCUMENT.as_posix(), number, "settings", f"nothing reads {name}")
