"""看号码: the contact of a case, for a purpose that is logged; shown once."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from linzhi.domains.requests import queries
from linzhi.domains.requests.commands import RevealContact, reveal_contact
from linzhi.domains.requests.commands.reveal_contact import PURPOSES
from linzhi.kernel.refused import NotAllowed, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page


class PurposeForm(Form):
    """What for."""

    purpose = forms.ChoiceField(label=gettext_lazy("看号码做什么"), choices=list(PURPOSES.items()), widget=forms.RadioSelect)
    note = forms.CharField(label=gettext_lazy("再说一句"), required=False, max_length=100)


@never_cache
def view(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the purpose, then show the contact in the answer to the form only. Refused to those who may not open it."""
    powers = powers_of(request)
    case = queries.get(powers, pk)
    decision = powers.decide("requests.reveal_contact", case)
    if not decision:
        raise NotAllowed("requests.reveal_contact", decision.reason)
    form = PurposeForm(request.POST if request.method == "POST" else None, initial={"purpose": "contact"})
    opened = None
    if request.method == "POST" and form.is_valid():
        try:
            cmd = RevealContact(request_id=case.pk, purpose=form.cleaned_data["purpose"], note=form.cleaned_data["note"])
            opened = reveal_contact(powers.actor, cmd)
        except Refused as refusal:
            errors_from(refusal, form)
    shown = opened.revealed if opened else None
    context = {"case": case, "form": form, "shown": shown, "title": _("看号码")}
    return page(request, "requests/staff_contact.html", context, nav="requests", status=422 if form.errors else 200)
