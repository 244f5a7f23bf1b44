"""The empty workbook of a register, with its notes and drop-downs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.domains.desk.pages.registers_place import download, may_import, places_for, register_or_404
from linzhi.foundation.sheets import template
from linzhi.foundation.sheets.sources import choices_of
from linzhi.web.asker import powers_of


def view(request: HttpRequest, code: str) -> HttpResponse:
    """The template as the place's jurisdiction has it. Refused to whoever may not import the register anywhere."""
    powers, register = powers_of(request), register_or_404(code)
    may_import(powers, register)
    place = places_for(powers, register)[0]
    content = template.write(str(register.title), str(register.note), register.columns, choices_of(register, place), ())
    return download(content, _("%(title)s模板.xlsx") % {"title": register.title})
