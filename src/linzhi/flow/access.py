"""The engine's own actions. What people do to matters is declared by the domains that own the subjects."""

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, declare, for_job

declare(
    Action("flow.renew_limits", _("按公布的放假安排重算时限"), for_job("flow.renew_limits")),
    Action("flow.ring_alarm", _("提醒和升级"), for_job("flow.alarms")),
)
