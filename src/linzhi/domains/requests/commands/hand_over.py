"""转交: the handler passes it on to another body."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnBody, load
from linzhi.domains.requests.commands.handing import hand_to, words_for
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class HandOver(OnBody):
    """Which body gets it next."""


@command("requests.hand_over", on=load)
def hand_over(ctx: Context, cmd: HandOver, request: Request) -> Request:
    """Give the request to another body that serves the place.

    Refused when the method doesn't ask for it at this step or no reason is given.
    """
    hand_to(ctx, request, cmd.body_id, "lead")
    perform(ctx, request.matter, "requests.hand_over", words_for(cmd), given=cmd.given, handler_body_id=cmd.body_id)
    return request
