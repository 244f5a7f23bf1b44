"""跟进: somebody with the same concern joins instead of reporting again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Follow as FollowRow
from linzhi.domains.requests.models import Request
from linzhi.foundation.commands import Context, command
from linzhi.kernel.refused import Refused


class Follow(OnRequest):
    """Which request, and in `say` what the follower adds."""


@command("requests.follow", on=load)
def follow(ctx: Context, cmd: Follow, request: Request) -> Request:
    """Follow a public request; following twice is following once.

    Refused for a closed request: whoever says that it isn't over reports anew and names it (`earlier_id` of `requests.report`).
    """
    if request.matter.closed_at is not None:
        raise Refused("requests.closed", _("这件事已经结束了。还没解决的话，请再报一件，注明接着这一件。"))
    FollowRow.objects.get_or_create(request=request, account_id=ctx.actor.account, defaults={"at": ctx.at, "note": cmd.say[:500]})
    return request
