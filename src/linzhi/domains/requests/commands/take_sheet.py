"""热线工单: one row of a hotline's sheet becomes a request, once."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.requests.commands.intake import Draft, create
from linzhi.domains.requests.commands.report import Nature
from linzhi.domains.requests.models import Request
from linzhi.foundation.commands import Context, Input, Private, SafeText, command
from linzhi.foundation.privacy.sealing import digest
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import ESTATE_LENGTH, county_of
from linzhi.kernel.refused import NotFound, Refused


class TakeSheet(Input):
    """One row. `source` names the hotline, `source_id` its own number; the place may be the county while unlocated."""

    place_code: str = Field(max_length=32)
    source: str = Field(max_length=40)
    source_id: str = Field(min_length=1, max_length=60)
    title: Annotated[SafeText, Private] = Field(max_length=60)
    text: Annotated[SafeText, Private] = Field(min_length=1, max_length=20_000)
    caller: Annotated[SafeText, Private] = Field("", max_length=40)
    phone: Annotated[SafeText, Private] = Field("", max_length=20)
    nature: Nature = "help"
    category: str = Field("", max_length=60)
    place_text: Annotated[SafeText, Private] = Field("", max_length=120)

    @property
    def digest(self) -> str:
        """What tells a repeated row from another text under the same number; keyed, since the caller's name is in it."""
        return digest(f"{self.title}\n{self.text}\n{self.caller}")


def _place(cmd: TakeSheet) -> Territory:
    found = Territory.objects.filter(code=cmd.place_code).first()
    if found is None:
        raise NotFound(_("没有这个地方的编码。"))
    # One row of a county's sheets at a time: of two who bring the same one, the second must find what the first has made.
    list(Territory.objects.select_for_update(no_key=True).filter(path=county_of(found.path)))
    return found


@command("requests.take_sheet", on=_place)
def take_sheet(ctx: Context, cmd: TakeSheet, at: Territory) -> Request:
    """Take in one row; the same row again returns the first request unchanged.

    Refused when the number stands for another text already (`requests.sheet_differs`).
    """
    known = Request.objects.filter(county=county_of(at.path), source=cmd.source, source_id=cmd.source_id).first()
    if known is not None:
        if known.source_digest != cmd.digest:
            message = _("编号 %(number)s 已经有一件内容不同的工单。") % {"number": cmd.source_id}
            raise Refused("requests.sheet_differs", message, field="source_id", number=known.number)
        known.taken_before = True
        return known
    draft = Draft(
        path=at.path, nature=cmd.nature, text=cmd.text, title=cmd.title, category=cmd.category, channel="hotline", public=False,
        place_text=cmd.place_text, contact_name=cmd.caller, contact_phone=cmd.phone, located=len(at.path) >= ESTATE_LENGTH,
        source=cmd.source, source_id=cmd.source_id, source_digest=cmd.digest,
    )  # fmt: skip
    return create(ctx, draft, act="requests.take_sheet")
