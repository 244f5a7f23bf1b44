"""并入另一件: the same matter was reported before."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Follow, Request
from linzhi.flow.engine import perform
from linzhi.flow.models import Matter
from linzhi.foundation.commands import Context, command
from linzhi.kernel.refused import Refused


class MarkDuplicate(OnRequest):
    """The request it is the same as."""

    same_as_id: int


def _load(cmd: MarkDuplicate) -> Request:
    # Both at once and in one order, so that two staff who merge a pair both ways can't each succeed.
    list(Matter.objects.select_for_update(no_key=True).filter(request__in=(cmd.request_id, cmd.same_as_id)).order_by("pk"))
    return load(cmd)


@command("requests.mark_duplicate", on=_load)
def mark_duplicate(ctx: Context, cmd: MarkDuplicate, request: Request) -> Request:
    """Close as a duplicate; its reporter follows the other one if that is public.

    Refused when the method doesn't ask for it at this step, the other doesn't exist, isn't the actor's to see, is itself a
    duplicate, or lies in another county; and for a tip-off, unless the other is hidden from the same body.
    """
    other = Request.objects.select_related("matter").filter(pk=cmd.same_as_id, county=request.county).exclude(pk=request.pk).first()
    if other is None or other.same_as_id is not None or not ctx.powers.decide("requests.view", other):
        raise Refused("requests.same_as", _("找不到要并入的那一件，或者那一件自己也是并入别件的。"), status=422, field="same_as_id")
    if request.hidden_from_body_id is not None and other.hidden_from_body_id != request.hidden_from_body_id:
        # Whoever works on the other sees what was merged into it.
        message = _("举报件只能并入举报同一单位的那一件。")
        raise Refused("requests.tip_off_apart", message, status=422, field="same_as_id")
    Request.objects.filter(pk=request.pk).update(same_as=other)
    # What isn't public may be somebody's tip-off: a follower would be told its title and how it goes.
    if request.reporter_id is not None and other.public:
        Follow.objects.get_or_create(request=other, account_id=request.reporter_id, defaults={"at": ctx.at})
    perform(ctx, request.matter, "requests.mark_duplicate", cmd.words, given=cmd.given)
    return request
