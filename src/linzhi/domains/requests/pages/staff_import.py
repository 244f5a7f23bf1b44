"""热线工单: upload, look at every wrong cell, then take all rows or the good ones, two hundred at a time."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.places import queries as places
from linzhi.domains.requests import jobs
from linzhi.domains.requests.jobs.sheet_cells import column_of, name_of
from linzhi.domains.requests.jobs.sheet_file import read_sheet, shortened
from linzhi.domains.requests.pages import sheet_template
from linzhi.foundation.access.actions import action_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.files import blobs
from linzhi.foundation.files.intake import take
from linzhi.foundation.files.models import StoredFile
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotAllowed, NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

AT_ONCE = 200
SHOWN = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(Form):
    """The file, and whose sheets they are."""

    file = forms.FileField(
        label=gettext_lazy("工单表"), help_text=gettext_lazy("Excel（.xlsx）或 CSV，最大 20 MB。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": gettext_lazy("请选一个文件。"), "empty": gettext_lazy("这个文件是空的。")},
    )  # fmt: skip
    place_code = forms.ChoiceField(label=gettext_lazy("这些工单是哪里的"), help_text=gettext_lazy("先整批放在这里，再批量补到小区。"))


def view(request: HttpRequest) -> HttpResponse:
    """The upload. Nothing is written but the file itself, which only its uploader can open and which is thrown away after a day."""
    powers = powers_of(request)
    wide = _places(powers)
    if request.GET.get("template"):
        name = quote(_("热线工单模板.xlsx"))
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return HttpResponse(sheet_template.template(), content_type=XLSX, headers=headers)
    form = SheetForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    form.fields["place_code"].choices = [(row.code, row.name) for row in wide]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            upload = form.cleaned_data["file"]
            stored = take(powers.actor, upload, upload.name or "")
            if stored.kind != "sheet":
                raise Refused("requests.not_a_sheet", _("这不是表格。请用 Excel（.xlsx）或 CSV 文件。"), status=422, field="file")
        except Refused as refusal:
            errors_from(refusal, form)
        else:
            return redirect("requests:import_sheet", form.cleaned_data["place_code"], stored.pk)
    context = {"form": form, "notes": sheet_template.notes()}
    return page(request, "requests/staff_import.html", context, nav="sheets", status=422 if form.errors else 200)


def _places(powers: Powers) -> list[Territory]:
    """The counties and streets whose sheets the asker may take. Refused when there are none."""
    roles = {rule.role for rule in action_of("requests.take_sheet").rules}
    paths = {grant.path for role, held in powers.grants.items() if role in roles for grant in held}
    if not paths:
        raise NotAllowed("requests.take_sheet", powers.decide("requests.take_sheet").reason)
    return list(Territory.objects.filter(path__in=paths).order_by("path"))


@dataclass(frozen=True)
class Done:
    """How far it is: `begin` rows of the good ones were gone through. The figures are for the page only."""

    begin: int = 0
    created: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: tuple[jobs.Problem, ...] = ()


def sheet(request: HttpRequest, place_code: str, file_id: uuid.UUID) -> HttpResponse:
    """The file row by row; POST takes the next two hundred good rows. Breaking off loses nothing: taking a row twice takes it once."""
    powers = powers_of(request)
    if place_code not in {row.code for row in _places(powers)}:
        raise NotAllowed("requests.take_sheet", powers.decide("requests.take_sheet").reason)
    content = _content(powers, file_id)
    report = jobs.check(content, place_code=place_code, at=powers.at)
    done = None
    if request.method == "POST" and (not report.problems or request.POST.get("take") == "good"):
        done = _take(powers, report, _so_far(request))
    context: dict[str, Any] = {
        "report": report, "done": done, "finished": done is not None and done.begin >= len(report.rows),
        "place": places.place_label(Territory.objects.values_list("path", flat=True).get(code=place_code)),
        "bad_rows": _bad_rows(content, report) if done is None else [], "shown": SHOWN,
    }  # fmt: skip
    return page(request, "requests/staff_import_sheet.html", context, nav="sheets", part="progress" if done else None)


def _content(powers: Powers, file_id: uuid.UUID) -> bytes:
    file = StoredFile.objects.filter(pk=file_id, uploaded_by=powers.actor.account_id, kind="sheet").first()
    try:
        return blobs.path_of(file.sha256).read_bytes() if file else _gone()
    except FileNotFoundError:
        return _gone()


def _gone() -> bytes:
    raise NotFound(_("这张表不在了：上传的表只留一天。请重新上传。"))


def _so_far(request: HttpRequest) -> Done:
    def number(name: str) -> int:
        text = request.POST.get(name, "0")
        return int(text) if text.isdigit() and len(text) < 7 else 0

    return Done(number("begin"), number("created"), number("unchanged"), number("refused"))


def _take(powers: Powers, report: jobs.Report, before: Done) -> Done:
    chunk = report.rows[before.begin : before.begin + AT_ONCE]
    tally = jobs.take(replace(report, rows=chunk, repeated=0, total=len(chunk)), powers.actor, take_good=True)
    created, unchanged, refused = before.created + tally.created, before.unchanged + tally.unchanged, before.refused + tally.refused
    return Done(before.begin + len(chunk), created, unchanged, refused, tally.problems)


@dataclass(frozen=True)
class BadRow:
    """A row with something wrong: its cells as (heading, text, wrong), and every problem in words."""

    number: int
    cells: list[tuple[str, str, bool]]
    problems: list[jobs.Problem]


def _bad_rows(content: bytes, report: jobs.Report) -> list[BadRow]:
    """The first hundred wrong rows with their cells; what is wrong with the whole file stands under row 0."""
    wrong: dict[int, list[jobs.Problem]] = {}
    for problem in report.problems:
        wrong.setdefault(problem.row, []).append(problem)
    cells = dict(read_sheet(content).rows)
    heading = _heading(cells)
    found = []
    for number in sorted(wrong)[:SHOWN]:
        columns = {problem.column for problem in wrong[number]}
        row = [
            (name, shortened(cell), _ours(name) in columns)
            for name, cell in zip(heading, cells.get(number, []), strict=False)
            if name
        ]
        found.append(BadRow(number, row, wrong[number]))
    return found


def _heading(cells: dict[int, list[Any]]) -> list[str]:
    rows = [row for _number, row in sorted(cells.items())[:5]]
    return [str(cell) for cell in max(rows, key=lambda row: sum(bool(_ours(str(cell))) for cell in row))] if rows else []


def _ours(heading: str) -> str:
    """What we call the column with this heading, or empty."""
    column = column_of(heading)
    return name_of(column) if column else ""
