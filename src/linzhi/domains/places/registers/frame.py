"""What the registers of the ground share: rows of a sheet as inputs, verdicts, and one bulk command to take and one to undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from linzhi.domains.places.commands import Compared
from linzhi.domains.places.commands.facts import plain
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.register import Fault, Row, Trace, Verdict
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Actor
from linzhi.kernel.clock import day_of
from linzhi.web.forms import sentence

BATCH = 2_000
BEGIN = Column("begin", _("起始日期"), Kind.DAY, example="2012-07-01", note=_("从哪天起有的；新登记的不写按导入当天，已经登记的不改。"))


@dataclass(frozen=True)
class Book:
    """One register's commands and inputs. `given` names the fields of `row_type` that a sheet has, by column code."""

    row_type: Any
    compare: Callable[[Territory, Sequence[Any], date], list[Compared]]
    record: Any
    record_input: Any
    withdraw: Any
    withdraw_input: Any

    def judge(self, powers: Powers, place: Territory, rows: Sequence[Row]) -> list[Verdict]:
        """One verdict per row; a row that isn't even an input gets the input's own faults."""
        verdicts: dict[int, Verdict] = {}
        inputs = []
        for number, row in enumerate(rows):
            try:
                inputs.append((number, self._input(row)))
            except ValidationError as error:
                faults = tuple(
                    Fault(str(detail["loc"][0]) if detail["loc"] else "", sentence(detail)) for detail in error.errors(include_url=False)
                )
                verdicts[number] = Verdict("bad", faults)
        compared = self.compare(place, [given for _number, given in inputs], day_of(powers.at))
        for (number, _given), line in zip(inputs, compared, strict=True):
            verdicts[number] = _verdict(line)
        return [verdicts[number] for number in range(len(rows))]

    def take(self, actor: Actor, place: Territory, rows: Sequence[Row], *, at: datetime | None, key: str) -> Trace:
        """Write a chunk by the bulk command; a chunk that was written before with this key says nothing new."""
        done = self.record(actor, self.record_input(place=place.code, rows=tuple(self._input(row) for row in rows)), at=at, key=key)
        return list(done.trace) if done is not None else []

    def undo(self, actor: Actor, place: Territory, trace: Trace, *, at: datetime | None, key: str) -> None:
        """Take a chunk back by the bulk command; a chunk that changed nothing has nothing to take back."""
        if any(trace):
            self.withdraw(actor, self.withdraw_input(place=place.code, trace=tuple(trace)), at=at, key=key)

    def _input(self, row: Row) -> Any:
        """An empty cell says nothing: the field keeps its default."""
        return self.row_type(**{name: value for name, value in row.items() if value is not None})


def _verdict(line: Compared) -> Verdict:
    faults = tuple(Fault(fault.field, fault.why, fault.remedy) for fault in line.faults)
    before = {name: plain(getattr(line.kept, name)) for name in line.changes} if line.state == "changed" else {}
    if line.state == "changed" and "occupancy" in line.more:
        known = line.more["occupancy"]
        before["occupancy"] = known.state if known else "unknown"
    return Verdict(line.state, faults, before)


def batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """Rows in the order of the query, some thousands at a time, found by where the last one stood rather than counted off."""
    last: Any = None
    rows = rows.order_by("path", "pk")
    while True:
        part = list((rows.filter(path__gte=last.path).exclude(path=last.path, pk__lte=last.pk) if last is not None else rows)[:BATCH])
        if part:
            yield part
            last = part[-1]
        if len(part) < BATCH:
            return
