"""A form field of the sign-in pages, drawn like those of all other pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput

register = template.Library()


@register.inclusion_tag("account/field.html")
def field(bound: BoundField, label: str = "", hint: str = "", **attrs: Any) -> dict[str, Any]:
    """`{% field form.code label="验证码" inputmode="numeric" %}`: label, hint, control and error, tied together."""
    key = bound.id_for_label
    hint = hint or str(bound.help_text)
    described = [f"{key}-hint"] * bool(hint) + [f"{key}-error"] * bool(bound.errors)
    check = isinstance(bound.field.widget, CheckboxInput)
    control = {
        "class": "form-check-input" if check else "form-control",
        "placeholder": False,
        "aria-describedby": " ".join(described) or False,
        **attrs,
    }
    if bound.errors:
        control |= {"aria-invalid": "true", "class": f"{control['class']} is-invalid"}
    return {
        "bound": bound,
        "id": key,
        "label": label or bound.label,
        "hint": hint,
        "control": bound.as_widget(attrs=control),
        "check": check,
    }
