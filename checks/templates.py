"""Templates hold no code and no style of their own (the content security policy refuses them) and load nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from checks import Violation
from checks.source import files, package, relative

COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
LOADING = "script|link|img|iframe|source|video|audio|object|embed"
RULES = (
    (re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(ld\+)?json)[^>]*>", re.IGNORECASE), "inline <script>"),
    (re.compile(r"<style\b", re.IGNORECASE), "inline <style>"),
    (re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE), "an on...= handler"),
    (re.compile(r"\bhx-on\b", re.IGNORECASE), "an hx-on handler"),
    (re.compile(r"javascript:", re.IGNORECASE), "a javascript: address"),
    (re.compile(rf"<({LOADING})\b[^>]*\b(src|href|data)=[\"'](https?:)?//", re.IGNORECASE), "a part from elsewhere"),
)
CSS = re.compile(r"url\(\s*[\"']?(https?:)?//|@import\b", re.IGNORECASE)


def check(root: Path) -> Iterator[Violation]:
    """Inline code, inline style sheets and foreign parts in templates; foreign addresses in style sheets of ours."""
    for path in files(root, ".html", ".css"):
        if not path.is_relative_to(package(root)) or "vendor" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".css":
            rules: tuple[tuple[re.Pattern[str], str], ...] = ((CSS, "a part from elsewhere"),)
        else:
            text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
            rules = RULES
        for pattern, what in rules:
            for match in pattern.finditer(text):
                yield Violation(relative(root, path), text.count("\n", 0, match.start()) + 1, "templates", what)
