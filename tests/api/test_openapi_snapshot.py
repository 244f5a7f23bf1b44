"""The published API is a file in git: whoever changes the API changes the file, and a review sees it."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def test_the_published_description_is_the_api_as_it_is() -> None:
    from linzhi.config.api.instance import description

    assert DOCUMENT.read_text(encoding="utf-8") == description(), "run: python -m linzhi.config.api > docs/openapi.json"


def test_no_two_shapes_of_the_api_have_one_name() -> None:
    """The description names shapes by their class alone: of two with one name, one would be described as the other."""
    source = DOCUMENT.parents[1] / "src" / "linzhi"
    files = [*source.rglob("api.py"), *source.rglob("api/*.py")]
    assert len(files) > 8
    names = Counter(
        node.name for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in names.items() if count > 1] == []
