"""为什么: one subject by one check, with every figure, parameter and source, and who has to act by when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linzhi.domains.compliance.pages.frame import door, labels, records, who
from linzhi.domains.compliance.queries import why as explaining
from linzhi.foundation.access.actions import role_title
from linzhi.kernel.clock import day_of
from linzhi.policy.spoken import cited
from linzhi.web.asker import powers_of
from linzhi.web.render import page


def view(request: HttpRequest, subject: str, ref: int, check: str) -> HttpResponse:
    """Why a subject stands so. Refused (404) for what the asker may not see; figures of the closed room for anybody but the party line."""
    powers = powers_of(request)
    why = explaining.why(powers, subject, ref, check)
    entry = why.check.entry
    context = {
        "why": why,
        "place": labels([why.path])[why.path],
        "basis": cited(why.check.cited, entry.local),
        "url_of_source": why.check.cited.source.url if why.check.cited else "",
        "owner": role_title(entry.owner),
        "door": door(why.check, subject, why.code),
        "records": records(subject, why.code),
        "standing": reverse("compliance:standing", args=[why.code]) if why.code else "",
        "excusers": {one.pk: who(one.excused_by) for one in why.findings},
        "today": day_of(powers.at),
    }
    return page(request, "compliance/why.html", context, nav="findings")
