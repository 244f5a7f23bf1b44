"""分片挂包 and 交办: who looks after which place, what departments were asked and what they did."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.compliance import commands as do
from linzhi.domains.compliance.commands.link_leader import levels_at
from linzhi.domains.compliance.pages.campaign_session import KINDS
from linzhi.domains.compliance.pages.frame import labels
from linzhi.domains.compliance.queries import campaigns as lists
from linzhi.domains.compliance.queries.board import widest
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, county_of
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotAllowed, NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

LINK, UNLINK, SEE = "compliance.link_leader", "compliance.unlink_leader", "compliance.view_leader_links"
SET, FINISH, TASKS = "compliance.set_department_task", "compliance.finish_department_task", "compliance.view_department_task"
WRONG_DAY = {"invalid": gettext_lazy("请填日期，例如 2026-11-20。")}


def listed(request: HttpRequest) -> HttpResponse:
    """Who looks after what, in the asker's places and around them; a POST ends one link. Refused without such a post."""
    powers = powers_of(request)
    widest(powers, SEE)
    if request.method == "POST":
        number = request.POST.get("link", "")
        try:
            do.unlink_leader(powers.actor, do.UnlinkLeader(link_id=int(number) if number.isdigit() and len(number) < 18 else 0))
            messages.success(request, _("结束了，以前的记录还查得到。"))
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect("compliance:links")
    rows = lists.links(powers)
    context = {
        "rows": rows,
        "places": labels([row.path for row in rows]),
        "bodies": bodies.body_names([row.body_id for row in rows]),
        "may_end": {row.pk: bool(powers.decide(UNLINK, row)) for row in rows},
        "may_link": powers.has_role("street_dispatcher", "county_officer", "street_party_officer", "county_party_officer"),
        "today": day_of(powers.at),
    }
    return page(request, "compliance/links.html", context, nav="links")


class LinkForm(Form):
    """Who looks after which place."""

    place = forms.ChoiceField(label=gettext_lazy("负责哪里"))
    level = forms.ChoiceField(label=gettext_lazy("哪一种"))
    body_id = forms.TypedChoiceField(label=gettext_lazy("哪个单位"), coerce=int)
    post = forms.CharField(label=gettext_lazy("职务"), max_length=40, help_text=gettext_lazy("公开的职务，例如“街道党工委副书记”。"))
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    begin = forms.DateField(
        label=gettext_lazy("从哪天起"), required=False, widget=forms.DateInput(attrs={"type": "date"}), error_messages=WRONG_DAY,
        help_text=gettext_lazy("不填就是今天。"),
    )  # fmt: skip


def new(request: HttpRequest) -> HttpResponse:
    """Link a leader with a place below the asker's own. Refused where the asker may not."""
    powers = powers_of(request)
    root = _root(powers, LINK)
    form = LinkForm(request.POST or None)
    _choose(form, "place", _places(root))
    _choose(form, "level", [(level, level) for level in levels_at(root.path, day_of(powers.at))])
    _choose(form, "body_id", _departments(powers, root.path))

    def save(given: dict[str, Any]) -> None:
        do.link_leader(powers.actor, do.LinkLeader(**given))

    if request.method == "POST" and form.is_valid() and _saved(form, save):
        messages.success(request, _("登记好了。"))
        return redirect("compliance:links")
    context = {"form": form, "title": _("登记挂包领导"), "back": "compliance:links", "submit": _("登记"), "place": root}
    return page(request, "compliance/links_form.html", context, nav="links", status=422 if form.errors else 200)


def tasks(request: HttpRequest) -> HttpResponse:
    """What departments were asked: a department's own, or those of the asker's places. Refused without such a post."""
    powers = powers_of(request)
    widest(powers, TASKS)
    rows = lists.tasks(powers, open_only=request.GET.get("show") != "all")
    context = {
        "rows": rows,
        "places": labels([row.path for row in rows]),
        "bodies": bodies.body_names([row.body_id for row in rows]),
        "today": day_of(powers.at),
        "all": request.GET.get("show") == "all",
        "may_finish": {row.pk: row.finished is None and bool(powers.decide(FINISH, row)) for row in rows},
        "may_set": powers.has_role("street_dispatcher", "county_officer", "street_party_officer", "county_party_officer"),
    }
    return page(request, "compliance/links_tasks.html", context, nav="links")


class TaskForm(Form):
    """What a department is asked."""

    place = forms.ChoiceField(label=gettext_lazy("哪里的事"))
    body_id = forms.TypedChoiceField(label=gettext_lazy("交办给"), coerce=int)
    what = forms.CharField(label=gettext_lazy("做什么"), max_length=300, widget=forms.Textarea)
    due = forms.DateField(label=gettext_lazy("到哪天"), widget=forms.DateInput(attrs={"type": "date"}), error_messages=WRONG_DAY)


def task_new(request: HttpRequest) -> HttpResponse:
    """Ask a department. Refused where the asker may not."""
    powers = powers_of(request)
    root = _root(powers, SET)
    form = TaskForm(request.POST or None)
    _choose(form, "place", _places(root))
    _choose(form, "body_id", _departments(powers, root.path))

    def save(given: dict[str, Any]) -> None:
        do.set_department_task(powers.actor, do.SetDepartmentTask(**given))

    if request.method == "POST" and form.is_valid() and _saved(form, save):
        messages.success(request, _("交办了，对方的清单里看得到。"))
        return redirect("compliance:tasks")
    context = {"form": form, "title": _("交办部门"), "back": "compliance:tasks", "submit": _("交办"), "place": root}
    return page(request, "compliance/links_form.html", context, nav="links", status=422 if form.errors else 200)


class DoneForm(Form):
    """What was done."""

    done = forms.CharField(
        label=gettext_lazy("办了什么"), max_length=300, min_length=4, widget=forms.Textarea,
        error_messages={"min_length": gettext_lazy("写清楚办了什么，至少四个字。")},
    )  # fmt: skip


def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing that was asked; a POST says that it is done. Refused (404) for what the asker may not see."""
    powers = powers_of(request)
    row = lists.task(powers, pk)
    if row is None:
        raise NotFound(_("没有这件交办的事，或者不在您的范围内。"))
    form = DoneForm(request.POST or None)

    def save(given: dict[str, Any]) -> None:
        do.finish_department_task(powers.actor, do.FinishDepartmentTask(task_id=row.pk, **given))

    if request.method == "POST" and form.is_valid() and _saved(form, save):
        messages.success(request, _("办结了。"))
        return redirect("compliance:task", row.pk)
    context = {
        "t": row,
        "body": bodies.body_names([row.body_id]).get(row.body_id, ""),
        "place": labels([row.path])[row.path],
        "form": form,
        "checks": [check.entry.title for check in lists.checks_named(row.checks, row.path)],
        "today": day_of(powers.at),
        "may_finish": row.finished is None and bool(powers.decide(FINISH, row)),
    }
    return page(request, "compliance/links_task.html", context, nav="links", status=422 if form.errors else 200)


def _root(powers: Powers, action: str) -> Territory:
    place = territory.by_path(widest(powers, action))
    if len(place.path) < COUNTY_LENGTH:
        raise NotAllowed(action, powers.decide(action, place).reason)
    return place


def _choose(form: Form, name: str, choices: list[tuple[Any, str]]) -> None:
    form.fields[name].choices = [("", _("请选择")), *choices]  # type: ignore[attr-defined]


def _places(root: Territory) -> list[tuple[Any, str]]:
    """The asker's own place and those below, down to estates."""
    rows = territory.outline(root.path, ("county", "street", "community", "estate"), 2000)
    return [(code, "　" * max((len(path) - len(root.path)) // 5, 0) + name) for code, path, name in rows]


def _departments(powers: Powers, path: str) -> list[tuple[Any, str]]:
    return [(body.pk, body.name) for body in bodies.bodies(powers, path=county_of(path)) if body.kind in KINDS]


def _saved(form: Form, save: Any) -> bool:
    try:
        save({name: value for name, value in form.cleaned_data.items() if value is not None})
    except (Refused, ValidationError) as error:
        errors_from(error, form)
        return False
    return True
