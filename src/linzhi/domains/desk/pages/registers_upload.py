"""导入: choose the place and the file; nothing is written into the register yet."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.desk.pages.registers_place import may_import, place_choices, places_for, register_or_404
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.files.kinds import OTHER_BYTES
from linzhi.foundation.sheets import commands, running, uploading
from linzhi.foundation.sheets.commands.preview import waiting
from linzhi.foundation.sheets.register import register_of
from linzhi.foundation.sheets.template import how_to_fill
from linzhi.kernel.refused import Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page


class UploadForm(Form):
    """The place and the file."""

    place = forms.ChoiceField(label=gettext_lazy("这份台账是哪里的"), help_text=gettext_lazy("表里的地方要在它里面。"))
    file = forms.FileField(
        label=gettext_lazy("台账文件"), help_text=gettext_lazy("Excel（.xlsx），最大 20 MB。自己的老台账也行，列名对一次就记住了。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.et"}),
        error_messages={"required": gettext_lazy("请选一个文件。"), "empty": gettext_lazy("这个文件是空的。")},
    )  # fmt: skip


def view(request: HttpRequest, code: str) -> HttpResponse:
    """The upload of one register. A small file is checked at once, a larger one by the worker."""
    powers, register = powers_of(request), register_or_404(code)
    may_import(powers, register)
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm(initial={"place": request.GET.get("place")})
    form.fields["place"].choices = place_choices(places_for(powers, register))  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            pk = _begin(powers, code, form)
        except Refused as refusal:
            errors_from(refusal, form)
        else:
            return redirect("desk:register_import", pk)
    after = [str(register_of(one).title) for one in register.after]
    filling = [(column, how_to_fill(column)) for column in register.columns]
    context = {"register": register, "form": form, "after": after, "filling": filling}
    return page(request, "desk/registers_upload.html", context, nav="registers", status=422 if form.errors else 200)


def _begin(powers: Powers, code: str, form: UploadForm) -> int:
    upload = form.cleaned_data["file"]
    content = upload.read(OTHER_BYTES + 1)
    if len(content) > OTHER_BYTES:
        words = _("文件太大了，最大 %(most)s MB。请分成几份再传。") % {"most": OTHER_BYTES >> 20}
        raise Refused("sheets.too_large", words, status=422, field="file")
    one = uploading.upload(powers.actor, content, code, form.cleaned_data["place"], upload.name or "")
    if one.state == "uploaded" and not waiting(one):
        check(powers, one.pk)
    return one.pk


def check(powers: Powers, pk: int) -> None:
    """Begin a preview and do the first chunk of it at once, which is all of a small file."""
    runner = running.new_runner()
    commands.preview(powers.actor, commands.Preview(import_id=pk, runner=runner))
    running.run(pk, runner, most=2)
