"""A request's own page: where it stands, who answers by when, what happened, and what the reporter can do now."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.places import queries as places
from linzhi.domains.requests import queries
from linzhi.domains.requests.models import Rating, Request
from linzhi.domains.requests.pages.case_story import part_rows, promised, timeline
from linzhi.domains.requests.pages.report_what import EXPLAINED
from linzhi.domains.requests.pages.sight import Sight, sight_of
from linzhi.domains.requests.rules import public_text
from linzhi.flow import queries as flow
from linzhi.flow.promise import limit_words
from linzhi.kernel.clock import day_of
from linzhi.policy.categories import categories
from linzhi.policy.queries import pack_for, resolve_at
from linzhi.web.asker import powers_of
from linzhi.web.render import page
from linzhi.web.words import moment


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it as far as the visitor may see it; strangers get the public version only."""
    sight = sight_of(request, pk)
    found = sight.request
    photos = queries.photos_of(found, full=sight.full)
    closed = found.matter is None or found.matter.closed_at is not None
    context = {
        "case": found,
        "sight": sight,
        "title": found.title if sight.full else public_text(found.title),
        "text": found.text if sight.full else public_text(found.text),
        "where": where_words(found, full=sight.full),
        "kind": _kind(found),
        "state": queries.state_of(found, own=sight.own),
        "promises": promised(found, sight.powers.at),
        "entries": timeline(found, own=sight.own, full=sight.full, photos=photos),
        "photos": photos,
        "parts": part_rows(found, own=sight.own),
        "ratings": _ratings(found),
        "handler": _handler(found),
        "estate": places.estate_at(found.path),
        "follower_count": found.follows.count(),
        "follows": queries.follows(sight.powers.actor.account_id, found),
        "may_follow": not sight.own and not closed and found.public,
        "rated": _rated(found),
        "key": uuid.uuid4(),
        "answer_by": _answer_by(sight),
        "staff": sight.full and not sight.own and bool(powers_of(request).grants),
    }
    return page(request, "requests/case.html", context)


def where_words(found: Request, *, full: bool) -> str:
    """The place in people's words; what was typed is masked for strangers."""
    typed = found.place_text if full else public_text(found.place_text)
    label = places.place_label(found.path)
    return f"{label}　{typed}" if typed else label


def _kind(found: Request) -> str:
    category = categories(pack_for(found.path)).get(found.category) if found.category else None
    nature = str(EXPLAINED[found.nature][0])
    return f"{nature}　{category.name}" if category else nature


def _handler(found: Request) -> bodies.Body | None:
    handler = found.matter.handler_body_id if found.matter else None
    return bodies.body(handler) if handler is not None else None


def _ratings(found: Request) -> list[Rating]:
    return list(found.ratings.order_by("-round"))


def _rated(found: Request) -> bool:
    return found.matter is None or found.ratings.filter(round=found.matter.round).exists()


def _answer_by(sight: Sight) -> str:
    """Until when the reporter is asked to look, as a sentence; nothing closes when it passes."""
    if not sight.may("requests.confirm_solved") or sight.request.matter is None:
        return ""
    matter = sight.request.matter
    running = flow.clocks(matter).filter(key=f"step:{matter.step}", stopped_at__isnull=True)
    due = next((clock.due_at for clock in running), None)
    return _("最好在 %(when)s 前看看。") % {"when": moment(due, sight.powers.at)} if due else ""


def low_rating_words(found: Request, at: datetime) -> tuple[int, str]:
    """From how many stars down an answer is owed, and within what time."""
    if found.matter is None:
        return 0, ""
    threshold = resolve_at("request.low_rating.threshold", found.path, day_of(at)).value
    limit = next((one for one in flow.method_of(found.matter).limits if one.start == "low_rating"), None)
    length = flow.snapshot_of(found.matter).length(limit.within) if limit else None
    return int(threshold), limit_words(length.limit) if length else ""
