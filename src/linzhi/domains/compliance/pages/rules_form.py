"""The form of a proposal: its fields for the value follow the parameter's shape; and what was typed as a pack file would say it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.kernel.limits import Limit, Unit
from linzhi.kernel.refused import Refused
from linzhi.policy.pack import Parameter
from linzhi.policy.spoken import one, row_name
from linzhi.web.forms import Form

_LIMIT = re.compile(r"(\d{1,9})\s*个?\s*(分钟|工作小时|小时|工作日|天|日)")
_UNITS = {
    "分钟": Unit.MINUTES, "小时": Unit.HOURS, "工作小时": Unit.WORKING_HOURS, "天": Unit.DAYS, "日": Unit.DAYS, "工作日": Unit.WORKING_DAYS,
}  # fmt: skip
WRONG_DAY = gettext_lazy("请填日期，例如 2027-01-01。")
HINTS: Mapping[str, Any] = {
    "limit": gettext_lazy("数字加单位，例如：10 分钟、2 个工作小时、3 天、5 个工作日。"),
    "fraction": gettext_lazy("写成分数，例如：2/3。"),
}


def day_field(label: Any, hint: Any = "", *, initial: Any = None, required: bool = True) -> forms.DateField:
    """A field for a day, with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    wrong = {"invalid": WRONG_DAY}
    return forms.DateField(label=label, help_text=hint, initial=initial, required=required, widget=widget, error_messages=wrong)


class ProposalForm(Form):
    """A proposal for one parameter. `fields_of_value` come first, named `value`, or `row_0` ... for a table."""

    begin = day_field(gettext_lazy("从哪天起"), gettext_lazy("今天或者以后。"))
    end = day_field(gettext_lazy("到哪天为止"), gettext_lazy("从这天起不再用；长期有效的不填。"), required=False)
    local = forms.BooleanField(label=gettext_lazy("没有文件，是本地设定"), required=False)
    title = forms.CharField(
        label=gettext_lazy("依据哪个文件"), max_length=200, required=False, help_text=gettext_lazy("文件全名，不带书名号。")
    )
    issuer = forms.CharField(label=gettext_lazy("谁发的"), max_length=100, required=False)
    number = forms.CharField(label=gettext_lazy("文号"), max_length=80, required=False)
    issued = day_field(gettext_lazy("发文日期"), required=False)
    article = forms.CharField(label=gettext_lazy("第几条"), max_length=60, required=False)
    file = forms.FileField(
        label=gettext_lazy("文件全文"), required=False, help_text=gettext_lazy("照片或者 PDF。附上了，批准的人才能对照；不附会标明“出处未核实”。"),
        widget=forms.FileInput(attrs={"accept": ".pdf,image/*"}),
    )  # fmt: skip
    document = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("为什么要改"), max_length=500, widget=forms.Textarea, help_text=gettext_lazy("批准的人会看到。不要写个人信息。")
    )

    def __init__(self, parameter: Parameter, now: Any, *args: Any, estate: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parameter = parameter
        self.rows = list(now) if parameter.type == "table" and isinstance(now, Mapping) else []
        own = self._table(now) if parameter.type == "table" else {"value": _field(parameter, now)}
        self.fields = {**own, **self.fields}
        if not parameter.default_local or estate:
            del self.fields["local"]

    def _table(self, now: Any) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for number, row in enumerate(self.rows):
            fields[f"row_{number}"] = _scalar(self.parameter, row_name(self.parameter, row), now[row])
        hint = _("每行一个，写成“名称：值”。") + str(HINTS.get(self.parameter.shape.of or "", ""))
        fields["value"] = forms.CharField(
            label=_("再加几行") if self.rows else self.parameter.title, required=not self.rows, widget=forms.Textarea, help_text=hint
        )
        fields["value"].error_messages["required"] = _("请至少填一行。")
        return fields

    def value(self) -> Any:
        """What was typed, as JSON for the command. Refused at its field for what can't be read; what it must be is the command's to say."""
        given = self.cleaned_data
        if self.parameter.type == "table":
            table = {row: _plain(self.parameter, given[f"row_{number}"], f"row_{number}") for number, row in enumerate(self.rows)}
            for text in _lines(given["value"]):
                name, colon, said = text.replace("：", ":").partition(":")
                if not colon:
                    raise Refused("policy.wrong_value", _("“%(text)s”缺了冒号。") % {"text": text[:20]}, status=422, field="value")
                table[name.strip()] = _typed(self.parameter, said.strip())
            return table
        if self.parameter.type == "list":
            chosen = given["value"]
            return list(chosen) if isinstance(chosen, list) else [_typed(self.parameter, text) for text in _lines(chosen)]
        return _plain(self.parameter, given["value"], "value")


def _field(parameter: Parameter, now: Any) -> forms.Field:
    if parameter.type != "list":
        return _scalar(parameter, parameter.title, now)
    if parameter.shape.of == "choice":
        return forms.MultipleChoiceField(
            label=parameter.title, choices=list((parameter.shape.options or {}).items()), initial=list(now or ()), required=False,
            widget=forms.CheckboxSelectMultiple, help_text=parameter.description,
        )  # fmt: skip
    initial = "\n".join(item if parameter.shape.of == "text" else one(parameter, item) for item in now or ())
    return forms.CharField(
        label=parameter.title, initial=initial, required=False, widget=forms.Textarea, help_text=parameter.description + _("每行一个。")
    )


def _scalar(parameter: Parameter, label: str, now: Any) -> forms.Field:
    """One field for a number, limit, choice ...; a table's rows have the words of the whole above them."""
    kind = parameter.shape.of if parameter.type == "table" else parameter.type
    hint = "" if parameter.type == "table" else parameter.description
    hint = f"{hint}{HINTS.get(kind or '', '')}"
    if kind == "int":
        unit = f"（{parameter.unit}）" if parameter.unit else ""
        return forms.IntegerField(label=f"{label}{unit}", initial=now, help_text=hint, error_messages={"invalid": _("请填整数。")})
    if kind == "bool":
        return forms.ChoiceField(
            label=label, choices=[("yes", _("是")), ("no", _("否"))], initial=None if now is None else "yes" if now else "no",
            widget=forms.RadioSelect, help_text=hint,
        )  # fmt: skip
    if kind == "choice":
        options = list((parameter.shape.options or {}).items())
        return forms.ChoiceField(label=label, choices=options, initial=now, widget=forms.RadioSelect, help_text=hint)
    if kind == "date":
        return day_field(label, hint, initial=now)
    return forms.CharField(label=label, initial="" if now is None else one(parameter, now), max_length=600, help_text=hint)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _plain(parameter: Parameter, given: Any, field: str) -> Any:
    kind = parameter.shape.of if parameter.type == "table" else parameter.type
    if kind == "bool":
        return given == "yes"
    if isinstance(given, date):
        return given.isoformat()
    return _typed(parameter, given, field) if isinstance(given, str) and kind != "choice" else given


def _typed(parameter: Parameter, text: str, field: str = "value") -> Any:
    """What a line of text says; a limit in Chinese words becomes the pack's own."""
    kind = parameter.shape.of or parameter.type
    if kind == "int":
        if not text.isdecimal() or len(text) > 12:
            raise Refused("policy.wrong_value", _("“%(text)s”不是整数。") % {"text": text[:20]}, status=422, field=field)
        return int(text)
    if kind == "bool":
        if text not in (_("是"), _("否")):
            raise Refused("policy.wrong_value", _("“%(text)s”要写成“是”或者“否”。") % {"text": text[:20]}, status=422, field=field)
        return text == _("是")
    if kind == "choice":
        return next((code for code, name in (parameter.shape.options or {}).items() if text in (code, name)), text)
    if kind == "limit" and (match := _LIMIT.fullmatch(text)) and int(match[1]):
        return str(Limit(int(match[1]), _UNITS[match[2]]))
    return text.replace("％", "%")
