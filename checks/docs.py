"""Links between documents lead somewhere; decisions are dated; each domain's map in architecture.md is complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from checks import Violation
from checks.source import files, package, relative

LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)(#[^)]*)?\)")
ADR = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.md")


def check(root: Path) -> Iterator[Violation]:
    """Broken links, decisions without a date in their name, domains that the architecture page doesn't name."""
    for path in files(root, ".md"):
        text = path.read_text(encoding="utf-8")
        for match in LINK.finditer(text):
            if "://" not in match[1] and not match[1].startswith("mailto:") and not (path.parent / match[1]).exists():
                yield Violation(relative(root, path), text.count("\n", 0, match.start()) + 1, "docs", f"{match[1]} doesn't exist")
        if path.parent == root / "docs" / "adr" and not ADR.fullmatch(path.name):
            yield Violation(relative(root, path), 0, "docs", "a decision is named YYYY-MM-DD-what.md")
    page = root / "docs" / "architecture.md"
    said = page.read_text(encoding="utf-8") if page.is_file() else ""
    for part in ("foundation", "domains"):
        for folder in sorted((package(root) / part).glob("*/__init__.py")):
            if f"`{folder.parent.name}`" not in said:
                yield Violation("docs/architecture.md", 0, "docs", f"{part}/{folder.parent.name} isn't on the page")
