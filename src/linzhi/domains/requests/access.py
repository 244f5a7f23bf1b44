"""Who may do what to requests. The method of the matter narrows it further to the step where it stands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, Rule, declare, for_anyone, for_job, for_signed_in, open_to
from linzhi.foundation.access.scopes import AmongBodies, Mine, OwnBody, Scope, Where, Within
from linzhi.foundation.privacy import personal
from linzhi.foundation.privacy.personal import ACCOUNTABLE, DUTY

IN_PLACE = Within("path")
HANDLING = OwnBody("matter__handler_body_id")
DISPATCHED = AmongBodies("requests.Dispatch", "request_id")
REPORTER = Mine("reporter_id")
ACCUSED = OwnBody("hidden_from_body_id")
"""A tip-off is never seen by anybody of the body it is about."""

LOCAL = ("grid_worker", "community_worker", "street_dispatcher", "county_officer")
DESK = ("community_worker", "street_dispatcher", "county_officer")
WATCH = ("branch_secretary", "committee_member", "building_head")
HANDLERS = ("property_handler", "department_handler", "committee_member", "grid_worker", "community_worker", "street_dispatcher")
"""Who works off what was given to the own body. A body none of whose posts has such a role can't be given anything."""


def _in_place(*roles: str, scope: Scope = IN_PLACE) -> tuple[Rule, ...]:
    return open_to(*roles, scope=scope, never=(ACCUSED,))


def _handling(scope: Scope = HANDLING) -> tuple[Rule, ...]:
    return open_to(*HANDLERS, scope=scope, never=(ACCUSED,))


REPORTED = for_signed_in(REPORTER)
BY_CODE = for_anyone(Where("opened_by_code", True))
"""Whoever proved the status code; the command that checked it sets the mark on the object it loaded."""

declare(
    # reading
    Action(
        "requests.view", _("看诉求"), (*REPORTED, *for_signed_in(Mine("helper_id")), *_in_place(*LOCAL, *WATCH), *_handling(DISPATCHED))
    ),
    Action("requests.view_internal", _("看内部备注"), (*_in_place(*LOCAL, "branch_secretary"), *_handling(DISPATCHED))),
    Action("requests.view_public", _("看公开的诉求"), for_anyone(Where("public", True))),
    Action("requests.view_figures", _("看诉求数字"), open_to(*LOCAL, *WATCH)),
    Action("requests.export", _("导出诉求"), _in_place(*DESK)),
    # coming in
    Action("requests.report", _("报个事"), for_anyone()),
    Action("requests.record", _("代为登记"), open_to(*LOCAL, "building_head", "branch_secretary")),
    Action("requests.take_sheet", _("导入热线工单"), (*open_to("street_dispatcher", "county_officer"), *for_job("requests.import"))),
    Action("requests.replay_reply", _("补记当时的答复"), for_job("requests.import")),
    Action("requests.locate", _("补上地点"), (*_in_place("street_dispatcher", "county_officer"),)),
    Action("requests.follow", _("跟进"), for_signed_in(Where("public", True))),
    # the reporter
    Action("requests.add_note", _("补充一句"), (*REPORTED, *BY_CODE)),
    Action("requests.withdraw", _("撤回"), (*REPORTED, *BY_CODE)),
    Action("requests.confirm_solved", _("解决了"), (*REPORTED, *BY_CODE, *_in_place(*DESK))),
    Action("requests.reject_result", _("没解决"), (*REPORTED, *BY_CODE, *_in_place(*DESK))),
    Action("requests.rate", _("评价"), (*REPORTED, *BY_CODE)),
    Action("requests.reopen", _("重新打开"), (*REPORTED, *BY_CODE, *_in_place(*DESK))),
    # the grid, the community, the street
    Action("requests.respond", _("响应"), _in_place("grid_worker", "branch_secretary", *DESK)),
    Action("requests.accept", _("受理"), _in_place(*DESK)),
    Action("requests.decline", _("不予受理"), _in_place(*DESK)),
    Action("requests.mark_duplicate", _("并入另一件"), _in_place(*DESK)),
    Action("requests.handle_directly", _("自办直结"), _in_place(*LOCAL)),
    Action("requests.dispatch", _("派单"), _in_place(*LOCAL, "branch_secretary")),
    Action("requests.whistle", _("吹哨"), _in_place("grid_worker", "community_worker")),
    Action("requests.escalate", _("交上一级"), _in_place("grid_worker", "branch_secretary", "community_worker")),
    Action("requests.send_back", _("退回社区"), _in_place("street_dispatcher", "county_officer")),
    Action("requests.assign_finally", _("指定承办单位"), _in_place("street_dispatcher", "county_officer")),
    Action("requests.verify", _("核查通过"), _in_place(*LOCAL, "branch_secretary", "committee_member")),
    Action("requests.redo", _("重办"), _in_place(*LOCAL, "branch_secretary", "committee_member")),
    Action("requests.conclude", _("如实结案"), _in_place("community_worker", "street_dispatcher")),
    Action("requests.follow_up", _("回访"), _in_place("community_worker", "street_dispatcher")),
    Action("requests.answer_rating", _("答复低分评价"), _in_place("community_worker", "street_dispatcher")),
    Action("requests.suspend", _("挂账"), _in_place(*DESK)),
    Action("requests.resume", _("恢复办理"), (*_in_place(*DESK), *for_job("requests.resume_due"))),
    Action("requests.supervise", _("督办"), _in_place("street_dispatcher", "county_officer", "branch_secretary", "committee_member")),
    Action("requests.grant_extension", _("同意延期"), _in_place("community_worker", "street_dispatcher")),
    Action("requests.refuse_extension", _("不同意延期"), _in_place("community_worker", "street_dispatcher")),
    Action("requests.confirm_beyond_power", _("确认超出权限"), _in_place("street_dispatcher", "county_officer")),
    Action("requests.reject_beyond_power", _("不属超权限"), _in_place("street_dispatcher", "county_officer")),
    # the handler
    Action("requests.sign", _("签收"), _handling()),
    Action("requests.return_dispatch", _("退单"), _handling()),
    Action("requests.record_progress", _("记进展"), _handling(DISPATCHED)),
    Action("requests.finish_work", _("处置完毕"), _handling()),
    Action("requests.give_feedback", _("反馈结果"), _handling()),
    Action("requests.claim_beyond_power", _("提出超出权限"), _handling()),
    Action("requests.request_extension", _("申请延期"), _handling()),
    Action("requests.hand_over", _("转交"), (*_handling(), *_in_place(*LOCAL))),
    Action("requests.split", _("拆分"), (*_handling(), *_in_place("community_worker", "street_dispatcher"))),
    Action("requests.invite_joint", _("请人协办"), (*_handling(), *_in_place("community_worker", "street_dispatcher"))),
    Action("requests.report_joint", _("报协办结果"), _handling(DISPATCHED)),
    Action("requests.add_remark", _("内部备注"), (*_in_place(*LOCAL), *_handling(DISPATCHED))),
    Action("requests.keep_draft", _("先存着"), (*_in_place(*LOCAL, *WATCH), *_handling(DISPATCHED))),
    # sealed data
    Action(
        "requests.reveal_contact",
        _("看联系方式"),
        (
            *open_to(*LOCAL, scope=IN_PLACE, never=(OwnBody("accused_body_id"),)),
            *open_to(*HANDLERS, scope=HANDLING, never=(OwnBody("accused_body_id"),)),
        ),
    ),
    # messages to those concerned, sent by handlers of events
    Action("requests.tell", _("发进展消息"), for_job("requests.tell_moves", "requests.tell_limits")),
)

SEEN = _("本人；办这件事的单位和上级；公开的诉求别人看得到打码后的内容")
ON_FILE = _("随诉求存档")

personal.declare(
    "requests.Request",
    {"contact_name": _("联系人姓名，加密"), "contact_phone": _("联系电话，加密"), "contact_index": _("联系电话的盲索引")},
    purpose=_("和报事的人联系、回访"), basis=DUTY, seen_by=_("要联系的工作人员，写明用途才打开，本人看得到；被投诉的单位不能看"),
    kept=_("办结三年后清空"), rule="requests.contacts",
)  # fmt: skip
personal.declare(
    "requests.Request",
    {
        "reporter_id": _("报事人（账号编号）"), "helper_id": _("代为登记的人（账号编号）"), "text": _("说的事，可能提到人"),
        "place_text": _("说的地点"), "title": _("说的事，一句话"),
    },
    purpose=_("把事办到底，告诉本人"), basis=DUTY, seen_by=SEEN, kept=ON_FILE,
)  # fmt: skip
personal.declare(
    "requests.Dispatch",
    {"by": _("谁派的（账号编号）"), "return_reason": _("退单的理由"), "result": _("办理结果")},
    purpose=_("派单有据可查"), basis=ACCOUNTABLE, seen_by=_("办这件事的单位和上级"), kept=ON_FILE,
)  # fmt: skip
personal.declare(
    "requests.Follow",
    {"account_id": _("谁跟进的（账号编号）"), "note": _("他补充的话")},
    purpose=_("一起反映的人也知道进展"), basis=personal.CONSENT, seen_by=_("本人；办这件事的单位"), kept=_("本人取消或注销账号时删除"),
)  # fmt: skip
personal.declare(
    "requests.Rating",
    {"word": _("评价的话"), "reply": _("对低分的答复"), "by_helper": _("是不是别人代评的")},
    purpose=_("办得好不好由报事的人说"), basis=DUTY, seen_by=SEEN, kept=ON_FILE,
)  # fmt: skip
personal.declare(
    "requests.ActDraft",
    {"account_id": _("谁写的（账号编号）"), "words": _("写了没交的话，加密")},
    purpose=_("写到一半不丢"), basis=DUTY, seen_by=_("写的人自己"), kept=_("交了就删；一个月没动也删"),
)  # fmt: skip
