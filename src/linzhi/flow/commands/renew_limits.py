"""按公布的放假安排重算时限: the running limits of a matter that were marked unconfirmed, once their years are announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from linzhi.flow import library, tasks
from linzhi.flow.clocks import Clocks
from linzhi.flow.models import Happening, Matter
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.clock import BEIJING
from linzhi.kernel.refused import NotFound
from linzhi.kernel.workcalendar import local


class RenewLimits(Input):
    """Which matter."""

    matter_id: int


@dataclass(frozen=True)
class Renewed:
    """A limit before and after."""

    key: str
    title: str
    before: datetime
    after: datetime
    confirmed: bool


def _load(cmd: RenewLimits) -> Matter:
    # The matter is the one lock of its clocks and tasks.
    matter = Matter.objects.select_for_update(no_key=True).filter(pk=cmd.matter_id).first()
    if matter is None:
        raise NotFound(_("没有这个事项。"))
    return matter


@command("flow.renew_limits", on=_load)
def renew_limits(ctx: Context, cmd: RenewLimits, matter: Matter) -> int:
    """Compute the unconfirmed running limits anew and write into the history what came of it; returns how many changed.

    A limit whose due time was confirmed, or is unknown while it stands still, is left as it is, so a second time changes nothing.
    """
    clocks = Clocks(matter, library.of_version(matter.version_id), library.snapshot_of(matter))
    found = _renew(clocks)
    if not found:
        return 0
    clocks.settle()
    clocks.save()
    matter.save(update_fields=["next_due", "next_due_confirmed"])
    tasks.move_due(matter, clocks.due_of(f"step:{matter.step}") or matter.next_due)
    tasks.move_limits(matter, {one.key: one.after for one in found})
    Happening.objects.create(
        matter=matter, at=ctx.at, act="flow.renew_limits", step_from=matter.step, step_to=matter.step, actor=ctx.actor.key,
        public="".join(_moved(one) for one in found if one.before != one.after), internal="".join(_said(one) for one in found),
        data={"limits": [_data(one) for one in found]},
    )  # fmt: skip
    ctx.note(limits=[_data(one) for one in found])
    return len(found)


def _renew(clocks: Clocks) -> list[Renewed]:
    found = []
    for clock in clocks.running:
        before = clock.due_at
        if clock.confirmed or before is None:
            continue
        clocks.renew(clock)
        if clock.due_at is not None and (clock.confirmed or clock.due_at != before):
            found.append(Renewed(clock.key, clock.title, before, clock.due_at, clock.confirmed))
    return found


def _moved(one: Renewed) -> str:
    """What is said of a limit that ends at another time than it was said at first; that it ends earlier is said in so many words."""
    words = {"title": one.title, "before": _when(one.before), "after": _when(one.after)}
    if one.after < one.before:
        return _("“%(title)s”的到期时间提前了：原来是 %(before)s，现在是 %(after)s。") % words
    return _("“%(title)s”的到期时间顺延了：原来是 %(before)s，现在是 %(after)s。") % words


def _said(one: Renewed) -> str:
    if one.before != one.after:
        return _moved(one)
    return _("“%(title)s”的到期时间没有变，还是 %(after)s。") % {"title": one.title, "after": _when(one.after)}


def _when(moment: datetime) -> str:
    here = local(moment)
    return _("%(year)d年%(month)d月%(day)d日 %(time)s") % {
        "year": here.year, "month": here.month, "day": here.day, "time": f"{here:%H:%M}",
    }  # fmt: skip


def _data(one: Renewed) -> dict[str, object]:
    before, after = (moment.astimezone(BEIJING).isoformat() for moment in (one.before, one.after))
    return {"key": one.key, "before": before, "after": after, "confirmed": one.confirmed}
