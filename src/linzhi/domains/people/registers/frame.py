"""What the registers of people share: rows as inputs or faults, verdicts, one bulk command to take and one to undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.register import Fault, Row, Trace, Verdict
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Actor
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class Planned(Protocol):
    """What one row would do, as the domain's bulk command would do it."""

    @property
    def fresh(self) -> bool: ...
    @property
    def changes(self) -> Mapping[str, tuple[Any, Any]]: ...
    @property
    def faults(self) -> Sequence[Fault]: ...
    @property
    def alike(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Book:
    """One register's commands and inputs; `where` is the field in which they are told the place."""

    inputs: Callable[[Territory, Sequence[Row]], Sequence[Any]]
    plan: Callable[[Territory, Sequence[Any], date], Sequence[Planned]]
    record: Any
    record_input: Any
    withdraw: Any
    withdraw_input: Any
    where: str = "place"

    def judge(self, powers: Powers, place: Territory, rows: Sequence[Row]) -> list[Verdict]:
        """What each row would do; see `sheets.register.Judge`. A row whose address or person isn't found has that fault alone."""
        inputs = self.inputs(place, rows)
        plans = iter(self.plan(place, [one for one in inputs if not isinstance(one, Fault)], day_of(powers.at)))
        return [Verdict("bad", (one,)) if isinstance(one, Fault) else _verdict(next(plans)) for one in inputs]

    def take(self, actor: Actor, place: Territory, rows: Sequence[Row], *, at: datetime | None, key: str) -> Trace:
        """Write the rows by the bulk command; see `sheets.register.Take`."""
        inputs = self.inputs(place, rows)
        bad = next((one for one in inputs if isinstance(one, Fault)), None)
        if bad is not None:
            raise Refused("people.bad_row", f"{bad.why}{bad.remedy}", status=422)
        trace: Trace = self.record(actor, self.record_input(**{self.where: place.code, "rows": tuple(inputs)}), at=at, key=key)
        return trace

    def undo(self, actor: Actor, place: Territory, trace: Trace, *, at: datetime | None, key: str) -> None:
        """Take a chunk back by the bulk command."""
        self.withdraw(actor, self.withdraw_input(**{self.where: place.code, "trace": trace}), at=at, key=key)


def _verdict(plan: Planned) -> Verdict:
    faults = tuple(plan.faults)
    before = {name: old for name, (old, _new) in plan.changes.items()}
    if faults:
        return Verdict("bad", faults, before, plan.alike)
    return Verdict("new" if plan.fresh else "changed" if before else "same", faults, before, plan.alike)
