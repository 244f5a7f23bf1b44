"""The pages on which a body, its terms, relations and reach are written."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.bodies import commands as do
from linzhi.domains.bodies import queries
from linzhi.domains.bodies.models import Body, BodyLink
from linzhi.domains.bodies.pages.body import find
from linzhi.domains.bodies.pages.forms import BasisForm, BodyForm, ChecksForm, LinkForm, NothingForm, TermForm, choose, posted, said, show
from linzhi.domains.bodies.pages.frame import Asked, asked_of, must
from linzhi.domains.bodies.rules import BODY_KINDS, COMPETENCES, PARTY_PARENTS
from linzhi.domains.places.queries import in_force
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import ancestors, county_of
from linzhi.kernel.refused import NotAllowed, NotFound
from linzhi.web.jinja import query

MOST = 400
FIELDS = ("name", "form", "phone", "hours", "basis", "number", "credit_code", "members", "entered_nationally")


def new(request: HttpRequest) -> HttpResponse:
    """Register a body at the place that the address names. Refused where the asker may register none."""
    asked = asked_of(request)
    kinds = [
        (code, kind.title) for code, kind in BODY_KINDS.items()
        if asked.place.level in kind.levels and asked.may("bodies.found_body", Body(kind=code, path=asked.place.path))
    ]  # fmt: skip
    if not kinds:
        raise NotAllowed("bodies.found_body", _("这里没有您可以登记的组织。请先选一个地方。"))
    form = BodyForm(posted(request), initial={"kind": request.GET.get("kind", "")})
    for name in ("members", "entered_nationally"):
        del form.fields[name]
    choose(form, "kind", [("", _("请选择")), *kinds])
    _parents(form, asked.place.path, asked)

    def save(given: dict[str, Any]) -> None:
        more = said(given, "form", "phone", "hours", "basis", "number", "credit_code", "begin")
        parent = int(given["parent_id"]) if given["parent_id"] else None
        cmd = do.FoundBody(place=asked.place.code, kind=given["kind"], name=given["name"], parent_id=parent, **more)
        do.found_body(asked.powers.actor, cmd)

    back = reverse("bodies:home") + query({}, place=asked.place.code)
    title = _("在%(place)s登记组织") % {"place": asked.place.name}
    return show(request, asked, form, title=title, back=back, done=_("组织登记好了。"), save=save)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct or complete a body. Refused as its command says."""
    asked, body = find(request, pk)
    must(asked, "bodies.revise_body", body)
    initial = {name: getattr(body, name) for name in FIELDS} | {"parent_id": str(body.parent_id or "")}
    form = BodyForm(posted(request), initial=initial)
    left_out = ["kind", "begin"]
    left_out += ["form"] if body.kind != "community_party" else []
    left_out += ["members"] if body.kind != "firm_party_branch" else []
    for name in left_out:
        del form.fields[name]
    _parents(form, body.path, asked, body)

    def save(given: dict[str, Any]) -> None:
        changed = {name: given[name] for name in FIELDS if name in given and given[name] != getattr(body, name)}
        changed = {name: value for name, value in changed.items() if value is not None}
        if given["parent_id"] and int(given["parent_id"]) != body.parent_id:
            changed["parent_id"] = int(given["parent_id"])
        do.revise_body(asked.powers.actor, do.ReviseBody(body_id=body.pk, **changed))

    return _shown(request, asked, body, form, _("更正%(name)s") % {"name": body.name}, _("改好了。"), save)


def dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """End a body with everything that hangs on it. Refused as its command says."""
    asked, body = find(request, pk)
    must(asked, "bodies.dissolve_body", body)

    def save(given: dict[str, Any]) -> None:
        do.dissolve_body(asked.powers.actor, do.DissolveBody(body_id=body.pk, basis=given["basis"]))

    warn = _("撤销以后，它的岗位、任职和权限今天就结束，历史都保留。")
    title = _("撤销%(name)s") % {"name": body.name}
    form = BasisForm(posted(request))
    return _shown(request, asked, body, form, title, _("已经撤销。"), save, warn=warn, button=_("撤销组织"))


def new_term(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next term. Refused as its command says."""
    asked, body = find(request, pk)
    must(asked, "bodies.begin_term", body)

    def save(given: dict[str, Any]) -> None:
        more = said(given, "begin", "seats")
        do.begin_term(asked.powers.actor, do.BeginTerm(body_id=body.pk, basis=given["basis"], end=given["end"], **more))

    title = _("%(name)s：登记新一届") % {"name": body.name}
    return _shown(request, asked, body, TermForm(posted(request)), title, _("新一届登记好了。"), save)


def new_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Record how a firm's branch stands to another body. Refused as its command says."""
    asked, body = find(request, pk)
    must(asked, "bodies.link_bodies", body)
    form = LinkForm(posted(request))
    near = Body.objects.filter(in_force(asked.on), path__in=ancestors(body.path)) | Body.objects.filter(
        in_force(asked.on), path__startswith=county_of(body.path), kind__in=("property_company", "industry_association", "community_party")
    )
    choose(form, "other_id", [("", _("请选择")), *near.exclude(pk=body.pk).order_by("path", "pk").values_list("pk", "name")[:MOST]])

    def save(given: dict[str, Any]) -> None:
        do.link_bodies(asked.powers.actor, do.LinkBodies(body_id=body.pk, other_id=int(given["other_id"]), kind=given["kind"]))

    return _shown(request, asked, body, form, _("%(name)s：登记组织关系") % {"name": body.name}, _("登记好了。"), save)


def end_link(request: HttpRequest, pk: int) -> HttpResponse:
    """End a relation today; the row stays."""
    link = BodyLink.objects.select_related("body", "other").filter(pk=pk).first()
    if link is None:
        raise NotFound(_("没有这条组织关系。"))
    asked, body = find(request, link.body_id)
    must(asked, "bodies.unlink_bodies", link)

    def save(given: dict[str, Any]) -> None:
        do.unlink_bodies(asked.powers.actor, do.UnlinkBodies(link_id=link.pk))

    title = _("解除和“%(other)s”的关系") % {"other": link.other.name}
    return _shown(request, asked, body, NothingForm(posted(request)), title, _("已经解除。"), save, button=_("解除关系"))


def area(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which estates a body serves, from today on. Refused as its command says."""
    asked, body = find(request, pk)
    must(asked, "bodies.set_service_area", body)
    rows = Territory.objects.filter(path__startswith=county_of(body.path), level="estate", end=None).order_by("path")
    served = Territory.objects.filter(path__in=queries.served_paths(body.pk, asked.on)).order_by("path")
    shown = dict(served.values_list("code", "name")) | dict(rows.values_list("code", "name")[:MOST])
    form = ChecksForm(posted(request), initial={"codes": list(served.values_list("code", flat=True))})
    form.fields["codes"].label = _("服务的小区")
    choose(form, "codes", shown.items())

    def save(given: dict[str, Any]) -> None:
        do.set_service_area(asked.powers.actor, do.SetServiceArea(body_id=body.pk, places=tuple(given["codes"])))

    warn = _("岗位的权限今天起跟着服务范围走。")
    return _shown(request, asked, body, form, _("%(name)s的服务范围") % {"name": body.name}, _("改好了。"), save, warn=warn)


def competences(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a department answers for, from today on. Refused as its command says."""
    asked, body = find(request, pk)
    must(asked, "bodies.set_competences", body)
    form = ChecksForm(posted(request), initial={"codes": queries.competences(body.pk, asked.on)})
    form.fields["codes"].label = _("职责")
    choose(form, "codes", COMPETENCES.items())

    def save(given: dict[str, Any]) -> None:
        do.set_competences(asked.powers.actor, do.SetCompetences(body_id=body.pk, codes=tuple(given["codes"])))

    return _shown(request, asked, body, form, _("%(name)s的职责") % {"name": body.name}, _("改好了。"), save)


def _parents(form: BodyForm, path: str, asked: Asked, body: Body | None = None) -> None:
    above = Body.objects.filter(in_force(asked.on), path__in=ancestors(path)).order_by("-path", "pk")
    if body is not None:
        above = above.exclude(pk=body.pk)
        above = above.filter(kind__in=PARTY_PARENTS[body.kind]) if body.kind in PARTY_PARENTS else above
    rows = dict(above.values_list("pk", "name")[:MOST])
    if body is not None and body.parent is not None:
        rows = {body.parent.pk: body.parent.name, **rows}
    choose(form, "parent_id", [("", _("没有")), *rows.items()])


def _shown(
    request: HttpRequest, asked: Asked, body: Body, form: Any, title: str, done: str, save: Any, *, warn: str = "", button: str = ""
) -> HttpResponse:
    back = reverse("bodies:body", args=[body.pk])
    return show(request, asked, form, title=title, back=back, done=done, save=save, warn=warn, button=button)
