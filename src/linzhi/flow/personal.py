"""The personal columns of matters and what runs in them: who acted, and the words of the history."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.privacy.personal import ACCOUNTABLE, DUTY, declare, not_personal

HANDLERS = _("本人；办这件事的单位和上级")
ON_FILE = _("随事项存档")

declare(
    "flow.Matter",
    {
        "title": _("事项的标题，居民写的"), "reporter_id": _("报事人（账号编号）"), "helper_id": _("代为登记的人（账号编号）"),
        "actors": _("哪一步谁办的（账号编号）"),
    },
    purpose=_("把事办到底，告诉本人"), basis=DUTY, seen_by=HANDLERS, kept=ON_FILE,
)  # fmt: skip
declare(
    "flow.Happening",
    {
        "actor": _("谁办的（账号编号）"), "public": _("给报事人看的话"), "internal": _("工作人员之间的话"), "data": _("办理的细节"),
    },
    purpose=_("事情怎么办的，有据可查"), basis=ACCOUNTABLE, seen_by=HANDLERS, kept=ON_FILE,
)  # fmt: skip
declare(
    "flow.Extension",
    {"reason": _("申请延期的理由"), "asked_by": _("谁申请的（账号编号）"), "decided_by": _("谁批的（账号编号）"), "answer": _("批的话")},
    purpose=_("延期有据可查"), basis=ACCOUNTABLE, seen_by=HANDLERS, kept=ON_FILE,
)  # fmt: skip
declare(
    "flow.Pause",
    {"reason": _("挂账的理由，可能提到人")},
    purpose=_("挂账有据可查"), basis=ACCOUNTABLE, seen_by=HANDLERS, kept=ON_FILE,
)  # fmt: skip
declare(
    "flow.Task",
    {"title": _("待办的标题"), "account_id": _("等谁办（账号编号）"), "done_by": _("谁办的（账号编号）")},
    purpose=_("让该办的人看到"), basis=DUTY, seen_by=_("该办的人和他的上级"), kept=ON_FILE,
)  # fmt: skip

not_personal("flow.MethodVersion", {"key": _("工作法的名称"), "source": _("文件名"), "body": _("工作法的原文")})
not_personal("flow.PolicySnapshot", {"body": _("政策参数")})
not_personal("flow.Matter", {"counts": _("每一步办过几次"), "facts": _("类别和紧急程度")})
not_personal("flow.Clock", {"source": _("文件名")})
