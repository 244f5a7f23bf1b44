"""看联系方式: a sealed phone number is opened for a purpose, and the opening is logged for the person concerned."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Contact, Request
from linzhi.foundation.commands import Context, command
from linzhi.foundation.privacy.opening import open_many
from linzhi.kernel.refused import Refused

PURPOSES = {
    "contact": gettext_lazy("联系诉求人"), "visit": gettext_lazy("上门核实"), "follow_up": gettext_lazy("回访"), "emergency": gettext_lazy("紧急情况"),
}  # fmt: skip


class RevealContact(OnRequest):
    """The purpose, from a short list; `note` says more."""

    purpose: Literal["contact", "visit", "follow_up", "emergency"]


@command("requests.reveal_contact", on=load)
def reveal_contact(ctx: Context, cmd: RevealContact, request: Request) -> Request:
    """Open the contact of a request; the caller reads it from `revealed` of the result.

    Refused when there is none. The body accused never may.
    """
    if not request.contact_phone and not request.contact_name:
        raise Refused("requests.no_contact", _("报事的人没有留联系方式。"))
    purpose = str(PURPOSES[cmd.purpose]) + (f"：{cmd.note}" if cmd.note else "")
    opened = open_many(ctx, [request], ["contact_name", "contact_phone"], purpose=purpose, concerns=lambda one: one.reporter_id)[0]
    request.revealed = Contact(opened["contact_name"], opened["contact_phone"])
    return request
