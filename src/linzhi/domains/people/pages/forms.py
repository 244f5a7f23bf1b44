"""The forms of 人员, and the one page that shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.people.commands.reveal_person import PURPOSES
from linzhi.domains.people.rules import (
    AGREED_HOW,
    FIRM_KINDS,
    MEMBERSHIP_KINDS,
    OCCUPATIONS,
    OFFER_SOURCES,
    OWNERSHIP_BASES,
    RESIDENCE_KINDS,
    STANDINGS,
    WISHES,
)
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import Refused
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

WRONG_DAY = {"invalid": gettext_lazy("请填日期，例如 2026-11-20。")}
WRONG_NUMBER = {"invalid": gettext_lazy("请填整数。")}


def day(label: Any, hint: Any = "", *, required: bool = False) -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=hint, error_messages=WRONG_DAY)


def whole(label: Any, least: int, most: int, hint: Any = "") -> forms.IntegerField:
    """A whole number."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, widget=widget, help_text=hint, error_messages=WRONG_NUMBER
    )


def phone(label: Any = gettext_lazy("手机号"), hint: Any = "", *, required: bool = False) -> forms.CharField:
    """A mobile number; whether it is one the command says."""
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=20, widget=widget, help_text=hint)


def _words(label: Any, longest: int, hint: Any = "", *, required: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=longest, widget=widget, help_text=hint)


MASKED = gettext_lazy("带星号的就是不改；写错了，把整个写一遍。")


class ResidentForm(Form):
    """One resident of one dwelling."""

    name = _words(gettext_lazy("姓名"), 40, required=True)
    phone = phone(hint=gettext_lazy("本人愿意留才填。"))
    kind = forms.ChoiceField(label=gettext_lazy("居住类型"), choices=list(RESIDENCE_KINDS.items()))
    household = whole(gettext_lazy("第几户"), 1, 50, gettext_lazy("同一套房里有几户时才填。"))
    begin = day(gettext_lazy("入住日期"), gettext_lazy("不填就是今天。"))


class PersonForm(Form):
    """The name and phone of a record."""

    name = _words(gettext_lazy("姓名"), 40, MASKED, required=True)
    phone = phone(hint=MASKED)


class OwnerForm(Form):
    """One owner of one dwelling."""

    owner = forms.ChoiceField(label=gettext_lazy("业主类型"), choices=[("person", gettext_lazy("个人")), *FIRM_KINDS.items()])
    name = _words(gettext_lazy("姓名或单位名称"), 80, required=True)
    phone = phone()
    credit_code = _words(gettext_lazy("统一社会信用代码"), 18, gettext_lazy("只有单位填。"))
    numerator = whole(gettext_lazy("份额：占几份"), 1, 1_000_000, gettext_lazy("一人独有或共同共有，不填。"))
    denominator = whole(gettext_lazy("份额：一共几份"), 1, 1_000_000)
    joint = forms.BooleanField(label=gettext_lazy("共同共有，不分份额（比如夫妻）"), required=False)
    representative = forms.BooleanField(label=gettext_lazy("共有人代表，参加业主大会"), required=False)
    basis = forms.ChoiceField(label=gettext_lazy("产权依据"), choices=list(OWNERSHIP_BASES.items()))
    certificate = _words(gettext_lazy("不动产权证号"), 60)
    begin = day(gettext_lazy("取得日期"), gettext_lazy("不填就是今天。"))


class EndForm(Form):
    """From which day on something no longer holds."""

    end = day(gettext_lazy("从哪天起"), gettext_lazy("不填就是今天。"))


class AccountForm(Form):
    """The account that is somebody's own, by its phone."""

    phone = phone(gettext_lazy("本人登录用的手机号"), required=True)
    checked = forms.BooleanField(
        label=gettext_lazy("已经当面核对过是本人"), required=True, error_messages={"required": gettext_lazy("请先当面核对，再勾上。")}
    )


class RevealForm(Form):
    """Which field and what for."""

    field = forms.ChoiceField(label=gettext_lazy("打开哪一项"), widget=forms.RadioSelect)
    purpose = forms.ChoiceField(label=gettext_lazy("看了做什么"), choices=list(PURPOSES.items()), widget=forms.RadioSelect)
    note = _words(gettext_lazy("再说一句"), 100)


class SurveyForm(Form):
    """A new survey."""

    title = _words(gettext_lazy("名称"), 80, gettext_lazy("比如：2026 年冬季入户摸排"), required=True)
    basis = _words(gettext_lazy("依据"), 200, gettext_lazy("哪份文件要求的"), required=True)
    deadline = day(gettext_lazy("截止日期"), required=True)
    asks = forms.MultipleChoiceField(
        label=gettext_lazy("问什么"), widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("不问身份证号。"),
        choices=[
            ("residents", gettext_lazy("谁住（姓名、手机号自愿）")), ("count", gettext_lazy("住几个人")), ("skills", gettext_lazy("特长")),
            ("needs", gettext_lazy("需要什么帮助")),
        ],
    )  # fmt: skip


class MemberForm(Form):
    """An entry of the closed room."""

    kind = forms.ChoiceField(label=gettext_lazy("关系"), choices=list(MEMBERSHIP_KINDS.items()))
    standing = forms.ChoiceField(label=gettext_lazy("身份"), choices=list(STANDINGS.items()))
    full_since = day(gettext_lazy("转正日期"), gettext_lazy("正式党员要填；记不清日，写当月 1 日。"))
    settled = day(gettext_lazy("从哪天起一直住在本小区"), gettext_lazy("算“固定居住半年”用，只留两年之内的日期。"))
    seat = _words(gettext_lazy("组织关系在哪里"), 80, gettext_lazy("加密保存。带星号的就是不改。"))
    willing = forms.BooleanField(label=gettext_lazy("愿意在小区承担工作"), required=False)
    end = day(gettext_lazy("转出日期"), gettext_lazy("还在的不填。"))


class SkillForm(Form):
    """A skill on offer."""

    estate = forms.ChoiceField(label=gettext_lazy("在哪个小区"))
    field = forms.ChoiceField(label=gettext_lazy("哪一方面"))
    words = _words(gettext_lazy("会什么"), 200, gettext_lazy("比如：修水龙头、教二胡。别写电话。"))
    hours = _words(gettext_lazy("什么时候有空"), 80)
    source = forms.ChoiceField(label=gettext_lazy("怎么知道的"), choices=list(OFFER_SOURCES.items()))
    how = forms.ChoiceField(label=gettext_lazy("本人怎样同意的"), choices=[(one, AGREED_HOW[one]) for one in ("in_person", "paper")])
    agreed = forms.BooleanField(
        label=gettext_lazy("本人同意放进能人库"), required=True, error_messages={"required": gettext_lazy("要本人同意，才能放进能人库。")}
    )


class CheckInForm(Form):
    """A courier's, rider's or driver's check-in."""

    occupation = forms.ChoiceField(label=gettext_lazy("您的职业"), choices=list(OCCUPATIONS.items()), widget=forms.RadioSelect)
    name = _words(gettext_lazy("怎么称呼您"), 40)
    phone = phone(hint=gettext_lazy("想让社区联系您才填。"))
    wishes = forms.MultipleChoiceField(
        label=gettext_lazy("想参加、想用的"), required=False, choices=list(WISHES.items()), widget=forms.CheckboxSelectMultiple
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


def show(
    request: HttpRequest, place: Territory | None, form: Form, *, title: str, back: str, note: str,
    save: Callable[[dict[str, Any]], str | None], more: Mapping[str, Any] | None = None, to: str = "", submit: str = "",
) -> HttpResponse:  # fmt: skip
    """The form's page: what is right is saved and leads on, what is refused stands at its field with everything typed.

    `save` may return where to go; else `to`, else `back`.
    """
    if request.method == "POST" and form.is_valid():
        try:
            found = save(form.cleaned_data)
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, note)
            return redirect(found or to or back)
    context = {
        "form": form, "title": title, "back": back, "place": place, "submit": submit, "lead": "", "said": None, "text": None,
        **(more or {}),
    }  # fmt: skip
    return page(request, "people/form.html", context, nav="people", status=422 if form.errors else 200)
