"""Propose a value for a place: what, from when, on which document, and why."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.files.attachments import attach
from linzhi.foundation.territory.models import Territory
from linzhi.policy.commands import lawful
from linzhi.policy.models import EnteredValue
from linzhi.policy.pack import Parameter
from linzhi.policy.schema import ENTERED_LEVELS

LONGEST = 4000


class ProposeValue(Input):
    """A value as a pack file would say it (`"2 working hours"`, `"2/3"`, a list, a table), with its document.

    `local` instead of a document is for keys whose documents leave the matter open. `document` is an upload's id.
    """

    place: str = Field(min_length=1, max_length=32)
    key: str = Field(min_length=1, max_length=120)
    value: Any
    begin: date
    end: date | None = None
    local: bool = False
    title: SafeText = Field("", max_length=200)
    number: SafeText = Field("", max_length=80)
    issuer: SafeText = Field("", max_length=100)
    issued: date | None = None
    article: SafeText = Field("", max_length=60)
    document: uuid.UUID | None = None
    reason: lawful.Reason


@command("policy.propose_value", on=lambda cmd: lawful.place_of(cmd.place))
def propose_value(ctx: Context, cmd: ProposeValue, place: Territory) -> EnteredValue:
    """Propose a value. It holds once somebody else has approved it, from `begin` on.

    Refused: a key that nobody describes, that law fixes or that an estate may not set; a value of another shape or forbidden by what is
    above; a day in the past; what overlaps a later approved value; a missing document; a second open proposal for the same key.
    """
    if place.level not in ENTERED_LEVELS or place.end is not None:
        raise lawful.refuse("no_own_rules", _("这个地方没有自己的规定：请选区县、街道、社区或者小区。"), "place")
    parameter = lawful.parameter_of(cmd.key)
    lawful.of_the_estate(place.path, place.level, cmd.key, cmd.begin)
    lawful.begins(ctx, cmd.begin)
    if cmd.end is not None and cmd.end <= cmd.begin:
        raise lawful.refuse("ends_before_it_begins", _("截止日要晚于生效日。"), "end")
    row = EnteredValue(
        path=place.path, level=place.level, key=cmd.key, kind="set", value=_json(cmd.value), begin=cmd.begin, end=cmd.end,
        local=cmd.local, reason=cmd.reason, proposed_by=lawful.person(ctx), proposed_at=ctx.at, state="proposed",
        **_cited(cmd, parameter, place),
    )  # fmt: skip
    lawful.stands(row, parameter)
    lawful.alone(row)
    keep(row)
    if cmd.document is not None:
        attach(ctx.actor, [cmd.document], area="policy", subject=f"policy.enteredvalue:{row.pk}")
    return row


def keep(row: EnteredValue) -> None:
    """Store a proposal. Refused while another one for the same key and place waits for its answer."""
    if EnteredValue.objects.filter(path=row.path, key=row.key, state="proposed").exists():
        raise lawful.refuse("one_at_a_time", _("这项规定已经有一个提议在等批准。请先等它有结果，或者收回它。"), "key")
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # two at the same moment
        raise lawful.refuse("one_at_a_time", _("这项规定刚刚有人提过，正在等批准。"), "key") from None


def _cited(cmd: ProposeValue, parameter: Parameter, place: Territory) -> dict[str, Any]:
    if cmd.local:
        if not parameter.default_local:
            raise lawful.refuse("needs_a_document", _("这项规定要有文件依据，不能写成本地设定。"), "local")
        if place.level == "estate":
            raise lawful.refuse("needs_a_document", _("小区的规定要写明议事规则，并附上全文。"), "local")
        return {"document": cmd.document}
    for field, value in (("title", cmd.title), ("issuer", cmd.issuer), ("article", cmd.article)):
        if not value:
            raise lawful.refuse("needs_a_document", _("请写明文件的名称、发文机关和条款。"), field)
    if place.level == "estate" and cmd.document is None:
        raise lawful.refuse("needs_a_document", _("请附上议事规则全文（照片或者 PDF），批准的人要看。"), "document")
    return {
        "title": cmd.title, "number": cmd.number, "issuer": cmd.issuer, "issued": cmd.issued, "article": cmd.article,
        "document": cmd.document,
    }  # fmt: skip


def _json(value: Any) -> str:
    """The value as it is kept. Refused: what no pack could say, and what is longer than a page."""
    if any(not text.isprintable() for text in lawful.texts(value)):
        raise lawful.refuse("wrong_value", _("值里有换行或者看不见的字符，请去掉。"), "value")
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError):
        raise lawful.refuse("wrong_value", _("这个值读不懂。"), "value") from None
    if len(text) > LONGEST:
        raise lawful.refuse("wrong_value", _("这个值太长了，请精简一些。"), "value")
    return text
