"""备案: who took a secretary's post, a committee's new term; what is open and what is filed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.bodies import queries
from linzhi.domains.bodies.models import Filing
from linzhi.domains.bodies.pages import courses
from linzhi.domains.bodies.pages.forms import posted, show
from linzhi.domains.bodies.pages.frame import Asked, asked_of, base, last_day, must, pager, sources
from linzhi.domains.bodies.rules import FILED
from linzhi.domains.places.queries import place_label, place_labels
from linzhi.flow import queries as flow
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.policy.load import packs
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query
from linzhi.web.render import page

VIEW = "bodies.view_filing"
SUBJECT = "bodies.filing"
PAGE = 50
LEVEL = {"secretary": "secretary.filing_level", "term": "owners_committee.filing_level"}


def view(request: HttpRequest) -> HttpResponse:
    """The filings inside a place: open ones, or all."""
    asked = asked_of(request, VIEW)
    every = request.GET.get("show", "") == "all"
    rows = queries.filings(asked.powers, asked.place.path, open_only=not every)
    first, pages = pager(request, len(rows), PAGE)
    part = rows[first : first + PAGE]
    context = base(request, asked, "filings") | pages | {
        "rows": part,
        "about": {row.pk: about(row) for row in part},
        "steps": {row.pk: courses.matter_of(row, SUBJECT) for row in part},
        "step_of": flow.step_of,
        "labels": place_labels({row.path for row in part}),
        "what": FILED,
        "values": {"show": "all" if every else ""},
    }  # fmt: skip
    return page(request, "bodies/filings.html", context, nav="bodies")


def about(row: Filing) -> str:
    """What is filed, as people say it."""
    if row.holding is not None:
        return f"{row.holding.post.body.name}{row.holding.post.title}　{row.holding.name}"
    assert row.term is not None
    return _("%(body)s第 %(n)d 届") % {"body": row.term.body.name, "n": row.term.ordinal}


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One filing: what is filed, where it stands, its history, and the acts that are the asker's now."""
    row, asked = _find(request, pk)
    body = row.holding.post.body if row.holding is not None else row.term.body if row.term is not None else None
    context = base(request, asked, "filings") | courses.standing(asked.powers, courses.matter_of(row, SUBJECT), asked.at) | {
        "row": row,
        "title": f"{FILED[row.what]}：{about(row)}",
        "facts": _facts(row),
        "act_page": "bodies:filing_act",
        "back": reverse("bodies:filings") + query({}, place=asked.place.code),
        "back_words": _("回到备案"),
        "body": body,
    }  # fmt: skip
    return page(request, "bodies/course.html", context, nav="bodies")


def _facts(row: Filing) -> list[tuple[str, str]]:
    known: list[tuple[str, Any]] = [(_("编号"), row.number), (_("地方"), place_label(row.path)), (_("报到哪一级"), _level(row))]
    if row.holding is not None:
        held = row.holding
        known += [
            (_("任职"), about(row)), (_("任职文件"), held.basis), (_("从哪天起"), day_of(held.begin)), (_("到哪天"), last_day(held.end)),
            (_("人选来源"), sources().get(held.source, "")),
        ]  # fmt: skip
    if row.term is not None:
        known += [
            (_("届期"), about(row)),
            (_("选举或表决文件"), row.term.basis),
            (_("从哪天起"), row.term.begin),
            (_("到哪天满"), row.term.end),
        ]
    known += [(_("回执编号"), row.receipt), (_("备案日期"), row.filed)]
    return [(label, str(value)) for label, value in known if value not in (None, "")]


def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """The form of one act of a filing. Refused as its command says."""
    row, asked = _find(request, pk)
    code = f"bodies.{act}"
    matter = courses.matter_of(row, SUBJECT)
    form = courses.act_form(posted(request), code, row, matter, asked.on)
    must(asked, code, row)

    def save(given: dict[str, Any]) -> None:
        courses.perform(asked.powers, code, row.pk, given)

    title, back = courses.act_title(matter, code), reverse("bodies:filing", args=[row.pk])
    return show(request, asked, form, title=f"{title}：{about(row)}", back=back, done=_("办好了。"), save=save, button=title)


def _level(row: Filing) -> str:
    options = packs().parameters[LEVEL[row.what]].shape.options or {}
    return str(options.get(row.level, row.level))


def _find(request: HttpRequest, pk: int) -> tuple[Filing, Asked]:
    rows = Filing.objects.filter(powers_of(request).visible(VIEW), pk=pk).select_related("holding__post__body", "term__body")
    row = rows.first()
    if row is None:
        raise NotFound(_("没有这件备案，或者不在您的范围内。"))
    return row, asked_of(request, VIEW, path=row.path)
