"""What a preview keeps: the counts of all rows, and in words the first of what it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from linzhi.foundation.sheets.marks import Counts, Found
from linzhi.foundation.sheets.register import Verdict
from linzhi.foundation.sheets.showing import shortened, shown
from linzhi.foundation.sheets.sources import Line, Source

MOST: Mapping[str, int] = {"fault": 2_000, "change": 200, "alike": 100, "notice": 100}
"""How many of each kind are kept to be looked at; all are counted."""


class Keeper:
    """Counts verdicts and keeps the first findings of each kind."""

    def __init__(self, source: Source) -> None:
        self.counts = Counts()
        self._source = source
        self._columns = {column.code: column for column in source.register.columns}
        self._left = dict(MOST)

    def look(self, batch: Sequence[Line], verdicts: Sequence[Verdict]) -> None:
        """Take in one batch with its verdicts."""
        counts = self.counts
        for line, verdict in zip(batch, verdicts, strict=True):
            counts.total += 1
            setattr(counts, verdict.state, getattr(counts, verdict.state) + 1)
            for fault in verdict.faults if verdict.state == "bad" else ():
                self._keep("fault", line, fault.column, {"why": fault.why, "remedy": fault.remedy})
            if verdict.state == "changed":
                for code, old in verdict.changes.items():
                    self._keep("change", line, code, {"old": self._shown(code, old), "new": self._shown(code, line.row.get(code))})
            if verdict.alike and verdict.state == "new":
                counts.alike += 1
                self._keep("alike", line, "", {"names": list(verdict.alike), "row": self.summary(line)})
            for notice in line.notices:
                self._keep("notice", line, "", {"why": notice})

    def finished(self) -> Counts:
        """The counts, with what stands in the wrong cells."""
        rows = sorted({one.row for one in self.counts.found if one.kind == "fault"})
        raw = self._source.raw(rows) if rows else {}
        self.counts.found = [
            Found(one.kind, one.row, one.column, {**one.words, "stands": shortened(raw.get(one.row, {}).get(one.column))})
            if one.kind == "fault" else one
            for one in self.counts.found
        ]  # fmt: skip
        return self.counts

    def summary(self, line: Line) -> str:
        """A row in a few words: its first cells that hold something."""
        cells = [self._shown(code, line.row.get(code)) for code in self._columns]
        return "，".join([cell for cell in cells if cell][:4])

    def _shown(self, code: str, value: Any) -> str:
        column = self._columns.get(code)
        return shown(column, value, self._source.choices.get(code, {})) if column is not None else shortened(value)

    def _keep(self, kind: str, line: Line, column: str, words: Mapping[str, Any]) -> None:
        if self._left[kind] > 0:
            self._left[kind] -= 1
            self.counts.found.append(Found(kind, line.number, column, words))
