"""Which acts a member of staff may do on a case now, what each will do, and what the reporter will hear of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from linzhi.domains.requests import rules
from linzhi.domains.requests.commands.base import OnRequest
from linzhi.domains.requests.models import Request
from linzhi.domains.requests.pages.act_fields import Asking, asking, input_of
from linzhi.flow import queries as flow
from linzhi.flow.method import Act
from linzhi.flow.promise import limit_words
from linzhi.foundation.access.actions import action_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.commands.execution import all_commands
from linzhi.kernel.refused import NotFound

REPORTERS_OWN = {"requests.rate", "requests.add_note", "requests.withdraw"}
"""What the reporter does on the page of their own; staff who reported something do it there, too."""
ANSWER = "requests.answer_rating"
BESIDE_METHOD = ("requests.locate",)
"""Acts that no method speaks of: they don't move the case."""
NOT_FORMS = {"requests.reveal_contact", "requests.follow", "requests.replay_reply"}


@dataclass(frozen=True)
class Choice:
    """An act to choose: `main` is what the step is there for, `own` belongs to the step, the others may happen anywhere."""

    code: str
    title: str
    main: bool = False
    own: bool = True


def choices(powers: Powers, case: Request) -> list[Choice]:
    """Every act that this person may do to the case now, the main one first; both the method and access have to agree."""
    matter = case.matter
    own = {act.act for act in flow.step_of(matter).acts}
    owed = case.ratings.filter(low=True, replied_at__isnull=True).exists()
    found: list[Choice] = []
    main_taken = False
    for act in flow.acts_for(powers, matter):
        if act.act in REPORTERS_OWN | NOT_FORMS or not powers.decide(act.act, case) or act.act == ANSWER and not owed:
            continue
        # A low rating that waits for an answer has a limit: it is what there is to do.
        main = (act.main or act.act == ANSWER) and not main_taken
        main_taken = main_taken or main
        choice = Choice(act.act, title_of(act), main, act.act in own or act.act == ANSWER)
        found.insert(0 if act.act == ANSWER else len(found), choice)
    for code in BESIDE_METHOD:
        if matter.closed_at is None and powers.decide(code, case):
            title = str(action_of(code).title) if not case.located else _("改地点")
            found.append(Choice(code, title, own=False))
    return found


def chosen(powers: Powers, case: Request, code: str) -> Asking:
    """An act by its code, also one that the step doesn't have any more: the command then says why. Raises NotFound for no act at all."""
    if not _is_form(code):
        raise NotFound(_("没有这个操作。"))
    spec = next((act for act in flow.method_of(case.matter).acts_at(case.matter.step) if act.act == code), None)
    return asking(powers, case, spec or Act(act=code))


def _is_form(code: str) -> bool:
    command = all_commands().get(code)
    if command is None or code in REPORTERS_OWN | NOT_FORMS or not code.startswith("requests."):
        return False
    return issubclass(input_of(command), OnRequest)


def title_of(act: Act) -> str:
    """The name of an act on the screen: the method's own, else the action's."""
    return act.title or str(action_of(act.act).title)


def happens(case: Request, act: Act) -> list[str]:
    """What the act will do, in sentences: the next step with its limit, clocks that stop or begin anew, an end."""
    if act.act in BESIDE_METHOD:
        return [_("地点换了，办理的步骤和时限不变。")]
    snapshot = flow.snapshot_of(case.matter)
    said = []
    for step in flow.next_steps(case.matter, act):
        length = snapshot.length(step.within) if step.within else None
        if step.final:
            said.append(_("这件事就结束了：%(step)s。") % {"step": step.title})
        elif length is not None:
            said.append(_("到“%(step)s”这一步，限 %(limit)s。") % {"step": step.title, "limit": limit_words(length.limit)})
        else:
            said.append(_("到“%(step)s”这一步。") % {"step": step.title})
    effects = {
        "pause": _("所有时限暂停计时，恢复以后补回来。"), "resume": _("时限接着算，暂停的时间补回来。"), "restart": _("重新计时，算新的一轮。"),
        "ask_extension": _("等批复，时限先不变。"), "grant_extension": _("正在走的时限按申请加长。"), "refuse_extension": _("时限不变。"),
    }  # fmt: skip
    if act.effect in effects:
        said.append(effects[act.effect])
    left = _left(case, act)
    return said + ([left] if left else []) or [_("步骤和时限不变。")]


def _left(case: Request, act: Act) -> str:
    """How often the act may still be done in this round, where it is limited."""
    if act.at_most is None:
        return ""
    most = act.at_most if isinstance(act.at_most, int) else int(str(flow.snapshot_of(case.matter).value(act.at_most)))
    used = case.matter.counts.get(act.act, 0)
    if used >= most and act.then:
        return _("已经 %(n)d 次了，这次由上级来定。") % {"n": used}
    return _("最多 %(most)d 次，已经用了 %(n)d 次。") % {"most": most, "n": used}


@dataclass(frozen=True)
class Heard:
    """The message that goes out: title and text exactly as sent; `to` says who gets it. Nothing goes out without a title."""

    title: str = ""
    body: str = ""
    to: str = ""
    sms: bool = False

    @property
    def text(self) -> str:
        """The words as they arrive: a text message is one line with our name before it."""
        return _("【邻治】%(text)s") % {"text": f"{self.title}　{self.body}"} if self.sms else f"{self.title}\n{self.body}"


def heard(case: Request, code: str, say: str) -> Heard:
    """What the reporter and the followers will get when the act is done with these words."""
    title = rules.REPORTER_HEARS.get(code)
    if title is None:
        return Heard(to=_("这一步不给居民发消息。"))
    body = rules.message_body(case.number, case.title, say.replace("\r\n", "\n").strip())
    followers = sum(account != case.reporter_id for account in case.follows.values_list("account_id", flat=True))
    if case.reporter_id is not None:
        to = _("发给报事人。") if not followers else _("发给报事人和 %(n)d 位跟进的人。") % {"n": followers}
    elif case.contact_phone and case.channel != "hotline":
        to = _("发短信给报事人。") if not followers else _("发短信给报事人，并告诉 %(n)d 位跟进的人。") % {"n": followers}
    elif followers:
        to = _("报事人没有留联系方式；发给 %(n)d 位跟进的人。") % {"n": followers}
    elif case.channel == "hotline":
        return Heard(to=_("热线转来的件，由热线答复，这里不发消息。"))
    else:
        return Heard(to=_("报事人没有留联系方式，收不到消息；凭查询码能看到。"))
    return Heard(str(title), body, to, sms=case.reporter_id is None and bool(case.contact_phone) and case.channel != "hotline")
