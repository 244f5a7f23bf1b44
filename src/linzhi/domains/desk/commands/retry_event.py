"""再办一次: an event that a handler failed on too often is delivered once more."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.outbox import delivery
from linzhi.foundation.outbox.models import Delivery
from linzhi.kernel.refused import NotFound, Refused


class RetryEvent(Input):
    """Which delivery."""

    delivery_id: int


def _load(cmd: RetryEvent) -> Delivery:
    found = delivery.locked(cmd.delivery_id)
    if found is None:
        raise NotFound(_("没有这一条。"))
    return found


@command("desk.retry_event", on=_load)
def retry_event(ctx: Context, cmd: RetryEvent, found: Delivery) -> Delivery:
    """Put a given-up delivery of an event back, due now. Refused when it was done or is still being tried."""
    if not found.given_up or found.done_at is not None:
        raise Refused("desk.not_given_up", _("这一条已经办完，或者还在试，不用再办。"))
    ctx.note(event=found.event_id, handler=found.handler)
    return delivery.put_back(found, ctx.at)
