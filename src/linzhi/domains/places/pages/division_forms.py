"""The pages on which the tree of divisions is changed: a form, then what it will do in figures, and only then it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.places import commands as do
from linzhi.domains.places.pages.frame import Asked, asked_of
from linzhi.domains.places.queries.divisions import LEVELS, Touched, alike, candidates, touched
from linzhi.domains.places.queries.official import doubts_about
from linzhi.domains.places.rules import LEVEL_WORDS
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import county_of
from linzhi.kernel.refused import NotAllowed, NotFound, Refused
from linzhi.web.forms import Form, errors_from
from linzhi.web.jinja import query
from linzhi.web.render import page
from linzhi.web.words import day

Given = dict[str, Any]


class _Dated(Form):
    """What every change of the tree says: the document, and from which day."""

    basis = forms.CharField(label=gettext_lazy("依据"), max_length=200, help_text=gettext_lazy("批文的名称和文号"))
    begin = forms.DateField(
        label=gettext_lazy("从哪天起"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("不填就是今天。不能是将来的日子。"),
    )  # fmt: skip


class AddForm(Form):
    """A new division."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    code = forms.CharField(label=gettext_lazy("区划代码"), max_length=32, help_text=gettext_lazy("街道 9 位，社区 12 位，以上级的代码开头"))
    begin = forms.DateField(
        label=gettext_lazy("从哪天起"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("不填就是今天。"),
    )  # fmt: skip


class MoveForm(_Dated):
    """Where a community or an estate is hung."""

    field_order = ("to", "new_name", "new_code", "basis", "begin")
    to = forms.ChoiceField(label=gettext_lazy("划到哪里"))
    new_name = forms.CharField(label=gettext_lazy("新名称"), max_length=80, required=False, help_text=gettext_lazy("不改就空着"))
    new_code = forms.CharField(label=gettext_lazy("新代码"), max_length=32, required=False, help_text=gettext_lazy("不改就空着"))


class MergeForm(_Dated):
    """What takes over from a division that ends."""

    field_order = ("into", "basis", "begin")
    into = forms.ChoiceField(label=gettext_lazy("并入哪里"))


class SplitForm(_Dated):
    """A new division and what goes to it."""

    field_order = ("name", "code", "members", "basis", "begin")
    name = forms.CharField(label=gettext_lazy("新的名称"), max_length=80)
    code = forms.CharField(label=gettext_lazy("新的区划代码"), max_length=32)
    members = forms.MultipleChoiceField(
        label=gettext_lazy("划给它的"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("没选的留下；全都选上，原来的就撤销。"), error_messages={"required": gettext_lazy("请选择划给它的地方。")},
    )  # fmt: skip


def add(request: HttpRequest) -> HttpResponse:
    """Add a street or community below the place that the address names."""
    asked = _asked(request, "places.add_division", ("county", "street"))
    level = LEVELS[LEVELS.index(asked.place.level) + 1]
    title = _("在%(name)s新增%(level)s") % {"name": asked.place.name, "level": LEVEL_WORDS[level]}

    def happens(given: Given) -> list[str]:
        facts: dict[str, Any] = {"above": asked.place.name, "name": given["name"], "code": given["code"]}
        facts["day"] = day(given["begin"] or asked.on)
        return [
            _("从 %(day)s 起，%(above)s下面多一个“%(name)s”，代码 %(code)s。") % facts,
            _("别的地方都不变。小区要划进来，再到小区那里办“划到别处”。"),
            *doubts_about(level, given["code"], given["name"]),
        ]

    def save(given: Given) -> None:
        said = {"parent": asked.place.code, "level": level, **given}
        do.add_division(asked.powers.actor, do.AddDivision.model_validate(said))

    return _answer(request, asked, AddForm(request.POST or None), title, happens, save)


def move(request: HttpRequest) -> HttpResponse:
    """Hang the community or estate that the address names elsewhere in its county."""
    asked = _asked(request, "places.move_division", ("community", "estate"))
    place, form = asked.place, MoveForm(request.POST or None)
    fields: dict[str, Any] = form.fields
    where = {row.code: row.name for row in candidates(place)}
    fields["to"].choices = [("", _("请选择")), *where.items()]
    if place.level == "estate":
        del fields["new_code"]  # it is printed on the estate's labels

    def happens(given: Given) -> list[str]:
        facts: dict[str, Any] = {"name": place.name, "old": place.parent.name if place.parent else "", "new": where[given["to"]]}
        facts["day"] = day(given["begin"] or asked.on)
        first = _("从 %(day)s 起，“%(name)s”不在%(old)s，归%(new)s。") % facts
        return [first, *_goes_along(touched(place.path, asked.powers.at)), _power(facts["old"], facts["new"]), _past()]

    def save(given: Given) -> None:
        do.move_division(asked.powers.actor, do.MoveDivision(code=place.code, **given))

    title = _("把%(name)s划到别处") % {"name": place.name}
    return _answer(request, asked, form, title, happens, save)


def merge(request: HttpRequest) -> HttpResponse:
    """End the street or community that the address names; another of its level takes over."""
    asked = _asked(request, "places.merge_divisions", ("street", "community"))
    place, form = asked.place, MergeForm(request.POST or None)
    where = {row.code: row.name for row in alike(place)}
    fields: dict[str, Any] = form.fields
    fields["into"].choices = [("", _("请选择")), *where.items()]

    def happens(given: Given) -> list[str]:
        facts: dict[str, Any] = {"name": place.name, "new": where[given["into"]], "day": day(given["begin"] or asked.on)}
        return [
            _("从 %(day)s 起，“%(name)s”撤销，里面的一切归%(new)s。") % facts,
            *_goes_along(touched(place.path, asked.powers.at)),
            _("管“%(name)s”本身的岗位，权限到那天为止；要在%(new)s办事的，请重新任职。") % facts,
            _past(),
        ]

    def save(given: Given) -> None:
        said = {"into": given["into"], "merged": (place.code,), "basis": given["basis"], "begin": given["begin"]}
        do.merge_divisions(asked.powers.actor, do.MergeDivisions.model_validate(said))

    return _answer(request, asked, form, _("把%(name)s并入别的") % {"name": place.name}, happens, save)


def split(request: HttpRequest) -> HttpResponse:
    """A new street or community takes over parts of the one that the address names; for several, it is done several times."""
    asked = _asked(request, "places.split_division", ("street", "community"))
    place, form = asked.place, SplitForm(request.POST or None)
    inside = {row.code: row for row in place.children.filter(end=None).order_by("path")}
    fields: dict[str, Any] = form.fields
    fields["members"].choices = [(code, row.name) for code, row in inside.items()]

    def happens(given: Given) -> list[str]:
        chosen = [inside[code] for code in given["members"]]
        facts: dict[str, Any] = {"old": place.name, "new": given["name"], "code": given["code"], "day": day(given["begin"] or asked.on)}
        facts["list"] = "、".join(row.name for row in chosen)
        lines = [_("从 %(day)s 起，新设“%(new)s”，代码 %(code)s；%(list)s归它。") % facts]
        lines += _goes_along(_sum([touched(row.path, asked.powers.at) for row in chosen]))
        if len(chosen) == len(inside):
            lines.append(_("“%(old)s”里什么都不剩，同一天撤销，管它本身的岗位权限到那天为止。") % facts)
        return [*lines, _power(place.name, given["name"]), *doubts_about(place.level, given["code"], given["name"]), _past()]

    def save(given: Given) -> None:
        part = {"code": given["code"], "name": given["name"], "members": tuple(given["members"])}
        said = {"code": place.code, "parts": (part,), "basis": given["basis"], "begin": given["begin"]}
        do.split_division(asked.powers.actor, do.SplitDivision.model_validate(said))

    return _answer(request, asked, form, _("从%(name)s分出一个") % {"name": place.name}, happens, save)


def _asked(request: HttpRequest, code: str, levels: tuple[str, ...]) -> Asked:
    asked = asked_of(request)
    decision = asked.powers.decide(code, asked.place)
    if not decision:
        raise NotAllowed(code, decision.reason)
    if asked.place.level not in levels or asked.place.end is not None:
        raise NotFound(_("“%(name)s”不能这样调整。") % {"name": asked.place.name})
    return asked


def _sum(parts: list[Touched]) -> Touched:
    return Touched(*(sum(getattr(part, name) for part in parts) for name in Touched.__dataclass_fields__))


def _goes_along(inside: Touched) -> list[str]:
    """What goes with a place, in figures."""
    facts: dict[str, Any] = {"estates": inside.estates, "buildings": inside.buildings, "dwellings": inside.dwellings}
    lines = [_("一起过去的：小区 %(estates)d 个，楼栋 %(buildings)d 栋，房屋 %(dwellings)d 套，编码都不变。") % facts]
    if inside.matters:
        lines.append(_("没办完的事项（诉求等）%(n)d 件一起过去，时限不变。") % {"n": inside.matters})
    if inside.people:
        lines.append(_("在这里任职的 %(n)d 人，对自己那个地方的权限不断。") % {"n": inside.people})
    return [*lines, _("整个在里面的网格一起过去；跨在两边的，会列在“网格要理顺的”里。")]


def _power(old: str, new: str) -> str:
    return _("%(old)s的人从此看不到这里的事，%(new)s的人看得到。") % {"old": old, "new": new}


def _past() -> str:
    return _("这一天以前的名册和数字不变，按那时的区划看。")


def _answer(
    request: HttpRequest, asked: Asked, form: Form, title: str, happens: Callable[[Given], list[str]], save: Callable[[Given], None]
) -> HttpResponse:
    """The form; what is right is first said in figures, and done once it is confirmed. What is refused stands at its field."""
    tree = reverse("places:divisions")
    context = {"form": form, "title": title, "back": tree + query({}, place=asked.place.code), "place": asked.place, "at": asked.powers.at}
    if request.method == "POST" and form.is_valid():
        if not request.POST.get("confirmed"):
            hidden = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
            more = {"happens": happens(form.cleaned_data), "hidden": hidden}
            return page(request, "places/division_confirm.html", context | more, nav="places")
        try:
            save(form.cleaned_data)
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, _("办好了，从这里起区划按新的算。"))
            # The place may be in another street now, or be no more.
            return redirect(tree + query({}, place=_county(asked.place)))
    return page(request, "places/form.html", context | {"submit": _("看看会怎样")}, nav="places", status=422 if form.errors else 200)


def _county(place: Territory) -> str:
    found = Territory.objects.filter(path=county_of(place.path)).values_list("code", flat=True).first()
    return str(found or place.code)
