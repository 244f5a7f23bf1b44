"""报个事: a resident, with or without an account, says what is the matter."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.requests.commands.intake import Draft, create
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import Words
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.commands import Context, Input, Private, SafeText, command
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import estate_of
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
    """A resident's own report. `anonymous` leaves the account out, also when signed in; `own_contact` takes its name and phone.

    `earlier_id` names a closed request that the reporter says isn't over.
    """

    anonymous: bool = False
    own_contact: bool = False
    earlier_id: int | None = None

    def for_audit(self) -> dict[str, Any]:
        """As any input; of an anonymous report without the photos, whose upload was logged under who sent it."""
        data = super().for_audit()
        if self.anonymous:
            data.pop("photos", None)
        return data


def place(cmd: Telling) -> Territory:
    """The place named by its code; an estate or a building, since that is where people live. Raises NotFound, Refused."""
    found = territory.find(cmd.place_code)
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

    With `earlier_id` it is the follow-up of a closed request by somebody who didn't report that one (a follower, a neighbour). Its own
    reporter reopens it; nobody else may, since the round, the rating and the clocks are between that reporter and the handler, and a
    stranger's "not solved" would undo a result that its reporter has confirmed. So the follow-up is a request of its own, with its own
    number and limits, and says which it comes back to: staff see both. Refused when that one isn't in the same place's estate, isn't the
    asker's to see, or isn't closed.
    """
    own = ctx.actor.account_id if ctx.actor.kind == "person" and not cmd.anonymous else None
    channel = "api" if ctx.actor.kind == "app" else "resident" if own is not None else "anonymous"
    uploader = ctx.actor
    if cmd.anonymous:
        ctx.actor = ANONYMOUS
    earlier = _earlier(ctx, cmd.earlier_id, at) if cmd.earlier_id is not None else None
    draft = draft_of(cmd, at, reporter_id=own, channel=channel, earlier=earlier)
    words = Words(internal=_("有人说 %(number)s 还没解决，接着报的。") % {"number": earlier.number}) if earlier else None
    request = create(ctx, draft, act="requests.report", words=words, uploader=uploader)
    if own is not None and cmd.own_contact and not cmd.contact_phone:
        _take_contact(request, own)
    return request


def _earlier(ctx: Context, pk: int, at: Territory) -> Request:
    found = Request.objects.select_related("matter").filter(pk=pk).first()
    near = found is not None and estate_of(found.path) == estate_of(at.path)
    if found is None or not near or not (ctx.powers.decide("requests.view", found) or ctx.powers.decide("requests.view_public", found)):
        raise Refused("requests.earlier", _("没有找到您说的上一件。请直接报，不用选它。"), status=422, field="earlier_id")
    if found.matter.closed_at is None:
        raise Refused("requests.earlier_open", _("上一件还在办，跟进它就行，有进展会告诉您。"), status=422, field="earlier_id")
    return found


def _take_contact(request: Request, account_id: int) -> None:
    """Copy the account's own name and sealed phone; nothing is opened."""
    account = accounts.by_id(account_id)
    if account is not None:
        request.contact_name, request.contact_phone = account.name, account.phone
        request.contact_index = account.phone_index or ""
        request.save(update_fields=["contact_name", "contact_phone", "contact_index"])
