"""Who publishes texts, who gives and takes back consent: the person themself, or a worker of their place who writes down what they said."""

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, declare, for_job, for_signed_in, open_to
from linzhi.foundation.access.scopes import Everywhere, Mine

_PUBLISHERS = open_to("county_officer", "administrator", scope=Everywhere())
_WORKERS = open_to("community_worker", "grid_worker")

declare(
    Action("consents.publish_text", _("发布同意书"), _PUBLISHERS + for_job("people.ship_texts")),
    Action("consents.give", _("同意使用信息"), for_signed_in(Mine("account_id")) + _WORKERS),
    Action("consents.withdraw", _("撤回同意"), for_signed_in(Mine("account_id")) + _WORKERS),
)
