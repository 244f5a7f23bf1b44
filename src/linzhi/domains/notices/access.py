"""Who publishes at a place: its bodies' staff. Everyone reads."""

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, declare, for_anyone, for_job, open_to
from linzhi.foundation.privacy import personal

PUBLISHERS = open_to("property_handler", "committee_member", "branch_secretary", "community_worker", "street_dispatcher", "county_officer")

declare(
    Action("notices.publish", _("发布公示"), PUBLISHERS + for_job("notices.publish_outcome")),
    Action("notices.withdraw", _("撤回公示"), PUBLISHERS),
    Action("notices.view_notice", _("查看公示"), for_anyone()),
)

personal.declare(
    "notices.Notice",
    {"title": _("公示的标题"), "body": _("公示的正文；发布前要去掉个人信息")},
    purpose=_("让大家知道、能提意见"), basis=personal.DUTY, seen_by=_("所有人"), kept=_("长期；撤下以后不再展示"),
)  # fmt: skip
personal.not_personal("notices.Notice", {"by_body": _("哪个组织发的"), "withdrawn_reason": _("撤下的理由")})
