"""Rows of the registers that shouldn't be so: doubled, overlapping, vacant, running out. Words name no person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.bodies import queries as body_lists
from linzhi.domains.people import metrics as people
from linzhi.domains.places.queries.partition import Problem, grid_problems
from linzhi.foundation.access.powers import Powers
from linzhi.kernel.actor import System
from linzhi.kernel.clock import day_of
from linzhi.policy.metrics import Offender, Scope, listing

SOON = 90
"""How many days before its end a term is said to run out: a local setting."""
GRIDS = gettext_lazy("网格台账")
POSTS = gettext_lazy("岗位台账")


def _problems(scope: Scope) -> list[Problem]:
    return grid_problems(scope.path, scope.on)


def _grids(name: str, title: Any, formula: Any, wanted: Callable[[str], bool]) -> None:
    """Declare the listing of some kinds of what is wrong with grids (CM-03)."""

    def read(problems: list[Problem]) -> Iterator[Offender]:
        for one in problems:
            if wanted(one.kind):
                yield Offender(f"{one.kind}:{one.path}:{'+'.join(one.grids)}", one.community, str(one.words))

    listing(name, title=title, formula=formula, needs=GRIDS, source=_problems)(read)


_grids("grids.gaps", gettext_lazy("没有划进网格的地方"), gettext_lazy("不在任何网格里的楼栋或小区"), lambda kind: kind == "gap")
_grids("grids.overlaps", gettext_lazy("网格重叠"), gettext_lazy("同时在两个网格里的楼栋或小区"), lambda kind: kind == "overlap")
_grids("grids.faults", gettext_lazy("网格范围有误"), gettext_lazy("范围超出本社区，或微网格超出所属网格"),
       lambda kind: kind not in ("gap", "overlap"))  # fmt: skip


@listing("posts.vacant", title=gettext_lazy("空缺的岗位"), formula=gettext_lazy("在册岗位中没有任职人的"), needs=POSTS)
def vacant(scope: Scope) -> Iterator[Offender]:
    """Posts that nobody holds."""
    for post in body_lists.vacant_posts(scope.path, scope.at):
        words = _("%(body)s的“%(post)s”没有人。") % {"body": post.body.name, "post": post.title}
        yield Offender(f"bodies.post:{post.pk}", post.path, words)


def _terms(over: bool) -> Callable[[Scope], Iterator[Offender]]:
    def read(scope: Scope) -> Iterator[Offender]:
        powers = Powers(System("compliance.refresh"), scope.at)
        for row in body_lists.running_out(powers, scope.path, within_days=SOON):
            if row.over(day_of(scope.at)) != over:
                continue
            what = _("第 %(n)s 届") % {"n": row.name} if row.what == "term" else row.name
            sentence = _("%(body)s%(what)s的任期 %(day)s 已满。") if over else _("%(body)s%(what)s的任期 %(day)s 届满。")
            words = sentence % {"body": row.body_name, "what": what, "day": row.end}
            yield Offender(f"bodies.body:{row.body_id}:{row.what}:{row.name}", row.path, words)

    return read


listing("terms.over", title=gettext_lazy("届期已满的组织和岗位"), formula=gettext_lazy("届期或任期的最后一天已过"), needs=POSTS)(
    _terms(True)
)
listing("terms.soon", title=gettext_lazy("届期快满的组织和岗位"), formula=gettext_lazy("届期或任期 90 天内届满"), needs=POSTS)(
    _terms(False)
)


@listing(
    "secretaries.unfiled", title=gettext_lazy("没有备案的书记"), formula=gettext_lazy("在任书记中没有完成备案的"), needs=POSTS, room="party"
)
def unfiled(scope: Scope) -> Iterator[Offender]:
    """Secretaries in office whose filing isn't done (CM-19, AQ-08)."""
    for holding in body_lists.unfiled_secretaries(scope.path, scope.at):
        words = _("%(body)s%(post)s还没有备案。") % {"body": holding.post.body.name, "post": holding.post.title}
        yield Offender(f"bodies.holding:{holding.pk}", holding.post.path, words)


@listing(
    "persons.alike",
    title=gettext_lazy("可能是同一个人的登记"),
    formula=gettext_lazy("手机号相同、姓名不同，还没有人核对过的登记"),
    needs=gettext_lazy("居民台账"),
)
def alike(scope: Scope) -> Iterator[Offender]:
    """Records that may be one person; numbers only."""
    for one in people.alike(scope.path):
        words = _("登记号 %(numbers)s 的手机号相同，姓名不同。") % {"numbers": "、".join(str(pk) for pk in one.persons)}
        yield Offender(f"people.person:{'+'.join(str(pk) for pk in one.persons)}", one.path, words)


@listing(
    "surveys.late",
    title=gettext_lazy("过期没走完的摸排"),
    formula=gettext_lazy("截止日已过、还有户没走到的摸排"),
    needs=gettext_lazy("摸排任务"),
)
def late(scope: Scope) -> Iterator[Offender]:
    """Surveys past their last day with doors where nobody was, by estate (LD-19)."""
    for survey, path, left in people.surveys_late(scope.path, scope.on):
        words = _("“%(survey)s”已过截止日，还有 %(n)d 户没走到。") % {"survey": survey.title, "n": left}
        yield Offender(f"people.survey:{survey.pk}:{path}", path, words)
