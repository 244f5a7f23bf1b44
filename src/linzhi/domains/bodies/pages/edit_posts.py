"""The pages on which posts are created and filled, and on which somebody leaves one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.bodies import commands as do
from linzhi.domains.bodies.models import Holding, Post
from linzhi.domains.bodies.pages.body import find
from linzhi.domains.bodies.pages.forms import AppointForm, EndHoldingForm, PostForm, choose, posted, said, show
from linzhi.domains.bodies.pages.frame import moment, must, sources
from linzhi.domains.bodies.rules import POST_KINDS, SECRETARIES, SOURCES_KEY
from linzhi.domains.people.commands.matching import Neighbours
from linzhi.domains.places import queries as places
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.sms import normal_phone
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import county_of, within
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotAllowed, NotFound, Refused
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import resolve

MOST = 400


def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Create a post in a body. Refused where the asker may create none."""
    asked, body = find(request, pk)
    kinds = [
        (code, kind.title) for code, kind in POST_KINDS.items()
        if body.kind in kind.bodies and asked.may("bodies.create_post", Post(body=body, kind=code, path=body.path))
    ]  # fmt: skip
    if not kinds:
        raise NotAllowed("bodies.create_post", _("这个组织里没有您可以设立的岗位。"))
    form = PostForm(posted(request), initial={"seats": 1})
    choose(form, "kind", [("", _("请选择")), *kinds])
    reaches = {POST_KINDS[code].reach for code, _title in kinds}
    if "grid" in reaches:
        rows = [(row.pk, row.name) for row in places.grids(body.path, asked.on)][:MOST]
        choose(form, "grid_id", [("", _("不是网格岗位")), *rows])
    else:
        del form.fields["grid_id"]
    if "named" in reaches:
        ground = Territory.objects.filter(within("path", body.path), level__in=("estate", "building"), end=None).order_by("path")[:MOST]
        choose(form, "places", [(row.code, row.name if row.level == "estate" else f"　{row.name}") for row in ground])
    else:
        del form.fields["places"]

    def save(given: dict[str, Any]) -> None:
        more = said(given, "title", "phone", "hours") | {"places": tuple(given.get("places") or ())}
        grid = int(given["grid_id"]) if given.get("grid_id") else None
        cmd = do.CreatePost(body_id=body.pk, kind=given["kind"], seats=given["seats"], grid_id=grid, **more)
        do.create_post(asked.powers.actor, cmd)

    back = reverse("bodies:body", args=[body.pk])
    return show(request, asked, form, title=_("%(name)s：设立岗位") % {"name": body.name}, back=back, done=_("岗位设好了。"), save=save)


def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who takes a post, from which document. Refused as its command says, and where nobody of that name is found."""
    post = Post.objects.select_related("body").filter(pk=pk).first()
    if post is None:
        raise NotFound(_("没有这个岗位。"))
    asked, body = find(request, post.body_id)
    must(asked, "bodies.appoint", post)
    form = AppointForm(posted(request))
    warn = ""
    if post.kind in SECRETARIES:
        titles, pack = sources(), pack_for(post.path)
        allowed = resolve(SOURCES_KEY, on=asked.on, pack=pack).value
        others = [code for code in titles if code not in allowed]
        choose(form, "source", [("", _("请选择")), *((code, titles[code]) for code in (*allowed, *others))])
        warn = _("本地规定的书记来源：%(list)s。") % {"list": "、".join(titles[code] for code in allowed)}
    else:
        for name in ("source", "source_note"):
            del form.fields[name]
    if POST_KINDS[post.kind].owners_only:
        warn = _("这个岗位只能由本小区的业主担任，请填他在人员台账里的手机号。")

    def save(given: dict[str, Any]) -> None:
        account_id, person_id = holder(given["name"], given["username"], given["phone"], post.path)
        more = said(given, "source", "source_note")
        if given["full_time"]:
            more["full_time"] = given["full_time"] == "1"
        begin = None if given["begin"] == day_of(asked.powers.at) else moment(given["begin"])
        cmd = do.Appoint(
            post_id=post.pk, name=given["name"], basis=given["basis"], account_id=account_id, person_id=person_id, begin=begin,
            end=moment(given["end"]), **more,
        )  # fmt: skip
        do.appoint(asked.powers.actor, cmd)

    title = _("%(body)s%(title)s：任职登记") % {"body": body.name, "title": post.title}
    back = reverse("bodies:body", args=[body.pk])
    return show(request, asked, form, title=title, back=back, done=_("任职登记好了。"), save=save, warn=warn, button=_("登记任职"))


def holder(name: str, username: str, phone: str, path: str) -> tuple[int | None, int | None]:
    """The account and the person of the register who are meant; nothing is said of others who have the same phone.

    Refused when nobody has this sign-in name, or when name and phone together don't find one person or account.
    """
    account_id = person_id = None
    if username:
        found = accounts.by_username(username)
        if found is None:
            raise Refused("bodies.no_account", _("没有这个登录名。请核对，或先在“账号”里开通。"), status=422, field="username")
        account_id = found.pk
    if phone:
        number = normal_phone(phone)
        person = Neighbours(county_of(path), [number]).same(name, number)
        other = accounts.by_phone(number)
        if person is not None:
            person_id = person.pk
        elif other is not None and other.name == name and account_id is None:
            account_id = other.pk
        else:
            message = _("人员台账里没有姓名和手机号都对得上的人。请核对，或先登记这个人。")
            raise Refused("bodies.no_person", message, status=422, field="phone")
    return account_id, person_id


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that somebody leaves a post; its power ends at once. Refused as its command says."""
    holding = Holding.objects.select_related("post__body").filter(pk=pk).first()
    if holding is None:
        raise NotFound(_("没有这条任职记录。"))
    asked, body = find(request, holding.post.body_id)
    must(asked, "bodies.end_holding", holding)

    def save(given: dict[str, Any]) -> None:
        do.end_holding(asked.powers.actor, do.EndHolding(holding_id=holding.pk, reason=given["reason"], basis=given["basis"]))

    title = _("%(name)s离任：%(title)s") % {"name": holding.name, "title": holding.post.title}
    back = reverse("bodies:body", args=[body.pk])
    warn = _("登记以后，这个岗位给他的权限马上结束。")
    form = EndHoldingForm(posted(request))
    return show(request, asked, form, title=title, back=back, done=_("离任登记好了。"), save=save, warn=warn, button=_("登记离任"))
