"""指定承办单位: after too many returns the superior decides, and there is no further return."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnBody, load
from linzhi.domains.requests.commands.handing import hand_to, words_for
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class AssignFinally(OnBody):
    """Which body has to do it."""


@command("requests.assign_finally", on=load)
def assign_finally(ctx: Context, cmd: AssignFinally, request: Request) -> Request:
    """Give the request to a body without a right to return it.

    Refused when the method doesn't ask for it at this step or no reason is given.
    """
    hand_to(ctx, request, cmd.body_id, "lead")
    perform(ctx, request.matter, "requests.assign_finally", words_for(cmd), given=cmd.given, handler_body_id=cmd.body_id)
    return request
