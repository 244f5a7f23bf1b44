"""报协办结果: the helping body is done."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.flow.tasks import close_tasks
from linzhi.foundation.commands import Context, command


class ReportJoint(OnRequest):
    """What it did (`note`)."""


@command("requests.report_joint", on=load)
def report_joint(ctx: Context, cmd: ReportJoint, request: Request) -> Request:
    """Record the help and close the helper's task.

    Refused when the method doesn't ask for it at this step or nothing is noted.
    """
    perform(ctx, request.matter, "requests.report_joint", cmd.words, given=cmd.given)
    helping = {grant.body_id for held in ctx.powers.grants.values() for grant in held if grant.body_id is not None}
    for dispatch in request.dispatches.filter(kind="joint", ended_at__isnull=True, body_id__in=helping):
        dispatch.ended_at, dispatch.result = ctx.at, cmd.note[:500]
        dispatch.save(update_fields=["ended_at", "result"])
        close_tasks(request.matter, ctx.at, ctx.actor.key, "joint", body_id=dispatch.body_id)
    return request
