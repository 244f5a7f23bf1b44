"""Running imports: one step is one chunk. Whoever runs it — a request, the worker, the command line — may be killed between or in steps."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets import keeping, marks, previewing
from linzhi.foundation.sheets.memory import Batch, Memory
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


def new_runner() -> str:
    """A name for a process that runs an import."""
    return uuid.uuid4().hex


def run(
    pk: int, runner: str, *, at: datetime | None = None, most: int = 0, progress: Progress | None = None,
    stop: Callable[[], bool] | None = None, memory: Memory | None = None,
) -> SheetImport:  # fmt: skip
    """Work at an import until nothing is left to do, or for `most` steps; leaves it alone when another process works at it.

    `stop` is asked before each step; a `memory` given to both the preview and the taking saves reading twice. Moments are `at`, or
    the clock's. Returns the import as it stands then.
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
    while True:
        one = SheetImport.objects.get(pk=pk)
        if not one.under_way or one.runner != runner:
            return
        try:
            if one.state == "previewing":
                yield from _preview(one, runner, at, memory)
            elif one.state == "taking":
                yield from _take(one, at, memory)
            else:
                yield from _undo(one, at)
        except OperationalError:
            raise
        except Refused as refusal:
            _give_up(one, refusal.message, at)
        except Exception:
            log.exception("import %s failed", pk)
            _give_up(one, _("程序出了意外，停在这里，已经办的都在。请再试一次；还不行，请联系系统管理员。"), at)


def source_of(one: SheetImport, at: datetime | None = None, memory: Memory | None = None) -> Source:
    """The file of an import, opened. Raises NotFound when it was forgotten; Refused when it can't be read."""
    book = memory.book if memory is not None and memory.digest == one.digest else None
    book = book or open_book(keeping.read(one.kept, one.file_key.open_value(), one.digest))
    on = clock.day_of(at or clock.now())
    return Source(book, register_of(one.register), place_of(one), one.mapping.get("chosen", {}), on)


def place_of(one: SheetImport) -> Territory:
    """The place that an import is about."""
    return Territory.objects.get(code=one.place)


def _preview(one: SheetImport, runner: str, at: datetime | None, memory: Memory | None) -> Iterator[None]:
    source = source_of(one, at, memory)
    if memory is not None:
        memory.begin(one.pk, source)
    if source.missing:
        titles = {column.code: str(column.title) for column in source.register.columns}
        raise Refused("sheets.missing", _("表里缺这几列：%(list)s。") % {"list": "、".join(titles[code] for code in source.missing)})
    powers = Powers(one.by, at or clock.now())
    keep = previewing.Keeper(source)
    for batch in source.batches():
        verdicts = judged(source.register, powers, source.place, batch)
        keep.look(batch, verdicts)
        if memory is not None:
            memory.add(batch, verdicts)
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


def _take(one: SheetImport, at: datetime | None, memory: Memory | None) -> Iterator[None]:
    held = memory.of(one.pk) if memory is not None and not one.row else None
    source = held[0] if held else source_of(one, at)
    batches: Iterable[Batch] = held[1] if held else ((lines, []) for lines in source.batches(one.row))
    for lines, states in batches:
        try:
            on = _taken_or_again(one.pk, source, lines, states, at)
        except Spoiled as spoiled:
            marks.ended(one.pk, ("taking",), "undoing", at or clock.now(), str(spoiled))
            return
        if not on:
            return
        yield
    marks.ended(one.pk, ("taking",), "done", at or clock.now(), "")


def _taken_or_again(pk: int, source: Source, lines: list[Line], states: list[str], at: datetime | None) -> bool:
    """Take a chunk by what the preview just said of it, else look once more: somebody else may have written in between."""
    try:
        return _taken(pk, source, lines, states, at)
    except IntegrityError:
        return _taken(pk, source, lines, [], at)
    except Refused:
        if not states:
            raise
        return _taken(pk, source, lines, [], at)


def _taken(pk: int, source: Source, lines: list[Line], states: list[str], at: datetime | None) -> bool:
    """Take one chunk, all of it or nothing; False when the import has been stopped. `states` saves looking at the rows again."""
    moment = at or clock.now()
    with transaction.atomic():
        one = SheetImport.objects.select_for_update().get(pk=pk)
        if one.state != "taking":
            return False
        if one.row >= lines[-1].number:  # another process was here
            return True
        # One chunk at a time in a county: the second of two imports of the same rows then finds them there.
        list(Territory.objects.select_for_update(no_key=True).filter(path=county_of(one.path)).values_list("pk"))
        powers = _still_held(one, source.register, source.place, moment)
        leave = set(one.leave_out)
        fresh = [line for line in lines if line.number > one.row and line.number not in leave]
        if not states or len(fresh) < len(lines):
            verdicts = judged(source.register, powers, source.place, fresh)
            _none_bad(one, fresh, verdicts)
            states = [verdict.state for verdict in verdicts]
        tally = {state: states.count(state) for state in ("new", "changed", "same", "bad")}
        tally["bad"] += sum(line.number > one.row for line in lines) - len(fresh)
        rows = [line.row for line, state in zip(fresh, states, strict=True) if state in ("new", "changed")]
        trace: Trace = source.register.take(one.by, source.place, rows, at=at, key=f"sheet:{one.pk}:{one.chunk}") if rows else []
        if rows and len(trace) == len(rows):
            _count_unneeded(tally, trace)
        marks.chunk_taken(one, (fresh[0].number if fresh else lines[0].number, lines[-1].number), tally, trace, moment)
    return True


def _count_unneeded(tally: dict[str, int], trace: Trace) -> None:
    """Rows that did nothing, because somebody else had written them in between, count as the same."""
    idle = sum(not done for done in trace)
    for state in ("new", "changed"):
        moved = min(idle, tally[state])
        tally[state], tally["same"], idle = tally[state] - moved, tally["same"] + moved, idle - moved


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
