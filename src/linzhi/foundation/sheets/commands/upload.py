"""A workbook comes in for a register at a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import InstanceOf, PlainSerializer

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.sheets.commands import loading
from linzhi.foundation.sheets.models import SheetImport, as_json
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import Refused


@dataclass(frozen=True)
class Prepared:
    """A workbook that was read and kept. It can only come from `uploading.prepare`, so the command may trust it."""

    kept: str
    key: str
    digest: str
    size: int
    name: str
    how: str
    sheet: str
    mapping: dict[str, Any]


class Upload(Input):
    """`kind` is the register's code, `place` a place's; `upload` an object of this process, which no form and no API body can make up."""

    kind: str
    place: str
    upload: Annotated[InstanceOf[Prepared], PlainSerializer(lambda prepared: prepared.digest)]


@command("sheets.upload", on=lambda cmd: loading.place(cmd.place))
def upload(ctx: Context, cmd: Upload, place: Territory) -> SheetImport:
    """Begin an import. The same file again, not taken yet, is the same import.

    Refused for a place of a level that the register isn't about, and for whoever may not write the register there.
    """
    register = loading.register(cmd.kind)
    loading.must_hold(ctx.powers, register.action, place)
    if place.level not in register.levels:
        raise Refused("sheets.level", _("“%(name)s”不能按这一级导入。请换一个地方。") % {"name": place.name}, status=422, field="place")
    given = cmd.upload
    open_ones = SheetImport.objects.filter(
        register=register.code, place=place.code, digest=given.digest, account_id=ctx.actor.account_id,
        state__in=("uploaded", "previewed"),
    ).exclude(kept="")  # fmt: skip
    earlier = open_ones.order_by("-pk").first()
    if earlier is not None:
        return earlier
    return SheetImport.objects.create(
        register=register.code, place=place.code, path=place.path, actor=as_json(ctx.actor), account_id=ctx.actor.account_id,
        created_at=ctx.at, file_name=Sealed.of(given.name), digest=given.digest, size=given.size, kept=given.kept,
        file_key=Sealed.of(given.key),
        forget_after=ctx.at + timedelta(days=settings.SHEET_FILE_DAYS), how=given.how[:200], sheet=given.sheet[:80],
        mapping=given.mapping, state="uploaded",
    )  # fmt: skip
