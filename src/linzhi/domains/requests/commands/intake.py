"""What every way in shares: a draft becomes a request with its number and its matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from linzhi.domains.requests import rules
from linzhi.domains.requests.events import RequestReported
from linzhi.domains.requests.models import Photo, Request
from linzhi.flow.engine import Subject, Words, open_matter
from linzhi.flow.models import Matter
from linzhi.foundation.commands import Context
from linzhi.foundation.commands.execution import subject_key
from linzhi.foundation.files.attachments import attach, make_nobodys
from linzhi.foundation.privacy.sealing import blind_index
from linzhi.foundation.sms import tidy_phone
from linzhi.foundation.statements.planned import run
from linzhi.foundation.statements.rows import add
from linzhi.foundation.territory.paths import county_of
from linzhi.kernel.actor import ANONYMOUS, Actor
from linzhi.kernel.refused import Refused
from linzhi.policy.categories import categories
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import resolve

_NEXT = """
INSERT INTO requests_numberseries (county, month, last) VALUES (%s, %s, 1)
ON CONFLICT (county, month) DO UPDATE SET last = requests_numberseries.last + 1 RETURNING last, {id}
"""
_ID = {
    "postgresql": "nextval(pg_get_serial_sequence('requests_request', 'id'))",
    # SQLite has one writer at a time, so that nobody else takes the same.
    "sqlite": "(SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'requests_request')",
}
"""The id of the next request, taken with its number: so the matter can name its request before that is stored, and that its matter."""


@dataclass(frozen=True)
class Draft:
    """A request before it has a number. `contact_*` are clear text here and sealed at once."""

    path: str
    nature: str
    text: str
    channel: str
    title: str = ""
    category: str = ""
    urgent: bool = False
    place_text: str = ""
    facility_id: int | None = None
    public: bool = True
    reporter_id: int | None = None
    helper_id: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    accused_body_id: int | None = None
    located: bool = True
    earlier: Request | None = None
    source: str = ""
    source_id: str = ""
    source_digest: str = ""
    photos: Sequence[UUID] = ()
    session_key: str = ""


def create(
    ctx: Context, draft: Draft, *, act: str, parent: Request | None = None, words: Words | None = None, uploader: Actor | None = None
) -> Request:
    """Make the request, give it its number and begin its matter at `ctx.at`.

    `uploader` owns the photos where that isn't who reports (an anonymous report); they become files of nobody. Refused: no text, an
    unknown category. A tip-off is never public and is hidden from the body it is about.
    """
    if len(draft.text.strip()) < 2:
        raise Refused("requests.empty", _("请说一说是什么事。"), status=422, field="text")
    if draft.category and categories().get(draft.category) is None:
        raise Refused("requests.category", _("没有这个类别，请重新选择。"), status=422, field="category")
    tip_off = draft.nature == "tip_off"
    request = Request(
        county=county_of(draft.path), path=draft.path, located=draft.located, place_text=draft.place_text, facility_id=draft.facility_id,
        nature=draft.nature, category=draft.category, urgent=draft.urgent, title=draft.title or rules.title_of(draft.text), text=draft.text,
        channel=draft.channel, public=draft.public and not tip_off, reporter_id=draft.reporter_id, helper_id=draft.helper_id,
        accused_body_id=draft.accused_body_id, hidden_from_body_id=draft.accused_body_id if tip_off else None, parent=parent,
        earlier=draft.earlier, source=draft.source, source_id=draft.source_id, source_digest=draft.source_digest, reported_at=ctx.at,
        contact_index=blind_index(tidy_phone(draft.contact_phone)) if draft.contact_phone else "",
    )  # fmt: skip
    request.contact_name, request.contact_phone = draft.contact_name, draft.contact_phone
    request.number, request.pk = _next(request.county, rules.month_of(ctx.at))
    request.matter = _begin(ctx, request, act, parent, words)
    add(request)
    if draft.photos:
        attach(uploader or ctx.actor, draft.photos, area="requests", subject=subject_key(request), session_key=draft.session_key)
        files = make_nobodys(subject_key(request), ctx.at) if ctx.actor == ANONYMOUS else draft.photos
        Photo.objects.bulk_create(Photo(request=request, file_id=file, stage="report", at=ctx.at) for file in files)
    ctx.emit(RequestReported(request.pk, request.channel))
    return request


def _begin(ctx: Context, request: Request, act: str, parent: Request | None, words: Words | None) -> Matter:
    pack = pack_for(request.path)
    key = str(resolve("request.method", on=ctx.at.date(), pack=pack).value)
    subject = Subject(
        type="requests.request", id=request.pk, number=request.number, title=request.title, path=request.path,
        reporter_id=request.reporter_id, helper_id=request.helper_id, accused_body_id=request.hidden_from_body_id,
        facts=rules.facts(request.nature, request.urgent),
    )  # fmt: skip
    return open_matter(ctx, key, pack, subject, words or Words(), act=act, parent=parent.matter if parent else None)


def _next(county: str, month: str) -> tuple[str, int]:
    with connection.cursor() as cursor:
        run(cursor, _NEXT.format(id=_ID[connection.vendor]), [county, month])
        last, pk = cursor.fetchone()
    return rules.number(month, last), pk
