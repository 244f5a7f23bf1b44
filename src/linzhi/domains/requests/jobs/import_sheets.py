"""Taking a hotline's sheet in: first `check`, which writes nothing, then `take`, row by row through the commands.

Each row is its own transaction, so that a run that was broken off is completed by the next one; a row that is here already
is left as it is and costs no command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from linzhi.domains.requests.commands import take_sheet
from linzhi.domains.requests.jobs.replay import replay_row
from linzhi.domains.requests.jobs.sheet_file import Problem, read_sheet, shortened
from linzhi.domains.requests.jobs.sheet_rows import SheetRow, rows_of
from linzhi.domains.requests.models import Request
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import county_of
from linzhi.kernel import clock
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import NotFound, Refused

SOURCE = "hotline"
AT_ONCE = 200

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """What a file holds: the good rows, every problem, and notes that hinder nothing.

    `total` counts all rows with something in them, `repeated` those that say the very same as one above.
    """

    place_code: str
    source: str
    replay: bool
    how: str
    total: int
    rows: tuple[SheetRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
    repeated: int = 0

    @property
    def refused(self) -> int:
        """How many rows can't be taken."""
        return self.total - len(self.rows) - self.repeated


@dataclass(frozen=True)
class Tally:
    """What came of it: rows that brought something new, rows that were here already, rows refused; `stopped` when broken off."""

    created: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: tuple[Problem, ...] = ()
    stopped: bool = False


@dataclass(frozen=True)
class _Known:
    request_id: int
    digest: str
    number: str
    reported_at: datetime
    answered: bool


def check(content: bytes, *, place_code: str, source: str = SOURCE, replay: bool = False, at: datetime | None = None) -> Report:
    """Read a file and say of each row whether it can be taken; writes nothing. Raises NotFound for an unknown place.

    With `replay` the columns of the reply are asked for too. Numbers that stand for another text here already are problems.
    """
    county = _county(place_code)
    file = read_sheet(content)
    found = rows_of(file, place_code=place_code, source=source, replay=replay, now=at or clock.now())
    problems = [*file.problems, *found.problems]
    good = []
    for chunk in _chunks(found.rows):
        known = _known(county, source, chunk)
        for row in chunk:
            earlier = known.get(row.cmd.source_id)
            if earlier is None or earlier.digest == row.cmd.digest:
                good.append(row)
            else:
                problems.append(_differs(row, earlier.number))
    broken = len({problem.row for problem in file.problems if problem.row})
    problems.sort(key=lambda problem: problem.row)
    total = found.total + broken
    return Report(place_code, source, replay, file.how, total, tuple(good), tuple(problems), found.notes, found.repeated)


def take(
    report: Report, actor: Actor, *, take_good: bool = False, at: datetime | None = None,
    progress: Progress | None = None, stop: Callable[[], bool] | None = None,
) -> Tally:  # fmt: skip
    """Take the good rows of a report: as new ones at `at` (default: now), or with `replay` at their own times with their replies.

    Refused when the report has problems and `take_good` isn't set; then nothing is written. A row that a command refuses is
    counted with its reason and the others go on. `stop` is asked before each row. Safe to repeat.
    """
    if report.problems and not take_good:
        raise Refused("requests.sheet_spoiled", _("表里有问题，什么都没有导入。请改好再来，或者只导入好的行。"), refused=report.refused)
    county = _county(report.place_code)
    rows: Sequence[SheetRow] = report.rows
    if report.replay:
        rows = sorted(rows, key=lambda row: row.raised_at)  # so that the numbers of a month rise with the time
    tally = Tally(unchanged=report.repeated, refused=report.refused)
    for done, (row, earlier) in enumerate(_with_known(county, report.source, rows), 1):
        if stop is not None and stop():
            return replace(tally, stopped=True)
        tally = _take_row(tally, row, earlier, actor, report.replay, at)
        if progress is not None:
            progress(done, len(rows))
    return tally


def _county(place_code: str) -> str:
    path = Territory.objects.filter(code=place_code).values_list("path", flat=True).first()
    if path is None:
        raise NotFound(_("没有编码为 %(code)s 的地方。") % {"code": place_code})
    return county_of(path)


def _known(county: str, source: str, rows: Sequence[SheetRow]) -> dict[str, _Known]:
    """What is here already of some rows, by the hotline's own number, in one statement."""
    here = Request.objects.filter(county=county, source=source, source_id__in=[row.cmd.source_id for row in rows])
    columns = here.values_list("source_id", "pk", "source_digest", "number", "reported_at", "replied_at")
    return {number: _Known(pk, digest, own, reported, replied is not None) for number, pk, digest, own, reported, replied in columns}


def _chunks(rows: Sequence[SheetRow]) -> Iterator[Sequence[SheetRow]]:
    for begin in range(0, len(rows), AT_ONCE):
        yield rows[begin : begin + AT_ONCE]


def _with_known(county: str, source: str, rows: Sequence[SheetRow]) -> Iterator[tuple[SheetRow, _Known | None]]:
    for chunk in _chunks(rows):
        known = _known(county, source, chunk)
        for row in chunk:
            yield row, known.get(row.cmd.source_id)


def _take_row(tally: Tally, row: SheetRow, earlier: _Known | None, actor: Actor, replay: bool, at: datetime | None) -> Tally:
    try:
        if earlier is not None and earlier.digest != row.cmd.digest:
            problem = _differs(row, earlier.number)
            return replace(tally, refused=tally.refused + 1, problems=(*tally.problems, problem))
        if replay:
            # Without its own time (taken as new before), or answered: nothing of the past is left to add.
            if earlier is not None and (earlier.answered or not row.reply or earlier.reported_at != row.raised_at):
                return replace(tally, unchanged=tally.unchanged + 1)
            fresh = replay_row(actor, row, earlier.request_id if earlier else None)
        else:
            fresh = earlier is None and not take_sheet(actor, row.cmd, at=at).taken_before
    except Refused as refusal:
        problem = Problem(row.row, "", row.cmd.source_id, refusal.message, "")
        return replace(tally, refused=tally.refused + 1, problems=(*tally.problems, problem))
    return replace(tally, created=tally.created + 1) if fresh else replace(tally, unchanged=tally.unchanged + 1)


def _differs(row: SheetRow, number: str) -> Problem:
    why = _("这个编号已经导入过，是 %(number)s，内容和这一行不同。") % {"number": number}
    return Problem(row.row, _("编号"), shortened(row.cmd.source_id), why, _("请核对编号；确实是另一件，请换一个编号。"))
