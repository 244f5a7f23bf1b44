"""What a department was asked is done, and it says what was done."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.compliance.models import DepartmentTask
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.refused import NotFound


class FinishDepartmentTask(Input):
    """Which task, and what was done. Whether a check holds is still the register's to show."""

    task_id: int
    done: Annotated[SafeText, Field(min_length=4, max_length=300)]


def _load(cmd: FinishDepartmentTask) -> DepartmentTask:
    found = DepartmentTask.objects.select_for_update().filter(pk=cmd.task_id, finished__isnull=True).first()
    if found is None:
        raise NotFound(_("没有这件交办的事，或者已经办结了。"))
    return found


@command("compliance.finish_department_task", on=_load)
def finish_department_task(ctx: Context, cmd: FinishDepartmentTask, task: DepartmentTask) -> DepartmentTask:
    """Finish it with what was done; that alone strikes nothing off."""
    task.finished, task.done = ctx.at, cmd.done
    task.save(update_fields=["finished", "done"])
    return task
