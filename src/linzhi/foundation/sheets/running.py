"""Running imports: one step is one chunk. Whoever runs it — a request, the worker, the command line — may be killed between or in steps."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets import keeping, marks, previewing
from linzhi.foundation.sheets.models import SheetImport, SheetTrace
from linzhi.foundation.sheets.register import Register, Trace, Verdict, register_of
from linzhi.foundation.sheets.sources import Line, Source, open_book
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import county_of
from linzhi.kernel import clock
from linzhi.kernel.refused import NotAllowed, Refused

log = logging.getLogger(__name__)
Progress = Callable[[SheetImport], None]


class Spoiled(Exception):
    """A row went bad between the preview and its turn, in an import that takes all rows or none."""


class Memory:
    """The rows that a process has just looked at, so that it needs not read them again to take them. Holds one import, not too large."""

    MOST = 300_000

    def __init__(self) -> None:
        self.pk = 0
        self.source: Source | None = None
        self.batches: list[list[Line]] = []
        self.rows = 0

    def begin(self, pk: int, source: Source) -> None:
        """Forget what was held."""
        self.pk, self.source, self.batches, self.rows = pk, source, [], 0

    def add(self, batch: list[Line]) -> None:
        """Hold a batch, or nothing any more once it is too much."""
        self.rows += len(batch)
        if self.rows > self.MOST:
            self.source, self.batches = None, []
        else:
            self.batches.append(batch)


def new_runner() -> str:
    """A name for a process that runs an import."""
    return uuid.uuid4().hex


def run(
    pk: int, runner: str, *, at: datetime | None = None, most: int = 0, progress: Progress | None = None,
    stop: Callable[[], bool] | None = None, memory: Memory | None = None,
) -> SheetImport:  # fmt: skip
    """Work at an import until nothing is left to do, or for `most` steps; leaves it alone when another process works at it.

    `stop` is asked before each step; a `memory` given to both the preview and the taking saves reading twice. Moments are `at`, or the clock's. Returns the import as it stands then.
    """
    if marks.claim(pk, runner, at or clock.now()):
        try:
            for number, _step in enumerate(steps(pk, runner, at, memory), 1):
                if progress is not None:
                    progress(SheetImport.objects.get(pk=pk))
                if number == most or (stop is not None and stop()):
                    break
        finally:
            marks.release(pk, runner)
    return SheetImport.objects.get(pk=pk)


def steps(pk: int, runner: str, at: datetime | None = None, memory: Memory | None = None) -> Iterator[None]:
    """One step after the other, until the import waits for somebody. A refusal ends it with the reason; a broken database is raised."""
    held = memory or Memory()
    while True:
        one = SheetImport.objects.get(pk=pk)
        if not one.under_way or one.runner != runner:
            return
        try:
            if one.state == "previewing":
                yield from _preview(one, runner, at, held if memory is not None else None)
            elif one.state == "taking":
                yield from _take(one, at, held)
            else:
                yield from _undo(one, at)
        except OperationalError:
            raise
        except Refused as refusal:
            _give_up(one, refusal.message, at)
        except Exception:
            log.exception("import %s failed", pk)
            _give_up(one, _("程序出了意外，停在这里，已经办的都在。请再试一次；还不行，请联系系统管理员。"), at)


def source_of(one: SheetImport, at: datetime | None = None) -> Source:
    """The file of an import, opened. Raises NotFound when it was forgotten; Refused when it can't be read."""
    content = keeping.read(one.kept, one.file_key.open_value(), one.digest)
    on = clock.day_of(at or clock.now())
    return Source(open_book(content), register_of(one.register), place_of(one), one.mapping.get("chosen", {}), on)


def place_of(one: SheetImport) -> Territory:
    """The place that an import is about."""
    return Territory.objects.get(code=one.place)


def _preview(one: SheetImport, runner: str, at: datetime | None, memory: Memory | None) -> Iterator[None]:
    source = source_of(one, at)
    if memory is not None:
        memory.begin(one.pk, source)
    if source.missing:
        titles = {column.code: str(column.title) for column in source.register.columns}
        raise Refused("sheets.missing", _("表里缺这几列：%(list)s。") % {"list": "、".join(titles[code] for code in source.missing)})
    powers = Powers(one.by, at or clock.now())
    keep = previewing.Keeper(source)
    for batch in source.batches():
        if memory is not None:
            memory.add(batch)
        keep.look(batch, judged(source.register, powers, source.place, batch))
        if not marks.beat(one.pk, runner, keep.counts.total, at or clock.now()):
            return
        yield
    if keep.counts.total == 0:
        raise Refused("sheets.empty", _("表里只有表头，没有数据。"))
    marks.previewed(one.pk, runner, keep.finished(), at or clock.now())


def judged(register: Register, powers: Powers, place: Territory, batch: Sequence[Line]) -> list[Verdict]:
    """A verdict for each row: those with faults of their own are bad, the others are asked of the register."""
    good = [line for line in batch if not line.faults]
    asked = iter(register.judge(powers, place, [line.row for line in good]) if good else ())
    return [Verdict("bad", line.faults) if line.faults else next(asked) for line in batch]


def _take(one: SheetImport, at: datetime | None, memory: Memory) -> Iterator[None]:
    held = memory.source if memory.pk == one.pk and not one.row else None
    source = held or source_of(one, at)
    for batch in memory.batches if held else source.batches(one.row):
        try:
            on = _taken(one.pk, source, batch, at)
        except IntegrityError:  # somebody else wrote one of the rows in between: look again, once
            on = _taken(one.pk, source, batch, at)
        except Spoiled as spoiled:
            marks.ended(one.pk, ("taking",), "undoing", at or clock.now(), str(spoiled))
            return
        if not on:
            return
        yield
    marks.ended(one.pk, ("taking",), "done", at or clock.now(), "")


def _taken(pk: int, source: Source, batch: Sequence[Line], at: datetime | None) -> bool:
    """Take one chunk, all of it or nothing; False when the import has been stopped."""
    moment = at or clock.now()
    with transaction.atomic():
        one = SheetImport.objects.select_for_update().get(pk=pk)
        if one.state != "taking":
            return False
        fresh = [line for line in batch if line.number > one.row]
        if not fresh:  # another process was here
            return True
        # One chunk at a time in a county: the second of two imports of the same rows then finds them there.
        list(Territory.objects.select_for_update(no_key=True).filter(path=county_of(one.path)).values_list("pk"))
        powers = _still_held(one, source.register, source.place, moment)
        leave = set(one.leave_out)
        lines = [line for line in fresh if line.number not in leave]
        verdicts = judged(source.register, powers, source.place, lines)
        _none_bad(one, lines, verdicts)
        wanted = [line for line, verdict in zip(lines, verdicts, strict=True) if verdict.state in ("new", "changed")]
        tally = {state: sum(verdict.state == state for verdict in verdicts) for state in ("new", "changed", "same", "bad")}
        tally["bad"] += len(fresh) - len(lines)
        trace: Trace = []
        if wanted:
            rows = [line.row for line in wanted]
            trace = source.register.take(one.by, source.place, rows, at=at, key=f"sheet:{one.pk}:{one.chunk}")
        marks.chunk_taken(one, (fresh[0].number, fresh[-1].number), tally, trace, moment)
    return True


def _still_held(one: SheetImport, register: Register, place: Territory, at: datetime) -> Powers:
    """The powers of whoever asked for the import. Raises NotAllowed when theirs over the register has ended since."""
    powers = Powers(one.by, at)
    decision = powers.decide(register.action, place)
    if not decision:
        raise NotAllowed(register.action, decision.reason)
    return powers


def _none_bad(one: SheetImport, lines: Sequence[Line], verdicts: Sequence[Verdict]) -> None:
    if one.mode != "all_or_nothing":
        return
    for line, verdict in zip(lines, verdicts, strict=True):
        if verdict.state == "bad":
            why = verdict.faults[0].why if verdict.faults else ""
            words = _("检查以后情况变了，第 %(row)d 行现在收不了：%(why)s因为选的是全部收下，已经收的也撤回了。")
            raise Spoiled(words % {"row": line.number, "why": why})


def _undo(one: SheetImport, at: datetime | None) -> Iterator[None]:
    register, place = register_of(one.register), place_of(one)
    while trace := SheetTrace.objects.filter(sheet_import=one, undone_at__isnull=True).order_by("-number").first():
        moment = at or clock.now()
        with transaction.atomic():
            locked = SheetImport.objects.select_for_update().get(pk=one.pk)
            if locked.state != "undoing":
                return
            if SheetTrace.objects.filter(pk=trace.pk, undone_at__isnull=True).exists():
                _still_held(locked, register, place, moment)
                done = json.loads(trace.trace.open_value())
                register.undo(locked.by, place, done, at=at, key=f"sheet:{one.pk}:{trace.number}:undo")
                marks.chunk_undone(locked, trace, moment)
        yield
    marks.ended(one.pk, ("undoing",), "undone", at or clock.now())


def _give_up(one: SheetImport, why: str, at: datetime | None) -> None:
    """End a step that was refused: a preview is refused; taking stops, or goes back where all or nothing was wanted; undoing stops."""
    moment = at or clock.now()
    if one.state == "previewing":
        marks.ended(one.pk, ("previewing",), "refused", moment, why)
    elif one.state == "taking" and one.mode == "all_or_nothing":
        marks.ended(one.pk, ("taking",), "undoing", moment, _("%(why)s因为选的是全部收下，已经收的也撤回了。") % {"why": why})
    elif one.state == "taking":
        marks.ended(one.pk, ("taking",), "stopped", moment, why)
    else:
        begun = SheetTrace.objects.filter(sheet_import=one, undone_at__isnull=False).exists()
        before = "done" if one.row and not begun and one.mode and _was_done(one) else "stopped"
        marks.ended(one.pk, ("undoing",), before, moment, why)


def _was_done(one: SheetImport) -> bool:
    return one.taken_new + one.taken_changed + one.taken_same + one.passed_over >= one.total


