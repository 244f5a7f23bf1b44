"""What a process that checks a file and takes it at once needs not find out twice."""

from __future__ import annotations

from collections.abc import Sequence

from linzhi.foundation.sheets.reading import Book
from linzhi.foundation.sheets.register import Verdict
from linzhi.foundation.sheets.sources import Line, Source

Batch = tuple[list[Line], list[str]]
"""Rows with what the preview said of each."""


class Memory:
    """The opened file, its rows and the preview's verdicts: of one import, and not of one too large to hold."""

    MOST = 300_000

    def __init__(self) -> None:
        self.digest = ""
        self.book: Book | None = None
        self._pk = self._rows = 0
        self._source: Source | None = None
        self._batches: list[Batch] = []

    def opened(self, digest: str, book: Book) -> None:
        """Hold an opened file."""
        self.digest, self.book = digest, book

    def begin(self, pk: int, source: Source) -> None:
        """Forget the rows of another import."""
        self._pk, self._source, self._batches, self._rows = pk, source, [], 0

    def add(self, lines: list[Line], verdicts: Sequence[Verdict]) -> None:
        """Hold rows with their verdicts, or nothing any more once it is too much."""
        self._rows += len(lines)
        if self._rows > self.MOST:
            self._source, self._batches, self.book, self.digest = None, [], None, ""
        else:
            self._batches.append((lines, [verdict.state for verdict in verdicts]))

    def of(self, pk: int) -> tuple[Source, list[Batch]] | None:
        """The rows of an import, if they are held."""
        return (self._source, self._batches) if self._source is not None and self._pk == pk else None
