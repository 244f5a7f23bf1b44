"""The personal columns of uploads."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhi.foundation.privacy import retention
from linzhi.foundation.privacy.personal import DUTY, declare
from linzhi.foundation.privacy.retention import Rule

declare(
    "files.StoredFile",
    {"uploaded_by": _("谁上传的（账号编号）"), "session_digest": _("没登录的人上传时的标记（摘要）"), "name": _("文件原来的名字，加密")},
    purpose=_("照片和附件归到事项里"), basis=DUTY, seen_by=_("看得到那件事的人"), kept=_("没用上的一天后删除；附在事项里的随事项存档"),
    rule="files.unattached",
)  # fmt: skip

retention.declare(
    Rule(
        "files.unattached", _("没用上的上传"), 1, _("上传"), _("填到一半没交的，不留"), "files.StoredFile",
        lambda moment: Q(pk__in=()), done_by="files.sweep",
    ),
)  # fmt: skip
