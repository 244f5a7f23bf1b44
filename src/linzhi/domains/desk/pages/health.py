"""后台运行: whether the background work gets done, what failed, and a button to try it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.desk import queries
from linzhi.domains.desk.commands import RetryEvent, retry_event
from linzhi.foundation.outbox import queries as outbox
from linzhi.foundation.outbox.models import JobRun
from linzhi.foundation.privacy import rotation
from linzhi.foundation.rights import queries as rights
from linzhi.kernel.refused import NotFound
from linzhi.web.asker import powers_of
from linzhi.web.render import page

SLOW = timedelta(minutes=2)
"""From how long after its time a waiting event is called late."""
JOBS = {
    "notify.deliver": gettext_lazy("发消息"), "audit.seal": gettext_lazy("封存操作记录"), "flow.alarms": gettext_lazy("提醒和升级"),
    "flow.renew_limits": gettext_lazy("按公布的放假安排重算时限"), "compliance.refresh": gettext_lazy("查缺补漏"),
    "compliance.follow": gettext_lazy("跟上新的检查项"), "people.ship_texts": gettext_lazy("备好同意书"),
    "requests.resume_due": gettext_lazy("挂账到期恢复"), "accounts.sweep": gettext_lazy("清理没验证的账号"), "files.sweep": gettext_lazy("清理没用上的文件"),
    "sheets.run": gettext_lazy("导入台账"), "sheets.forget": gettext_lazy("删除到期的台账文件"),
    "bodies.offer_formations": gettext_lazy("提醒组建党支部"), "privacy.rotate": gettext_lazy("换密钥"), "rights.retention": gettext_lazy("到期删除"),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One job of the timetable: its name in words, how it stands (`ok`, `bad`, `none`), its last runs."""

    title: str
    kind: str
    words: str
    job: JobRun


def view(request: HttpRequest) -> HttpResponse:
    """Jobs with their last runs, events that wait or were given up; POST tries one of those again. For administrators."""
    powers = powers_of(request)
    queries.require(powers, "desk.view_health")
    if request.method == "POST":
        given = request.POST.get("delivery", "")
        if not given.isdecimal() or len(given) > 18:
            raise NotFound(_("没有这一条。"))
        retry_event(powers.actor, RetryEvent(delivery_id=int(given)))
        messages.success(request, _("已经放回去再办。"))
        return redirect("desk:health")
    health = outbox.health(powers.at)
    context = {
        "health": health,
        "late": health.oldest_due is not None and health.oldest_due < powers.at - SLOW,
        "jobs": [_row(job, powers.at) for job in health.jobs],
        "given_up": outbox.given_up(),
        "walks": rotation.standing(),
        "rules": rights.rule_standings(),
        "holds": rights.holds_in_force(powers.at),
        "at": powers.at,
    }
    return page(request, "desk/health.html", context, nav="health")


def _row(job: JobRun, at: datetime) -> Row:
    title = str(JOBS.get(job.name, job.name))
    if job.failures:
        return Row(title, "bad", _("连着失败 %(n)d 次") % {"n": job.failures}, job)
    if job.last_finished is None:
        return Row(title, "none", _("还没有跑过"), job)
    return Row(title, "ok", _("正常"), job)
