"""Try a delivery again that was given up."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.notify.models import Delivery
from linzhi.kernel.refused import NotFound, Refused


class RetryDelivery(Input):
    """Which delivery."""

    delivery_id: int


def _load(cmd: RetryDelivery) -> Delivery:
    delivery = Delivery.objects.select_for_update().filter(pk=cmd.delivery_id).first()
    if delivery is None:
        raise NotFound(_("没有这条发送记录。"))
    return delivery


@command("notify.retry_delivery", on=_load, place=lambda delivery: delivery.message.place)
def retry_delivery(ctx: Context, cmd: RetryDelivery, delivery: Delivery) -> Delivery:
    """Put a failed delivery back, due now, with the same reference. Refused when it was sent or is still being tried."""
    if delivery.state not in ("failed", "undeliverable"):
        raise Refused("notify.not_failed", _("这条已经发出，或者还在发，不用重发。"))
    delivery.state = "pending"
    delivery.attempts = 0
    delivery.due_at = ctx.at
    delivery.error = ""
    delivery.leased_until = None
    delivery.save(update_fields=["state", "attempts", "due_at", "error", "leased_until"])
    return delivery
