"""报个事, first question: what is it? A few words or a photo, and of what kind."""

from __future__ import annotations

import uuid

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.places import queries as places
from linzhi.domains.requests import rules
from linzhi.domains.requests.models import NATURES
from linzhi.domains.requests.pages.report_draft import Draft, ask, estate_of, find, go, keep, step, unfinished
from linzhi.foundation.files.intake import take
from linzhi.kernel.refused import Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, PhotosField

MOST = 9
EXPLAINED = {
    "help": (gettext_lazy("求助"), gettext_lazy("请人来修、来管")),
    "complaint": (gettext_lazy("投诉"), gettext_lazy("对谁办的事不满意")),
    "consult": (gettext_lazy("咨询"), gettext_lazy("问一问怎么办")),
    "suggestion": (gettext_lazy("建议"), gettext_lazy("想让小区更好")),
    "tip_off": (gettext_lazy("举报"), gettext_lazy("有人违法违规")),
    "praise": (gettext_lazy("表扬"), gettext_lazy("谁办了好事")),
}


class WhatForm(Form):
    """Words or a photo; one of the two is enough."""

    text = forms.CharField(
        label=gettext_lazy("出了什么事？"),
        help_text=gettext_lazy("说一句话就行，比如“3幢门口的灯不亮”。"),
        required=False,
        max_length=5000,
        widget=forms.Textarea,
        error_messages={"max_length": gettext_lazy("太长了，最多 5000 个字。")},
    )
    photos = PhotosField(label=gettext_lazy("拍张照"), help_text=gettext_lazy("最多 9 张，位置信息会自动去掉。"), most=MOST)
    nature = forms.ChoiceField(
        label=gettext_lazy("这是哪一种？"),
        choices=[(key, EXPLAINED[key][0]) for key in EXPLAINED],
        widget=forms.RadioSelect,
        initial="help",
    )


def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a report in an estate; `?facility=` and `?building=` come from a QR code."""
    estate = estate_of(code)
    if request.method == "POST":
        draft = find(request, _uuid(request.POST.get("draft", ""))) or _begun(request, estate)
        if draft.sent is not None:
            return redirect("requests:sent", draft.id)
        return _take(request, draft)
    given = _begun(request, estate)
    return _show(request, given, WhatForm(initial={"nature": given.nature}), old=unfinished(request, code))


@step
def again(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The same question again, on the way back."""
    if request.method == "POST":
        return _take(request, draft)
    return _show(request, draft, WhatForm(initial={"nature": draft.nature, "text": draft.text}))


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()


def _begun(request: HttpRequest, estate: places.Estate) -> Draft:
    """A new draft, with the building and facility that a QR code named, if they are in this estate."""
    given = request.POST if request.method == "POST" else request.GET
    draft = Draft(id=str(_uuid(given.get("draft", ""))), estate=estate.code)
    facility = places.facility(given.get("facility", ""))
    if facility is not None and facility.estate_id == estate.pk:
        draft.facility = facility.code
        draft.building = facility.building.code if facility.building else ""
    elif given.get("building") in {building.code for building in places.buildings(estate)}:
        draft.building = given["building"]
    if given.get("nature") in NATURES:
        draft.nature = given["nature"]
    return draft


def _take(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = WhatForm(request.POST, request.FILES)
    form.is_valid()
    dropped = set(request.POST.getlist("drop"))
    draft.photos = [one for one in draft.photos if one not in dropped]
    draft.text = rules.tidy(request.POST.get("text", ""))[:5000]
    draft.nature = str(form.cleaned_data.get("nature") or draft.nature)
    for upload in form.cleaned_data.get("photos") or []:
        _store(request, draft, form, upload)
    if not draft.text and not draft.photos and not form.errors:
        form.add_error("text", _("请说一句话，或拍张照。"))
    keep(request, draft)
    if form.errors:
        return _show(request, draft, form)
    if rules.emergencies_in(draft.text) and not draft.calm:
        return redirect("requests:report_emergency", draft.id)
    return go(draft, "what")


def _store(request: HttpRequest, draft: Draft, form: WhatForm, upload: UploadedFile) -> None:
    """Keep one photo; a refused one is said beside the field, the others stay."""
    if len(draft.photos) >= MOST:
        form.add_error("photos", _("最多 9 张。多的没有收，其他的都在。"))
        return
    if not request.session.session_key:
        request.session.save()
    try:
        stored = take(powers_of(request).actor, upload, upload.name or "", session_key=request.session.session_key or "")
    except Refused as refusal:
        form.add_error("photos", refusal.message)
        return
    if stored.kind != "image":
        form.add_error("photos", _("这里只收照片（JPG、PNG、WebP）。"))
    elif str(stored.pk) not in draft.photos:
        draft.photos.append(str(stored.pk))


def _show(request: HttpRequest, draft: Draft, form: WhatForm, old: Draft | None = None) -> HttpResponse:
    facility = places.facility(draft.facility) if draft.facility else None
    return ask(request, "what", draft, form=form, explained=EXPLAINED, facility=facility, old=old)
