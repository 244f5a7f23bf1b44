"""A small register for tests: shelves with a code, a title, a size and a sealed phone, in a table of their own."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.db import connection

from linzhi.foundation.access import actions
from linzhi.foundation.access.actions import Action, open_to
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.sheets import register as registers
from linzhi.foundation.sheets import sources
from linzhi.foundation.sheets.columns import Column, Kind, Masked
from linzhi.foundation.sheets.register import Fault, Register, Row, Trace, Verdict
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import Refused

TABLE = "CREATE TABLE test_shelf (code varchar(20) PRIMARY KEY, title varchar(80), size integer NULL, phone text, path varchar(60))"
HEADINGS = ("编号", "名称", "层数", "电话")
KEEP = Action("shelves.keep", "登记架子", open_to("community_worker", "county_officer"))
VIEW = Action("shelves.view", "看架子", open_to("community_worker", "county_officer", "street_dispatcher"))
used: set[str] = set()
"""Codes of shelves that something depends on."""


class Shelves:
    """The functions of the register; `before` is called at the beginning of every `take` with the number of the call."""

    def __init__(self) -> None:
        self.taken = 0
        self.keys: list[str] = []
        self.before: Any = lambda call: None
        self.after: Any = lambda call: None

    def judge(self, powers: Powers, place: Territory, rows: Sequence[Row]) -> list[Verdict]:
        known = _known([row["code"] for row in rows])
        return [self._verdict(known.get(row["code"]), row, known) for row in rows]

    def _verdict(self, old: dict[str, Any] | None, row: Row, known: dict[str, Any]) -> Verdict:
        if row["size"] == 13:
            return Verdict("bad", (Fault("size", "没有 13 层的架子。", "请改成别的层数。"),))
        if old is None:
            if isinstance(row["phone"], Masked):
                return Verdict("bad", (Fault("phone", "新增的不能填打码的电话。", "请填完整的电话。"),))
            return Verdict("new", alike=("像的架子",) if row["title"] == "很像" else ())
        if isinstance(row["phone"], Masked) and row["phone"] != old["phone"].masked:
            return Verdict("bad", (Fault("phone", "打码的电话和记着的对不上。", "请填完整的电话。"),))
        changes = {name: old[name] for name in ("title", "size") if row[name] != old[name]}
        if not isinstance(row["phone"], Masked) and (row["phone"] or "") != old["phone"].open_value():
            changes["phone"] = old["phone"]
        return Verdict("changed", changes=changes) if changes else Verdict("same")

    def take(self, actor: Actor, place: Territory, rows: Sequence[Row], *, at: Any, key: str) -> Trace:
        self.taken += 1
        self.keys.append(key)
        self.before(self.taken)
        known = _known([row["code"] for row in rows])
        trace: Trace = []
        with connection.cursor() as cursor:
            for row in rows:
                old = known.get(row["code"])
                phone = old["phone"].stored if isinstance(row["phone"], Masked) else Sealed.of(row["phone"] or "", "phone").stored
                if old is None:
                    cursor.execute(
                        "INSERT INTO test_shelf VALUES (%s, %s, %s, %s, %s)", [row["code"], row["title"], row["size"], phone, place.path]
                    )
                    trace.append({"new": row["code"]})
                else:
                    values = [row["title"], row["size"], phone, row["code"]]
                    cursor.execute("UPDATE test_shelf SET title = %s, size = %s, phone = %s WHERE code = %s", values)
                    trace.append({"old": [row["code"], old["title"], old["size"], old["phone"].stored]})
        self.after(self.taken)
        return trace

    def undo(self, actor: Actor, place: Territory, trace: Trace, *, at: Any, key: str) -> None:
        with connection.cursor() as cursor:
            for step in reversed(trace):
                code = step.get("new") or step["old"][0]
                if code in used:
                    raise Refused("shelf.used", f"架子 {code} 已经在用，撤不了。")
                if "new" in step:
                    cursor.execute("DELETE FROM test_shelf WHERE code = %s", [code])
                else:
                    _code, title, size, phone = step["old"]
                    cursor.execute("UPDATE test_shelf SET title = %s, size = %s, phone = %s WHERE code = %s", [title, size, phone, code])

    def rows(self, powers: Powers, place: Territory, on: date) -> Iterator[Row]:
        yield from _all()


def register(shelves: Shelves) -> Register:
    """The register around some shelves."""
    return Register(
        code="shelves",
        title="架子台账",
        note="每个架子一行。",
        columns=(
            Column("code", "编号", Kind.CODE, required=True, key=True, example="A1"),
            Column("title", "名称", Kind.TEXT, required=True, aliases=("架子名",)),
            Column("size", "层数", Kind.WHOLE),
            Column("phone", "电话", Kind.PHONE, sealed=True),
        ),
        action=KEEP.code,
        view=VIEW.code,
        levels=("county", "community", "estate"),
        judge=shelves.judge,
        take=shelves.take,
        undo=shelves.undo,
        rows=shelves.rows,
        subject=lambda row: (f"shelf:{row['code']}", None),
    )


def _known(codes: Sequence[str]) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in _all() if row["code"] in set(codes)}


def _all() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, title, size, phone FROM test_shelf ORDER BY code")
        return [{"code": code, "title": title, "size": size, "phone": Sealed(phone, "phone")} for code, title, size, phone in cursor]


def contents() -> dict[str, tuple[str, int | None, str]]:
    """What the register holds: code to title, size, clear phone."""
    return {row["code"]: (row["title"], row["size"], row["phone"].open_value()) for row in _all()}


def workbook(rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    """A workbook with these rows; texts stay texts."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    sheet = book.add_worksheet("架子")
    for number, row in enumerate([headings, *rows]):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, column, cell)
    book.close()
    return target.getvalue()


def many(count: int, title: str = "架子", begin: int = 1) -> list[tuple[str, str, int, str]]:
    """Rows of good shelves."""
    return [(f"S{n:05}", f"{title}{n}", 1 + n % 7, f"139{n:08}") for n in range(begin, begin + count)]


@contextmanager
def at_hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelves]:
    """The register of shelves with its table and actions, taken in chunks of five rows."""
    made = Shelves()
    monkeypatch.setitem(registers._REGISTERS, "shelves", register(made))
    for action in (KEEP, VIEW):
        monkeypatch.setitem(actions._actions, action.code, action)
    monkeypatch.setattr(sources, "CHUNK", 5)
    used.clear()
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    yield made
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_shelf")
