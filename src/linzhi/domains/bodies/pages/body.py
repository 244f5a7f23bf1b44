"""One body: what is known of it, to whom it stands how, its posts with who holds them, its terms, and everyone who held a post."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.domains.bodies import queries
from linzhi.domains.bodies.models import Body, Holding, Post
from linzhi.domains.bodies.pages.frame import Asked, asked_of, base, last_day, sources, tops_of
from linzhi.domains.bodies.rules import BODY_KINDS, COMPETENCES, ENDED_REASONS, LINK_KINDS, PARTY_FORMS, POST_KINDS, WITH_TERMS
from linzhi.domains.places.queries import Grid, in_force, place_label, place_labels
from linzhi.foundation.territory.paths import covers
from linzhi.kernel.refused import NotFound
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query
from linzhi.web.render import page
from linzhi.web.words import day

MOST = 200


def find(request: HttpRequest, pk: int) -> tuple[Asked, Body]:
    """The body and the screen as asked for, at the body's place or, where that lies above, the asker's own. Raises NotFound elsewhere."""
    body = queries.body(pk)
    tops = tops_of(powers_of(request), "bodies.view_register") if body else []
    near = next((top for top in tops if body and (covers(top, body.path) or covers(body.path, top))), None)
    if body is None or (tops and near is None):
        raise NotFound(_("没有这个组织，或者不在您的范围内。"))
    return asked_of(request, path=body.path if near is None or covers(near, body.path) else near), body


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """The body as of a day. Refused without a post, and where neither it nor its place concerns the asker's own."""
    asked, body = find(request, pk)
    held = queries.seats([body.pk], asked.at).get(body.pk, [])
    areas = queries.served_paths(body.pk, asked.on)
    past = Holding.objects.filter(post__body=body).select_related("post").order_by("-begin", "-pk")[:MOST]
    children = Body.objects.filter(in_force(asked.on), parent=body).order_by("path", "pk")[:MOST]
    context = base(request, asked, "home") | {
        "body": body,
        "facts": _facts(body, asked.on, areas),
        "seats": held,
        "reach": _reach([seat.post for seat in held], asked),
        "last_day": last_day,
        "may_end": {one.pk for seat in held for one in seat.holders if asked.may("bodies.end_holding", one)},
        "may_fill": {seat.post.pk for seat in held if asked.may("bodies.appoint", seat.post)},
        "links": queries.links(body.pk, asked.on),
        "link_kinds": LINK_KINDS,
        "children": children,
        "labels": place_labels({row.path for row in children}),
        "terms": queries.terms(body.pk),
        "has_terms": body.kind in WITH_TERMS,
        "past": past,
        "reasons": ENDED_REASONS,
        "sources": sources(),
        "may": _may(asked, body),
        "today": asked.on,
        "up": query({}, place=asked.place.code),
    }
    return page(request, "bodies/body.html", context, nav="bodies")


def _reach(posts: list[Post], asked: Asked) -> dict[int, str]:
    """Post to its grid or its named places, in words: what tells posts of one title apart."""
    grids = dict(Grid.objects.filter(pk__in={post.grid_id for post in posts if post.grid_id}).values_list("pk", "name"))
    found = {post.pk: grids[post.grid_id] for post in posts if post.grid_id in grids}
    named = [post.pk for post in posts if POST_KINDS[post.kind].reach == "named"]
    areas = queries.areas(named, asked.at)
    labels = place_labels({path for paths in areas.values() for path in paths})
    return found | {pk: "、".join(labels[path] for path in paths if path in labels) for pk, paths in areas.items()}


def _may(asked: Asked, body: Body) -> dict[str, bool]:
    """Which acts are offered."""
    if body.end is not None and body.end <= asked.on:
        return dict.fromkeys(("revise", "post", "term", "link", "unlink", "dissolve", "area", "competences"), False)
    kinds = [code for code, kind in POST_KINDS.items() if body.kind in kind.bodies]
    department = body.kind == "department"
    return {
        "revise": asked.may("bodies.revise_body", body),
        "post": any(asked.may("bodies.create_post", Post(body=body, kind=kind, path=body.path)) for kind in kinds),
        "term": body.kind in WITH_TERMS and asked.may("bodies.begin_term", body),
        "link": body.kind == "firm_party_branch" and asked.may("bodies.link_bodies", body),
        "unlink": any(asked.may("bodies.unlink_bodies", link) for link in queries.links(body.pk, asked.on)),
        "dissolve": asked.may("bodies.dissolve_body", body),
        "area": (BODY_KINDS[body.kind].serves or department) and asked.may("bodies.set_service_area", body),
        "competences": department and asked.may("bodies.set_competences", body),
    }


def _facts(body: Body, on: date, areas: list[str]) -> list[tuple[str, str]]:
    """Name and value of what is known."""
    labels = place_labels(areas)
    known: list[tuple[str, Any]] = [
        (_("类型"), BODY_KINDS[body.kind].title), (_("组织形式"), PARTY_FORMS.get(body.form, "")),
        (_("所在地"), place_label(body.path)), (_("电话"), body.phone), (_("办公时间"), body.hours), (_("设立依据"), body.basis),
        (_("批准文号"), body.number), (_("统一社会信用代码"), body.credit_code), (_("成立"), day(body.begin)),
        (_("撤销"), day(body.end) if body.end else ""),
        (_("录入全国系统"), day(body.entered_nationally) if body.entered_nationally else ""),
        (_("服务范围"), "、".join(labels.get(path, "") for path in areas)),
        (_("职责"), "、".join(str(COMPETENCES[code]) for code in queries.competences(body.pk, on))),
    ]  # fmt: skip
    if body.members is not None:
        known.append((_("申报的党员数"), _("%(n)d 人（%(day)s 申报）") % {"n": body.members, "day": day(body.members_on)}))
    return [(label, str(value)) for label, value in known if value not in (None, "")]
