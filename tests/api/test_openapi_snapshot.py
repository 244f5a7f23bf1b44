"""The published API is a file in git: whoever changes the API changes the file, and a review sees it."""

from __future__ import annotations

from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def test_the_published_description_is_the_api_as_it_is() -> None:
    from linzhi.config.api.instance import description

    assert DOCUMENT.read_text(encoding="utf-8") == description(), "run: python -m linzhi.config.api > docs/openapi.json"
