"""A report that is being written: kept in the visitor's own (sealed) session, so that going back or losing the line loses nothing."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linzhi.domains.places import queries as places
from linzhi.domains.requests import queries
from linzhi.foundation.access.powers import Powers
from linzhi.kernel.refused import NotFound
from linzhi.web.render import page

KEPT = "report_drafts"
MOST = 3
ABOUT_A_BODY = ("complaint", "tip_off")


@dataclass
class Draft:
    """What has been said so far. `id` is also the key that makes sending twice send once; `sent` is the request it became."""

    id: str
    estate: str
    text: str = ""
    nature: str = "help"
    photos: list[str] = field(default_factory=list)
    calm: bool = False
    building: str = ""
    facility: str = ""
    place_text: str = ""
    placed: bool = False
    accused: int | None = None
    alike: bool = True
    who: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    public: bool = True
    category: str | None = None
    earlier: int | None = None
    sent: int | None = None

    @property
    def steps(self) -> list[str]:
        """The questions that this report is asked, in order."""
        about = ["about"] if self.nature in ABOUT_A_BODY else []
        alike = ["alike"] if self.alike and self.nature != "tip_off" else []
        return ["what", "where", *about, *alike, "contact", "preview"]

    @property
    def place_code(self) -> str:
        """The code of the building, or of the estate where none was chosen."""
        return self.building or self.estate


def known(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """Every draft of this session, the oldest first."""
    return dict(request.session.get(KEPT, {}))


def find(request: HttpRequest, draft_id: uuid.UUID | str) -> Draft | None:
    """The draft of this session with that id, or None."""
    kept = known(request).get(str(draft_id))
    names = {one.name for one in fields(Draft)}
    return Draft(**{key: value for key, value in kept.items() if key in names}) if kept else None


def unfinished(request: HttpRequest, estate: str) -> Draft | None:
    """The newest report of this session about an estate that was begun and not sent."""
    for draft_id in reversed(known(request)):
        draft = find(request, draft_id)
        if draft is not None and draft.sent is None and draft.estate == estate and (draft.text or draft.photos):
            return draft
    return None


def keep(request: HttpRequest, draft: Draft) -> None:
    """Remember the draft in the session; of many the oldest are forgotten."""
    drafts = known(request)
    drafts.pop(draft.id, None)
    drafts[draft.id] = asdict(draft)
    request.session[KEPT] = dict(list(drafts.items())[-MOST:])


def estate_of(code: str) -> places.Estate:
    """The estate of a report. Raises NotFound."""
    estate = places.estate(code)
    if estate is None:
        raise NotFound(_("没有找到这个小区。请从首页重新选。"))
    return estate


def place_path(draft: Draft) -> str:
    """The path of the building that was chosen, else of the estate."""
    estate = estate_of(draft.estate)
    chosen = [building for building in places.buildings(estate) if building.code == draft.building]
    return chosen[0].path if chosen else estate.path


def look_for_alike(powers: Powers, draft: Draft) -> list[queries.Alike]:
    """The reports that this one may repeat; none for words that say nothing."""
    return queries.alike(powers, place_path(draft), draft.text, powers.at) if len(draft.text) > 1 else []


Step = Callable[[HttpRequest, Draft], HttpResponse]


def step(view: Step) -> Callable[..., HttpResponse]:
    """Give a view the draft of its address. A sent one leads to what became of it; an unknown one is refused."""

    @functools.wraps(view)
    def inner(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
        draft = find(request, draft_id)
        if draft is None:
            raise NotFound(_("这份没报完的内容找不到了，可能放得太久，或者换了手机。请重新报。"))
        if draft.sent is not None:
            return redirect("requests:sent", draft.id)
        return view(request, draft)

    return inner


def go(draft: Draft, after: str) -> HttpResponse:
    """On to the question that follows."""
    steps = draft.steps
    number = steps.index(after) + 1 if after in steps else 0
    return redirect(f"requests:report_{steps[min(number, len(steps) - 1)]}", draft.id)


def ask(request: HttpRequest, name: str, draft: Draft, **context: Any) -> HttpResponse:
    """Draw a question with its place in the order and the way back."""
    steps = draft.steps
    number = steps.index(name) if name in steps else 0
    frame = {
        "draft": draft,
        "estate": estate_of(draft.estate),
        "number": number + 1,
        "total": len(steps),
        "before": steps[number - 1] if number else "",
    }
    return page(request, f"requests/report_{name}.html", frame | context)
