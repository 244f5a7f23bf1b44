"""The actions on messages and who holds them."""

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, declare, for_signed_in, open_to
from linzhi.foundation.access.scopes import Everywhere, Mine, Within

_STAFF = ("community_worker", "street_dispatcher", "county_officer")

declare(
    Action("notify.mark_read", _("标为已读"), for_signed_in(Mine("account_id"))),
    Action("notify.mark_all_read", _("全部标为已读"), for_signed_in()),
    Action("notify.choose_channel", _("选择接收方式"), for_signed_in()),
    Action(
        "notify.retry_delivery",
        _("重发通知"),
        open_to(*_STAFF, scope=Within("message__place")) + open_to("administrator", scope=Everywhere()),
    ),
)
