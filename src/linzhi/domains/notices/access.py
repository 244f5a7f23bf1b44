"""Who publishes at a place: its bodies' staff. Everyone reads."""

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, declare, for_anyone, for_job, open_to

PUBLISHERS = open_to("property_handler", "committee_member", "branch_secretary", "community_worker", "street_dispatcher", "county_officer")

declare(
    Action("notices.publish", _("发布公示"), PUBLISHERS + for_job("notices.publish_outcome")),
    Action("notices.withdraw", _("撤回公示"), PUBLISHERS),
    Action("notices.view_notice", _("查看公示"), for_anyone()),
)
