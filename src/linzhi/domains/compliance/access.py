"""Who sees what is amiss: the staff of the place; what the closed room shows, only the party line."""

from django.utils.translation import gettext_lazy as _

from linzhi.domains.compliance.rules import GENERAL_ROLES, PARTY_ROLES
from linzhi.foundation.access.actions import Action, declare, for_job, open_to
from linzhi.foundation.access.scopes import Both, Where, Within
from linzhi.foundation.privacy import personal

declare(
    Action("compliance.note_findings", _("更新查缺补漏"), for_job("compliance.refresh")),
    Action(
        "compliance.view_finding",
        _("查看查缺补漏"),
        open_to(*GENERAL_ROLES, scope=Both(Within(), Where("room", "")))
        + open_to(*PARTY_ROLES, scope=Both(Within(), Where("room", "party"))),
    ),
)

personal.not_personal("compliance.Finding", {"owner": _("哪个岗位去改"), "words": _("缺了什么，没有人的姓名")})
