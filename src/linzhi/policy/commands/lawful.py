"""What every proposal must keep to: asked when it is made, and again when it is approved, since what is above may have changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.commands import Context, SafeText
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.policy import check, entered
from linzhi.policy.load import packs
from linzhi.policy.models import EnteredValue
from linzhi.policy.pack import Pack, Parameter
from linzhi.policy.queries import estate_keys, pack_for

FARTHEST = timedelta(days=3660)
Reason = Annotated[SafeText, Field(min_length=1, max_length=500)]


def refuse(code: str, sentence: str, field: str | None = None, **data: Any) -> Refused:
    """A refusal of something in the proposal."""
    return Refused(f"policy.{code}", sentence, status=422, field=field, **data)


def place_of(code: str) -> Territory:
    """The place, locked, so that two proposals for it follow each other. Refused when it isn't there."""
    place = Territory.objects.select_for_update().filter(code=code).first()
    if place is None:
        raise NotFound(_("没有这个地方的编码。"))
    return place


def row_of(pk: int) -> EnteredValue:
    """A proposal, locked with its place. Refused when it isn't there."""
    path = EnteredValue.objects.filter(pk=pk).values_list("path", flat=True).first()
    if path is None:
        raise NotFound(_("没有这条规定。"))
    list(Territory.objects.select_for_update().filter(path=path))
    return EnteredValue.objects.select_for_update().get(pk=pk)


def person(ctx: Context) -> int:
    """The account of who acts. Refused for a job: two persons answer for a rule."""
    if ctx.actor.account_id is None:
        raise refuse("needs_a_person", _("规定要由具体的人提出和批准。"))
    return ctx.actor.account_id


def parameter_of(key: str) -> Parameter:
    """What the key means. Refused for one that no pack describes."""
    parameter = packs().parameters.get(key)
    if parameter is None:
        alike = check.near(key, list(packs().parameters))
        more = _("是不是：%(alike)s？") % {"alike": "、".join(alike)} if alike else ""
        raise refuse("unknown_key", _("没有“%(key)s”这项规定。") % {"key": key[:60]} + more, "key", near=alike)
    return parameter


def of_the_estate(path: str, level: str, key: str, on: date) -> None:
    """Refused for an estate's own value of a key that isn't left to its rules of procedure."""
    if level == "estate" and key not in estate_keys(path, on):
        raise refuse("not_for_estates", _("这项规定不由小区议事规则定，小区不能自己改。要改请由区里提出。"), "key")


def begins(ctx: Context, begin: date) -> None:
    """Refused for a day in the past: what happened then rested on what held then. And for one beyond ten years."""
    today = day_of(ctx.at)
    if begin < today:
        raise refuse("begins_in_the_past", _("生效日已经过去。只能从今天或者以后起：以前办的事按当时的规定。"), "begin")
    if begin > today + FARTHEST:
        raise refuse("begins_too_late", _("生效日太远了，请填十年以内的日子。"), "begin")


def texts(value: Any) -> Iterator[str]:
    """Every text in a value, names of rows too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (str(key), *texts(item))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)


def stands(row: EnteredValue, parameter: Parameter) -> None:
    """Refused when the value has another shape than its parameter, or what is above forbids it on some day of its time."""
    try:
        value = entered.dated(row, parameter.shape, entered.document_of([row], row.path))
    except (ValueError, TypeError) as error:
        raise refuse("wrong_value", _("“%(title)s”的值不对：%(why)s。") % {"title": parameter.title, "why": error}, "value") from None
    above = _above(row.path)
    upper = check.in_force(above, parameter, row.begin)
    if parameter.override == "fixed" and upper is not None:
        sentence = _("“%(title)s”由上级文件定死，本地不能改：%(source)s。")
        source = upper.cited.words if upper.cited else _("上级的设定")
        raise refuse("fixed", sentence % {"title": parameter.title, "source": source}, "key")
    if (found := check.breach(above, parameter, value)) is not None:
        reason, upper = found
        raise refuse("forbidden_above", _("%(reason)s（上级的值自 %(day)s 起）。") % {"reason": reason, "day": upper.begin}, "value")


def alone(row: EnteredValue) -> None:
    """Refused when a later value of the place has already been approved for some of the time; what began before is taken over."""
    rows = EnteredValue.objects.filter(path=row.path, key=row.key, kind="set", state="approved", begin__gte=row.begin).exclude(pk=row.pk)
    rows = rows.filter(begin__lt=row.end) if row.end else rows
    later = rows.filter(Q(stopped__isnull=True) | Q(stopped__gt=row.begin)).order_by("begin").first()
    if later is not None:
        sentence = _("从 %(day)s 起已经批准了另一个值。请先收回那一个，或者让这一个在那天之前结束。")
        raise refuse("overlap", sentence % {"day": later.begin}, "begin", later=later.pk)


def current(row: EnteredValue) -> EnteredValue | None:
    """The place's own value that holds on the first day of a proposal, locked; the one that it takes over from."""
    rows = EnteredValue.objects.select_for_update().filter(path=row.path, key=row.key, kind="set", state="approved", begin__lt=row.begin)
    rows = rows.filter(Q(stopped__isnull=True) | Q(stopped__gt=row.begin), Q(end__isnull=True) | Q(end__gt=row.begin))
    return rows.exclude(pk=row.pk).order_by("-begin").first()


def _above(path: str) -> tuple[Pack, ...]:
    """The packs above a place's own values, from the nation down."""
    name = pack_for(path)
    chain = packs().chain(name)
    own = f"place:{Territory.objects.get(path=path).code}"
    return tuple(pack for pack in chain if pack.name != own)


def still_ends(row: EnteredValue) -> EnteredValue:
    """The value that an `end` is about, locked. Refused when it no longer holds on that day or hasn't begun before it."""
    assert row.of is not None
    target = EnteredValue.objects.select_for_update().get(pk=row.of.pk)
    until = min((day for day in (target.end, target.stopped) if day), default=None)
    if target.state != "approved" or target.begin >= row.begin or (until is not None and until <= row.begin):
        raise refuse("ends_already", _("那个值到这一天已经不在用了，不用再停。"), "begin")
    return target
