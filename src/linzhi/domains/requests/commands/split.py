"""拆成几件办: parts with their own handlers; the whole closes when they do."""

from __future__ import annotations

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.commands.intake import Draft, create
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, SafeText, command
from linzhi.kernel.refused import Refused


class Split(OnRequest):
    """The parts, two to nine, each a sentence."""

    parts: tuple[SafeText, ...] = Field(min_length=2, max_length=9)


@command("requests.split", on=load)
def split(ctx: Context, cmd: Split, request: Request) -> Request:
    """Make a request for every part.

    Refused when the method doesn't ask for it at this step or it is itself a part.
    """
    if request.parent_id is not None:
        raise Refused("requests.split_part", _("分办件不能再拆。"))
    perform(ctx, request.matter, "requests.split", cmd.words, given=cmd.given)
    for text in cmd.parts:
        draft = Draft(
            path=request.path, nature=request.nature, text=text, channel=request.channel, category=request.category, urgent=request.urgent,
            place_text=request.place_text, public=request.public, accused_body_id=request.accused_body_id, located=request.located,
        )  # fmt: skip
        create(ctx, draft, act="requests.split", parent=request)
    return request
