"""Lets many cases live at once, in the order of time, and the background work beside them."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count

from linzhi.domains.bodies.demo import DemoCounty
from linzhi.domains.people.demo import NAMED, phone
from linzhi.domains.requests.demo.case import Case
from linzhi.domains.requests.demo.cast import Cast
from linzhi.domains.requests.demo.hours import at_time_of
from linzhi.domains.requests.demo.pictures import Album
from linzhi.domains.requests.jobs import resume_due
from linzhi.flow.jobs import ring_due_alarms
from linzhi.foundation.notify.jobs import deliver_pending
from linzhi.foundation.outbox.delivery import deliver_all, telling_nobody
from linzhi.kernel import clock
from linzhi.kernel.actor import Actor

TOLD = timedelta(days=4)
"""How far back people still get messages about what happened; what is older was read long ago."""
ROUNDS = ("09:05", "12:10", "15:20", "17:45", "20:30")
"""When the background work runs in the days that are told; before that, once a week."""


class World:
    """The demo county while its year is played up to `now`."""

    def __init__(self, county: DemoCounty, now: datetime, tell: Callable[[int], None] = lambda percent: None) -> None:
        self.county = county
        self.now = now
        self.cast = Cast(county, now)
        self.album = Album()
        self.scenes: dict[str, Case] = {}
        self.phones = {county.accounts[named.key]: phone(1000 + n) for n, named in enumerate(NAMED) if named.key in county.accounts}
        self._tell = tell
        self._waiting: list[tuple[datetime, int, Iterator[datetime]]] = []
        self._order = count()
        self._sheets = count(101)

    @property
    def officer(self) -> Actor:
        """The county's officer."""
        return self.county.actor("county_officer")

    def next_sheet(self, at: datetime) -> str:
        """The hotline's own number of the next sheet."""
        return f"{at:%y%m%d}{next(self._sheets):05d}"

    def spawn(self, case: Case) -> Case:
        """Let a case live from its first moment on."""
        self._push(case.life())
        return case

    def run(self, begin: datetime) -> None:
        """Play everything that happens until `now`, in the order of time."""
        self._push(self._background(begin))
        last = -1
        while self._waiting:
            at, _number, life = heapq.heappop(self._waiting)
            if at > self.now:
                continue
            done = int((at - begin) / (self.now - begin) * 100) if at > begin else 0
            if done > last:
                self._tell(done)
                last = done
            with clock.at_time(at):
                if at >= self.now - TOLD:
                    self._push(life)
                else:
                    with telling_nobody():
                        self._push(life)
        self._work(self.now)

    def _push(self, life: Iterator[datetime]) -> None:
        at = next(life, None)
        if at is not None and at <= self.now:
            heapq.heappush(self._waiting, (at, next(self._order), life))

    def _background(self, begin: datetime) -> Iterator[datetime]:
        day = begin
        while day < self.now:
            recent = day >= self.now - TOLD
            if recent or day.weekday() == 4:
                for moment in ROUNDS if recent else ROUNDS[-1:]:
                    at = at_time_of(day, moment)
                    yield at
                    self._work(at)
            day += timedelta(days=1)

    def _work(self, at: datetime) -> None:
        with clock.at_time(at):
            resume_due(at)
            while ring_due_alarms(at) >= 500:
                pass
            deliver_all(at)
            while deliver_pending(at) >= 200:
                pass
