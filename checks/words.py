"""No file names a package registry's host or a folder of one particular machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from checks import Violation
from checks.source import files, relative

# Written in pieces, so that this file passes its own rule.
HOSTS = (
    "pypi" + r"\.org",
    "python" + r"hosted\.org",
    "npmjs" + r"\.(org|com)",
    "registry" + r"\.yarnpkg",
    "npm" + "mirror",
    "deb" + r"\.debian\.org",
    "tuna" + r"\.tsinghua",
    "mirrors" + r"\.aliyun",
)
FOLDERS = ("/wo" + "rk/", "/ro" + "ot/", "/ho" + r"me/\w", "/tm" + "p/", "/Us" + r"ers/\w")
PATTERN = re.compile("|".join([*HOSTS, *(r"(?<![\w.\-])" + folder for folder in FOLDERS)]))
TEXT = {".py", ".toml", ".md", ".yaml", ".yml", ".json", ".lock", ".html", ".css", ".js", ".txt", ".cfg", ".sh", ".csv", ".svg", ""}
LIMIT = 4_000_000


def check(root: Path) -> Iterator[Violation]:
    """Such names in any text file."""
    for path in files(root):
        if path.suffix not in TEXT or path.name == "LICENSE" or path.stat().st_size > LIMIT:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for match in PATTERN.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield Violation(relative(root, path), line, "words", f"{match[0]!r} names a registry or a machine")
