"""The personal columns of corrections, erasures and holds; what their owner gets of them; how they are forgotten."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linzhi.foundation.privacy import retention
from linzhi.foundation.privacy.personal import ACCOUNTABLE, DUTY, RECORD, Eraser, Section, Show, declare, eraser, exporter, not_personal
from linzhi.foundation.privacy.retention import Rule
from linzhi.foundation.rights.commands.erasing import erase, find
from linzhi.foundation.rights.models import Correction

declare(
    "rights.Correction",
    {
        "account_id": _("谁申请的（账号编号）"), "text": _("更正申请的原话，加密"), "answered_by": _("谁答复的（账号编号）"), "answer": _("更正申请的答复，加密"),
    },
    purpose=_("核对并更正"), basis=DUTY, seen_by=_("本人；所在社区的工作人员，看一次记一次"), kept=_("答复三年后清空"), rule="rights.corrections",
)  # fmt: skip
declare(
    "rights.Erasure",
    {"account_id": _("谁删的（账号编号）"), "subjects": _("删了哪几行（编号）")},
    purpose=_("恢复备份以后还能再删一次"), basis=DUTY, seen_by=_("没有人，只有程序用"), kept=_("长期：只有编号，没有内容"),
)  # fmt: skip
declare(
    "rights.Hold",
    {"subject": _("保留什么（编号）"), "reason": _("文件名，可能有姓名"), "begun_by": _("谁定的（账号编号）"), "ended_by": _("谁解除的（账号编号）")},
    purpose=_("依法暂停删除"), basis=ACCOUNTABLE, seen_by=_("区级主管、系统管理员"), kept=_("长期"),
)  # fmt: skip
not_personal("rights.Erasure", {"counts": _("各删了多少行")})

retention.declare(
    Rule(
        "rights.corrections", _("更正申请的内容"), 3 * 365, _("答复"), RECORD, "rights.Correction",
        lambda moment: Q(answered_at__lte=moment) & ~Q(text__empty=True, answer__empty=True), clear=("text", "answer"),
    ),
)  # fmt: skip


def _own(account_id: int, show: Show) -> Iterable[Section]:
    rows = Correction.objects.filter(account_id=account_id).order_by("asked_at")
    shown = tuple(((_t("申请时间"), one.asked_at), (_t("哪里不对"), show(one, "text")), (_t("答复"), show(one, "answer"))) for one in rows)
    return [Section(_t("我的更正申请"), shown)] if shown else []


exporter("rights", _own)
eraser(Eraser("rights", find, erase, removes=_("更正申请的内容")))
