"""Forms of signing in. The phone form also opens an account for a number that has none: one door for everybody."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from linzhi.foundation.accounts.commands import SignUp, sign_up
from linzhi.foundation.accounts.models import Account
from linzhi.kernel.actor import System
from linzhi.kernel.refused import Refused


class RequestCode(RequestLoginCodeForm):
    """Ask for a one-time code. The page answers alike for known and unknown, staff and closed accounts."""

    _user: Account | None

    def clean_phone(self) -> str:
        """The number, within the limits on asking. Raises ValidationError when asked too often."""
        adapter = get_adapter()
        phone: str = self.cleaned_data["phone"]
        if not ratelimit.consume(context.request, action="request_login_code", key=phone):
            raise adapter.validation_error("too_many_login_attempts")
        account = adapter.get_user_by_phone(phone)
        if account is None:
            try:
                account = sign_up(System("accounts.sign_up"), SignUp(phone=phone))
            except Refused:  # made by another request a moment ago
                account = adapter.get_user_by_phone(phone)
        self._user = account if account is not None and account.is_active and not account.staff else None
        return phone


class PasswordLogin(LoginForm):
    """Username and password, for staff."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("用户名")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].label = _("密码")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)

    def _setup_password_field(self) -> None:
        """Keep the password field, which allauth drops when nobody signs up with a password."""

    def clean_login(self) -> str:
        """Usernames are kept in small letters."""
        return super().clean_login().lower()

    def user_credentials(self) -> dict[str, Any]:
        """Only the username is looked at: a phone is no name to sign in with here."""
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}


class Reauthenticate(ReauthenticateForm):
    """The password once more, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("密码")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)


class ChangeOwnPassword(ChangePasswordForm):
    """Old password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"oldpassword": _("现在的密码"), "password1": _("新密码"), "password2": _("再输一遍新密码")}
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = password_validation.password_validators_help_text_html()


class FirstPassword(forms.Form):
    """The first password of an invited member of staff, twice."""

    password = forms.CharField(label=_("设一个密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    again = forms.CharField(label=_("再输一遍"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._account = account
        self.fields["password"].help_text = password_validation.password_validators_help_text_html()

    def clean(self) -> dict[str, Any]:
        """Refused when the two differ or the password is weak."""
        data = super().clean() or {}
        if data.get("password") and data.get("again"):
            if data["password"] != data["again"]:
                self.add_error("again", _("两遍输的不一样。"))
            else:
                try:
                    password_validation.validate_password(data["password"], self._account)
                except forms.ValidationError as error:
                    self.add_error("password", error)
        return data
