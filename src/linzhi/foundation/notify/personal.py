"""The personal columns of messages; what their reader gets of them; how they are forgotten."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linzhi.foundation.notify.commands.erasing import erase, find
from linzhi.foundation.notify.models import Message
from linzhi.foundation.privacy import retention
from linzhi.foundation.privacy.personal import CONTRACT, DUTY, UNTIL_CLOSED, Eraser, Section, Show, declare, eraser, exporter
from linzhi.foundation.privacy.retention import Rule

declare(
    "notify.Message",
    {"account_id": _("发给谁（账号编号）"), "body": _("消息的内容"), "link": _("消息指向的页面"), "key": _("防止重复发的标记，可能有账号编号")},
    purpose=_("告诉本人事情办得怎么样"), basis=DUTY, seen_by=_("本人"), kept=_("发出一年后删除"), rule="notify.messages",
)  # fmt: skip
declare(
    "notify.Message",
    {"phone": _("没有账号的人留的手机号"), "email": _("没有账号的人留的邮箱")},
    purpose=_("给本人发短信、邮件"), basis=DUTY, seen_by=_("没有人，只有程序用"), kept=_("发出 90 天后清空"), rule="notify.contacts",
)  # fmt: skip
declare(
    "notify.Delivery",
    {"provider_ref": _("短信通道给的编号"), "error": _("没发出去的原因")},
    purpose=_("没送到的要有人过问"), basis=DUTY, seen_by=_("当地的社区、街道工作人员"), kept=_("和消息一起删除"), rule="notify.messages",
)  # fmt: skip
declare(
    "notify.ChannelChoice",
    {"account_id": _("谁的选择（账号编号）")},
    purpose=_("不想收的就不发"), basis=CONTRACT, seen_by=_("本人"), kept=UNTIL_CLOSED,
)  # fmt: skip

retention.declare(
    Rule(
        "notify.messages", _("消息"), 365, _("发出"), _("够本人回头查，事情本身另有记录"), "notify.Message",
        lambda moment: Q(created__lte=moment) & ~Q(deliveries__state="pending"),
    ),
    Rule(
        "notify.contacts", _("消息上的手机号和邮箱"), 90, _("发出"), _("补发用不着更久"), "notify.Message",
        lambda moment: Q(created__lte=moment, account_id__isnull=True)
        & ~Q(phone__empty=True, email__empty=True) & ~Q(deliveries__state="pending"),
        clear=("phone", "email"),
    ),
)  # fmt: skip


def _own(account_id: int, show: Show) -> Iterable[Section]:
    rows = Message.objects.filter(account_id=account_id).order_by("created")
    shown = tuple(((_t("时间"), one.created), (_t("标题"), one.title), (_t("内容"), one.body)) for one in rows)
    return [Section(_t("收到的消息"), shown)] if shown else []


exporter("notify", _own)
eraser(Eraser("notify", find, erase, removes=_("收到的全部消息、接收方式的选择")))
