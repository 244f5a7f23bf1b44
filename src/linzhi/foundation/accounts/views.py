"""The few views that allauth lacks: the invitation, and second factors that count in the session that sets them up."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account_views
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.hashers import make_password
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from linzhi.foundation.accounts import invitations
from linzhi.foundation.accounts.actor import actor_of
from linzhi.foundation.accounts.commands import AcceptInvitation, SignOutEverywhere, accept_invitation, sign_out_everywhere
from linzhi.foundation.accounts.forms import FirstPassword
from linzhi.foundation.accounts.models import Account
from linzhi.kernel.actor import ANONYMOUS
from linzhi.kernel.refused import Refused


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, text: str) -> HttpResponse:
    """Set the first password with a one-time link. A used or old link gets a page that says so (410)."""
    account = invitations.account_of(text)
    if account is None:
        return render(request, "account/invitation_dead.html", status=410)
    form = FirstPassword(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept_invitation(ANONYMOUS, AcceptInvitation(text=text, password_hash=make_password(form.cleaned_data["password"])))
        except Refused:
            return render(request, "account/invitation_dead.html", status=410)
        messages.success(request, _("密码设好了。请用它登录，接着设第二道验证。"))
        return HttpResponseRedirect(reverse("account_login"))
    return render(request, "account/invitation.html", {"form": form, "account": account})


@require_POST
@login_required
def sign_out_all(request: HttpRequest) -> HttpResponse:
    """End all sessions of the person signed in, this one too."""
    sign_out_everywhere(actor_of(request), SignOutEverywhere(account_id=request.user.pk))
    return HttpResponseRedirect(reverse("account_login"))


@login_required
def password_change(request: HttpRequest) -> HttpResponse:
    """Staff change their password; residents have none, so the page isn't there for them (404)."""
    if not isinstance(request.user, Account) or not request.user.has_usable_password():
        raise Http404
    return account_views.password_change(request)


class ActivateTOTP(ActivateTOTPView):
    """Set up an authenticator app; the code just entered counts as this session's second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Record the second factor after it has been stored."""
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response


class AddPasskey(AddWebAuthnView):
    """Add a passkey or security key; having just used it counts as this session's second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Record the second factor after it has been stored."""
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="webauthn")
        return response
