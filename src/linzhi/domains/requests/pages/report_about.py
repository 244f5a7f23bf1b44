"""报个事, 投诉 and 举报 only: about whom is it? That body never sees who said it, and never sees a tip-off at all."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.requests.pages.report_draft import Draft, ask, go, keep, place_path, step
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form

UNKNOWN = "-"
OFFICES = {"street_office", "department", "county_office"}
"""Kinds of bodies that stand folded below those that people meet in their estate."""


class AboutForm(Form):
    """One of the bodies that serve the place, or none of them."""

    accused = forms.ChoiceField(
        label=_("说的是谁？"), widget=forms.RadioSelect, error_messages={"required": _("请选一个。说不准，就选最后一个。")}
    )

    def __init__(self, data: object, found: list[bodies.Body], **more: object) -> None:
        super().__init__(data, **more)
        names = [(str(one.pk), one.name) for one in found]
        self.fields["accused"].choices = [*names, (UNKNOWN, _("说不准，或者不是这些"))]  # type: ignore[attr-defined]
        self.offices = {str(one.pk) for one in found if one.kind in OFFICES}

    @property
    def office_chosen(self) -> bool:
        """Whether one of the folded bodies is chosen, so that they must not stand folded."""
        return str(self["accused"].value() or "") in self.offices


@step
def view(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Take the body that the report is about."""
    found = bodies.bodies_for(place_path(draft), None, powers_of(request).at)
    if request.method != "POST":
        begun = str(draft.accused) if draft.accused else ""
        return ask(request, "about", draft, form=AboutForm(None, found, initial={"accused": begun}))
    form = AboutForm(request.POST, found)
    if not form.is_valid():
        return ask(request, "about", draft, form=form)
    chosen = form.cleaned_data["accused"]
    draft.accused = None if chosen == UNKNOWN else int(chosen)
    keep(request, draft)
    return go(draft, "about")
