"""One person: masked, with homes and titles and their days; and the form that opens a field for a purpose."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from linzhi.domains.people.commands import RevealPerson, WithdrawSkill, reveal_person, withdraw_skill
from linzhi.domains.people.commands.reveal_person import FIELDS
from linzhi.domains.people.pages.forms import RevealForm
from linzhi.domains.people.queries import roll
from linzhi.domains.people.queries.roll import Known
from linzhi.domains.people.rules import OWNERSHIP_BASES, RESIDENCE_KINDS
from linzhi.foundation.access.powers import Powers
from linzhi.kernel.refused import NotAllowed, NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import errors_from
from linzhi.web.render import page


def known_of(powers: Powers, person_id: int) -> Known:
    """The person for staff of the place. Refused to whoever may not open the record; somebody unseen isn't found."""
    found = roll.known(powers, person_id)
    if found is None:
        raise NotFound(_("没有这个人员，或者不在您的范围内。"))
    decision = powers.decide("people.reveal_person", found.person)
    if not decision:  # the person themself reads the own data elsewhere
        raise NotAllowed("people.reveal_person", decision.reason)
    return found


@never_cache
def view(request: HttpRequest, person_id: int) -> HttpResponse:
    """The record; a POST takes an offered skill back. Refused to everybody but the workers of a place where the person lives or owns."""
    powers = powers_of(request)
    found = known_of(powers, person_id)
    if request.method == "POST":
        offer = next((one for one in found.skills if str(one.pk) == request.POST.get("withdraw")), None)
        if offer is not None:
            withdraw_skill(powers.actor, WithdrawSkill(offer_id=offer.pk))
            messages.success(request, _("撤回了，别人再也查不到。"))
        return redirect("people:person", found.person.pk)
    context = {
        "known": found,
        "person": found.person,
        "words": {"kind": RESIDENCE_KINDS, "basis": OWNERSHIP_BASES},
        "at": powers.at,
        "may_own": {one.pk: bool(powers.decide("people.end_ownership", one)) for one in found.ownerships},
        "may_live": {one.pk: bool(powers.decide("people.move_out", one)) for one in found.residences},
        "may_correct": bool(powers.decide("people.correct_person", found.person)),
        "may_link": found.person.account_id is None and bool(powers.decide("people.link_account", found.person)),
    }
    return page(request, "people/person.html", context, nav="people")


@never_cache
def open_field(request: HttpRequest, person_id: int) -> HttpResponse:
    """Ask field and purpose, then show the value in the answer to the form only. Refused to those who may not open it."""
    powers = powers_of(request)
    found = known_of(powers, person_id)
    fields = dict(FIELDS)
    if not any(powers.decide("people.record_owners", one) for one in found.ownerships if one.end is None):
        del fields["certificate"]
    asked = request.GET.get("field", "phone")
    form = RevealForm(request.POST if request.method == "POST" else None, initial={"purpose": "contact", "field": asked})
    form.fields["field"].choices = list(fields.items())  # type: ignore[attr-defined]
    shown = None
    if request.method == "POST" and form.is_valid():
        try:
            shown = reveal_person(powers.actor, RevealPerson(person_id=found.person.pk, **form.cleaned_data))
        except Refused as refusal:
            errors_from(refusal, form)
    context = {"person": found.person, "form": form, "shown": shown, "fields": FIELDS}
    return page(request, "people/open.html", context, nav="people", status=422 if form.errors else 200)
