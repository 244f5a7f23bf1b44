"""请人协办: another body helps, the lead keeps it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.requests.commands.base import OnBody, load
from linzhi.domains.requests.commands.handing import hand_to, words_for
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.flow.tasks import open_for_body
from linzhi.foundation.commands import Context, command


class InviteJoint(OnBody):
    """Which body helps."""


@command("requests.invite_joint", on=load)
def invite_joint(ctx: Context, cmd: InviteJoint, request: Request) -> Request:
    """Ask another body to help, with a task of its own.

    Refused when the method doesn't ask for it at this step or the body doesn't serve the place.
    """
    hand_to(ctx, request, cmd.body_id, "joint")
    perform(ctx, request.matter, "requests.invite_joint", words_for(cmd), given=cmd.given)
    open_for_body(
        request.matter, "joint", _("协办：%(title)s") % {"title": request.title[:60]}, cmd.body_id, ctx.at, request.matter.next_due
    )
    return request
