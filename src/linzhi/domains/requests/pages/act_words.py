"""What staff are offered to say at each act: labels of fields, and short texts to begin from, which everybody edits. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

TO_RESIDENT = _("给居民的话")
REMARK = _("内部备注")
REASON = _("原因")


@dataclass(frozen=True)
class Wording:
    """One act on the screen. `say` and `note` are labels, an empty one hides the field; `says` and `notes` are texts to begin from.

    With `begins` the first text stands in the field already: only where it says nothing that could be untrue. `needs` is what the
    page asks for beyond the method.
    """

    say: Any = TO_RESIDENT
    note: Any = REMARK
    button: Any = ""
    says: tuple[Any, ...] = ()
    notes: tuple[Any, ...] = ()
    begins: bool = False
    needs: tuple[str, ...] = ()


PLAIN = Wording()

WORDINGS: dict[str, Wording] = {
    "requests.respond": Wording(
        button=_("响应"), begins=True,
        says=(_("您反映的事收到了，我来跟，有进展马上告诉您。"), _("收到了，我这就去现场看。"), _("收到了，正在联系能办的单位。")),
    ),
    "requests.accept": Wording(
        button=_("受理"), begins=True, says=(_("您反映的事已经受理，我们会派给能办的单位。"), _("已经受理，需要补充情况时会联系您。")),
    ),
    "requests.decline": Wording(
        say=_("为什么不受理，该找谁"), button=_("不予受理"),
        says=(_("这件事不归社区管，请拨打　　，由　　办理。"), _("这件事正在走诉讼或仲裁，请等有关部门的结论。")),
    ),
    "requests.mark_duplicate": Wording(button=_("合并"), begins=True, says=(_("这件事已经有人反映，并到一起办，进展会一起告诉您。"),)),
    "requests.handle_directly": Wording(say=_("怎么办的"), button=_("当场办结"), says=(_("到现场看了，已经处理好：　　。"), _("已经当面答复：　　。"))),
    "requests.dispatch": Wording(
        button=_("派单"), begins=True, notes=(_("请今天到现场看。"), _("请先联系居民，约好时间再去。")),
        says=(_("已经派给承办单位，他们会联系您。"), _("已经派单，请留意电话，可能要约时间上门。")),
    ),
    "requests.whistle": Wording(say="", note=_("为什么要街道派单"), button=_("吹哨"), notes=(_("小区和社区都没有执法权，请街道派给有权的部门。"),)),
    "requests.escalate": Wording(say="", note=_("为什么要上一级来办"), button=_("交上去"), notes=(_("要几家一起办，小区协调不了。"),)),
    "requests.send_back": Wording(say="", note=_("为什么退回"), button=_("退回社区"), notes=(_("这件事社区能办，请先协调物业。"),)),
    "requests.assign_finally": Wording(
        note=_("为什么指定它"), button=_("指定承办"), begins=True, notes=(_("按职责清单，这一项由它牵头。"),), says=(_("已经指定承办单位，不再转来转去。"),),
    ),
    "requests.sign": Wording(say="", button=_("签收")),
    "requests.return_dispatch": Wording(
        say="", note=_("退单理由"), button=_("退单"), notes=(_("不在我单位职责范围，应由　　办理，依据：　　。"), _("地点不在我单位服务范围。"), _("信息不够，联系不上居民。")),
    ),
    "requests.record_progress": Wording(
        say=_("现在到哪一步了"), button=_("记下"), says=(_("人已经到现场，正在查原因。"), _("要换配件，已经订货，预计　　到。"), _("约了您　　上门。")),
    ),
    "requests.finish_work": Wording(say="", note=_("做了什么"), button=_("处置完毕"), notes=(_("已修好，现场试过。"),)),
    "requests.give_feedback": Wording(
        say=_("办得怎么样"), button=_("反馈结果"), says=(_("已经修好：　　。请您看看。"), _("查过了，情况是：　　。我们的处理是：　　。")),
    ),
    "requests.claim_beyond_power": Wording(say="", note=_("超出了哪一条权限"), button=_("提出超权限"), notes=(_("需要　　审批，本级没有这项权限，依据：　　。"),)),
    "requests.confirm_beyond_power": Wording(
        say=_("告诉居民的原因"), button=_("确认超出权限"), says=(_("核实过了，这件事要由　　来定，我们没有这个权限。已经报上去，有消息会告诉您。"),),
    ),
    "requests.reject_beyond_power": Wording(say="", note=REASON, button=_("继续办"), notes=(_("这一项在你单位职责清单里，请继续办。"),)),
    "requests.verify": Wording(
        button=_("请居民看"), begins=True, says=(_("我们到现场看过，已经办好，请您也看看。"), _("电话核实过，办好了，请您看看。")),
    ),
    "requests.redo": Wording(say="", note=_("哪里没办好"), button=_("退回重办"), notes=(_("现场还是老样子。"), _("只办了一半，还差　　。"))),
    "requests.confirm_solved": Wording(say="", note=_("怎么知道的"), button=_("记下：解决了"), notes=(_("电话问过本人，说解决了。"), _("当面问过本人，说解决了。"))),
    "requests.reject_result": Wording(say=_("居民说哪里没解决"), button=_("没解决，重新办"), says=(_("电话问过本人，说还没解决：　　。"),)),
    "requests.conclude": Wording(say=_("没办成的原因"), button=_("如实结案"), says=(_("能想的办法都试过了，还是没办成。原因是：　　。"),)),
    "requests.follow_up": Wording(say="", note=_("回访情况"), button=_("回访完毕"), notes=(_("电话回访，本人说满意。"), _("打了三次电话没人接。"))),
    "requests.reopen": Wording(say=_("又出了什么问题"), button=_("重新打开")),
    "requests.answer_rating": Wording(
        say=_("答复"), button=_("答复"), says=(_("您说得对，这件事我们办慢了，原因是：　　。往后会：　　。"), _("谢谢您直说。我们又去看了：　　。")),
    ),
    "requests.suspend": Wording(
        say=_("为什么暂时办不了"), button=_("挂账"), says=(_("要等配件到货，到了马上接着办。"), _("要等天气转好才能施工。"), _("要等业主大会表决。")),
    ),
    "requests.resume": Wording(button=_("恢复办理"), begins=True, says=(_("条件有了，接着办。"),)),
    "requests.supervise": Wording(say="", note=_("督办要求"), button=_("督办"), notes=(_("已经超时，请今天报进展。"), _("居民多次反映，请负责人到现场。"))),
    "requests.request_extension": Wording(say="", note=_("为什么要延期"), button=_("申请延期"), notes=(_("配件没到货，预计　　到。"), _("要几家一起施工，时间还没对上。"))),
    "requests.grant_extension": Wording(say="", button=_("同意延期")),
    "requests.refuse_extension": Wording(say="", note=_("为什么不同意"), button=_("不同意"), notes=(_("请先办能办的部分，按原时限反馈。"),)),
    "requests.invite_joint": Wording(say="", note=_("请它做什么"), button=_("请协办")),
    "requests.report_joint": Wording(say="", note=_("协办结果"), button=_("报结果")),
    "requests.hand_over": Wording(note=_("为什么转"), button=_("转交"), begins=True, says=(_("换了更合适的单位来办，他们会联系您。"),)),
    "requests.split": Wording(say="", button=_("拆开")),
    "requests.add_remark": Wording(say="", button=_("记下"), needs=("note",)),
    "requests.locate": Wording(say="", note="", button=_("补上地点")),
}  # fmt: skip


def wording_of(code: str) -> Wording:
    """The words of an act; plain ones for an act that has none."""
    return WORDINGS.get(code, PLAIN)


CATEGORY_FIRST = _("按类别该由它办")
OTHERS = _("也管这里的单位")
