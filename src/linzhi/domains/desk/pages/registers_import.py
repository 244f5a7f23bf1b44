"""One import as it stands: what the preview found and the decision, progress, the result."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linzhi.domains.desk.pages.registers_home import standing
from linzhi.domains.desk.pages.registers_upload import check
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.sheets import commands, running, uploading
from linzhi.foundation.sheets import queries as sheets
from linzhi.foundation.sheets.commands.preview import waiting
from linzhi.foundation.sheets.marks import SILENT
from linzhi.foundation.sheets.models import SheetImport
from linzhi.foundation.sheets.register import register_of
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import Refused
from linzhi.web.asker import powers_of
from linzhi.web.render import page

SHOWN = {"fault": 100, "change": 50, "alike": 50, "notice": 20}


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """The import; POST decides. 404 for whoever may not write its register at its place."""
    powers = powers_of(request)
    one = sheets.find(powers, pk)
    error = ""
    if request.method == "POST":
        try:
            said = _decide(request, powers, one)
        except Refused as refusal:
            error = refusal.message
        else:
            if said:
                messages.success(request, said)
            return redirect("desk:register_import", pk)
    if one.state == "uploaded" and waiting(one):
        return redirect("desk:register_columns", pk)
    context = _context(powers, one) | {"error": error}
    if one.under_way:
        return page(request, "desk/registers_progress.html", context, nav="registers", part="progress")
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})  # it has come to an end while the page was looking
    template = "desk/registers_preview.html" if one.state == "previewed" else "desk/registers_result.html"
    return page(request, template, context, nav="registers", status=422 if error else 200)


def _decide(request: HttpRequest, powers: Powers, one: SheetImport) -> str:
    actor, pk, act = powers.actor, one.pk, request.POST.get("do", "")
    if act in ("all_or_nothing", "good_rows"):
        runner = running.new_runner()
        left_out = _left_out(request, one) if one.state == "previewed" else ()
        cmd = commands.Take(import_id=pk, mode=act, leave_out=left_out, runner=runner)
        commands.take(actor, cmd)
        running.run(pk, runner, most=2)
    elif act == "stop":
        commands.stop(actor, commands.Stop(import_id=pk))
        return _("停下了。已经收的都在，可以接着办，也可以撤销。")
    elif act == "check":
        check(powers, pk)
    elif act == "forget":
        uploading.forget(actor, pk)
        return _("文件已经删掉，只留下导入的记录。")
    return ""


def _left_out(request: HttpRequest, one: SheetImport) -> tuple[int, ...]:
    """The rows that were said to be somebody known. Refused while a question has no answer."""
    rows = [found.row for found in sheets.findings(one, "alike", most=SHOWN["alike"])]
    answers = {row: request.POST.get(f"alike-{row}", "") for row in rows}
    open_ones = [row for row, answer in answers.items() if answer not in ("other", "same")]
    if open_ones:
        words = _("还有 %(n)d 处没有回答是不是同一个（第一处在第 %(row)d 行）。系统不会自己合并，请您看一眼。")
        raise Refused("sheets.unanswered", words % {"n": len(open_ones), "row": open_ones[0]}, status=422)
    return tuple(row for row, answer in answers.items() if answer == "same")


def _context(powers: Powers, one: SheetImport) -> dict[str, Any]:
    found = {kind: sheets.findings(one, kind, most=most) for kind, most in SHOWN.items()} if one.state != "uploaded" else {}
    kind, words = standing(one)
    return {
        "one": one, "register": register_of(one.register), "place": Territory.objects.get(code=one.place), "found": found, "shown": SHOWN,
        "mine": one.account_id is not None and one.account_id == powers.actor.account_id, "kind": kind, "words": words,
        "who": accounts.name(one.account_id), "why": one.why.open_value(), "earlier": sheets.earlier(one),
        "can_undo": sheets.can_undo(one), "half_undone": sheets.half_undone(one), "good": one.new + one.changed + one.same,
        "silent": one.under_way and one.heartbeat is not None and one.heartbeat < powers.at - SILENT, "at": powers.at,
    }  # fmt: skip
