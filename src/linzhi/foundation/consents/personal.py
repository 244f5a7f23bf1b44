"""The personal columns of consents, and what their owner gets of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linzhi.foundation.consents.models import Consent
from linzhi.foundation.consents.queries import account_subject
from linzhi.foundation.privacy.personal import ACCOUNTABLE, RECORD, Section, Show, declare, exporter, not_personal

declare(
    "consents.Consent",
    {
        "account_id": _("谁同意的（账号编号）"), "subject": _("谁同意的（编号）"), "given_by": _("谁记下的（账号编号）"),
        "withdrawn_by": _("谁记下撤回的（账号编号）"),
    },
    purpose=_("证明本人同意过什么、什么时候撤回"), basis=RECORD, seen_by=_("本人；为他登记的工作人员"), kept=_("撤回后至少三年"),
)  # fmt: skip
declare(
    "consents.ConsentText",
    {"published_by": _("谁发布的（账号编号）")},
    purpose=_("同意书有据可查"), basis=ACCOUNTABLE, seen_by=_("系统管理员"), kept=_("长期"),
)  # fmt: skip
not_personal("consents.ConsentText", {"text": _("同意书的原文"), "fields": _("要用到哪几项")})


def _own(account_id: int, show: Show) -> Iterable[Section]:
    rows = Consent.objects.filter(subject=account_subject(account_id)).select_related("text").order_by("given_at")
    shown = tuple(
        (
            (_t("同意书"), one.text.title), (_t("版本"), str(one.text.version)), (_t("同意时间"), one.given_at),
            (_t("撤回时间"), one.withdrawn_at if one.withdrawn_at else _t("没有撤回")), (_t("原文"), one.text.text),
        )
        for one in rows
    )  # fmt: skip
    return [Section(_t("我的同意"), shown)] if shown else []


exporter("consents", _own)
