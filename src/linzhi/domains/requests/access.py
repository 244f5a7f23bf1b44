"""Who may do what to requests. The method of the matter narrows it further to the step where it stands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, Rule, declare, for_anyone, for_job, for_signed_in, open_to
from linzhi.foundation.access.scopes import AmongBodies, Mine, OwnBody, Scope, Where, Within

IN_PLACE = Within("path")
HANDLING = OwnBody("matter__handler_body_id")
DISPATCHED = AmongBodies("requests.Dispatch", "request_id")
REPORTER = Mine("reporter_id")
ACCUSED = OwnBody("hidden_from_body_id")
"""A tip-off is never seen by anybody of the body it is about."""

LOCAL = ("grid_worker", "community_worker", "street_dispatcher", "county_officer")
DESK = ("community_worker", "street_dispatcher", "county_officer")
WATCH = ("branch_secretary", "committee_member", "building_head")
HANDLERS = ("property_handler", "department_handler", "grid_worker", "community_worker", "street_dispatcher")


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
