"""撤销导入: what will happen, then the whole import is taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from linzhi.foundation.sheets import commands, running
from linzhi.foundation.sheets import queries as sheets
from linzhi.foundation.sheets.register import register_of
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import Refused
from linzhi.web.asker import powers_of
from linzhi.web.render import page


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then undo. A row that is used by now stops it and is named on the page of the import."""
    powers = powers_of(request)
    one = sheets.find(powers, pk)
    if not sheets.can_undo(one):
        return redirect("desk:register_import", pk)
    if request.method == "POST" and request.POST.get("confirmed"):
        runner = running.new_runner()
        try:
            commands.undo(powers.actor, commands.Undo(import_id=pk, runner=runner))
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            running.run(pk, runner, most=2)
        return redirect("desk:register_import", pk)
    context = {"one": one, "register": register_of(one.register), "place": Territory.objects.get(code=one.place)}
    return page(request, "desk/registers_undo.html", context, nav="registers")
