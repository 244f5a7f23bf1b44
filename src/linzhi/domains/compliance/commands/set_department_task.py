"""A department is asked to do something by a day (交办). JS-53, HA-59."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.compliance.events import DepartmentTaskSet
from linzhi.domains.compliance.models import Campaign, DepartmentTask, Scheduling
from linzhi.domains.compliance.queries import check_of
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, county_of
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.policy.queries import pack_for

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


class TaskRow(Input):
    """What which body is asked to do by which day, about which checks."""

    body_id: int
    what: Annotated[SafeText, Field(min_length=4, max_length=300)]
    due: date
    checks: Annotated[tuple[Code, ...], Field(max_length=20)] = ()


class SetDepartmentTask(TaskRow):
    """The same, with the place."""

    place: str


def _load(cmd: SetDepartmentTask) -> DepartmentTask:
    """The task as it would be: its place and room decide who may set it."""
    place = Territory.objects.filter(code=cmd.place, end__isnull=True).first()
    if place is None or len(place.path) < COUNTY_LENGTH:
        raise NotFound(_("没有这个地方。"))
    return drafted(cmd, place.path)


def drafted(row: TaskRow, path: str) -> DepartmentTask:
    """A task that isn't kept yet. Refused for a check that the place doesn't have."""
    room = ""
    for code in row.checks:
        check = check_of(pack_for(path), code)
        if check is None:
            raise Refused("compliance.no_such_check", _("这里没有“%(code)s”这项检查。") % {"code": code}, status=422, field="checks")
        room = room or check.room
    return DepartmentTask(body_id=row.body_id, what=row.what, path=path, room=room, checks=list(row.checks), due=row.due)


@command("compliance.set_department_task", on=_load)
def set_department_task(ctx: Context, cmd: SetDepartmentTask, task: DepartmentTask) -> DepartmentTask:
    """Ask the department. Refused for a day that is past, or a body of another county."""
    return keep(ctx, task)


def keep(ctx: Context, task: DepartmentTask, campaign: Campaign | None = None, session: Scheduling | None = None) -> DepartmentTask:
    """Keep a drafted task, on its own or as part of a session. Refused as `set_department_task` says."""
    if task.due < day_of(ctx.at):
        raise Refused("compliance.due_past", _("办结的日子已经过了，请写今天或以后。"), status=422, field="due")
    body = bodies.body(task.body_id)
    if body is None or county_of(body.path) != county_of(task.path):
        raise Refused("compliance.body_elsewhere", _("没有这个单位，或者它不在本县（市、区）。"), status=422, field="body_id")
    task.opened, task.campaign, task.session = ctx.at, campaign, session
    task.save()
    ctx.emit(DepartmentTaskSet(task_id=task.pk, body_id=task.body_id, path=task.path))
    return task
