"""What an administrator does about somebody's account: each act says first what will happen, then asks for the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from linzhi.domains.desk import queries
from linzhi.foundation.accounts import commands as do
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.accounts.queries import StaffLine
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import sentence
from linzhi.web.render import page


@dataclass(frozen=True)
class Act:
    """One act: its words, when it fits an account, its command. `reason`: the question that is asked with it, or empty."""

    code: str
    title: Any
    brief: Any
    happens: tuple[Any, ...]
    done: Any
    fits: Callable[[StaffLine], bool]
    run: Callable[[Actor, int, str], Any]
    reason: Any = ""
    never_own: bool = False


HOW_SURE = _("怎么确认是本人要求的（例如：当面，看过工作证）")

ACTS: dict[str, Act] = {
    "invite": Act(
        "accounts.invite", _("重置登录"), _("密码忘了，或者账号可能被别人用了：作废现在的一切，重新开通"),
        (
            _("现在的密码马上作废，本人要用新链接自己设一个"),
            _("身份验证器、安全密钥和恢复码全部作废，登录后重新设"),
            _("所有设备马上退出登录；以前发的链接也作废"),
            _("岗位、权限和办过的事不变"),
        ),
        _("已经重置。下一步：把新的链接交给本人。"),
        lambda line: line.account.active and not line.waiting,
        lambda actor, pk, reason: do.invite(actor, do.Invite(account_id=pk, reason=reason)), HOW_SURE, never_own=True,
    ),
    "second-factor": Act(
        "accounts.reset_second_factor", _("重置第二道验证"), _("手机换了、钥匙丢了，但密码还记得"),
        (
            _("身份验证器、安全密钥和恢复码全部作废"),
            _("密码不变；所有设备马上退出登录"),
            _("本人下次用密码登录，先设新的第二道验证才能办事"),
        ),
        _("第二道验证已经重置，请本人用密码登录后重新设。"),
        lambda line: line.account.active and line.factors > 0,
        lambda actor, pk, reason: do.reset_second_factor(actor, do.ResetSecondFactor(account_id=pk, reason=reason)),
        HOW_SURE, never_own=True,
    ),
    "sign-out": Act(
        "accounts.sign_out_everywhere", _("退出所有设备"), _("电脑忘了退出，或者设备丢了"),
        (_("所有设备马上退出登录"), _("密码和第二道验证不变，可以再登录")),
        _("所有设备都退出了。"),
        lambda line: line.account.active and not line.waiting,
        lambda actor, pk, reason: do.sign_out_everywhere(actor, do.SignOutEverywhere(account_id=pk)),
    ),
    "close": Act(
        "accounts.deactivate", _("停用"), _("离职、调走，或者暂时不让登录"),
        (
            _("马上退出所有设备，不能再登录；没用的开通链接作废"),
            _("办过的事和操作记录都留着"),
            _("岗位不会自动空出来：离任请到“组织和岗位”登记"),
            _("以后可以恢复"),
        ),
        _("账号停用了。"),
        lambda line: line.account.active,
        lambda actor, pk, reason: do.deactivate(actor, do.Deactivate(account_id=pk, reason=reason)), _("为什么停用"),
    ),
    "open": Act(
        "accounts.reactivate", _("恢复"), _("让这个账号重新能登录"),
        (_("本人可以用原来的密码和第二道验证登录"), _("还在任的岗位，权限照旧；已经离任的不会回来")),
        _("账号恢复了。"),
        lambda line: not line.account.active,
        lambda actor, pk, reason: do.reactivate(actor, do.Reactivate(account_id=pk, reason=reason)), _("为什么恢复"),
    ),
}  # fmt: skip


def view(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """What will happen, and the button. For administrators; 404 for an act that doesn't exist, back to the account where it doesn't fit."""
    powers = powers_of(request)
    act = ACTS.get(key)
    if act is None:
        raise Http404
    queries.require(powers, act.code)
    line = accounts.staff_line(powers, pk)
    reason, error = request.POST.get("reason", "").strip(), ""
    if request.method == "POST":
        try:
            if act.reason and not reason:
                raise Refused("desk.reason", str(_("请写一句，日后查得到。")), status=422, field="reason")
            act.run(powers.actor, pk, reason)
        except Refused as refusal:
            error = refusal.message
        except ValidationError as wrong:
            error = sentence(wrong.errors()[0])
        else:
            messages.success(request, act.done)
            return redirect("desk:account", pk)
    elif not act.fits(line):
        messages.info(request, _("这个账号现在不用这样办。"))
        return redirect("desk:account", pk)
    context = {"line": line, "act": act, "key": key, "reason": reason, "error": error}
    return page(request, "desk/admin_account_act.html", context, nav="accounts", status=422 if error else 200)
