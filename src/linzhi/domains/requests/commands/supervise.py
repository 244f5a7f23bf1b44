"""督办: a superior or a supervisor presses."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.flow.queries import step_of
from linzhi.flow.tasks import open_tasks
from linzhi.foundation.commands import Context, command


class Supervise(OnRequest):
    """The demand (`note`)."""


@command("requests.supervise", on=load)
def supervise(ctx: Context, cmd: Supervise, request: Request) -> Request:
    """Press the handler: a line in the history and a task for whoever has it now.

    Refused when the method doesn't ask for it at this step or nothing is demanded.
    """
    perform(ctx, request.matter, "requests.supervise", cmd.words, given=cmd.given)
    matter = request.matter
    step = step_of(matter)
    roles = ("handler",) if "handler" in step.by else step.tasks_for or step.by
    open_tasks(
        matter,
        "escalated",
        _("督办：%(step)s") % {"step": step.title},
        [role for role in roles if role != "reporter"],
        ctx.at,
        matter.next_due,
    )
    return request
