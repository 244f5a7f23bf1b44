"""Shared by the tests of files: a folder for blobs, and pictures drawn on the spot."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from linzhi.kernel import clock
from linzhi.kernel.clock import BEIJING

AT = datetime(2026, 11, 20, 10, 0, tzinfo=BEIJING)


@pytest.fixture(autouse=True)
def blob_folder(settings, tmp_path: Path):
    settings.FILES_DIR = tmp_path / "files"
    settings.ROOT_URLCONF = "linzhi.foundation.files.tests.urls"
    with clock.at_time(AT):
        yield settings.FILES_DIR


@pytest.fixture
def photo() -> Callable[..., bytes]:
    """A picture with two halves, red on the left, as bytes of a format."""

    def draw(size: tuple[int, int] = (400, 300), fmt: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
        image = Image.new(mode, size, "blue" if mode != "P" else 1)
        if mode != "P":
            image.paste(Image.new(mode, (size[0] // 2, size[1]), "red"), (0, 0))
        out = io.BytesIO()
        image.save(out, fmt, **options)
        return out.getvalue()

    return draw
