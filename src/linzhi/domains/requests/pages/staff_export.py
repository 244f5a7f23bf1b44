"""Excel out: the list as it was filtered, after saying what for."""

from __future__ import annotations

from urllib.parse import quote

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.requests.commands import Export
from linzhi.domains.requests.jobs import sheet_of
from linzhi.domains.requests.pages import staff_filter
from linzhi.foundation.access.actions import action_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import BEIJING
from linzhi.kernel.refused import NotAllowed, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PurposeForm(Form):
    """What the sheet is needed for."""

    purpose = forms.CharField(
        label=gettext_lazy("导出做什么用"), max_length=200, help_text=gettext_lazy("比如：月度分析会用。用途会记下来，也印在表头。")
    )


def view(request: HttpRequest) -> HttpResponse:
    """Ask the purpose and answer with the sheet. Refused to those without the power and as the command says."""
    powers = powers_of(request)
    asked = staff_filter.asked(powers, request.GET)
    place = _place(powers, asked)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wanted = asked.wanted
        try:
            cmd = Export(
                place_code=place.code, purpose=form.cleaned_data["purpose"], tab=wanted.tab, category=wanted.category, nature=wanted.nature,
                body_id=wanted.body_id, words=wanted.words, begin=wanted.begin, end=wanted.end,
            )  # fmt: skip
            content = sheet_of(powers.actor, cmd)
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            name = _("诉求%(tab)s-%(day)s.xlsx") % {"tab": staff_filter.TABS[wanted.tab], "day": f"{powers.at.astimezone(BEIJING):%Y%m%d}"}
            headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
            return HttpResponse(content, content_type=XLSX, headers=headers)
    context = {"form": form, "asked": asked, "place": place, "tab": staff_filter.TABS[asked.wanted.tab]}
    return page(request, "requests/staff_export.html", context, nav="requests", status=422 if form.errors else 200)


def _place(powers: Powers, asked: staff_filter.Asked) -> Territory:
    """The place of the filter, else the widest one of a post that may export. Refused when there is none."""
    if asked.values["place"]:
        return Territory.objects.get(code=asked.values["place"])
    roles = {rule.role for rule in action_of("requests.export").rules}
    paths = [grant.path for role, held in powers.grants.items() if role in roles for grant in held]
    if not paths:
        raise NotAllowed("requests.export", powers.decide("requests.export").reason)
    return Territory.objects.get(path=min(paths, key=lambda path: (len(path), path)))
