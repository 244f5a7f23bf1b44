"""One-row forms of the registers; each calls the bulk command that a sheet calls, with one row."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.places.pages.frame import Asked
from linzhi.domains.places.rules import (
    AREA_SOURCES,
    BUILDING_KINDS,
    CONDITIONS,
    DWELLING_KINDS,
    DWELLING_USES,
    GRID_KINDS,
    OCCUPANCIES,
    PREMISES_OWNERS,
    PROPERTY_ARRANGEMENTS,
    SELF_GOVERNMENTS,
    SPACE_STATES,
    VENUE_KINDS,
    VENUE_LEVELS,
)
from linzhi.kernel.refused import Refused
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page


def pick(words: Mapping[str, Any], empty: Any = "") -> list[tuple[str, Any]]:
    """The choices of a list of words; `empty` stands for no answer."""
    return [*([("", empty)] if empty else []), *words.items()]


def square_metres(label: Any) -> forms.DecimalField:
    """A field for square metres with at most two decimals; `hundredths` makes the exact whole number of it."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    wrong = {"invalid": gettext_lazy("面积写成数字，最多两位小数，比如 96.50。"), "max_decimal_places": gettext_lazy("面积最多两位小数。")}
    return forms.DecimalField(label=label, required=False, min_value=Decimal("0.01"), max_digits=9, decimal_places=2, widget=widget,
                              error_messages=wrong)  # fmt: skip


def hundredths(value: Decimal | None) -> int | None:
    """Square metres as whole hundredths."""
    return None if value is None else int(value * 100)


def metres(value: int | None) -> str:
    """Whole hundredths as square metres, as people write them."""
    return "" if value is None else f"{value // 100}.{value % 100:02d}"


def whole(label: Any, least: int = 0, most: int = 1_000_000) -> forms.IntegerField:
    """A whole number."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    wrong = {"invalid": gettext_lazy("请填整数。")}
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most, widget=widget, error_messages=wrong)


class EstateForm(Form):
    """An estate's facts."""

    name = forms.CharField(label=gettext_lazy("小区名称"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("小区类型"))
    address = forms.CharField(label=gettext_lazy("地址"), max_length=200, required=False)
    built_year = whole(gettext_lazy("建成年份"), 1900, 2100)
    declared_buildings = whole(gettext_lazy("楼栋数"))
    households = whole(gettext_lazy("户数"))
    residents = whole(gettext_lazy("登记居民数"))
    population = whole(gettext_lazy("常住人口"))
    self_government = forms.ChoiceField(
        label=gettext_lazy("自治组织"), required=False, choices=pick(SELF_GOVERNMENTS, gettext_lazy("还没核实"))
    )
    property_arrangement = forms.ChoiceField(
        label=gettext_lazy("物业管理方式"), required=False, choices=pick(PROPERTY_ARRANGEMENTS, gettext_lazy("还没核实"))
    )
    looked = forms.BooleanField(label=gettext_lazy("小区状况已经核实（下面没有的就是没有）"), required=False)
    conditions = forms.MultipleChoiceField(
        label=gettext_lazy("小区状况"), required=False, choices=pick(CONDITIONS), widget=forms.CheckboxSelectMultiple
    )
    boundary = forms.CharField(
        label=gettext_lazy("四至范围"), required=False, max_length=200_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("GeoJSON 多边形，比如从地图工具里复制出来的。"),
    )  # fmt: skip

    def clean_boundary(self) -> dict[str, Any] | None:
        """The polygon, its numbers kept as written. Raises Django's ValidationError for what isn't JSON."""
        text = self.cleaned_data["boundary"].strip()
        if not text:
            return None
        try:
            found = json.loads(text, parse_float=str, parse_int=str)
        except ValueError:
            raise forms.ValidationError(_("这不是 GeoJSON。请把多边形整段粘贴进来。")) from None
        if not isinstance(found, dict):
            raise forms.ValidationError(_("这不是 GeoJSON。请把多边形整段粘贴进来。"))
        return found


class BuildingForm(Form):
    """A building."""

    number = forms.CharField(label=gettext_lazy("楼栋号"), max_length=20, help_text=gettext_lazy("照墙上写的填，比如 3幢、地下车库"))
    kind = forms.ChoiceField(label=gettext_lazy("楼栋类型"), choices=pick(BUILDING_KINDS))
    units = whole(gettext_lazy("单元数"), 0, 40)
    floors = whole(gettext_lazy("层数"), 1, 150)


class UnitForm(Form):
    """An entrance of a building."""

    number = forms.CharField(label=gettext_lazy("单元号"), max_length=10, help_text=gettext_lazy("只写号，比如 2"))
    floors = whole(gettext_lazy("层数"), 1, 150)
    lifts = whole(gettext_lazy("电梯数"), 0, 20)


class DwellingForm(Form):
    """A dwelling, shop or parking space."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=pick(DWELLING_KINDS))
    unit = forms.CharField(label=gettext_lazy("单元"), max_length=10, required=False)
    floor = whole(gettext_lazy("楼层"), -9, 150)
    room = forms.CharField(label=gettext_lazy("房号"), max_length=20)
    exclusive_area = square_metres(gettext_lazy("专有面积（平方米）"))
    area_source = forms.ChoiceField(label=gettext_lazy("面积来源"), required=False, choices=pick(AREA_SOURCES, gettext_lazy("没有面积")))
    use = forms.ChoiceField(label=gettext_lazy("用途"), required=False, choices=pick(DWELLING_USES, gettext_lazy("按类别")))
    occupancy = forms.ChoiceField(label=gettext_lazy("居住情况"), required=False, choices=pick(OCCUPANCIES))


class GridForm(Form):
    """A grid with its whole ground."""

    code = forms.CharField(label=gettext_lazy("网格编码"), max_length=32)
    name = forms.CharField(label=gettext_lazy("网格名称"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("网格类型"), choices=pick(GRID_KINDS))
    parent = forms.ChoiceField(label=gettext_lazy("属于哪个网格"), required=False, help_text=gettext_lazy("只有微网格要选。"))
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("范围"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("选小区就是整个小区；分给几个网格的，选楼栋。"),
    )  # fmt: skip


class VenueForm(Form):
    """A venue."""

    where = forms.ChoiceField(label=gettext_lazy("在哪里"))
    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    level = forms.ChoiceField(label=gettext_lazy("级别"), choices=pick(VENUE_LEVELS))
    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=pick(VENUE_KINDS))
    area = square_metres(gettext_lazy("面积（平方米）"))
    functions = forms.CharField(label=gettext_lazy("功能"), max_length=1000, required=False, help_text=gettext_lazy("几项用顿号隔开"))
    equipment = forms.CharField(label=gettext_lazy("配备"), max_length=1000, required=False, help_text=gettext_lazy("几项用顿号隔开"))
    signs = forms.CharField(label=gettext_lazy("标牌"), max_length=1000, required=False, help_text=gettext_lazy("几项用顿号隔开"))
    hours = forms.CharField(label=gettext_lazy("开放时间"), max_length=120, required=False)
    premises = forms.ChoiceField(label=gettext_lazy("用房来源"), choices=pick(PREMISES_OWNERS))
    owner = forms.CharField(label=gettext_lazy("产权单位"), max_length=80, required=False)


class SpaceForm(Form):
    """An idle space."""

    where = forms.ChoiceField(label=gettext_lazy("在哪里"))
    name = forms.CharField(label=gettext_lazy("名称"), max_length=80, help_text=gettext_lazy("比如 3幢架空层"))
    area = square_metres(gettext_lazy("面积（平方米）"))
    premises = forms.ChoiceField(label=gettext_lazy("用房来源"), choices=pick(PREMISES_OWNERS))
    owner = forms.CharField(label=gettext_lazy("产权单位"), max_length=80, required=False)
    state = forms.ChoiceField(label=gettext_lazy("现状"), choices=pick(SPACE_STATES))
    wanted = forms.CharField(label=gettext_lazy("想怎么用"), max_length=200, required=False)


def words(text: str) -> tuple[str, ...]:
    """A list written with 、 between."""
    return tuple(word.strip() for word in text.replace("，", "、").split("、") if word.strip())


def show(
    request: HttpRequest, asked: Asked, form: Form, *, title: str, back: str, note: str, save: Callable[[dict[str, Any]], None]
) -> HttpResponse:
    """The form's page: what is right is saved and leads back, what is refused stands at its field with everything typed."""
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, note)
            return redirect(back)
    context = {"form": form, "title": title, "back": back, "place": asked.place, "at": asked.powers.at}
    return page(request, "places/form.html", context, nav="places", status=422 if form.errors else 200)
