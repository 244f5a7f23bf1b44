"""导出诉求: a list leaves the house as a sheet, for a purpose that is logged."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from pydantic import AwareDatetime, Field

from linzhi.domains.requests import queries
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotFound, Refused

MOST = 20_000


class Export(Input):
    """Which list, as the staff list filters it, from which place down, and what it is needed for."""

    place_code: str = Field(max_length=32)
    purpose: SafeText = Field(max_length=200)
    tab: str = "open"
    category: str = Field("", max_length=60)
    nature: str = Field("", max_length=12)
    body_id: int | None = None
    words: SafeText = Field("", max_length=80)
    begin: AwareDatetime | None = None
    end: AwareDatetime | None = None


@dataclass(frozen=True)
class Exported:
    """What was let out: the place and the requests in the order of the list."""

    path: str
    pks: tuple[int, ...]


def _place(cmd: Export) -> Territory:
    found = Territory.objects.filter(code=cmd.place_code).first()
    if found is None:
        raise NotFound(_("没有这个地方的编码。"))
    return found


@command("requests.export", on=_place)
def export(ctx: Context, cmd: Export, place: Territory) -> Exported:
    """Log an export and say which requests it holds; `jobs.sheet_of` makes the file from the answer.

    Refused without a purpose, for an unknown list, and for more than 20,000 requests. Only requests that the asker may export are in it.
    """
    if len(cmd.purpose) < 2:
        raise Refused("requests.export_purpose", _("请写明导出用来做什么。"), status=422, field="purpose")
    if cmd.tab not in queries.TABS:
        raise Refused("requests.export_list", _("没有这个列表。"), status=422, field="tab")
    wanted = queries.Filter(
        at=ctx.at, path=place.path, **cmd.model_dump(include={"tab", "category", "nature", "body_id", "words", "begin", "end"})
    )
    rows = queries.listed(ctx.powers, wanted).filter(ctx.powers.visible("requests.export"))
    pks = tuple(rows.values_list("pk", flat=True)[: MOST + 1])
    if len(pks) > MOST:
        message = _("一次最多导出 %(most)d 件。请缩小时间或范围。") % {"most": MOST}
        raise Refused("requests.export_too_many", message, status=422, field="begin")
    ctx.note(count=len(pks))
    return Exported(place.path, pks)
