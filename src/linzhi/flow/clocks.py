"""Starting, stopping and recomputing the clocks of a matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from linzhi.flow.alarms import Alarm, plan
from linzhi.flow.lengths import Length, Snapshot
from linzhi.flow.method import Escalation, Method, Within
from linzhi.flow.models import Clock, Matter
from linzhi.flow.models import Pause as PauseRow
from linzhi.foundation.calendar.queries import work_calendar
from linzhi.foundation.statements.kept import load
from linzhi.foundation.statements.rows import add, change
from linzhi.kernel.clock import BEIJING, day_of
from linzhi.kernel.limits import Limit
from linzhi.kernel.workcalendar import WorkCalendar, local
from linzhi.kernel.worktime import Pause, due

_TICK = timedelta(microseconds=1)
CHANGES = ("due_at", "confirmed", "extension", "stopped_at", "kept", "alarms_done", "next_alarm")


def next_opening(moment: datetime, calendar: WorkCalendar) -> datetime:
    """`moment` itself inside office hours, else the next time the office opens."""
    here = local(moment)
    opened = calendar.when_worked(calendar.worked_by(here) + 1) - _TICK
    return moment if opened <= here else opened.replace(tzinfo=BEIJING)


def _running(matter_id: int) -> QuerySet[Clock]:
    return Clock.objects.filter(matter_id=matter_id, stopped_at__isnull=True)


class Clocks:
    """The clocks of one matter during one act. `save` writes what changed and the matter's next due time."""

    def __init__(self, matter: Matter, method: Method, snapshot: Snapshot, *, fresh: bool = False) -> None:
        self.matter = matter
        self.method = method
        self.snapshot = snapshot
        self._calendars: dict[date, WorkCalendar] = {}
        self.running: list[Clock] = [] if fresh else load(Clock, "flow.running", _running, matter.pk)
        self._new: list[Clock] = []
        self._changed: dict[int, Clock] = {}
        self._pauses: list[Pause] | None = [] if fresh or not method.pausing & set(matter.actors) else None

    def calendar(self, started_at: datetime) -> WorkCalendar:
        """The calendar with the office hours in force on the day a clock started: they are its own, also when it is computed anew."""
        day = day_of(started_at)
        if day not in self._calendars:
            self._calendars[day] = work_calendar(day)
        return self._calendars[day]

    def start(
        self, key: str, title: str, within: Within, at: datetime, *, calendar: str = "natural", pausable: bool = True
    ) -> Clock | None:
        """Start a clock unless it runs already or the pack sets no limit for these facts."""
        if any(clock.key == key for clock in self.running):
            return None
        length: Length | None = self.snapshot.length(within)
        if length is None:
            return None
        counts_from = next_opening(at, self.calendar(at)) if self.snapshot.text(calendar) == "working" else at
        clock = Clock(
            matter=self.matter, key=key, title=title, limit=str(length.limit), source=length.source, pausable=pausable,
            started_at=at, counts_from=counts_from, round=self.matter.round, body_id=self.matter.handler_body_id,
        )  # fmt: skip
        self.compute(clock)
        self.running.append(clock)
        self._new.append(clock)
        return clock

    def stop(self, keys: Iterable[str], at: datetime) -> None:
        """Stop clocks by key; those stopped late are marked as not kept."""
        wanted = set(keys)
        for clock in [clock for clock in self.running if clock.key in wanted]:
            clock.stopped_at = at
            clock.kept = clock.due_at is None or at <= clock.due_at
            clock.next_alarm = None
            self.running.remove(clock)
            if clock.pk:
                self._changed[clock.pk] = clock

    def stop_all(self, at: datetime) -> None:
        """Stop every running clock."""
        self.stop([clock.key for clock in self.running], at)

    def recompute(self, pauses: Iterable[PauseRow] | None = None) -> None:
        """Compute every running clock anew, after a pause began or ended or more time was granted."""
        if pauses is not None:
            self._pauses = [Pause(row.begin, row.end) for row in pauses]
        for clock in self.running:
            self.compute(clock)
            if clock.pk:
                self._changed[clock.pk] = clock

    def renew(self, clock: Clock) -> None:
        """Compute one stored running clock anew, after the calendar of its days was announced."""
        self.compute(clock)
        self._changed[clock.pk] = clock

    def extend(self, limit: Limit, at: datetime) -> None:
        """Grant more time at `at` to the running step's clock and to every running named limit that can be paused.

        Alarms that now lie ahead ring again, also those that rang before the time was granted.
        """
        for clock in self.running:
            if clock.pausable:
                clock.extension = str(limit)
        self.recompute()
        for clock in self.running:
            if clock.pausable and clock.due_at is not None:
                alarms = self._alarms(clock, clock.due_at)
                clock.alarms_done = min(clock.alarms_done, sum(alarm.at <= at for alarm in alarms))
                clock.next_alarm = alarms[clock.alarms_done].at if clock.alarms_done < len(alarms) else None

    def compute(self, clock: Clock) -> None:
        """Set the due time and the next alarm of one clock from its limit, pauses and extension."""
        pauses, calendar = self.pauses if clock.pausable else [], self.calendar(clock.started_at)
        answer = due(clock.counts_from, Limit.parse(clock.limit.replace("_", " ")), calendar, pauses)
        if answer.at is not None and clock.extension:
            longer = due(answer.at, Limit.parse(clock.extension.replace("_", " ")), calendar, pauses)
            answer = type(answer)(longer.at, answer.confirmed and longer.confirmed)
        clock.due_at, clock.confirmed = answer.at, answer.confirmed
        clock.next_alarm = None
        if clock.due_at is not None:
            alarms = self._alarms(clock, clock.due_at)
            if clock.alarms_done < len(alarms):
                clock.next_alarm = alarms[clock.alarms_done].at

    @property
    def pauses(self) -> list[Pause]:
        """The matter's pauses as intervals."""
        if self._pauses is None:
            self._pauses = [Pause(row.begin, row.end) for row in self.matter.pauses.all()]
        return self._pauses

    def settle(self) -> None:
        """Set the matter's next due time from the running clocks."""
        dated = [clock for clock in self.running if clock.due_at is not None]
        nearest = min(dated, key=lambda clock: clock.due_at or clock.started_at, default=None)
        self.matter.next_due = nearest.due_at if nearest else None
        self.matter.next_due_confirmed = nearest.confirmed if nearest else True

    def save(self) -> None:
        """Write new and changed clocks; the matter must be stored."""
        # Those that stopped first: a step may be entered again, and its clock runs once.
        for clock in self._changed.values():
            change(clock, CHANGES)
        for clock in self._new:
            add(clock)

    def due_of(self, key: str) -> datetime | None:
        """When the running clock `key` is due."""
        return next((clock.due_at for clock in self.running if clock.key == key), None)

    def _alarms(self, clock: Clock, due_at: datetime) -> list[Alarm]:
        remind, escalate = alarms_of(self.method, clock.key)
        return plan(clock.counts_from, due_at, remind, escalate, self.calendar(clock.started_at))


def alarms_of(method: Method, key: str) -> tuple[Sequence[str], Sequence[Escalation]]:
    """The reminders and escalations that a method sets for one clock: a step's (`step:<id>`) or a named limit's."""
    if key.startswith("step:"):
        step = method.step(key[5:])
        return step.remind, step.escalate
    limit = next(limit for limit in method.limits if limit.id == key)
    return limit.remind, limit.escalate
