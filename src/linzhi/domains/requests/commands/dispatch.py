"""派单: the request is handed to the body that can do it."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnBody, load
from linzhi.domains.requests.commands.handing import hand_to, words_for
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class Dispatch(OnBody):
    """Which body gets it."""


@command("requests.dispatch", on=load)
def dispatch(ctx: Context, cmd: Dispatch, request: Request) -> Request:
    """Give the request to a body that serves the place.

    Refused when the method doesn't ask for it at this step, or the body doesn't exist, has ended, doesn't serve the place
    or is the one accused of a tip-off.
    """
    hand_to(ctx, request, cmd.body_id, "lead")
    perform(ctx, request.matter, "requests.dispatch", words_for(cmd), given=cmd.given, handler_body_id=cmd.body_id)
    return request
