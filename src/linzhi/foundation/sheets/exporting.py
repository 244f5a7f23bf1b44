"""A register as rows for a workbook: sealed values masked, or opened with every opening handed over to be logged before it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.commands import Context
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.models import Opening
from linzhi.foundation.sheets import writing
from linzhi.foundation.sheets.register import CHUNK, Register, Row
from linzhi.foundation.sheets.sources import choices_of
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Actor
from linzhi.kernel.clock import BEIJING

Log = Callable[[list[Opening]], None]


@dataclass
class Target:
    """Where an export goes; the command fills in how many rows it has and how many sealed values were opened for it."""

    out: IO[bytes]
    rows: int = 0
    opened: int = 0


@dataclass(frozen=True)
class Terms:
    """What the openings of one export are logged with."""

    ctx: Context
    name: str
    purpose: str

    def opening(self, register: Register, row: Row, field: str) -> Opening:
        """The log entry for one sealed value of a row."""
        subject, concerns = register.subject(row) if register.subject is not None else (register.code, None)
        return Opening(
            at=self.ctx.at, actor=self.ctx.actor.key, actor_name=self.name, basis=self.ctx.decision.basis, subject=subject,
            field=field[:40], purpose=self.purpose, concerns=concerns,
        )  # fmt: skip


def write(
    ctx: Context, register: Register, place: Territory, on: date, purpose: str, clear: bool, target: Target, log: Log
) -> None:  # fmt: skip
    """Write the rows into the target; `log` gets the openings of each stretch of rows before that stretch is written."""
    name = name_of(ctx.actor)
    rows: Iterator[Row] = register.rows(ctx.powers, place, on)
    terms = Terms(ctx, name, purpose)
    cells = _clear(register, rows, terms, target, log) if clear else _masked(rows, target)
    mark = watermark(name, ctx.at, purpose, clear) if register.personal else ""
    writing.write_rows(register.columns, choices_of(register, place), cells, title=str(register.title), watermark=mark, out=target.out)


def name_of(actor: Actor) -> str:
    """Who an export is for, as the watermark says it."""
    return (accounts.name(actor.account_id) if actor.account_id is not None else "") or actor.name or actor.key


def watermark(name: str, at: datetime, purpose: str, clear: bool) -> str:
    """Who, when, what for: stands above the heading and in the footer of every page."""
    facts = {"who": name, "when": f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}", "purpose": purpose or _("没有写")}
    said = _("%(who)s 于 %(when)s 导出，用途：%(purpose)s。") % facts
    return said + (_("含个人信息，没有打码，用完请删除，不得外传。") if clear else _("含个人信息，已打码，请勿外传。"))


def _masked(rows: Iterator[Row], target: Target) -> Iterator[Row]:
    for row in rows:
        target.rows += 1
        yield {code: value.masked if isinstance(value, Sealed) else value for code, value in row.items()}


def _clear(register: Register, rows: Iterator[Row], terms: Terms, target: Target, log: Log) -> Iterator[Row]:
    sealed = [column.code for column in register.columns if column.sealed]
    batch: list[Row] = []

    def opened() -> Iterator[Row]:
        openings = [terms.opening(register, row, code) for row in batch for code in sealed if _holds(row.get(code))]
        log(openings)
        target.opened += len(openings)
        target.rows += len(batch)
        for row in batch:
            yield {code: value.open_value() if isinstance(value, Sealed) else value for code, value in row.items()}

    for row in rows:
        batch.append(row)
        if len(batch) == CHUNK:
            yield from opened()
            batch = []
    yield from opened()


def _holds(value: Any) -> bool:
    return value not in (None, "") and bool(value)
