"""Personal columns of the foundation's lower parts, which know nothing of this one or have no access of their own."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhi.foundation.privacy import retention
from linzhi.foundation.privacy.personal import ACCOUNTABLE, CONTRACT, DUTY, RECORD, declare, not_personal
from linzhi.foundation.privacy.retention import Rule

AUDITORS = _("核查操作记录的人，在服务器上")
NOBODY = _("没有人，只有程序用")

declare(
    "privacy.Opening",
    {"actor": _("谁打开的（账号编号）"), "actor_name": _("打开的人当时的名称"), "purpose": _("为什么打开")},
    purpose=_("让本人知道谁看过自己的信息"), basis=RECORD, seen_by=_("信息的本人；核查的人"), kept=_("至少三年，不能改也不能删"),
)  # fmt: skip
declare(
    "privacy.Opening",
    {"concerns": _("信息是谁的（账号编号）")},
    purpose=_("让本人知道谁看过自己的信息"), basis=RECORD, seen_by=_("信息的本人；核查的人"), kept=_("至少三年，不能改也不能删"),
)  # fmt: skip
declare(
    "audit.Entry",
    {"actor": _("谁做的（账号编号）"), "data": _("提交的内容；个人信息只留摘要")},
    purpose=_("留下谁凭什么做了什么"), basis=ACCOUNTABLE, seen_by=AUDITORS, kept=_("长期，不能改也不能删"),
)  # fmt: skip
declare(
    "outbox.Event",
    {"data": _("事件的编号，可能有账号编号")},
    purpose=_("一处变了，相关的跟着变"), basis=DUTY, seen_by=_("系统管理员"), kept=_("办完 90 天后删除"), rule="outbox.events",
)  # fmt: skip
declare(
    "access.Grant",
    {"account_id": _("有权限的账号编号")},
    purpose=_("谁能看什么、办什么"), basis=DUTY, seen_by=_("系统管理员、区级主管"), kept=_("长期：以后要说得清当时谁有权"),
)  # fmt: skip
declare(
    "commands.CacheRow",
    {"cache_key": _("登录限次的标记（摘要）"), "value": _("什么时候试过")},
    purpose=_("防止有人猜密码和验证码"), basis=CONTRACT, seen_by=NOBODY, kept=_("过期就清，最长一天左右"),
)  # fmt: skip

not_personal("territory.Territory", {"name": _("地方的名称")})
not_personal("territory.Former", {"name": _("地方以前的名称"), "basis": _("文件名")})
not_personal("calendar.CalendarDay", {"name": _("节日的名称"), "source": _("文件名")})
not_personal("calendar.CalendarYear", {"source": _("文件名")})
not_personal("calendar.OfficeHours", {"source": _("文件名")})
not_personal("privacy.Opening", {"basis": _("凭哪个岗位，没有姓名")})
not_personal("privacy.KeyWalk", {"store": _("表和列的名称"), "after": _("换密钥走到哪一行")})
not_personal("audit.Entry", {"basis": _("凭哪个岗位，没有姓名")})
not_personal("outbox.Event", {"name": _("事件的名称")})
not_personal("outbox.Delivery", {"handler": _("程序的名称"), "error": _("程序的错误，输入不写进错误里")})
not_personal("outbox.JobRun", {"name": _("程序的名称"), "last_error": _("程序的错误，输入不写进错误里")})

retention.declare(
    Rule(
        "outbox.events", _("已经办完的事件"), 90, _("办完"), _("出了错能查三个月"), "outbox.Event",
        lambda moment: Q(at__lte=moment) & ~Q(delivery__done_at__isnull=True),
    ),
    Rule(
        "commands.idempotency", _("防重复提交的标记"), 30, _("提交"), _("没有人一个月后还重发"), "commands.IdempotencyRecord",
        lambda moment: Q(at__lte=moment),
    ),
    Rule(
        "sessions.ended", _("已经过期的登录会话"), 1, _("过期"), _("过期就用不上了"), "sessions.Session",
        lambda moment: Q(expire_date__lte=moment),
    ),
)  # fmt: skip
