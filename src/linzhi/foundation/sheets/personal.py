"""The personal columns of imports. What a file says of people is kept until its term, sealed; the imports themselves stay as a record."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhi.foundation.privacy import retention
from linzhi.foundation.privacy.personal import ACCOUNTABLE, DUTY, declare, not_personal
from linzhi.foundation.privacy.retention import Rule

KEEPERS = _("能在当地登记这种台账的人")

declare(
    "sheets.SheetImport",
    {"actor": _("谁导入的（账号编号）"), "account_id": _("谁上传的（账号编号）"), "file_name": _("文件原来的名字，加密")},
    purpose=_("台账从哪里来，有据可查"), basis=ACCOUNTABLE, seen_by=KEEPERS, kept=_("长期"),
)  # fmt: skip
declare(
    "sheets.SheetImport",
    {"why": _("停下的原因，可能提到某一行，加密")},
    purpose=_("停在哪里，怎么接着办"), basis=DUTY, seen_by=KEEPERS, kept=_("长期"),
)  # fmt: skip
declare(
    "sheets.SheetTrace",
    {"trace": _("每一批改动前的内容，加密")},
    purpose=_("导错了能整批撤销"), basis=DUTY, seen_by=_("没有人，只有程序用"), kept=_("文件到期时删除"), rule="sheets.files",
)  # fmt: skip
declare(
    "sheets.SheetFault",
    {"words": _("检查发现的问题和那一格的内容，加密")},
    purpose=_("照着改"), basis=DUTY, seen_by=_("内容只有上传的人；问题是能登记的人"), kept=_("文件到期时删除"), rule="sheets.files",
)  # fmt: skip
declare(
    "sheets.SheetLayout",
    {"account_id": _("谁对应的列名（账号编号）")},
    purpose=_("列名对一次就记住"), basis=ACCOUNTABLE, seen_by=_("没有人，只有程序用"), kept=_("长期"),
)  # fmt: skip
not_personal(
    "sheets.SheetImport",
    {
        "file_key": _("文件的密钥，加密"), "how": _("文件的格式"), "mapping": _("列名"), "leave_out": _("没有收的行号"),
    },
)  # fmt: skip
not_personal("sheets.SheetLayout", {"mapping": _("列名")})

retention.declare(
    Rule(
        "sheets.files", _("导入台账的文件、检查发现的问题、撤销用的记录"), settings.SHEET_FILE_DAYS, _("上传"), _("够核对和撤销"),
        "sheets.SheetImport", lambda moment: Q(pk__in=()), done_by="sheets.forget",
    ),
)  # fmt: skip
