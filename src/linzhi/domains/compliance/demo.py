"""清禾区's campaign, begun three weeks ago: leaders who look after places, a session with two tasks, two gaps with a reason on file."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from linzhi.domains.bodies.demo import DemoCounty
from linzhi.domains.compliance.commands import (
    ExcuseFinding,
    FinishDepartmentTask,
    LinkLeader,
    NoteScheduling,
    OpenCampaign,
    TaskRow,
    excuse_finding,
    finish_department_task,
    link_leader,
    note_scheduling,
    open_campaign,
)  # fmt: skip
from linzhi.domains.compliance.commands.link_leader import levels_at
from linzhi.domains.compliance.jobs import refresh
from linzhi.domains.compliance.models import Campaign, Finding
from linzhi.kernel.clock import day_of

OFFICER, DISPATCHER, DEPARTMENT = "郑国栋", "冯建华", "董丽华"
OPENED, MET = timedelta(days=21), timedelta(days=7)
# place, body, duty, name, which of `leader.link.levels`
LEADERS = (
    ("梧桐社区", "清禾区治理办", "区委常委、组织部部长", "聂志远", 0),
    ("柳荫社区", "清禾区治理办", "副区长", "柯敏", 0),
    ("桂花坪社区", "望江街道", "党工委书记", "邬长青", 1),
    ("东塘社区", "望江街道", "办事处主任", "麦晓岚", 1),
)
EXCUSES = (
    ("self-government", "小区已列入老旧小区改造，改造完成后组建，社区先代管。"),
    ("grid-size", "地形隔开，并网不便巡查，已报街道同意暂时保留。"),
)


def build(now: datetime, county: DemoCounty) -> None:
    """Open the campaign and what belongs to it; changes nothing when it is there."""
    if not Campaign.objects.exists():
        with transaction.atomic():  # the whole or nothing, should somebody stop it
            _build(now, county)


def _build(now: datetime, county: DemoCounty) -> None:
    officer, begun = county.actor(OFFICER), now - OPENED
    refresh(begun)
    ground = county.ground
    campaign = open_campaign(officer, OpenCampaign(place=ground.county.code, campaign="registers-clean"), at=begun)
    levels = levels_at(ground.county.path, day_of(begun))
    for place, body, post, name, level in LEADERS:
        cmd = LinkLeader(
            place=ground.communities[place].code, body_id=county.bodies[body].pk, post=post, name=name, level=levels[level]
        )  # fmt: skip
        link_leader(officer, cmd, at=begun)
    refresh(now - MET)
    housing, affairs, squad = (county.bodies[name].pk for name in ("区住房和城乡建设局", "区民政局", "望江城管中队"))
    tasks = (
        TaskRow(body_id=housing, what="把小区建成年份、物业安排两项资料送到各社区", due=day_of(now), checks=("profile-complete",)),
        TaskRow(body_id=squad, what="清理被占的小区公共用房，腾给小区组织用", due=day_of(now + MET), checks=("self-government",)),
        TaskRow(body_id=affairs, what="指导没有组织的小区开筹备会", due=day_of(now + MET), checks=("self-government",)),
    )
    note = "资料补齐进度偏慢，缺的集中在老小区；没有组织的小区，街道和民政一起上门。"
    session = note_scheduling(officer, NoteScheduling(campaign_id=campaign.pk, note=note, tasks=tasks), at=now - MET)
    first = session.tasks.order_by("pk")[0]
    done = FinishDepartmentTask(task_id=first.pk, done="十二个小区的两项资料已经送到六个社区。")
    finish_department_task(county.actor(DEPARTMENT), done, at=now - timedelta(days=2))
    for check, reason in EXCUSES:
        found = Finding.objects.filter(check_code=check, closed__isnull=True, room="").order_by("path", "pk").first()
        if found is not None:
            until = day_of(now + timedelta(days=120))
            excuse_finding(officer, ExcuseFinding(finding_id=found.pk, reason=reason, until=until), at=now - timedelta(days=3))
