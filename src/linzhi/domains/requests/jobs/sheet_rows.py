"""Rows of a hotline's sheet as inputs of the command that takes them, with what is wrong row by row. Knows no database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from linzhi.domains.requests.commands import TakeSheet
from linzhi.domains.requests.jobs.sheet_cells import (
    COLUMNS,
    NATURES,
    BadCell,
    column_of,
    moment_of,
    name_of,
    text_of,
)
from linzhi.domains.requests.jobs.sheet_file import Cell, Problem, SheetFile, shortened
from linzhi.policy.categories import categories

NEEDED = ("source_id", "caller", "title", "raised_at", "text")
"""The caller and the title belong to what tells two texts apart, so a sheet without them would not fit a later one with them."""
FILLED = ("source_id", "raised_at", "title", "text")
NEEDED_TO_REPLAY = ("reply", "replied_at")
COPIED = ("source_id", "caller", "phone", "title", "text", "place_text")
HEADING_WITHIN = 5
EARLIEST = 1990
LONGEST_TITLE, LONGEST_ID = 60, 60


@dataclass(frozen=True)
class SheetRow:
    """One good row: what the command takes, when it was raised, and the reply if there is one."""

    row: int
    cmd: TakeSheet
    raised_at: datetime
    reply: str = ""
    replied_at: datetime | None = None


@dataclass
class Rows:
    """The good rows of a file, and what is wrong with the others.

    `total` counts every row below the heading, `repeated` those left out because they say the very same as one above.
    """

    rows: list[SheetRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    total: int = 0
    repeated: int = 0


def rows_of(file: SheetFile, *, place_code: str, source: str, replay: bool, now: datetime) -> Rows:
    """Read the rows of a file; a column that is missing refuses them all, everything else only its own row."""
    found = Rows()
    heading = _heading(file.rows)
    if heading is None:
        found.total = len(file.rows)
        if file.rows:
            found.problems.append(_no_heading(file.rows[0]))
        return found
    position, columns = heading
    below = file.rows[position + 1 :]
    found.total = len(below)
    number = file.rows[position][0]
    wanted = (*NEEDED, *NEEDED_TO_REPLAY) if replay else NEEDED
    found.problems += _missing(number, columns, wanted)
    found.problems += _twice(number, file.rows[position][1])
    if found.problems:
        return found
    reader = _Reader(columns, len(file.rows[position][1]), place_code, source, replay, now)
    for row, cells in below:
        taken = reader.read(row, cells)
        if taken is not None:
            found.rows.append(taken)
    found.problems += reader.problems
    found.repeated = reader.repeated
    if not replay and "reply" in columns:
        found.notes += (_("表里有“答复”一列；作为新件导入时不带答复。"),)
    if reader.category_left_out:
        found.notes += (_("%(n)d 行的类别对不上我们的类别，留空了，可以以后再选。") % {"n": reader.category_left_out},)
    return found


def _heading(rows: Sequence[tuple[int, list[Cell]]]) -> tuple[int, dict[str, int]] | None:
    """Where the heading is (a title may stand above it), and which column stands where."""
    for position, (_number, cells) in enumerate(rows[:HEADING_WITHIN]):
        columns: dict[str, int] = {}
        for index, cell in enumerate(cells):
            name = column_of(cell) if isinstance(cell, str) else None
            if name is not None:
                columns.setdefault(name, index)
        if len(columns) >= 3:
            return position, columns
    return None


def _no_heading(first: tuple[int, list[Cell]]) -> Problem:
    row, cells = first
    why = _("前 %(n)d 行里没有认得出的表头。") % {"n": HEADING_WITHIN}
    remedy = _("表头要有：%(columns)s。") % {"columns": "、".join(name_of(column) for column in NEEDED)}
    return Problem(row, "", shortened(" ".join(str(cell) for cell in cells)), why, remedy)


def _missing(row: int, columns: Mapping[str, int], wanted: Sequence[str]) -> list[Problem]:
    return [
        Problem(
            row, name_of(name), "", _("缺这一列。"), _("请加上这一列，表头写：%(names)s（任选一个）。") % {"names": "、".join(COLUMNS[name][:4])}
        )
        for name in wanted
        if name not in columns
    ]  # fmt: skip


def _twice(row: int, cells: Sequence[Cell]) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for cell in cells:
        name = column_of(cell) if isinstance(cell, str) else None
        if name is None:
            continue
        if name in seen:
            why = _("“%(one)s”和“%(other)s”是同一列，不知道用哪个。") % {"one": seen[name], "other": cell}
            problems.append(Problem(row, name_of(name), str(cell), why, _("请删去一列，或改个表头。")))
        seen[name] = str(cell)
    return problems


class _Reader:
    """Reads row after row and remembers the numbers it has seen."""

    def __init__(self, columns: Mapping[str, int], width: int, place_code: str, source: str, replay: bool, now: datetime) -> None:
        self.columns, self.width = columns, width
        self.place_code, self.source, self.replay, self.now = place_code, source, replay, now
        self.problems: list[Problem] = []
        self.category_left_out = self.repeated = 0
        self._categories = {key: item.code for item in categories().by_code.values() for key in (item.code, item.name)}
        self._seen: dict[str, tuple[int, str, str]] = {}

    def read(self, row: int, cells: list[Cell]) -> SheetRow | None:
        """One row, or None when it can't be taken; every problem of the row is listed, not only the first."""
        before = len(self.problems)
        if len(cells) > self.width and any(cell != "" for cell in cells[self.width :]):
            extra = shortened(" ".join(str(cell) for cell in cells[self.width :]))
            self._bad(row, "", extra, _("格数比表头多，内容可能错了位。"), _("文字里有英文逗号的，整格要用英文引号括起来。"))
            return None
        texts = {name: self._text(row, name, cells) for name in self.columns if name not in ("raised_at", "replied_at")}
        raised, _timed = self._moment(row, "raised_at", cells)
        replied, timed = self._moment(row, "replied_at", cells)
        if raised is not None and replied is not None and not timed and replied.date() == raised.date():
            replied = raised  # only the day is known, and it is the same
        self._check(row, texts, raised, replied, {problem.column for problem in self.problems[before:]})
        if before < len(self.problems) or raised is None:
            return None
        cmd = self._command(row, texts)
        if cmd is None or not self._first(row, cmd, texts.get("reply", "")):
            return None
        return SheetRow(row, cmd, raised, texts.get("reply", ""), replied)

    def _bad(self, row: int, column: str, what: object, why: str, remedy: str) -> None:
        self.problems.append(Problem(row, name_of(column) if column else "", shortened(what), why, remedy))

    def _cell(self, name: str, cells: list[Cell]) -> Cell:
        index = self.columns.get(name)
        return cells[index] if index is not None and index < len(cells) else ""

    def _text(self, row: int, name: str, cells: list[Cell]) -> str:
        cell = self._cell(name, cells)
        try:
            return text_of(cell)
        except BadCell as bad:
            self._bad(row, name, cell, bad.why, bad.remedy)
            return ""

    def _moment(self, row: int, name: str, cells: list[Cell]) -> tuple[datetime | None, bool]:
        cell = self._cell(name, cells)
        try:
            moment, timed = moment_of(cell)
        except BadCell as bad:
            self._bad(row, name, cell, bad.why, bad.remedy)
            return None, False
        if moment is not None and moment > self.now:
            self._bad(row, name, cell, _("时间在将来。"), _("请核对年月日。"))
        elif moment is not None and moment.year < EARLIEST:
            self._bad(row, name, cell, _("时间太早，不像真的。"), _("请核对年月日。"))
        return moment, timed

    def _check(
        self, row: int, texts: Mapping[str, str], raised: datetime | None, replied: datetime | None, spoiled: Collection[str]
    ) -> None:
        """What is missing or doesn't fit together; nothing more is said of a cell that is spoiled in itself."""
        filled = dict(texts) | {"raised_at": "x" if raised is not None else "", "replied_at": "x" if replied is not None else ""}
        for name in FILLED:
            if not filled.get(name) and name_of(name) not in spoiled:
                self._bad(row, name, "", _("这一格是空的。"), _("请补上。"))
        if raised is not None and replied is not None and replied < raised:
            self._bad(row, "replied_at", f"{replied:%Y-%m-%d %H:%M}", _("答复早于诉求时间。"), _("请核对两个时间。"))
        answered = not {name_of("reply"), name_of("replied_at")} & set(spoiled)
        if self.replay and answered and bool(texts["reply"]) != (replied is not None):
            name, why = ("replied_at", _("有答复，没有答复时间。")) if texts["reply"] else ("reply", _("有答复时间，没有答复。"))
            self._bad(row, name, "", why, _("请补上，或两格都留空。"))
        if len(texts.get("title", "")) > LONGEST_TITLE:
            self._bad(row, "title", texts["title"], _("标题最多 %(n)d 字。") % {"n": LONGEST_TITLE}, _("请缩短，细节写进内容。"))
        if len(texts.get("source_id", "")) > LONGEST_ID:
            self._bad(row, "source_id", texts["source_id"], _("编号最多 %(n)d 个字符。") % {"n": LONGEST_ID}, _("请核对。"))
        if texts.get("nature") and texts["nature"] not in NATURES:
            self._bad(row, "nature", texts["nature"], _("没有这个类型。"), _("请从这几个里选：%(n)s。") % {"n": "、".join(NATURES)})

    def _command(self, row: int, texts: Mapping[str, str]) -> TakeSheet | None:
        category = self._categories.get(texts.get("category", ""), "")
        self.category_left_out += bool(texts.get("category") and not category)
        told: dict[str, Any] = {name: texts[name] for name in COPIED if name in texts}
        nature: Any = NATURES.get(texts.get("nature", ""), "help")
        try:
            return TakeSheet(place_code=self.place_code, source=self.source, category=category, nature=nature, **told)
        except ValidationError as error:
            for flaw in error.errors():
                name = str(flaw["loc"][0]) if flaw["loc"] else ""
                why = flaw["msg"].removeprefix("Value error, ") if flaw["type"] == "value_error" else _("太长或写法不对。")
                self._bad(row, name if name in COLUMNS else "", flaw.get("input", ""), why, _("请改正这一格。"))
            return None

    def _first(self, row: int, cmd: TakeSheet, reply: str) -> bool:
        """Whether a number stands here for the first time; a later row that says the same is left out, another text is a problem."""
        seen = self._seen.setdefault(cmd.source_id, (row, cmd.digest, reply))
        if seen[0] == row:
            return True
        if seen[1:] == (cmd.digest, reply):
            self.repeated += 1
            return False
        why = _("编号和第 %(row)d 行重复，内容却不同。") % {"row": seen[0]}
        self._bad(row, "source_id", cmd.source_id, why, _("请核对编号；同一件只留一行。"))
        return False
