"""报个事, last question: this is what others will see. Then it is sent, once, however often one presses."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.places import queries as places
from linzhi.domains.requests import queries, rules
from linzhi.domains.requests.commands import Report, report
from linzhi.domains.requests.pages.report_contact import ACCOUNT, ANONYMOUS
from linzhi.domains.requests.pages.report_draft import Draft, ask, keep, place_path, step
from linzhi.domains.requests.pages.report_what import EXPLAINED
from linzhi.domains.requests.pages.throttle import count_report
from linzhi.kernel.refused import Refused
from linzhi.policy.categories import CategoryTree, categories
from linzhi.policy.queries import pack_for
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from

YES, NO = "yes", "no"
ONLY_PHOTOS = gettext_lazy("（见照片）")


class PreviewForm(Form):
    """Whether neighbours may see it, and what it is about."""

    public = forms.ChoiceField(
        label=gettext_lazy("邻居们能看到这件事吗？"),
        choices=[(YES, gettext_lazy("能。大家都知道了，就不用重复报")), (NO, gettext_lazy("不能。只有办事的人看"))],
        widget=forms.RadioSelect,
    )
    category = forms.ChoiceField(label=gettext_lazy("类别"), required=False)

    def __init__(self, data: object, tree: CategoryTree, tip_off: bool, **more: object) -> None:
        super().__init__(data, **more)
        groups = [(group.name, [(one.code, one.name) for one in group.children]) for group in tree.groups]
        self.fields["category"].choices = [("", _("说不准")), *groups]  # type: ignore[attr-defined]
        if tip_off:
            del self.fields["public"]


@step
def view(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show it as strangers would read it; a tip-off is shown to nobody but those who take it on."""
    tree = categories(pack_for(place_path(draft)))
    tip_off = draft.nature == "tip_off"
    if draft.category is None:
        found = tree.matches(draft.text, most=1)
        draft.category = found[0].code if found else ""
    if request.method != "POST":
        form = PreviewForm(None, tree, tip_off, initial={"public": YES if draft.public else NO, "category": draft.category})
        return _show(request, draft, form, tree)
    form = PreviewForm(request.POST, tree, tip_off)
    if form.is_valid():
        draft.public = not tip_off and form.cleaned_data["public"] == YES
        draft.category = form.cleaned_data["category"]
        keep(request, draft)
        try:
            count_report(request, draft.id)
            made = report(powers_of(request).actor, _input(request, draft, tree), key=f"report:{draft.id}")
        except (Refused, ValidationError) as error:
            errors_from(error, form)
            if getattr(error, "code", "").startswith("requests.earlier"):
                draft.earlier = None  # it has come to life again or is gone: told so, and sent without it
                keep(request, draft)
        else:
            draft.sent = made.pk
            keep(request, draft)
            return redirect("requests:sent", draft.id)
    return _show(request, draft, form, tree)


def _input(request: HttpRequest, draft: Draft, tree: CategoryTree) -> Report:
    facility = places.facility(draft.facility) if draft.facility else None
    category = tree.get(draft.category or "")
    return Report(
        place_code=draft.place_code,
        nature=draft.nature,
        text=draft.text or str(ONLY_PHOTOS),
        title=_title(draft),
        category=draft.category or "",
        place_text=draft.place_text,
        facility_id=facility.pk if facility else None,
        urgent=bool(category and category.urgent),
        public=draft.public,
        contact_name=draft.contact_name,
        contact_phone=draft.contact_phone,
        own_contact=draft.who == ACCOUNT,
        accused_body_id=draft.accused,
        earlier_id=draft.earlier,
        photos=tuple(UUID(one) for one in draft.photos),
        anonymous=draft.who == ANONYMOUS,
        session_key=request.session.session_key or "",
    )


def _title(draft: Draft) -> str:
    facility = places.facility(draft.facility) if draft.facility and not draft.text else None
    return f"{facility.name}{ONLY_PHOTOS}" if facility else ""


def _show(request: HttpRequest, draft: Draft, form: PreviewForm, tree: CategoryTree) -> HttpResponse:
    powers = powers_of(request)
    path = place_path(draft)
    category = tree.get(draft.category or "")
    facility = places.facility(draft.facility) if draft.facility else None
    where = [places.place_label(path), facility.name if facility else "", rules.public_text(draft.place_text)]
    text = draft.text or str(ONLY_PHOTOS)
    context = {
        "form": form,
        "title": rules.public_text(_title(draft) or rules.title_of(text)),
        "text": rules.public_text(text),
        "masked": rules.public_text(text) != text,
        "where": "　".join(part for part in where if part),
        "nature": EXPLAINED[draft.nature][0],
        "category": category,
        "accused": bodies.body_names([draft.accused]).get(draft.accused or 0, ""),
        "outlook": queries.promise_for(path, powers.at, draft.nature, bool(category and category.urgent)).words,
    }
    return ask(request, "preview", draft, **context)
