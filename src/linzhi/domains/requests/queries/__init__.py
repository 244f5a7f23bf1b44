"""Reads of requests. Every function takes the asker's powers and returns only what they may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz

from linzhi.domains.requests import rules
from linzhi.domains.requests.models import Follow, Photo
from linzhi.domains.requests.models import Request as Request  # the row type is part of what higher domains may use
from linzhi.domains.requests.queries.act_drafts import drafts_of as drafts_of
from linzhi.domains.requests.queries.by_place import Counted as Counted
from linzhi.domains.requests.queries.by_place import by_place as by_place
from linzhi.domains.requests.queries.lists import OPEN
from linzhi.domains.requests.queries.lists import TABS as TABS
from linzhi.domains.requests.queries.lists import Filter as Filter
from linzhi.domains.requests.queries.lists import Line as Line
from linzhi.domains.requests.queries.lists import lines as lines
from linzhi.domains.requests.queries.lists import listed as listed
from linzhi.domains.requests.queries.lists import tab_counts as tab_counts
from linzhi.domains.requests.queries.lists import tab_filter as tab_filter
from linzhi.domains.requests.queries.lists import visible as visible
from linzhi.flow import queries as flow
from linzhi.flow.lengths import Length
from linzhi.flow.method import Step
from linzhi.flow.models import Matter
from linzhi.flow.promise import Ahead, limit_words, limits_ahead
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.files.models import StoredFile
from linzhi.foundation.territory.paths import estate_of, within
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.policy.queries import pack_for, resolve_at
from linzhi.policy.resolve import resolve

ALIKE = 55
"""From how alike (0 to 100) a text is shown as perhaps the same."""


def get(powers: Powers, pk: int) -> Request:
    """One request that the asker may read in full. Raises NotFound, also when it exists but isn't theirs to see."""
    request = Request.objects.select_related("matter", "matter__version", "same_as", "parent").filter(pk=pk).first()
    if request is None or not powers.decide("requests.view", request):
        raise NotFound(_("没有这件诉求，或者您看不到它。"))
    return request


def get_public(powers: Powers, pk: int) -> Request:
    """One request as strangers may see it: public ones only. Raises NotFound."""
    request = Request.objects.select_related("matter", "matter__version").filter(pk=pk).first()
    if request is None or not powers.decide("requests.view_public", request):
        raise NotFound(_("没有这件公开的诉求。"))
    return request


def get_by_code(number: str, code: str) -> Request:
    """The request with this number and status code, marked as opened by it. Raises NotFound, the same for either being wrong."""
    for request in Request.objects.select_related("matter", "matter__version").filter(number=number.strip())[:20]:
        right = rules.status_code(bytes.fromhex(settings.DIGEST_KEY), request.county, request.number)
        if rules.code_fits(code, right):
            request.opened_by_code = True
            return request
    raise NotFound(_("编号和查询码对不上。请看看有没有抄错。"))


def sent(pk: int) -> Request:
    """A request for somebody who has proved it to be theirs: the session that sent it or holds its code. Raises NotFound."""
    request = Request.objects.select_related("matter", "matter__version", "same_as", "parent").filter(pk=pk).first()
    if request is None:
        raise NotFound(_("没有这件诉求，或者您看不到它。"))
    return request


def reported_by(account_id: int) -> QuerySet[Request]:
    """What one account reported, newest first. Only ever asked for the asker's own account."""
    return Request.objects.filter(reporter_id=account_id).select_related("matter").order_by("-reported_at")


def followed_by(account_id: int) -> QuerySet[Request]:
    """What one account follows, newest first. Only ever asked for the asker's own account."""
    mine = Follow.objects.filter(account_id=account_id).values("request_id")
    return Request.objects.filter(pk__in=mine).select_related("matter").order_by("-reported_at")


def public_in(powers: Powers, path: str) -> QuerySet[Request]:
    """The public requests of a place, newest first; the parts of a split one are left to their whole."""
    rows = Request.objects.filter(powers.visible("requests.view_public"), parent__isnull=True).filter(within("path", path))
    return rows.select_related("matter").annotate(follow_count=Count("follows")).order_by("-reported_at")


def public_title(request: Request) -> str:
    """The title as strangers may read it."""
    return rules.public_text(request.title)


@dataclass(frozen=True)
class Alike:
    """A request that may be the same: how alike (0 to 100), and whether it is in the very same place."""

    request: Request
    score: int
    here: bool


def alike(powers: Powers, path: str, text: str, at: datetime, *, most: int = 3) -> list[Alike]:
    """Public requests near `path` in the last days (the pack says how many) that sound like `text`, most alike first."""
    days = int(resolve_at("request.alike.days", path, at.date()).value)
    near = public_in(powers, estate_of(path) or path).filter(reported_at__gte=at - timedelta(days=days), reported_at__lte=at)
    found = []
    for request in near.exclude(matter__outcome__in=("duplicate", "withdrawn"))[:200]:
        score = max(fuzz.ratio(text, request.text), fuzz.partial_ratio(text, request.title), fuzz.ratio(text, request.title))
        here = request.path == path
        score = int(score) + (10 if here else 0)
        if score >= ALIKE:
            found.append(Alike(request, min(score, 100), here))
    return sorted(found, key=lambda one: -one.score)[:most]


def parts_of(request: Request) -> list[Request]:
    """The parts a request was split into. The caller has decided on the whole."""
    return list(request.parts.select_related("matter").order_by("pk"))


def merged_into(powers: Powers, request: Request) -> QuerySet[Request]:
    """The requests that were merged into this one, as far as the asker may see them: one may be a tip-off about the asker's own body."""
    return visible(powers).filter(same_as=request).order_by("pk")


def come_back_to(powers: Powers, request: Request) -> QuerySet[Request]:
    """The request that this one comes back to, and those that came back to it, as far as the asker may see them."""
    return visible(powers).filter(Q(earlier=request) | Q(pk=request.earlier_id)).order_by("pk")


def same_caller(powers: Powers, request: Request) -> QuerySet[Request]:
    """Other requests by the same phone or account, as far as the asker may see them.

    Tip-offs stand by themselves, both ways: else an anonymous one would be told by who signed another.
    """
    if request.nature == "tip_off":
        return Request.objects.none()
    same = Q(pk__in=())
    if request.reporter_id is not None:
        same |= Q(reporter_id=request.reporter_id)
    if request.contact_index:
        same |= Q(contact_index=request.contact_index)
    return visible(powers).filter(same).exclude(pk=request.pk).exclude(nature="tip_off").order_by("-reported_at")


def nearby(powers: Powers, request: Request) -> QuerySet[Request]:
    """Open requests in the same estate, as far as the asker may see them."""
    here = estate_of(request.path) or request.path
    return visible(powers).filter(OPEN).filter(within("path", here)).exclude(pk=request.pk).order_by("-reported_at")


def of_matter(matter: Matter) -> Request:
    """The request that a matter is about. The caller has decided who may see it."""
    return Request.objects.select_related("matter").get(matter=matter)


@dataclass(frozen=True)
class Outlook:
    """What a report made now would be promised: when somebody answers, when word comes back, when it is handled.

    Each is a length with its source, or None where the place's method sets none; `by` are the roles that answer first.
    """

    respond: Length | None
    word: Length | None
    handle: Length | None
    by: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """At most two short sentences: 10 分钟内有人应, 1 小时内有回音. Empty where nothing is promised."""
        said = [_("%(limit)s内有人应") % {"limit": limit_words(self.respond.limit)}] if self.respond else []
        if self.word is not None:
            said.append(_("%(limit)s内有回音") % {"limit": limit_words(self.word.limit)})
        elif self.handle is not None:
            said.append(_("接单后 %(limit)s内答复") % {"limit": limit_words(self.handle.limit)})
        return said


FIRST = {"requests.respond", "requests.accept"}
BACK = "requests.give_feedback"


def promise_for(path: str, at: datetime, nature: str = "help", urgent: bool = False) -> Outlook:
    """The promise made from the limits of the method that a report at `path` would follow; open to anyone."""
    pack = pack_for(path)
    key = str(resolve("request.method", on=day_of(at), pack=pack).value)
    ahead = limits_ahead(key, pack, rules.facts(nature, urgent), day_of(at))
    respond = next((one for one in ahead if one.at_once and one.ends_with & FIRST), None)
    word = next((one for one in ahead if one.at_once and BACK in one.ends_with and not one.ends_with & FIRST), None)
    handle = next((one for one in ahead if not one.at_once and BACK in one.ends_with and one.key.startswith("step:")), None)
    return Outlook(_length(respond), _length(word), _length(handle), respond.by if respond else ())


def _length(ahead: Ahead | None) -> Length | None:
    return ahead.length if ahead is not None else None


def photos_of(request: Request, *, full: bool) -> list[Photo]:
    """The photos of a request: all of them with `full`, else those that whoever sees the request may see."""
    rows = Photo.objects.filter(request=request).order_by("pk")
    return list(rows if full else rows.filter(public=True))


def follows(account_id: int | None, request: Request) -> bool:
    """Whether the account follows the request."""
    return account_id is not None and Follow.objects.filter(request=request, account_id=account_id).exists()


def photo_visible(powers: Powers, file: StoredFile) -> bool:
    """Whether the asker may see a file attached to a request: whoever reads it in full; of a public one, its public photos."""
    request = Request.objects.select_related("matter").filter(pk=int(file.subject.partition(":")[2] or 0)).first()
    if request is None:
        return False
    if powers.decide("requests.view", request):
        return True
    shown = Photo.objects.filter(request=request, file_id=file.pk, public=True).exists()
    return shown and bool(powers.decide("requests.view_public", request))


def for_explaining(number: str) -> Request | None:
    """A request by its number, for the page that explains access: it shows only the number and the place, never the words."""
    return Request.objects.select_related("matter").filter(number=number).first()


ANSWERS = "requests.confirm_solved"
"""The act by which the reporter says whether it is solved: a step that has it waits for the reporter."""


OUTCOMES = {
    "solved": gettext_lazy("解决了"), "not_done": gettext_lazy("没能办成"), "not_ours": gettext_lazy("不归这里办"),
    "duplicate": gettext_lazy("并到另一件办"), "withdrawn": gettext_lazy("报事人撤回"), "beyond_power": gettext_lazy("超出权限"),
}  # fmt: skip
"""How a request ended, as people say it."""


@dataclass(frozen=True)
class State:
    """Where a request stands: its family (open, turn, waiting, done, unfixed, withdrawn) and the exact step in words."""

    family: str
    step: str


def asks_reporter(step: Step) -> bool:
    """Whether a step waits for the reporter's word."""
    return any(act.act == ANSWERS for act in step.acts)


def state_of(request: Request, *, own: bool) -> State:
    """Where a request stands, for its reporter (`own`) or for others. The caller has decided who may see it.

    A step is called as the method words it for residents; by its own title in a version from before methods did.
    """
    matter = request.matter
    if matter is None:
        return State("open", "")
    step = flow.step_of(matter)
    if matter.closed_at is not None:
        family = "done" if matter.family == "done" else "withdrawn" if matter.outcome == "withdrawn" else "unfixed"
        return State(family, str(OUTCOMES.get(matter.outcome, step.title)) if family == "unfixed" else "")
    title = step.for_resident or step.title
    if matter.paused:
        return State("waiting", title)
    if asks_reporter(step):
        return State("turn", "") if own else State("open", title)
    return State("done" if matter.family == "done" else "open", title)
