"""The form of one act, made from the input of its command: what the input asks is what the screen asks."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from linzhi.domains.requests.pages.act_fields import MAKERS, READERS, Asking
from linzhi.foundation.commands import Input
from linzhi.foundation.files.intake import take
from linzhi.kernel.refused import Refused
from linzhi.web.forms import Form

ORDER = ("choice", "body_id", "place_code", "same_as_id", "limit", "until", "parts", "say", "note", "photos")
"""The fields of an act, in the order in which they are asked."""


class ActForm(Form):
    """The fields of one act; `key` makes sending it twice do it once, `kept` holds photos that were uploaded before a refusal."""

    key = forms.CharField(max_length=36, widget=forms.HiddenInput)


def build(ask: Asking, data: Any = None, files: Any = None, *, text: int = 0, kept: Mapping[str, str] | None = None) -> ActForm:
    """The form of an act; `text` says which of the texts to begin from stands in the field, `kept` what was written before."""
    form = ActForm(data, files, initial={"key": str(uuid.uuid4())})
    for name in ORDER:
        if name in ask.input_type.model_fields:
            made = MAKERS[name](ask, text)
            if made is not None:
                made.required = name in ask.needed
                if made.required and isinstance(made, forms.CharField):
                    made.error_messages["required"] = _("请填写“%(label)s”。") % {"label": made.label}
                form.fields[name] = made
    form.initial.update({name: words for name, words in (kept or {}).items() if name in form.fields})
    if text:  # a text that was asked for comes before what was written
        form.initial.pop("say" if "say" in form.fields else "note", None)
    return form


def written(ask: Asking, request: HttpRequest) -> dict[str, str]:
    """What stands in the form as it was typed, to be kept; photos are not."""
    return {name: request.POST.get(name, "").strip() for name in build(ask).fields if name not in ("key", "photos")}


def read(ask: Asking, form: ActForm, request: HttpRequest) -> Input:
    """The command's input from a valid form; photos are stored first. Refused for a photo that isn't one, or an unknown number."""
    given: dict[str, Any] = {"request_id": ask.case.pk}
    for name, value in form.cleaned_data.items():
        if name == "photos":
            given[name] = _stored(ask, request, value or [])
        elif name in READERS and value not in ("", None):
            given[name] = READERS[name](ask, value)
        elif name in ask.input_type.model_fields and value not in ("", None):
            given[name] = value
    return ask.input_type(**given)


def kept_photos(request: HttpRequest) -> list[uuid.UUID]:
    """The photos that came up in an earlier try of the same form."""
    found = []
    for text in request.POST.getlist("kept"):
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def _stored(ask: Asking, request: HttpRequest, uploads: list[Any]) -> tuple[uuid.UUID, ...]:
    found = kept_photos(request)
    for upload in uploads:
        stored = take(ask.powers.actor, upload, upload.name or "")
        if stored.kind != "image":
            raise Refused("requests.photo", _("这里只收照片（JPG、PNG、WebP）。"), status=422, field="photos")
        found.append(stored.pk)
    # Put back for a form that is shown again, so that nobody uploads twice.
    request.kept_photos = list(dict.fromkeys(found))  # type: ignore[attr-defined]
    return tuple(dict.fromkeys(found))
