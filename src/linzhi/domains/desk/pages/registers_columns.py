"""对应列名: what the headings mean that nobody has mapped yet. Asked once per layout, then remembered."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linzhi.domains.desk.pages.registers_upload import check
from linzhi.foundation.sheets import commands, running
from linzhi.foundation.sheets import queries as sheets
from linzhi.foundation.sheets.models import SheetImport
from linzhi.foundation.sheets.register import Register, register_of
from linzhi.foundation.sheets.showing import shortened
from linzhi.kernel.refused import Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

SAMPLES = 3


class ColumnsForm(Form):
    """One choice for each unknown heading."""

    def __init__(self, one: SheetImport, register: Register, samples: dict[str, str], data: Any = None) -> None:
        super().__init__(data)
        facts = one.mapping
        free = [column for column in register.columns if column.code not in facts["known"]]
        options = [("", _("不导入这一列")), *((c.code, f"{c.title}{_('（必填）') if c.required else ''}") for c in free)]
        self.headings = {f"c{number}": heading for number, heading in enumerate(facts["unknown"])}
        for name, heading in self.headings.items():
            self.fields[name] = forms.ChoiceField(
                label=heading, choices=options, required=False, initial=facts["chosen"].get(heading, ""), help_text=samples.get(heading, "")
            )

    def chosen(self) -> dict[str, str]:
        """Heading to the code of a column, or empty."""
        return {heading: self.cleaned_data[name] for name, heading in self.headings.items()}


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """The unknown headings with what stands below them; POST keeps the answers and checks the file. Refused as the command says."""
    powers = powers_of(request)
    one = sheets.find(powers, pk)
    register = register_of(one.register)
    mine = one.account_id is not None and one.account_id == powers.actor.account_id
    samples = _samples(one) if mine else {}
    form = ColumnsForm(one, register, samples, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.map_columns(powers.actor, commands.MapColumns(import_id=pk, chosen=form.chosen()))
            check(powers, pk)
        except Refused as refusal:
            errors_from(refusal, form)
        else:
            return redirect("desk:register_import", pk)
    titles = {column.code: str(column.title) for column in register.columns}
    context = {
        "one": one, "register": register, "form": form, "missing": [titles[code] for code in one.mapping["missing"]],
        "known": [titles[code] for code in one.mapping["known"] if code in titles],
    }  # fmt: skip
    return page(request, "desk/registers_columns.html", context, nav="registers", status=422 if form.errors else 200)


def _samples(one: SheetImport) -> dict[str, str]:
    """What stands in the first rows below each heading, for the person who uploaded the file."""
    try:
        source = running.source_of(one)
    except Refused:
        return {}
    texts = source.heading.texts
    found: dict[str, list[str]] = {}
    rows = (cells for number, cells in source.book.rows(source.sheet) if number > source.heading.row_number)
    for cells in islice(rows, SAMPLES):
        for at, text in texts.items():
            if at < len(cells) and (cell := shortened(cells[at])):
                found.setdefault(text, []).append(cell)
    return {name: _("表里写的：%(list)s") % {"list": "；".join(samples)} for name, samples in found.items()}
