"""导出台账: of a place, on a day; what names people is masked, or clear for a purpose that is logged."""

from __future__ import annotations

import tempfile

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.desk.pages.registers_place import download, place_choices, register_or_404
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets import commands
from linzhi.foundation.sheets import queries as sheets
from linzhi.foundation.sheets.exporting import Target
from linzhi.foundation.sheets.register import Register
from linzhi.foundation.territory.paths import LEVELS
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotAllowed, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

IN_MEMORY = 8 * 1024 * 1024
WIDE = tuple(LEVELS[LEVELS.index("county") :])


class ExportForm(Form):
    """Where, as of when, and for a register that names people: masked or not, and what for."""

    place = forms.ChoiceField(label=gettext_lazy("哪里的"))
    on = forms.DateField(
        label=gettext_lazy("按哪一天的情况"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("请填日期，例如 2026-11-20。")},
    )  # fmt: skip
    clear = forms.ChoiceField(
        label=gettext_lazy("个人信息"), widget=forms.RadioSelect,
        choices=[("", gettext_lazy("打码（138****0000）")), ("1", gettext_lazy("不打码，每一项都记进“谁看过我的信息”"))], required=False,
    )  # fmt: skip
    purpose = forms.CharField(
        label=gettext_lazy("导出做什么用"), max_length=200, help_text=gettext_lazy("比如：入户核对。用途会记下来，也印在表头。")
    )

    def __init__(self, register: Register, powers: Powers, data: object = None) -> None:
        super().__init__(data, initial={"on": day_of(powers.at), "clear": ""})
        self.fields["place"].choices = place_choices(sheets.places(powers, register.view, WIDE))  # type: ignore[attr-defined]
        if not register.personal:
            del self.fields["clear"], self.fields["purpose"]
        elif not sheets.may_somewhere(powers, register.action):
            del self.fields["clear"]


def view(request: HttpRequest, code: str) -> HttpResponse:
    """The questions, then the workbook. Refused to whoever may not view the register anywhere, and as the command says."""
    powers, register = powers_of(request), register_or_404(code)
    if not sheets.may_somewhere(powers, register.view) or not sheets.may_somewhere(powers, "sheets.export"):
        raise NotAllowed(register.view, powers.decide(register.view).reason)
    form = ExportForm(register, powers, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as out:
                cmd = commands.Export(
                    kind=code, place=given["place"], on=given["on"], purpose=given.get("purpose", ""),
                    clear=bool(given.get("clear")), target=Target(out),
                )  # fmt: skip
                commands.export(powers.actor, cmd)
                out.seek(0)
                content = out.read()
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            return download(content, _("%(title)s-%(day)s.xlsx") % {"title": register.title, "day": f"{given['on']:%Y%m%d}"})
    context = {"register": register, "form": form}
    return page(request, "desk/registers_export.html", context, nav="registers", status=422 if form.errors else 200)
