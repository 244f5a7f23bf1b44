"""The ten roles, and who may found bodies and fill posts. Nobody appoints itself; see the command."""

from django.utils.translation import gettext_lazy as _

from linzhi.domains.bodies.rules import COMMUNITY_FILLS
from linzhi.foundation.access.actions import Action, Rule, declare, declare_roles, for_anyone, for_job, for_signed_in, open_to
from linzhi.foundation.access.scopes import Both, Mine, Where, Within

declare_roles(
    {
        "grid_worker": _("网格员"),
        "building_head": _("楼栋长"),
        "property_handler": _("物业经办人"),
        "committee_member": _("业委会成员"),
        "branch_secretary": _("小区党支部书记"),
        "community_worker": _("社区工作人员"),
        "street_dispatcher": _("街道派单员"),
        "department_handler": _("部门经办人"),
        "county_officer": _("区级主管"),
        "administrator": _("系统管理员"),
    }
)

SETUP = for_job("setup")
COUNTY = open_to("county_officer", "administrator")
# A county officer fills every post but the administrator's; a community fills the posts nearest to the people.
FILLERS = (
    open_to("administrator")
    + open_to("county_officer", never=(Where("kind", "administrator"),))
    + tuple(Rule("community_worker", Both(Within(), Where("kind", kind))) for kind in COMMUNITY_FILLS)
    + SETUP
)
ENDERS = (
    open_to("county_officer", scope=Within("post__path"), never=(Where("post__kind", "administrator"),))
    + open_to("administrator", scope=Within("post__path"))
    + tuple(Rule("community_worker", Both(Within("post__path"), Where("post__kind", kind))) for kind in COMMUNITY_FILLS)
    + for_signed_in(Mine("account_id"))
)

declare(
    Action("bodies.found_body", _("登记组织"), COUNTY + SETUP),
    Action("bodies.dissolve_body", _("撤销组织"), COUNTY),
    Action("bodies.set_service_area", _("设定服务范围"), COUNTY + SETUP),
    Action("bodies.set_competences", _("设定部门职责"), COUNTY + SETUP),
    Action("bodies.create_post", _("设立岗位"), FILLERS),
    Action("bodies.appoint", _("任职登记"), FILLERS),
    Action("bodies.end_holding", _("离任登记"), ENDERS + for_job("bodies.owner_left")),
    Action("bodies.follow_grid", _("网格范围变了，岗位权限跟着变"), for_job("bodies.follow_grid")),
    Action("bodies.follow_account", _("账号对上了，岗位权限跟着给"), for_job("bodies.follow_account")),
    Action("bodies.view_body", _("查看组织"), for_anyone()),
)
