"""What a domain declares to have a register that goes in and out as Excel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.columns import Column
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Actor

Row = Mapping[str, Any]
"""A parsed row: the column's code to its value (see `columns.Kind`), None for an empty cell."""

CHUNK = 2_000
"""Rows that `judge` and `take` get at most at once."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell (`column` empty: with the row): why, and what to do. Both are sentences in Chinese."""

    column: str
    why: str
    remedy: str = ""


@dataclass(frozen=True)
class Verdict:
    """What would happen to a row.

    `changes` gives the old value of each column that would change; `alike` names look-alikes for a person to decide.
    """

    state: Literal["new", "changed", "same", "bad"]
    faults: tuple[Fault, ...] = ()
    changes: Mapping[str, Any] = field(default_factory=dict)
    alike: tuple[str, ...] = ()


Trace = list[dict[str, Any]]
"""What a chunk did, as JSON, in the order of the rows: enough for `undo` (ids created, values before). Kept sealed."""


class Judge(Protocol):
    """Look at up to CHUNK parsed rows against the register as it is; one verdict per row, no writes, a fixed number of statements."""

    def __call__(self, powers: Powers, place: Territory, rows: Sequence[Row]) -> list[Verdict]: ...


class Take(Protocol):
    """Write up to CHUNK good rows by one bulk command, all or none; `same` rows may be among them and change nothing."""

    def __call__(self, actor: Actor, place: Territory, rows: Sequence[Row], *, at: datetime | None, key: str) -> Trace: ...


class Undo(Protocol):
    """Take back one chunk by one bulk command. Refused (with the first row that stands in the way) once anything depends on it."""

    def __call__(self, actor: Actor, place: Territory, trace: Trace, *, at: datetime | None, key: str) -> None: ...


class Rows(Protocol):
    """The register inside a place as it was on a day, in a stable order, streamed; only rows the asker may see.

    A sealed value is a `Sealed`; the engine masks it or opens it with a purpose and logs that.
    """

    def __call__(self, powers: Powers, place: Territory, on: date) -> Iterator[Row]: ...


@dataclass(frozen=True)
class Register:
    """A register. `action` is the command that `take` runs: who may do that at a place may import there; `view` is the action to export.

    `levels` are the levels of territory that an import can be about. `after` names registers to be imported before this one.
    `choices(place, column)` overrides a column's choices where the jurisdiction decides them.
    `subject(row)` gives, for sealed values of a row of `rows`, the subject and account that their openings are logged under.
    `undo_leaves` is a sentence: what followed from an import elsewhere that undoing it doesn't bring back.
    """

    code: str
    title: Any
    note: Any
    columns: tuple[Column, ...]
    action: str
    view: str
    levels: tuple[str, ...]
    judge: Judge
    take: Take
    undo: Undo
    rows: Rows
    after: tuple[str, ...] = ()
    choices: Any = None
    subject: Any = None
    undo_leaves: Any = ""

    @property
    def personal(self) -> bool:
        """Whether a sheet of it names persons: its file is kept sealed, its export carries a watermark and asks for a purpose."""
        return any(column.sealed for column in self.columns)


_REGISTERS: dict[str, Register] = {}


def declare(*registers: Register) -> None:
    """Make registers known. Safe to repeat; refused (ValueError) when another one has the code already."""
    for register in registers:
        if _REGISTERS.setdefault(register.code, register) is not register:
            raise ValueError(f"two registers are called {register.code!r}")


def all_registers() -> list[Register]:
    """Every register, each after those it builds on."""
    done: dict[str, Register] = {}

    def put(code: str) -> None:
        register = _REGISTERS[code]
        for before in register.after:
            if before not in done:
                put(before)
        done[code] = register

    for code in sorted(_REGISTERS):
        if code not in done:
            put(code)
    return list(done.values())


def register_of(code: str) -> Register:
    """The register with this code; raises KeyError."""
    return _REGISTERS[code]
