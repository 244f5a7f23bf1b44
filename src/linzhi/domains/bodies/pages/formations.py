"""党组织组建: what each estate must have and has, and the formations under way. For the party line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.bodies import commands as do
from linzhi.domains.bodies import metrics, queries
from linzhi.domains.bodies.models import Formation
from linzhi.domains.bodies.pages import courses
from linzhi.domains.bodies.pages.forms import choose, posted, show, words
from linzhi.domains.bodies.pages.frame import Asked, asked_of, base, must, pager, sources
from linzhi.domains.bodies.rules import BODY_KINDS
from linzhi.domains.places.queries import place_label, place_labels
from linzhi.flow import queries as flow
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.history import names_on
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import SEGMENT
from linzhi.kernel.refused import NotFound
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import resolve
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form
from linzhi.web.jinja import query
from linzhi.web.render import page

VIEW = "bodies.view_formation"
SUBJECT = "bodies.formation"
PAGE = 50
DUE = {"branch": gettext_lazy("党支部"), "group": gettext_lazy("党小组"), "instructor": gettext_lazy("党建指导员")}
WHY = {
    "enough": gettext_lazy("正式党员够数"), "under_branch": gettext_lazy("社区党组织本身是党支部，设党小组"),
    "too_few": gettext_lazy("有党员，还不够设支部"), "nobody": gettext_lazy("还没有党员"),
}  # fmt: skip


class StartForm(Form):
    """A formation to begin."""

    kind = forms.ChoiceField(label=gettext_lazy("组建什么"))
    name = words(gettext_lazy("名称"), 80, hint=gettext_lazy("不填就用小区的名字"))
    exception = words(gettext_lazy("例外理由"), 200, hint=gettext_lazy("按规定还不够条件时才要写"))


def view(request: HttpRequest) -> HttpResponse:
    """The verdict of every estate inside a place as of a day, unmet ones first, and the formations under way.

    How many members an estate has is shown exactly to whoever keeps its roll, to others only when it isn't small.
    """
    asked = asked_of(request, VIEW)
    values = {"show": request.GET.get("show", "")}
    verdicts = metrics.branch_verdicts(asked.place.path, asked.on)
    unmet = [one for one in verdicts if not one.met]
    under_way = queries.formations(asked.powers, asked.place.path)
    shown = unmet if values["show"] == "unmet" else sorted(verdicts, key=lambda one: (one.met, one.path))
    first, pages = pager(request, len(shown), PAGE)
    part = shown[first : first + PAGE]
    here = reverse("bodies:formations") + query({}, place=asked.place.code, on=asked.on.isoformat() if asked.past else None)
    context = base(request, asked, "formations") | pages | {
        "rows": part,
        "counts": {one.path: _counts(asked, one) for one in part},
        "forming": {one.path: one for one in under_way},
        "formations": under_way,
        "labels": place_labels({one.path for one in under_way}),
        "communities": names_on({one.path[:-SEGMENT] for one in part}, asked.on),
        "codes": dict(Territory.objects.filter(path__in=[one.path for one in part]).values_list("path", "code")),
        "due": DUE,
        "why": WHY,
        "values": values,
        "rule": metrics.branch_rule(pack_for(asked.place.path), asked.on),
        "may_open": asked.may("bodies.open_formation"),
        "steps": {one.pk: flow.step_of(courses.matter_of(one, SUBJECT)) for one in under_way},
        "tally": [
            {"count": len(verdicts), "label": _("小区"), "href": here, "note": ""},
            {"count": len(unmet), "label": _("还没达到的"), "href": f"{here}&show=unmet", "note": "", "over": bool(unmet)},
            {"count": len(under_way), "label": _("正在组建"), "href": f"{here}#under-way", "note": ""},
        ],
    }  # fmt: skip
    return page(request, "bodies/formations.html", context, nav="bodies")


def _counts(asked: Asked, verdict: metrics.BranchVerdict) -> tuple[str, str]:
    """Members that count and members in all, as the asker may know them."""
    exact = bool(asked.powers.decide("people.view_memberships", Territory(path=verdict.path)))
    least = int(resolve("privacy.min_cell", on=asked.on, pack=pack_for(verdict.path)).value)
    words_of = [str(n) if exact or n >= least else _("不足 %(n)d") % {"n": least} for n in (verdict.counted, verdict.members)]
    return words_of[0], words_of[1]


def new(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a formation in an estate. Refused as its command says."""
    estate = territory.find(code)
    if estate is None or estate.level != "estate":
        raise NotFound(_("没有找到这个小区。"))
    asked = asked_of(request, VIEW, path=estate.path)
    must(asked, "bodies.open_formation", estate)
    verdict = next(iter(metrics.branch_verdicts(estate.path, asked.on)), None)
    due = "party_group" if verdict is not None and verdict.due != "branch" else "party_branch"
    form = StartForm(posted(request), initial={"kind": due})
    choose(form, "kind", [(kind, BODY_KINDS[kind].title) for kind in ("party_branch", "party_group")])
    made: list[Formation] = []

    def save(given: dict[str, Any]) -> None:
        made.append(do.open_formation(asked.powers.actor, do.OpenFormation(estate=estate.code, **given)))

    back = reverse("bodies:formations") + query({}, place=estate.code)
    title = _("%(name)s：启动组建") % {"name": estate.name}
    answer = show(request, asked, form, title=title, back=back, done=_("组建已经启动。"), save=save, button=_("启动组建"))
    return redirect("bodies:formation", made[0].pk) if made else answer


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One formation: where it stands, its steps and history, and the acts that are the asker's now."""
    row, asked = _find(request, pk)
    matter = courses.matter_of(row, SUBJECT)
    exact = bool(asked.powers.decide("people.view_memberships", Territory(path=row.path)))
    context = base(request, asked, "formations") | courses.standing(asked.powers, matter, asked.at) | {
        "row": row,
        "title": row.name,
        "facts": _facts(row, exact=exact, least=int(resolve("privacy.min_cell", on=asked.on, pack=pack_for(row.path)).value)),
        "act_page": "bodies:formation_act",
        "back": reverse("bodies:formations") + query({}, place=asked.place.code),
        "back_words": _("回到党组织组建"),
        "body": row.body,
    }  # fmt: skip
    return page(request, "bodies/course.html", context, nav="bodies")


def _facts(row: Formation, *, exact: bool, least: int) -> list[tuple[str, str]]:
    counted = int(row.eligibility.get("counted", 0))
    words_of = _("不足 %(n)d") % {"n": least} if counted < least and not exact else str(counted)
    known = [
        (_("编号"), row.number), (_("类型"), str(BODY_KINDS[row.kind].title)), (_("小区"), place_label(row.path)),
        (_("上级组织"), row.parent.name), (_("启动时计入的正式党员"), words_of),
        (_("按规定"), f"{WHY.get(row.eligibility.get('why', ''), '')}，{_('应设')}{DUE.get(row.eligibility.get('due', ''), '')}"),
        (_("例外理由"), row.eligibility.get("exception", "")), (_("书记人选"), row.secretary),
        (_("人选来源"), sources().get(row.secretary_source, "")), (_("批复文号"), row.approval), (_("备案文号"), row.filing_number),
    ]  # fmt: skip
    return [(label, value) for label, value in known if value]


def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """The form of one act of a formation. Refused as its command says."""
    row, asked = _find(request, pk)
    code = f"bodies.{act}"
    matter = courses.matter_of(row, SUBJECT)
    form = courses.act_form(posted(request), code, row, matter, asked.on)
    must(asked, code, row)
    title = f"{row.name}：{courses.act_title(matter, code)}"

    def save(given: dict[str, Any]) -> None:
        courses.perform(asked.powers, code, row.pk, given)

    back = reverse("bodies:formation", args=[row.pk])
    return show(request, asked, form, title=title, back=back, done=_("办好了。"), save=save, button=courses.act_title(matter, code))


def _find(request: HttpRequest, pk: int) -> tuple[Formation, Asked]:
    rows = Formation.objects.filter(powers_of(request).visible(VIEW), pk=pk).select_related("parent", "body")
    row = rows.first()
    if row is None:
        raise NotFound(_("没有这次组建，或者不在您的范围内。"))
    return row, asked_of(request, VIEW, path=row.path)
