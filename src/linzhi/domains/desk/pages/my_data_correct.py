"""申请更正: what is wrong, told to those who can look it up."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.people import queries as people
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.rights.commands import AskCorrection, ask_correction
from linzhi.kernel.refused import Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

ABOUT = {
    "account": gettext_lazy("称呼、手机号"), "residence": gettext_lazy("住在哪里"), "ownership": gettext_lazy("房屋产权"),
    "other": gettext_lazy("别的"),
}  # fmt: skip


class CorrectForm(Form):
    """What is wrong, and where."""

    about = forms.ChoiceField(label=gettext_lazy("哪一类"), choices=list(ABOUT.items()), widget=forms.RadioSelect)
    text = forms.CharField(label=gettext_lazy("哪里不对，应该是什么"), max_length=1000, widget=forms.Textarea)


class PlacedForm(CorrectForm):
    """The same, for somebody with homes in several estates."""

    place = forms.ChoiceField(label=gettext_lazy("哪个小区"), widget=forms.RadioSelect)


def view(request: HttpRequest) -> HttpResponse:
    """Ask for a correction. Somebody not signed in is asked to sign in."""
    powers = powers_of(request)
    if powers.actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    places = _places(powers, powers.actor.account_id)
    form: CorrectForm = (PlacedForm if len(places) > 1 else CorrectForm)(request.POST or None)
    if isinstance(form, PlacedForm):
        form.fields["place"].choices = list(places.items())  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data.get("place") or next(iter(places), "")
        try:
            ask_correction(powers.actor, AskCorrection(about=form.cleaned_data["about"], text=form.cleaned_data["text"], place=place))
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, _("收到了。有人核对，有结果会发通知给您。"))
            return redirect("desk:my_data")
    return page(request, "desk/my_data_correct.html", {"form": form}, status=422 if form.errors else 200)


def _places(powers: Powers, account_id: int) -> dict[str, str]:
    """The estates in which the asker lives or owns, code to name."""
    return {home.estate_code: home.estate_name for home in people.homes_of(account_id, powers.at)}
