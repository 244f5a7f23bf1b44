"""报个事: a resident, with or without an account, says what is the matter."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.requests.commands.intake import Draft, create
from linzhi.domains.requests.models import Request
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.commands import Context, Input, Private, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import ANONYMOUS
from linzhi.kernel.refused import NotFound, Refused

Nature = Literal["consult", "help", "complaint", "tip_off", "suggestion", "praise"]


class Telling(Input):
    """What is said, where, and who may be called back. Contact is optional and sealed.

    `session_key` lets somebody not signed in attach the photos they uploaded.
    """

    place_code: str = Field(max_length=32)
    nature: Nature = "help"
    text: Annotated[SafeText, Private] = Field(max_length=5000)
    title: Annotated[SafeText, Private] = Field("", max_length=60)
    category: str = Field("", max_length=60)
    place_text: Annotated[SafeText, Private] = Field("", max_length=120)
    facility_id: int | None = None
    urgent: bool = False
    public: bool = True
    contact_name: Annotated[SafeText, Private] = Field("", max_length=40)
    contact_phone: Annotated[SafeText, Private] = Field("", max_length=20, pattern=r"^$|^[0-9+ -]{5,20}$")
    accused_body_id: int | None = None
    photos: tuple[UUID, ...] = Field((), max_length=9)
    session_key: Annotated[str, Private] = Field("", max_length=64)


class Report(Telling):
    """A resident's own report. `anonymous` leaves the account out, also when signed in; `own_contact` takes its name and phone."""

    anonymous: bool = False
    own_contact: bool = False


def place(cmd: Telling) -> Territory:
    """The place named by its code; an estate or a building, since that is where people live. Raises NotFound, Refused."""
    found = Territory.objects.filter(code=cmd.place_code).first()
    if found is None:
        raise NotFound(_("没有找到这个小区。请从列表里选。"))
    if found.level not in ("estate", "building"):
        raise Refused("requests.place", _("请选到小区或楼栋。"), status=422, field="place_code")
    return found


def draft_of(cmd: Telling, at: Territory, **who: object) -> Draft:
    """The draft of what was said, with who said it and by which way."""
    told = cmd.model_dump(include=set(Telling.model_fields) - {"place_code"})
    return Draft(path=at.path, **told, **who)  # type: ignore[arg-type]


@command("requests.report", on=place)
def report(ctx: Context, cmd: Report, at: Territory) -> Request:
    """Take in what a resident says; the place's method begins.

    Refused without text, for an unknown place, or with an unknown category. An anonymous report keeps no account: neither
    the request nor its history, its photos or the audit entry say who was signed in.
    """
    own = ctx.actor.account_id if ctx.actor.kind == "person" and not cmd.anonymous else None
    channel = "api" if ctx.actor.kind == "app" else "resident" if own is not None else "anonymous"
    uploader = ctx.actor
    if cmd.anonymous:
        ctx.actor = ANONYMOUS
    request = create(ctx, draft_of(cmd, at, reporter_id=own, channel=channel), act="requests.report", uploader=uploader)
    if own is not None and cmd.own_contact and not cmd.contact_phone:
        _take_contact(request, own)
    return request


def _take_contact(request: Request, account_id: int) -> None:
    """Copy the account's own name and sealed phone; nothing is opened."""
    account = accounts.by_id(account_id)
    if account is not None:
        request.contact_name, request.contact_phone = account.name, account.phone
        request.contact_index = account.phone_index or ""
        request.save(update_fields=["contact_name", "contact_phone", "contact_index"])
