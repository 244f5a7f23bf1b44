"""A year of notices in 清禾区."""

from __future__ import annotations

from datetime import datetime, timedelta

from linzhi.domains.bodies.demo import DemoCounty
from linzhi.domains.notices.commands import Publish, Withdraw, publish, withdraw
from linzhi.domains.notices.models import Notice

# (days before `now`, place, body, who publishes, title, text)
NOTICES = (
    (330, "凤栖苑", "凤栖苑物业", "何师傅", "电梯年度检验通知", "1–12 幢电梯本周逐台检验，每台停用约 2 小时。停用时间贴在电梯口，请走另一台。"),
    (240, "梧桐社区", "梧桐社区", "赵文静", "梧桐社区便民服务时间", "受理窗口周一至周五 8:30–17:30 开放，中午有人值班。周六上午预约办理。"),
    (180, "柳荫花园", "柳荫物业", "史立平", "二次供水水箱清洗", "周三 9:00–15:00 清洗水箱，期间水压较低。请提前存水，来水后先放几分钟。"),
    (120, "凤栖苑", "凤栖苑业委会", "committee_member", "东门夜间关闭时间征求意见", "有住户希望东门夜里早些关。您的看法请在月底前告诉楼栋长或在这里留言。"),
    (75, "望江街道", "望江街道", "冯建华", "汛期安全提醒", "连日有雨，请不要在低洼处停车，阳台花盆收进屋里。发现积水请随时报。"),
    (40, "东塘家园", "银杏物业", "万国庆", "地下车库地坪修补", "分两段施工，每段三天。施工段的车请停到地面临时车位，保安会指引。"),
    (20, "凤栖苑", "凤栖苑党支部", "周正平", "邻里议事会预告", "周五晚上 7 点在社区二楼会议室，议两件事：充电棚加装、儿童活动区地垫。欢迎来坐坐。"),
    (6, "凤栖苑", "凤栖苑物业", "何师傅", "5 幢车库入口照明检修", "今天检修车库入口照明，进出请慢行。"),
    (2, "清溪雅苑", "清溪物业", "郝文斌", "冬季供水防冻提示", "夜间气温将降到零度以下，请关好阳台窗，裸露水管包一包。"),
)  # fmt: skip


def build(now: datetime, county: DemoCounty) -> list[Notice]:
    """Publish the year's notices before `now`, one of them withdrawn; changes nothing when they are there."""
    if not Notice.objects.exists():
        codes = {node.name: node.code for node in (*county.ground.streets.values(), *county.ground.communities.values())}
        codes |= {name: estate.code for name, estate in county.ground.estates.items()}
        for days, place, body, who, title, text in NOTICES:
            cmd = Publish(place=codes[place], body_id=county.bodies[body].pk, title=title, text=text)
            publish(county.actor(who), cmd, at=now - timedelta(days=days))
        wrong = Publish(
            place=codes["凤栖苑"], body_id=county.bodies["凤栖苑物业"].pk, title="停水通知", text="明天 9:00–17:00 全小区停水。"
        )
        notice = publish(county.actor("何师傅"), wrong, at=now - timedelta(days=50))
        why = Withdraw(notice_id=notice.pk, reason="停水只涉及 7–12 幢，已另发通知。")
        withdraw(county.actor("何师傅"), why, at=now - timedelta(days=50) + timedelta(hours=1))
    return list(Notice.objects.order_by("published_at"))
