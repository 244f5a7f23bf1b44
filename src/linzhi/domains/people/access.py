"""Who may see and change people's records: the workers of the place where they live, and the persons themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhi.domains.people.models import Ownership, Person, Residence
from linzhi.foundation.access.actions import Action, declare, for_anyone, for_job, for_signed_in, open_to
from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.scopes import NOTHING, Mine, Scope
from linzhi.foundation.privacy import personal
from linzhi.foundation.privacy.personal import CONSENT, DUTY
from linzhi.foundation.territory.paths import covers, within
from linzhi.kernel.actor import Actor


@dataclass(frozen=True)
class LivesOrOwnsWithin(Scope):
    """The person's record is kept in a territory of the grant, or the person lives or owns a dwelling there."""

    def holds(self, actor: Actor, grants: Iterable[Grant], obj: Any) -> Grant | bool:
        if obj is None:
            return False
        places = [obj.path]
        # A place is asked about, too (the export of a ledger); its number is nobody's.
        for model in (Residence, Ownership) if isinstance(obj, Person) else ():
            places.extend(model.objects.filter(person_id=obj.pk, end__isnull=True).values_list("path", flat=True))
        return next((grant for grant in grants if any(covers(grant.path, place) for place in places)), False)

    def rows(self, actor: Actor, grants: Iterable[Grant]) -> Q:
        result = NOTHING
        for path in {grant.path for grant in grants}:
            result |= within("path", path)
            for model in (Residence, Ownership):
                result |= Q(pk__in=model.objects.filter(within("path", path), end__isnull=True).values("person_id"))
        return result


WORKERS = open_to("community_worker", "grid_worker")
COMMUNITY = open_to("community_worker")
ITSELF = for_signed_in(Mine("account_id"))
# The closed room: only the party line of the place; not the workers, not the county office, not the administrator.
BRANCH_LINE = open_to("branch_secretary", "party_officer")

declare(
    Action("people.register_person", _("登记人员"), WORKERS),
    Action("people.record_residents", _("登记住户"), WORKERS),
    Action("people.withdraw_residents", _("撤销住户导入"), WORKERS),
    Action("people.record_owners", _("登记业主"), COMMUNITY),
    Action("people.withdraw_owners", _("撤销业主导入"), COMMUNITY),
    Action("people.record_memberships", _("登记党员"), BRANCH_LINE),
    Action("people.withdraw_memberships", _("撤销党员登记"), BRANCH_LINE),
    Action("people.view_memberships", _("查看党员名册"), BRANCH_LINE),
    Action("people.correct_person", _("更正人员登记"), open_to("community_worker", scope=LivesOrOwnsWithin())),
    Action("people.reveal_member", _("打开党员登记"), BRANCH_LINE),
    Action("people.reveal_person", _("打开人员登记"), open_to("community_worker", "grid_worker", scope=LivesOrOwnsWithin())),
    Action("people.move_in", _("登记入住"), WORKERS),
    Action("people.move_out", _("登记搬离"), WORKERS),
    Action("people.record_ownership", _("登记产权"), COMMUNITY),
    Action("people.end_ownership", _("注销产权登记"), COMMUNITY),
    Action("people.merge_persons", _("合并人员"), open_to("community_worker", scope=LivesOrOwnsWithin())),
    Action("people.keep_apart", _("确认不是同一人"), open_to("community_worker", scope=LivesOrOwnsWithin())),
    Action("people.offer_skill", _("登记能人"), open_to("community_worker", "grid_worker", scope=LivesOrOwnsWithin()) + ITSELF),
    Action("people.record_skills", _("能人库台账"), WORKERS),
    Action("people.withdraw_skills", _("撤销能人库导入"), WORKERS),
    Action(
        "people.withdraw_skill",
        _("撤回能人登记"),
        open_to("community_worker", "grid_worker") + for_signed_in(Mine("person__account_id")) + for_job("people.end_skills"),
    ),
    Action("people.check_in", _("新就业群体报到"), for_anyone()),
    Action("people.check_out", _("删除报到登记"), for_anyone()),
    Action("people.view_check_ins", _("查看报到登记"), COMMUNITY),
    Action("people.open_survey", _("发起摸排"), open_to("community_worker", "street_dispatcher", "county_officer")),
    Action("people.record_visit", _("登记走访结果"), WORKERS),
    Action("people.close_survey", _("结束摸排"), open_to("community_worker", "street_dispatcher", "county_officer")),
    Action("people.view_survey", _("查看摸排"), open_to("grid_worker", "community_worker", "street_dispatcher", "county_officer")),
    Action(
        "people.link_account",
        _("把账号和本人对上"),
        open_to("community_worker", scope=LivesOrOwnsWithin()) + for_job("people.link_by_phone"),
    ),
    Action(
        "people.view_person",
        _("查看人员"),
        open_to("community_worker", "grid_worker", scope=LivesOrOwnsWithin()) + for_signed_in(Mine("account_id")),
    ),
)

REGISTER = _("当地的社区工作人员和网格员，名字和电话打码，打开要写明用途；本人")
MOVED_OUT = _("在册期间；搬离并无产权三年后清空（各地可以定得更短）")

personal.declare(
    "people.Person",
    {
        "account_id": _("本人的账号编号"), "name": _("姓名，加密"), "phone": _("手机号，加密"), "phone_index": _("手机号的盲索引"),
        "merged_into": _("和哪条是同一个人"),
    },
    purpose=_("知道谁住在这里、谁是业主，有事找得到人"), basis=DUTY, seen_by=REGISTER, kept=MOVED_OUT, rule="people.left",
)  # fmt: skip
personal.declare(
    "people.Identity",
    {"person": _("谁的（人员编号）"), "number": _("证件号码，加密"), "number_index": _("证件号码的盲索引")},
    purpose=_("法律要求核对身份的事：业主名册、委托表决、救助"), basis=DUTY, seen_by=_("办那件事的人，打开要写明用途；本人"),
    kept=_("登记 180 天后删除；业主名册用的到不再是业主"), rule="people.identities",
)  # fmt: skip
personal.declare(
    "people.Residence",
    {"person": _("谁住（人员编号）"), "named": _("房屋和姓名的盲索引")},
    purpose=_("知道谁住在这里"), basis=DUTY, seen_by=REGISTER, kept=_("搬离三年后认人的标记清空；是谁随人员登记"), rule="people.residences",
)  # fmt: skip
personal.declare(
    "people.Ownership",
    {
        "person": _("谁的（人员编号）"), "certificate": _("产权证号，加密"), "certificate_index": _("产权证号的盲索引"),
        "named": _("房屋和姓名的盲索引"), "representative": _("是不是共有人的代表"),
    },
    purpose=_("业主名册：开业主大会、算票权"), basis=DUTY, seen_by=REGISTER, kept=_("有产权期间；转出三年后证号清空，是谁随人员登记"), rule="people.ownerships",
)  # fmt: skip
personal.declare(
    "people.Membership",
    {"person": _("谁（人员编号，加密）"), "person_index": _("人员编号的盲索引"), "seat": _("组织关系在哪里，加密")},
    purpose=_("把小区的党员组织起来"), basis=CONSENT, seen_by=_("党组织这条线上的人；别人只看到人数"), kept=_("在册期间；转出或本人撤回一个月后清空是谁，只留人数"), rule="people.memberships",
)  # fmt: skip
personal.declare(
    "people.SkillOffer",
    {"person": _("谁（人员编号）"), "words": _("会什么")},
    purpose=_("能人库：邻里有事找得到会的人"), basis=CONSENT, seen_by=_("社区工作人员；联系要本人同意"), kept=_("本人撤回时停用，一个月后删除"), rule="people.skills",
)  # fmt: skip
personal.declare(
    "people.CheckIn",
    {
        "account_id": _("本人的账号编号"), "name": _("姓名，加密"), "phone": _("手机号，加密"), "phone_index": _("手机号的盲索引"),
        "wishes": _("想参加什么、用什么"),
    },
    purpose=_("新就业群体报到"), basis=CONSENT, seen_by=_("报到地的社区；不给平台企业"), kept=_("本人要求时删除；一年没有再报到也删除"), rule="people.check_ins",
)  # fmt: skip
personal.not_personal("people.Firm", {"name": _("单位的名称")})
personal.not_personal("people.Survey", {"basis": _("文件名"), "asks": _("问哪几项")})
personal.declare(
    "people.Apart",
    {"one": _("一条记录（人员编号）"), "other": _("另一条（人员编号）")},
    purpose=_("核对过不是同一个人，以后不再问"), basis=DUTY, seen_by=_("没有人，只有程序用"), kept=MOVED_OUT, rule="people.apart",
)  # fmt: skip
