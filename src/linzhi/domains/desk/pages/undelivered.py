"""消息没送到: who couldn't be reached, why, and the button to try again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.desk import queries
from linzhi.foundation.notify.commands.retry_delivery import RetryDelivery, retry_delivery
from linzhi.kernel.refused import NotFound
from linzhi.web.asker import powers_of
from linzhi.web.render import page

CHANNELS = {"inbox": gettext_lazy("站内通知"), "sms": gettext_lazy("短信"), "email": gettext_lazy("邮件")}


def view(request: HttpRequest) -> HttpResponse:
    """Failed deliveries in the asker's places; POST tries one again."""
    powers = powers_of(request)
    queries.require(powers, "desk.view_home")
    if request.method == "POST":
        given = request.POST.get("delivery", "")
        chosen = next((one for one in queries.undelivered(powers) if str(one.pk) == given), None)
        if chosen is None:
            raise NotFound(_("没有这条发送记录。"))
        retry_delivery(powers.actor, RetryDelivery(delivery_id=chosen.pk))
        messages.success(request, _("已经放回去重发。"))
        return redirect("desk:undelivered")
    return page(request, "desk/undelivered.html", {"failed": queries.undelivered(powers), "channels": CHANNELS}, nav="home")
