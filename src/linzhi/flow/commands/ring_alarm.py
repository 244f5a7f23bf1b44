"""A reminder, the end of a limit, or a call to those above."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.flow import library, tasks
from linzhi.flow.alarms import plan
from linzhi.flow.clocks import alarms_of
from linzhi.flow.events import LimitNear
from linzhi.flow.models import Clock, Matter
from linzhi.foundation.calendar.queries import work_calendar
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused


class RingAlarm(Input):
    """Which clock."""

    clock_id: int


def _load(cmd: RingAlarm) -> Clock:
    # The matter first, as every act does: it is the one lock of its clocks and tasks.
    matter = Matter.objects.select_for_update(no_key=True).filter(clocks=cmd.clock_id).first()
    if matter is None:
        raise NotFound(_("没有这个时限。"))
    clock = Clock.objects.get(pk=cmd.clock_id)
    clock.matter = matter
    return clock


@command("flow.ring_alarm", on=_load, place=lambda clock: clock.matter.path)
def ring_alarm(ctx: Context, cmd: RingAlarm, clock: Clock) -> Clock:
    """Give the next alarm of a clock whose time has come: tell, and for an escalation open a task for those called in.

    A reminder that comes after the limit has run out is passed over. Refused when the clock has stopped, stands still,
    or its alarm isn't due; so ringing twice rings once.
    """
    if clock.stopped_at is not None or clock.due_at is None or clock.next_alarm is None or clock.next_alarm > ctx.at:
        raise Refused("flow.no_alarm", _("这个时限没有到点的提醒。"))
    matter = clock.matter
    method = library.of_version(matter.version_id)
    remind, escalate = alarms_of(method, clock.key)
    alarms = plan(clock.counts_from, clock.due_at, remind, escalate, work_calendar(day_of(clock.started_at)))
    alarm = alarms[clock.alarms_done]
    if alarm.kind == "escalate":
        tasks.open_tasks(matter, "escalated", _("催办：%(limit)s") % {"limit": clock.title}, alarm.to, ctx.at, clock.due_at)
    clock.alarms_done += 1
    clock.next_alarm = alarms[clock.alarms_done].at if clock.alarms_done < len(alarms) else None
    clock.save(update_fields=["alarms_done", "next_alarm"])
    if alarm.kind == "remind" and ctx.at >= clock.due_at:
        ctx.note(passed_over=alarm.at.isoformat())
        return clock
    ctx.note(kind=alarm.kind, to=list(alarm.to), clock=clock.key, due_at=clock.due_at.isoformat())
    ctx.emit(
        LimitNear(
            matter_id=matter.pk, subject_type=matter.subject_type, subject_id=matter.subject_id, clock_id=clock.pk,
            kind=alarm.kind, to=",".join(alarm.to), due_at=clock.due_at,
        )
    )  # fmt: skip
    return clock
