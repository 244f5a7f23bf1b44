"""挂账: it can't be done now; the clocks stand still until a day."""

from __future__ import annotations

from django.utils.translation import gettext as _
from pydantic import AwareDatetime

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.calendar.queries import work_calendar
from linzhi.foundation.commands import Context, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.limits import Limit
from linzhi.kernel.refused import Refused
from linzhi.kernel.worktime import due
from linzhi.policy.queries import resolve_at


class Suspend(OnRequest):
    """Until when, and why (`say`)."""

    until: AwareDatetime


@command("requests.suspend", on=load)
def suspend(ctx: Context, cmd: Suspend, request: Request) -> Request:
    """Pause every limit until `until`.

    Refused when the method doesn't ask for it at this step, when it is paused already, for longer than the pack allows, or
    without telling the reporter why.
    """
    longest = resolve_at("request.suspend.max_length", request.path, ctx.at.date()).value
    latest = due(ctx.at, Limit.parse(str(longest)), work_calendar(day_of(ctx.at))).at
    if cmd.until <= ctx.at or (latest is not None and cmd.until > latest):
        message = _("挂账要定一个日子，最长 %(limit)s。") % {"limit": Limit.parse(str(longest)).words()}
        raise Refused("requests.suspend_until", message, status=422, field="until")
    perform(ctx, request.matter, "requests.suspend", cmd.words, given=cmd.given, until=cmd.until)
    return request
