"""The roles, and who may found bodies and fill posts. Nobody appoints itself; see the command."""

from django.utils.translation import gettext_lazy as _

from linzhi.domains.bodies.rules import COMMUNITY_FILLS, PARTY_FILLS, PARTY_KINDS
from linzhi.foundation.access.actions import Action, Rule, declare, declare_roles, for_anyone, for_job, for_signed_in, open_to
from linzhi.foundation.access.scopes import Both, Mine, Where, Within
from linzhi.foundation.privacy import personal

declare_roles(
    {
        "grid_worker": _("网格员"),
        "building_head": _("楼栋长"),
        "property_handler": _("物业经办人"),
        "committee_member": _("业委会成员"),
        "branch_secretary": _("小区党支部书记"),
        "party_officer": _("社区党务工作者"),
        "street_party_officer": _("街道党务工作者"),
        "county_party_officer": _("党务主管部门"),
        "community_worker": _("社区工作人员"),
        "street_dispatcher": _("街道派单员"),
        "department_handler": _("部门经办人"),
        "county_officer": _("区级主管"),
        "administrator": _("系统管理员"),
    }
)

SETUP = for_job("setup")
COUNTY = open_to("county_officer", "administrator")
# The party line looks after its own bodies and posts; the county office registers them too, and sees no members by it.
PARTY_LINE = ("party_officer", "street_party_officer", "county_party_officer")
PARTY_BODIES = tuple(Rule(role, Both(Within(), Where("kind", kind))) for role in PARTY_LINE for kind in PARTY_KINDS)
COMMUNITY = open_to("community_worker", "street_dispatcher", "county_officer")
# A county officer fills every post but the administrator's; a community fills the posts nearest to the people.
FILLERS = (
    open_to("administrator")
    + open_to("county_officer", never=(Where("kind", "administrator"),))
    + tuple(Rule("community_worker", Both(Within(), Where("kind", kind))) for kind in COMMUNITY_FILLS)
    + tuple(Rule(role, Both(Within(), Where("kind", kind))) for role in PARTY_LINE for kind in PARTY_FILLS)
    + SETUP
)
ENDERS = (
    open_to("county_officer", scope=Within("post__path"), never=(Where("post__kind", "administrator"),))
    + open_to("administrator", scope=Within("post__path"))
    + tuple(Rule("community_worker", Both(Within("post__path"), Where("post__kind", kind))) for kind in COMMUNITY_FILLS)
    + tuple(Rule(role, Both(Within("post__path"), Where("post__kind", kind))) for role in PARTY_LINE for kind in PARTY_FILLS)
    + for_signed_in(Mine("account_id"))
)
# Who files and who receives is for the method to say; here stands who can be part of a filing at all.
FILERS = open_to(*PARTY_LINE, "community_worker", "street_dispatcher", "department_handler", "county_officer")
# Who sees the register of bodies as staff: whoever works with the bodies of a place.
STAFF = open_to(
    "grid_worker", "branch_secretary", "community_worker", "street_dispatcher", "county_officer", "administrator", *PARTY_LINE
)  # fmt: skip
# A sheet of bodies or posts is taken by whoever may write some of them; each row is then decided like the single act.
BODY_SHEETS = open_to("county_officer", "administrator", *PARTY_LINE) + SETUP
POST_SHEETS = open_to("county_officer", "administrator", "community_worker", *PARTY_LINE) + SETUP
REVIEWERS = open_to("community_worker", "street_dispatcher", "party_officer", "branch_secretary")

declare(
    Action("bodies.found_body", _("登记组织"), COUNTY + PARTY_BODIES + SETUP),
    Action("bodies.revise_body", _("更正组织信息"), COUNTY + PARTY_BODIES + SETUP),
    Action("bodies.link_bodies", _("登记组织关系"), COUNTY + PARTY_BODIES + SETUP),
    Action("bodies.unlink_bodies", _("解除组织关系"), open_to("county_officer", "administrator", *PARTY_LINE, scope=Within("body__path"))),
    Action("bodies.dissolve_body", _("撤销组织"), COUNTY),
    Action("bodies.begin_term", _("登记届期"), COMMUNITY + PARTY_BODIES + SETUP),
    Action("bodies.open_formation", _("启动组建"), open_to(*PARTY_LINE) + for_job("bodies.offer_formation")),
    Action("bodies.name_secretary", _("确定书记人选"), open_to(*PARTY_LINE)),
    Action("bodies.apply_formation", _("申请设立"), open_to(*PARTY_LINE)),
    Action("bodies.return_formation", _("退回申请"), open_to(*PARTY_LINE)),
    Action("bodies.approve_formation", _("批复设立"), open_to(*PARTY_LINE)),
    Action("bodies.file_formation", _("组织备案"), open_to(*PARTY_LINE)),
    Action("bodies.abandon_formation", _("终止组建"), open_to(*PARTY_LINE)),
    Action("bodies.view_formation", _("查看组建"), open_to(*PARTY_LINE, "branch_secretary")),
    Action("bodies.open_filing", _("启动备案"), open_to(*PARTY_LINE, "community_worker") + for_job("bodies.open_filing")),
    Action("bodies.submit_filing", _("报送备案"), FILERS),
    Action("bodies.return_filing", _("退回备案"), FILERS),
    Action("bodies.receive_filing", _("收讫备案"), FILERS),
    Action("bodies.view_filing", _("查看备案"), FILERS),
    Action("bodies.stand_as_candidate", _("报名参选业委会"), open_to("community_worker") + for_signed_in(Mine("account_id"))),
    Action("bodies.review_candidate", _("审查候选人"), REVIEWERS),
    Action("bodies.object_to_review", _("对审查结果提出异议"), for_signed_in(Mine("account_id")) + open_to("community_worker")),
    Action("bodies.settle_objection", _("答复异议"), open_to("street_dispatcher")),
    Action("bodies.view_candidates", _("查看候选人审查"), REVIEWERS + for_signed_in(Mine("account_id"))),
    Action("bodies.set_service_area", _("设定服务范围"), COUNTY + SETUP),
    Action("bodies.set_competences", _("设定部门职责"), COUNTY + SETUP),
    Action("bodies.create_post", _("设立岗位"), FILLERS),
    Action("bodies.appoint", _("任职登记"), FILLERS),
    Action("bodies.end_holding", _("离任登记"), ENDERS + for_job("bodies.owner_left")),
    Action("bodies.follow_grid", _("网格范围变了，岗位权限跟着变"), for_job("bodies.follow_grid")),
    Action("bodies.follow_place", _("地方调整了，岗位权限跟着变"), for_job("bodies.follow_place")),
    Action("bodies.follow_account", _("账号对上了，岗位权限跟着给"), for_job("bodies.follow_account")),
    Action("bodies.record_bodies", _("登记和更正组织"), BODY_SHEETS),
    Action("bodies.withdraw_bodies", _("撤回导入的组织"), BODY_SHEETS),
    Action("bodies.record_posts", _("登记岗位和任职"), POST_SHEETS),
    Action("bodies.withdraw_posts", _("撤回导入的任职"), POST_SHEETS),
    Action("bodies.view_register", _("查看组织台账"), STAFF),
    Action("bodies.view_body", _("查看组织"), for_anyone()),
)

personal.declare(
    "bodies.Holding",
    {"person": _("任职的人（人员编号）"), "account_id": _("任职的人（账号编号）"), "name": _("任职时公开的姓名"), "basis": _("任职文件，可能有姓名")},
    purpose=_("谁在岗位上、凭什么，居民找得到人"), basis=personal.DUTY, seen_by=_("所有人：岗位是公开的"), kept=_("长期：任职记录要查得到"),
)  # fmt: skip
personal.not_personal("bodies.Body", {"name": _("组织的名称"), "phone": _("办公电话，公开")})
personal.not_personal("bodies.Post", {"phone": _("岗位的办公电话，公开")})
personal.not_personal("bodies.Body", {"basis": _("文件名")})
personal.not_personal("bodies.Term", {"basis": _("选举或表决的文件")})
personal.not_personal("bodies.Formation", {"name": _("组织的名称"), "eligibility": _("够不够条件，只有人数")})
personal.declare(
    "bodies.Formation",
    {"secretary": _("书记人选的姓名")},
    purpose=_("筹建组织要报批的人选"), basis=personal.DUTY, seen_by=_("上级党组织、社区"), kept=_("随筹建的事存档"),
)  # fmt: skip
personal.declare(
    "bodies.Holding",
    {"source_note": _("任职的来历，可能有姓名")},
    purpose=_("谁在岗位上、凭什么"), basis=personal.DUTY, seen_by=_("工作人员"), kept=_("长期：任职记录要查得到"),
)  # fmt: skip
personal.declare(
    "bodies.CandidateReview",
    {
        "person": _("候选人（人员编号）"), "account_id": _("候选人（账号编号）"), "name": _("候选人的姓名"), "owner": _("是不是这里的业主"),
        "ground": _("不通过的法律依据"), "reason": _("理由"), "objection": _("候选人的异议"), "answer": _("对异议的答复"),
    },
    purpose=_("业委会候选人的审查要有理由、能异议"), basis=personal.DUTY, seen_by=_("本人；审查的街道、社区"), kept=_("任期届满后三年"),
)  # fmt: skip
personal.eraser(
    personal.Eraser(
        "bodies", lambda account_id: [], lambda subjects, at: 0, removes="",
        keeps=_("担任过的岗位和任期：任职是公开的，记录依法留存（个人信息保护法第四十七条第二款）"),
    )
)  # fmt: skip
