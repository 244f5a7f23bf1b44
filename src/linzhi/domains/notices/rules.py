"""Kinds of notices."""

from django.utils.translation import gettext_lazy as _

NOTICE_KINDS = {"notice": _("通知公告"), "outcome": _("结果公示")}
