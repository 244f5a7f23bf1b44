"""What the API says of requests. Contact is masked always; texts are as strangers may read them, except to who wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from pydantic import Field

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.places import queries as places
from linzhi.domains.requests import rules
from linzhi.domains.requests.models import Request
from linzhi.flow import queries as flow
from linzhi.flow.models import Happening
from linzhi.foundation.access.actions import action_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory import queries as territory
from linzhi.web.api import NEXT, Moment, Out


class HandlingBodyOut(Out):
    """A body by its id and name."""

    id: int
    name: str


class StandingOut(Out):
    """Where a request stands: its step, whether it is in somebody's hands, done or closed unfixed, and what is due next."""

    id: int
    number: str
    step: str
    step_title: str
    family: str = Field(description="hand 在办，done 办好，unfixed 如实没办成")
    outcome: str
    round: int = Field(description="第几轮；重新打开一次加一")
    paused: bool
    next_due: Moment | None
    next_due_confirmed: bool = Field(description="为 false 时，时限落在还没公布节假日安排的年份")
    closed_at: Moment | None


class PromiseOut(Out):
    """A running limit: who promised what by when, on which rule."""

    title: str
    due_at: Moment | None
    confirmed: bool
    limit: str
    source: str


class ReportedOut(StandingOut):
    """The receipt of a report. `status_code` is there for who reported without an account: number and code open the request later."""

    status_code: str | None
    promises: list[PromiseOut]


class RequestOut(StandingOut):
    """One request in a list."""

    title: str
    nature: str
    category: str
    urgent: bool
    place: str
    located: bool
    place_text: str
    channel: str
    public: bool
    mine: bool = Field(description="提问的人自己报的")
    handler: HandlingBodyOut | None
    reported_at: Moment
    replied_at: Moment | None


class RequestPage(Out):
    """A page of a list; `next` is empty at its end."""

    items: list[RequestOut]
    next: str = Field(description=str(NEXT))


class ContactOut(Out):
    """A contact, masked: 王* and 138****0000."""

    name: str
    phone: str


class PhotoOut(Out):
    """A photo; its picture is at /api/v1/files/{id}."""

    id: UUID
    stage: str


class ActOut(Out):
    """Something that the asker may do to the request now; `needs` names what must be given."""

    act: str
    title: str
    main: bool
    needs: list[str]


class DetailOut(RequestOut):
    """One request in full."""

    text: str
    place_code: str
    facility_id: int | None
    parent_id: int | None
    same_as_id: int | None
    earlier_id: int | None = Field(description="接着哪一件报的：那一件结束了，有人说还没解决")
    contact: ContactOut | None = Field(description="打码；没有留，或者不能给提问的人看时为空")
    photos: list[PhotoOut]
    promises: list[PromiseOut]
    acts: list[ActOut]


class LineOut(Out):
    """One line of the history. `by` is reporter, staff, program or system; `note` is for those who may read internal notes."""

    at: Moment
    act: str
    title: str
    step_from: str
    step_to: str
    by: str
    body: str
    say: str
    note: str | None


def standing(request: Request) -> StandingOut:
    """Where a request stands."""
    return StandingOut(**_standing(request))


def _standing(request: Request) -> dict[str, object]:
    matter = request.matter
    return {
        "id": request.pk,
        "number": request.number,
        "step": matter.step,
        "step_title": flow.step_of(matter).title,
        "family": matter.family,
        "outcome": matter.outcome,
        "round": matter.round,
        "paused": matter.paused,
        "next_due": matter.next_due,
        "next_due_confirmed": matter.next_due_confirmed,
        "closed_at": matter.closed_at,
    }


def receipt(request: Request, code: str | None) -> ReportedOut:
    """The receipt of a report."""
    return ReportedOut(**_standing(request), status_code=code, promises=promises(request))


def promises(request: Request) -> list[PromiseOut]:
    """The running limits, nearest first."""
    return [PromiseOut(**vars(promise)) for promise in flow.promises(request.matter)]


def items(powers: Powers, rows: Sequence[Request]) -> list[RequestOut]:
    """Requests as they stand in a list, names of places and bodies in one statement each."""
    labels = places.place_labels(row.path for row in rows)
    names = bodies.body_names(row.matter.handler_body_id for row in rows)
    return [RequestOut(**_item(powers, row, labels.get(row.path, ""), names)) for row in rows]


def _item(powers: Powers, row: Request, place: str, names: dict[int, str]) -> dict[str, object]:
    handler = row.matter.handler_body_id
    mine = row.reporter_id is not None and row.reporter_id == powers.actor.account_id
    return _standing(row) | {
        "title": row.title if mine else rules.public_text(row.title),
        "nature": row.nature,
        "category": row.category,
        "urgent": row.urgent,
        "place": place,
        "located": row.located,
        "place_text": row.place_text,
        "channel": row.channel,
        "public": row.public,
        "mine": mine,
        "handler": HandlingBodyOut(id=handler, name=names.get(handler, "")) if handler is not None else None,
        "reported_at": row.reported_at,
        "replied_at": row.replied_at,
    }


def detail(powers: Powers, row: Request) -> DetailOut:
    """One request in full, for an asker who may read it."""
    labels = places.place_labels([row.path])
    names = bodies.body_names([row.matter.handler_body_id])
    item = _item(powers, row, labels.get(row.path, ""), names)
    code = next((place.code for place in territory.line(row.path)[-1:]), "")
    return DetailOut(
        **item,
        text=row.text if item["mine"] else rules.public_text(row.text),
        place_code=code,
        facility_id=row.facility_id,
        parent_id=row.parent_id,
        same_as_id=row.same_as_id if row.same_as is not None and _may_know(powers, row.same_as) else None,
        earlier_id=row.earlier_id if row.earlier is not None and _may_know(powers, row.earlier) else None,
        contact=_contact(powers, row, bool(item["mine"])),
        photos=[PhotoOut(id=photo.file_id, stage=photo.stage) for photo in row.photos.order_by("at", "pk")],
        promises=promises(row),
        acts=_acts(powers, row),
    )


def _may_know(powers: Powers, other: Request) -> bool:
    return bool(powers.decide("requests.view", other) or powers.decide("requests.view_public", other))


def _contact(powers: Powers, row: Request, mine: bool) -> ContactOut | None:
    if not row.contact_name and not row.contact_phone:
        return None
    # Even a masked name tells the body accused too much.
    if not mine and not powers.decide("requests.reveal_contact", row):
        return None
    return ContactOut(name=row.contact_name.masked, phone=row.contact_phone.masked)


def _acts(powers: Powers, row: Request) -> list[ActOut]:
    found = [act for act in flow.acts_for(powers, row.matter) if powers.decide(act.act, row)]
    return [ActOut(act=act.act, title=act.title or str(action_of(act.act).title), main=act.main, needs=list(act.needs)) for act in found]


def history(request: Request, lines: Iterable[Happening], *, internal: bool) -> list[LineOut]:
    """The history as it may be told: no names of persons; internal notes only with `internal`."""
    kept = list(lines)
    names = bodies.body_names(line.body_id for line in kept)
    by = {"person": "staff", "app": "program", "device": "program", "system": "system", "anonymous": "reporter"}
    return [
        LineOut(
            at=line.at,
            act=line.act,
            title=str(action_of(line.act).title),
            step_from=line.step_from,
            step_to=line.step_to,
            by="reporter" if _is_reporter(request, line) else by[line.actor.split(":")[0]],
            body=names.get(line.body_id or 0, ""),
            say=line.public if internal else rules.public_text(line.public),
            note=line.internal if internal else None,
        )
        for line in kept
    ]


def _is_reporter(request: Request, line: Happening) -> bool:
    return request.reporter_id is not None and line.actor in (f"person:{request.reporter_id}", f"app:{request.reporter_id}")
