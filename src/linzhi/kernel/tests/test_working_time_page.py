"""The page docs/algorithms/working-time.md and the code say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from linzhi.kernel.tests.calendar_2026 import YEAR_2026, at
from linzhi.kernel.worktime import Due, Limit, Pause, Unit, due, elapsed

PAGE = Path(__file__).parents[4] / "docs" / "algorithms" / "working-time.md"
Row = dict[str, str]


def _rows() -> list[Row]:
    rows: list[Row] = []
    head: list[str] = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            head = []
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not head:
            head = cells
        elif not cells[0].startswith("-"):
            rows.append(dict(zip(head, cells, strict=True)))
    return [row for row in rows if "From" in row]


def _pauses(row: Row) -> list[Pause]:
    halves = [text.split("/") for text in row.get("Pauses", "").split()]
    return [Pause(at(begin), at(end) if end else None) for begin, end in halves]


DUE = [row for row in _rows() if "Due" in row]
ELAPSED = [row for row in _rows() if "Elapsed" in row]


@pytest.mark.parametrize("row", DUE, ids=lambda row: f"{row['From']} {row['Within']} {row['Why']}")
def test_every_example_of_a_due_time_on_the_page_holds(row: Row) -> None:
    expected = Due(None if row["Due"] == "unknown" else at(row["Due"]), {"yes": True, "no": False}[row["Confirmed"]])
    assert due(at(row["From"]), Limit.parse(row["Within"]), YEAR_2026, _pauses(row)) == expected


@pytest.mark.parametrize("row", ELAPSED, ids=lambda row: f"{row['From']} {row['To']} {row['Unit']}")
def test_every_example_of_elapsed_time_on_the_page_holds(row: Row) -> None:
    unit = Unit(row["Unit"].replace(" ", "_"))
    assert elapsed(at(row["From"]), at(row["To"]), unit, YEAR_2026, _pauses(row)) == int(row["Elapsed"])


def test_the_page_has_examples_for_every_unit() -> None:
    assert {Limit.parse(row["Within"]).unit for row in DUE} == set(Unit) == {Unit(row["Unit"].replace(" ", "_")) for row in ELAPSED}
    assert len(DUE) >= 30 and len(ELAPSED) >= 10
