"""The forms of bodies and posts, and the one page on which each stands; every form calls one command."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from linzhi.domains.bodies.pages.frame import Asked
from linzhi.domains.bodies.rules import ENDED_REASONS, LINK_KINDS, PARTY_FORMS
from linzhi.kernel.refused import Refused
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page


def words(label: Any, longest: int, *, required: bool = False, hint: Any = "") -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=longest, required=required, help_text=hint)


def note(label: Any, *, required: bool = False, hint: Any = "", longest: int = 500) -> forms.CharField:
    """Some lines of text."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=longest, required=required, help_text=hint, widget=widget)


def day(label: Any, *, required: bool = False, hint: Any = "") -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    wrong = {"invalid": _("请填写正确的日期，例如 2026-11-20。")}
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget, error_messages=wrong)


def whole(label: Any, least: int, most: int, *, required: bool = False, hint: Any = "") -> forms.IntegerField:
    """A whole number."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    wrong = {"invalid": _("请填整数。")}
    return forms.IntegerField(
        label=label, required=required, min_value=least, max_value=most, help_text=hint, widget=widget, error_messages=wrong
    )


def choose(form: Form, name: str, options: Iterable[tuple[Any, Any]]) -> None:
    """Give a field its choices."""
    field: Any = form.fields[name]
    field.choices = list(options)


class BodyForm(Form):
    """A body; what isn't given of one that is there stays."""

    kind = forms.ChoiceField(label=_("类型"))
    name = words(_("名称"), 80, required=True)
    form = forms.ChoiceField(label=_("组织形式"), required=False, choices=[("", _("不是社区党组织")), *PARTY_FORMS.items()],
                             help_text=_("只有社区党组织要选。"))  # fmt: skip
    parent_id = forms.ChoiceField(label=_("上级组织"), required=False)
    basis = words(_("设立依据"), 200, hint=_("文件、会议纪要的名称和文号"))
    number = words(_("批准文号"), 60)
    credit_code = words(_("统一社会信用代码"), 18)
    phone = words(_("办公电话"), 30, hint=_("对外公开，不要填个人手机号"))
    hours = words(_("办公时间"), 80)
    members = whole(_("申报的党员数"), 0, 9999, hint=_("只有物业党支部填人数，不写姓名"))
    entered_nationally = day(_("录入全国系统的日期"))
    begin = day(_("成立日期"), hint=_("不填就是今天"))


class PostForm(Form):
    """A post of a body."""

    kind = forms.ChoiceField(label=_("岗位"))
    title = words(_("名称"), 60, hint=_("不填就用岗位的名字"))
    seats = whole(_("几个人"), 1, 99, required=True)
    grid_id = forms.ChoiceField(label=_("哪个网格"), required=False, help_text=_("只有网格岗位要选。"))
    places = forms.MultipleChoiceField(
        label=_("管哪些小区、楼栋"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("只有楼栋长、党建指导员要选。")
    )
    phone = words(_("公开电话"), 30)
    hours = words(_("在岗时间"), 80)


class AppointForm(Form):
    """Who takes a post, found by sign-in name or by the phone in the register; the document is always asked."""

    name = words(_("姓名"), 40, required=True, hint=_("对外公开的任职姓名"))
    basis = words(_("任职文件"), 200, required=True, hint=_("任职通知、选举或推选纪要的名称和文号"))
    username = words(_("工作账号的登录名"), 64, hint=_("工作人员填这个；岗位的权限给到这个账号"))
    phone = words(_("手机号"), 20, hint=_("居民填这个：用姓名和手机号在人员台账里对上他，不会公开"))
    source = forms.ChoiceField(label=_("人选来源"), required=False)
    source_note = words(_("来源说明"), 200, hint=_("不在本地规定的来源里，或社区主要负责人兼任时，写明理由"))
    full_time = forms.ChoiceField(
        label=_("专职还是兼职"), required=False, choices=[("", _("没有说明")), ("1", _("专职")), ("0", _("兼职"))]
    )
    begin = day(_("从哪天起"), hint=_("不填就是现在"))
    end = day(_("到哪天满任"), hint=_("没有任期的不填"))


class EndHoldingForm(Form):
    """Somebody leaves a post."""

    reason = forms.ChoiceField(label=_("为什么离任"), choices=[("", _("请选择")), *ENDED_REASONS.items()])
    basis = words(_("离任文件"), 200)


class TermForm(Form):
    """A body's next term of office."""

    basis = words(_("选举或表决文件"), 200, required=True)
    begin = day(_("本届从哪天起"), hint=_("不填就是今天"))
    end = day(_("本届到哪天满"), required=True)
    seats = whole(_("委员人数"), 1, 99, hint=_("议事规则写的人数"))


class LinkForm(Form):
    """How a firm's branch stands to another body."""

    kind = forms.ChoiceField(label=_("什么关系"), choices=[("", _("请选择")), *LINK_KINDS.items()])
    other_id = forms.ChoiceField(label=_("和哪个组织"))


class BasisForm(Form):
    """An act that needs its document only."""

    basis = words(_("依据文件"), 200, required=True)


class NothingForm(Form):
    """An act that asks for nothing."""


class ChecksForm(Form):
    """Some of a list: places served, competences."""

    codes = forms.MultipleChoiceField(label="", required=False, widget=forms.CheckboxSelectMultiple)


def posted(request: HttpRequest) -> Any:
    """What was sent, also when nothing was filled in; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def said(given: dict[str, Any], *names: str) -> dict[str, Any]:
    """What was given of some fields; no answer says nothing."""
    return {name: given[name] for name in names if given.get(name) not in (None, "")}


def show(
    request: HttpRequest, asked: Asked, form: Form, *, title: str, back: str, done: str, save: Callable[[dict[str, Any]], object],
    warn: str = "", button: str = "",
) -> HttpResponse:  # fmt: skip
    """The form's page: what is right is saved and leads back, what is refused stands at its field with everything typed."""
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "title": title, "back": back, "place": asked.place, "at": asked.powers.at, "warn": warn, "button": button}
    return page(request, "bodies/form.html", context, nav="bodies", status=422 if form.errors else 200)
