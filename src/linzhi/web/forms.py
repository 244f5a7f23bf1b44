"""A thin bridge between Django forms, the field macros and refusals: nobody loses what they typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from linzhi.kernel.refused import Refused

CHOOSE = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.SelectMultiple, forms.FileInput)


class Form(forms.Form):
    """A form whose errors are kind sentences of ours; the browser's own bubbles stay off (`novalidate`)."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            said = type(self).base_fields[name].error_messages.get("required") if name in type(self).base_fields else None
            if said is None or said == forms.Field.default_error_messages["required"]:
                ask = _("请选择{label}。") if isinstance(field.widget, CHOOSE) else _("请填写{label}。")
                field.error_messages["required"] = ask.format(label=field.label or _("这一项"))


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PhotosField(forms.FileField):
    """Several photos at once; `cleaned_data` has a list of uploads. Refuses more than `most`; the type is checked by foundation.files."""

    widget = _SeveralFiles

    def __init__(self, *, most: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.most = most
        self.widget.attrs.setdefault("accept", "image/jpeg,image/png,image/webp,image/heic")

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """A list, empty when nothing was chosen. Raises Django's ValidationError for too many or an empty file."""
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(given) > self.most:
            raise forms.ValidationError(_("最多 {most} 张，您选了 {n} 张。请少选几张。").format(most=self.most, n=len(given)))
        if not given:
            return [] if not self.required else [super().clean(None, initial)]
        return [super(PhotosField, self).clean(one, initial) for one in given]


@dataclass(frozen=True)
class Described:
    """What a field macro needs to know of a bound field."""

    kind: str  # text, area, select, radio, checks, check, file, hidden
    id: str
    hint: str
    errors: tuple[str, ...]
    required: bool

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for `aria-describedby`."""
        parts = ([f"{self.id}-hint"] if self.hint else []) + ([f"{self.id}-error"] if self.errors else [])
        return " ".join(parts)


_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "radio"),
    (forms.CheckboxInput, "check"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.Textarea, "area"),
)
_CLASSES = {
    "text": "form-control", "area": "form-control", "file": "lz-chooser__input", "select": "form-select", "check": "form-check-input",
}  # fmt: skip


def describe(bound: BoundField, hint: str = "") -> Described:
    """Kind, id, hint and errors of a bound Django field; `hint` stands in for the field's own help text."""
    widget = bound.field.widget
    kind = "hidden" if widget.is_hidden else next((kind for cls, kind in _KINDS if isinstance(widget, cls)), "text")
    errors = tuple(str(error) for error in bound.errors)
    return Described(kind, bound.auto_id or f"id_{bound.html_name}", hint or str(bound.help_text or ""), errors, bound.field.required)


def control(bound: BoundField, facts: Described, **attrs: Any) -> Markup:
    """The bare control of a field with our class, its described-by and invalid marks; `attrs` are added (`rows=3`)."""
    own = bound.field.widget.attrs
    css = [_CLASSES.get(facts.kind, ""), "is-invalid" if facts.errors else "", str(own.get("class", ""))]
    # False keeps Django from adding its own ids, which name elements that our macro doesn't draw.
    ours: dict[str, Any] = {"id": facts.id, "aria-describedby": facts.described_by or False, **attrs}
    if any(css):
        ours["class"] = " ".join(part for part in css if part)
    if facts.errors:
        ours["aria-invalid"] = "true"
    if facts.kind == "file" and getattr(bound.field, "most", 1) > 1:
        ours["multiple"] = True
    if facts.kind == "area":
        ours.setdefault("rows", 4)
        ours["cols"] = False
    return Markup(str(bound.as_widget(attrs=ours)))


@dataclass(frozen=True)
class Option:
    """One choice of a radio or checkbox group."""

    id: str
    name: str
    value: str
    label: str
    checked: bool


def choices(bound: BoundField) -> list[Option]:
    """The choices of a radio or checkbox field, with what the person chose."""
    found = []
    for i, sub in enumerate(bound.subwidgets):
        data = sub.data
        found.append(Option(f"{describe(bound).id}_{i}", str(data["name"]), str(data["value"]), str(data["label"]), bool(data["selected"])))
    return found


Say = Callable[[Mapping[str, Any]], str]
_SAY: Mapping[str, Say] = {
    "missing": lambda c: _("请填写。"),
    "string_too_short": lambda c: _("请填写。") if c["min_length"] == 1 else _("太短了，至少 {n} 个字。").format(n=c["min_length"]),
    "string_too_long": lambda c: _("太长了，最多 {n} 个字。").format(n=c["max_length"]),
    "string_pattern_mismatch": lambda c: _("格式不对，请对照说明再填一次。"),
    "too_short": lambda c: _("至少选 {n} 项。").format(n=c["min_length"]),
    "too_long": lambda c: _("最多选 {n} 项。").format(n=c["max_length"]),
    "greater_than_equal": lambda c: _("不能小于 {n}。").format(n=c["ge"]),
    "greater_than": lambda c: _("要大于 {n}。").format(n=c["gt"]),
    "less_than_equal": lambda c: _("不能大于 {n}。").format(n=c["le"]),
    "less_than": lambda c: _("要小于 {n}。").format(n=c["lt"]),
    "extra_forbidden": lambda c: _("这一项不该出现，请刷新页面再试。"),
}
_SAY_BY_START: tuple[tuple[tuple[str, ...], Any], ...] = (
    (("int", "float", "decimal"), gettext_lazy("请填数字。")),
    (("date", "time", "timezone"), gettext_lazy("请填写正确的日期和时间，例如 2026-11-20 15:30。")),
    (("enum", "literal", "bool", "union_tag"), gettext_lazy("请从给出的选项里选一个。")),
)


def sentence(error: ErrorDetails) -> str:
    """One pydantic error in Chinese. A validator of ours raised ValueError with a Chinese sentence already: that one is kept."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in _SAY:
        return _SAY[kind](context)
    if kind in ("value_error", "assertion_error"):
        return str(context.get("error") or error["msg"])
    for starts, words in _SAY_BY_START:
        if kind.startswith(starts):
            return str(words)
    return _("填得不对，请再看看。")


def errors_from(error: Refused | ValidationError, form: forms.Form) -> forms.Form:
    """Put a refusal or an input error on the form and return it; what the person typed stays in the form.

    An error of a field that the form doesn't have becomes an error of the whole form. Call it on a bound form.
    """
    form.errors  # noqa: B018 - runs the validation
    if isinstance(error, Refused):
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return form
    for detail in error.errors(include_url=False, include_input=False):
        name = str(detail["loc"][0]) if detail["loc"] else ""
        if name in form.fields:
            if name not in form.errors:  # one sentence for a field is enough
                form.add_error(name, sentence(detail))
        else:
            where = f"{name}：" if name else ""
            form.add_error(None, f"{where}{sentence(detail)}")
    return form


def summary(form: forms.Form) -> list[tuple[str, str]]:
    """Every error of a form as (id of the field or "", sentence), in the order of the fields; for the box above the form."""
    found = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        facts = describe(bound)
        target = f"{facts.id}_0" if facts.kind in ("radio", "checks") else facts.id
        found += [(target, error) for error in facts.errors]
    return found
