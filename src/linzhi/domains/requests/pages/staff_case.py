"""A case for staff: what it is, what happened, what runs out when, and the next step with the message it sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.places import queries as places
from linzhi.domains.requests import queries
from linzhi.domains.requests.commands import KeepDraft, keep_draft
from linzhi.domains.requests.models import Request
from linzhi.domains.requests.pages import act_choice, act_form
from linzhi.domains.requests.pages.act_fields import Asking
from linzhi.domains.requests.pages.report_what import EXPLAINED
from linzhi.domains.requests.pages.staff_story import clock_rows, dispatch_rows, state_of, story, waits
from linzhi.flow import diagram
from linzhi.flow import queries as flow
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import queries as accounts
from linzhi.kernel.refused import Refused
from linzhi.policy.categories import categories
from linzhi.policy.queries import pack_for
from linzhi.web.asker import powers_of
from linzhi.web.forms import errors_from
from linzhi.web.jinja import query
from linzhi.web.picture import draw_method
from linzhi.web.render import page

BESIDE = 4
CHANNELS = {
    "resident": gettext_lazy("居民自己报"), "anonymous": gettext_lazy("没用账号报"), "grid": gettext_lazy("网格员登记"),
    "call": gettext_lazy("来电登记"), "hotline": gettext_lazy("热线转来"), "api": gettext_lazy("别的系统转来"),
}  # fmt: skip


@dataclass
class Doing:
    """The act that was chosen: its form, what it will do, what the reporter will get; since when what stands there was kept."""

    ask: Asking
    form: act_form.ActForm
    say: str
    kept_at: datetime | None = None

    @property
    def heard(self) -> act_choice.Heard:
        """The message as it will be sent."""
        return act_choice.heard(self.ask.case, self.ask.act.act, self.say)

    @property
    def happens(self) -> list[str]:
        """What the act will do."""
        return act_choice.happens(self.ask.case, self.ask.act)

    @property
    def texts(self) -> list[tuple[int, str]]:
        """The texts to begin from, by number."""
        wording = self.ask.wording
        return [(number, str(text)) for number, text in enumerate(wording.says or wording.notes, 1)]


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a case, with the form of the act in `?act=`; POST does the act. Raises NotFound outside the asker's places."""
    powers = powers_of(request)
    if not powers.grants:
        here = reverse("requests:case", args=[pk])
        return redirect(here if powers.actor.account_id is not None else f"{reverse('account_login')}?next={request.path}")
    case = queries.get(powers, pk)
    if request.method == "POST":
        return _act(request, powers, case)
    doing = None
    code = request.GET.get("act", "")
    if code:
        ask = act_choice.chosen(powers, case, code)
        number = request.GET.get("text", "")
        kept = queries.drafts_of(powers, case).get(code)
        form = act_form.build(ask, text=int(number) if number.isdigit() else 0, kept=kept.words if kept else None)
        doing = Doing(ask, form, str(form["say"].value() or "") if "say" in form.fields else "", kept.at if kept else None)
    return _show(request, powers, case, doing)


def _act(request: HttpRequest, powers: Powers, case: Request) -> HttpResponse:
    ask = act_choice.chosen(powers, case, request.POST.get("act", ""))
    if "keep" in request.POST:
        return _keep(request, powers, ask)
    form = act_form.build(ask, request.POST, request.FILES)
    doing = Doing(ask, form, request.POST.get("say", ""))
    if "preview" in request.POST:
        form = act_form.build(ask)
        form.initial = {name: request.POST.get(name, "") for name in form.fields}
        doing.form = form
        if getattr(request, "htmx", None):
            return page(request, "requests/staff_preview.html", {"c": {"doing": doing}}, part="preview")
        return _show(request, powers, case, doing)
    if form.is_valid():
        try:
            cmd = act_form.read(ask, form, request)
            ask.command(powers.actor, cmd, key=f"act:{form.cleaned_data['key']}")
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            if ask.act.act in queries.drafts_of(powers, case):
                keep_draft(powers.actor, KeepDraft(request_id=case.pk, act=ask.act.act))
            messages.success(request, _("做好了：%(act)s，%(number)s。") % {"act": act_choice.title_of(ask.act), "number": case.number})
            return redirect(back_to_list(request, case.pk) or reverse("requests:detail", args=[case.pk]))
    return _show(request, powers, queries.get(powers, case.pk), doing, status=422)


def _keep(request: HttpRequest, powers: Powers, ask: Asking) -> HttpResponse:
    """Keep what was written for another time, or drop it (`keep=drop`)."""
    dropped = request.POST["keep"] == "drop"
    words = {} if dropped else act_form.written(ask, request)
    try:
        keep_draft(powers.actor, KeepDraft(request_id=ask.case.pk, act=ask.act.act, words=words))
    except (Refused, ValidationError) as error:
        form = errors_from(error, act_form.build(ask, request.POST))
        return _show(request, powers, ask.case, Doing(ask, cast("act_form.ActForm", form), request.POST.get("say", "")), status=422)
    here = reverse("requests:detail", args=[ask.case.pk])
    if dropped:
        return redirect(f"{here}{query({}, act=ask.act.act, back=request.POST.get('back') or None)}#act")
    photos = _("照片没有存，发的时候再选。") if request.FILES else ""
    messages.success(request, _("存好了，还没发出。下次打开这一步，写的都在。") + photos)
    return redirect(back_to_list(request, ask.case.pk) or here)


def back_to_list(request: HttpRequest, pk: int) -> str:
    """The list that the case was opened beside, with this case chosen; empty when it was opened by itself."""
    back = request.POST.get("back", "") or request.GET.get("back", "")
    return f"{reverse('requests:list')}{back}{'&' if len(back) > 1 else ''}case={pk}" if back.startswith("?") else ""


def _show(request: HttpRequest, powers: Powers, case: Request, doing: Doing | None, *, status: int = 200) -> HttpResponse:
    context = {"c": pane(request, powers, case, doing)}
    if getattr(request, "htmx", None):
        return page(request, "requests/staff_pane.html", context, part="pane", status=status)
    return page(request, "requests/staff_case.html", context | {"more": _whole(powers, case)}, nav="requests", status=status)


def pane(request: HttpRequest, powers: Powers, case: Request, doing: Doing | None = None) -> dict[str, Any]:
    """What the short view beside a list shows, and the head of the whole page."""
    found = act_choice.choices(powers, case)
    handler = case.matter.handler_body_id
    category = categories(pack_for(case.path)).get(case.category) if case.category else None
    last = next((line for line in flow.history(case.matter) if line.public), None)
    return {
        "case": case,
        "state": state_of(case),
        "where": places.place_label(case.path),
        "nature": EXPLAINED[case.nature][0],
        "category": category.name if category else "",
        "channel": CHANNELS[case.channel],
        "handler": bodies.body_names([handler]).get(handler or 0, ""),
        "followers": case.follows.count(),
        "photo_count": case.photos.count(),
        "may_reveal": bool(case.contact_phone or case.contact_name) and bool(powers.decide("requests.reveal_contact", case)),
        "waits": waits(case),
        "last": last,
        "choices": found,
        "main": next((one for one in found if one.main), None),
        "drafts": queries.drafts_of(powers, case),
        "doing": doing,
        "kept": getattr(request, "kept_photos", act_form.kept_photos(request)),
        "back": request.POST.get("back", "") or request.GET.get("back", ""),
        "at": powers.at,
    }


def _whole(powers: Powers, case: Request) -> dict[str, Any]:
    """What only the whole page shows."""
    internal = bool(powers.decide("requests.view_internal", case))
    photos = queries.photos_of(case, full=True)
    method = flow.method_of(case.matter)
    near = list(queries.nearby(powers, case)[:BESIDE])
    same = list(queries.same_caller(powers, case)[:BESIDE]) if powers.decide("requests.reveal_contact", case) else []
    parts = queries.parts_of(case)
    merged = list(queries.merged_into(powers, case))
    again = list(queries.come_back_to(powers, case))
    beside = [*near, *same, *parts, *merged, *again]
    return {
        "internal": internal,
        "story": story(case, photos, internal=internal),
        "photos": photos,
        "clocks": clock_rows(case),
        "dispatches": dispatch_rows(case),
        "ratings": list(case.ratings.order_by("-round")),
        "helper": accounts.name(case.helper_id),
        "accused": bodies.body_names([case.accused_body_id]).get(case.accused_body_id or 0, "") if internal else "",
        "near": near,
        "same": same,
        "parts": parts,
        "duplicates": merged,
        "again": again,
        "same_as": _seen(powers, case.same_as),
        "parent": _seen(powers, case.parent),
        "states": {one.pk: state_of(one) for one in beside},
        "method": method,
        "picture": draw_method(diagram.nodes(method), diagram.edges(method), current=case.matter.step),
    }


def _seen(powers: Powers, other: Request | None) -> Request | None:
    """Another request, if the asker may see it, too."""
    return other if other is not None and powers.decide("requests.view", other) else None
