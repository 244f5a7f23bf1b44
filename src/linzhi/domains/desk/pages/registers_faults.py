"""The bad rows of an import as a workbook, wrong cells marked: to be corrected and sent again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.domains.desk.pages.registers_place import download
from linzhi.foundation.sheets import queries as sheets
from linzhi.foundation.sheets.marking import marked
from linzhi.foundation.sheets.register import register_of
from linzhi.kernel.refused import NotFound
from linzhi.web.asker import powers_of


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook, only for the person who uploaded the file: its cells are what they wrote, in clear."""
    powers = powers_of(request)
    one = sheets.find(powers, pk)
    if one.account_id is None or one.account_id != powers.actor.account_id:
        raise NotFound(_("标好的表只给上传的人。"))
    return download(marked(one), _("%(title)s-要改的行.xlsx") % {"title": register_of(one.register).title})
