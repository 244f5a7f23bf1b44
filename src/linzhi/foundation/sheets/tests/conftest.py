"""A register of shelves, and an import of it from a few rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from linzhi.foundation.sheets import commands as do
from linzhi.foundation.sheets import running, uploading
from linzhi.foundation.sheets.models import SheetImport
from linzhi.foundation.sheets.tests import shelf


@pytest.fixture
def shelves(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[shelf.Shelves]:
    """The register, with chunks of five rows."""
    with shelf.at_hand(monkeypatch) as made:
        yield made


class Desk:
    """Somebody who imports shelves."""

    def __init__(self, county: Any, role: str = "community_worker") -> None:
        self.county = county
        self.actor = county.actor(role)
        self.place = county.community.code

    def upload(self, content: bytes, name: str = "架子.xlsx") -> SheetImport:
        """Begin an import."""
        return uploading.upload(self.actor, content, "shelves", self.place, name)

    def check(self, content: bytes) -> SheetImport:
        """Begin an import and look at all rows."""
        one, runner = self.upload(content), running.new_runner()
        do.preview(self.actor, do.Preview(import_id=one.pk, runner=runner))
        return running.run(one.pk, runner)

    def begin(self, one: SheetImport, mode: str = "all_or_nothing", **more: Any) -> str:
        """Decide to take; returns the runner."""
        runner = running.new_runner()
        do.take(self.actor, do.Take(import_id=one.pk, mode=mode, runner=runner, **more))  # type: ignore[arg-type]
        return runner

    def take(self, content: bytes, mode: str = "all_or_nothing", **more: Any) -> SheetImport:
        """Check a file and take it."""
        one = self.check(content)
        return running.run(one.pk, self.begin(one, mode, **more))

    def undo(self, one: SheetImport) -> SheetImport:
        """Take an import back."""
        runner = running.new_runner()
        do.undo(self.actor, do.Undo(import_id=one.pk, runner=runner))
        return running.run(one.pk, runner)


@pytest.fixture
def desk(county: Any, shelves: shelf.Shelves) -> Desk:
    """The community's worker at the desk."""
    return Desk(county)
