"""The personal columns of accounts, sessions and second factors; what their owner gets of them; how they are forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linzhi.foundation.accounts.commands.erasing import erase, find
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.privacy import retention
from linzhi.foundation.privacy.personal import (
    ACCOUNTABLE,
    CONTRACT,
    UNTIL_CLOSED,
    Eraser,
    Section,
    Show,
    declare,
    eraser,
    exporter,
    indexed,
    not_personal,
)  # fmt: skip
from linzhi.foundation.privacy.retention import Rule

OWNER = _("本人")
NOBODY = _("没有人，只有程序用")

declare(
    "accounts.Account",
    {"name": _("显示名称")},
    purpose=_("让别人知道在和谁打交道"), basis=CONTRACT, seen_by=_("和他办同一件事的人"), kept=UNTIL_CLOSED,
)  # fmt: skip
declare(
    "accounts.Account",
    {"email": _("邮箱")},
    purpose=_("给本人发邮件通知"), basis=CONTRACT, seen_by=_("本人；别人看不到"), kept=_("本人去掉或注销账号时删除"),
)  # fmt: skip
declare(
    "accounts.Account",
    {"phone": _("手机号"), "phone_index": _("手机号的盲索引"), "phone_verified": _("手机号验证过没有"), "password": _("密码的散列")},
    purpose=_("登录和收验证码"), basis=CONTRACT, seen_by=_("本人；别人只看到打码的"), kept=UNTIL_CLOSED,
)  # fmt: skip
declare(
    "accounts.ApiToken",
    {"account": _("程序的账号编号")},
    purpose=_("知道是哪个程序在调用"), basis=ACCOUNTABLE, seen_by=_("系统管理员"), kept=_("长期：操作记录要对得上"),
)  # fmt: skip
declare(
    "sessions.Session",
    {"session_key": _("登录会话的编号"), "session_data": _("登录会话，加密")},
    purpose=_("保持登录"), basis=CONTRACT, seen_by=NOBODY, kept=_("过期一天后删除"), rule="sessions.ended",
)  # fmt: skip
declare(
    "mfa.Authenticator",
    {"user": _("账号编号"), "data": _("第二道验证的密钥，加密")},
    purpose=_("工作账号的第二道验证"), basis=CONTRACT, seen_by=NOBODY, kept=UNTIL_CLOSED,
)  # fmt: skip
declare(
    "account.EmailAddress",
    {"user": _("账号编号"), "email": _("邮箱")},
    purpose=_("登录框架的表，平台不用，空的"), basis=CONTRACT, seen_by=NOBODY, kept=UNTIL_CLOSED,
)  # fmt: skip
declare(
    "account.EmailConfirmation",
    {"email_address": _("邮箱的编号")},
    purpose=_("登录框架的表，平台不用，空的"), basis=CONTRACT, seen_by=NOBODY, kept=UNTIL_CLOSED,
)  # fmt: skip
not_personal("accounts.Account", {"session_epoch": _("退出所有设备的次数")})
not_personal("accounts.ApiToken", {"name": _("程序的名称"), "scopes": _("程序能做的操作")})
indexed("accounts.Account", "phone_index", "phone")

retention.declare(
    Rule(
        "accounts.unverified", _("没验证手机号的账号"), 1, _("填写手机号"), _("验证码早就失效了"), "accounts.Account",
        lambda moment: Q(pk__in=()), done_by="accounts.sweep",
    ),
)  # fmt: skip


def _own(account_id: int, show: Show) -> Iterable[Section]:
    account = Account.objects.get(pk=account_id)
    facts: list[tuple[str, str | datetime]] = [(_t("显示名称"), account.name), (_t("手机号"), show(account, "phone"))]
    facts.append((_t("开通时间"), account.created))
    if account.email:
        facts.append((_t("邮箱"), account.email))
    return [Section(_t("账号"), (tuple(facts),))]


exporter("accounts", _own)
eraser(
    Eraser(
        "accounts", find, erase, removes=_("显示名称、手机号、邮箱、登录方式；所有设备退出登录"),
        keeps=_("账号的编号：办过的事还指着它（个人信息保护法第五十六条，处理情况记录至少保存三年）"),
    )
)  # fmt: skip
