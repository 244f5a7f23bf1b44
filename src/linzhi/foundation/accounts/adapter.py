"""How allauth meets our accounts: phones, text messages, and who may sign in by which way."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.fields import PhoneField
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.forms import TextInput
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.foundation.accounts.commands import ChangePassword, LinkPhone, change_password, link_phone
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.accounts.queries import by_phone
from linzhi.foundation.privacy.sealing import seal, unseal
from linzhi.foundation.sms import Unavailable, Undeliverable, driver, normal_phone
from linzhi.kernel import clock
from linzhi.kernel.actor import Person, System
from linzhi.kernel.refused import Refused

log = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):
    """Residents: phone and one-time code. Staff: username and password, then a second factor (see middleware.py)."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("验证码不对，请再看一眼短信。"),
        "phone_password_mismatch": gettext_lazy("用户名或密码不对。"),
        "username_password_mismatch": gettext_lazy("用户名或密码不对。"),
        "incorrect_password": gettext_lazy("密码不对。"),
        "enter_current_password": gettext_lazy("请输入现在的密码。"),
        "phone_taken": gettext_lazy("这个手机号已经有账号了。"),
        "same_as_current": gettext_lazy("这就是现在的手机号。"),
        "too_many_login_attempts": gettext_lazy("试的次数太多了。请过几分钟再来。"),
        "rate_limited": gettext_lazy("请求太频繁了。请稍等一分钟再试。"),
        "invalid_login": gettext_lazy("登录信息不对。"),
    }

    # ---- phones

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        """The phone input: numbers as people here write them, not E.164."""
        widget = TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel-national"})
        return PhoneField(**{"label": _("手机号"), "validators": [], "widget": widget, "max_length": 20, **kwargs})

    def clean_phone(self, phone: str) -> str:
        """Eleven digits. Raises ValidationError when it isn't a mobile number."""
        try:
            return normal_phone(phone)
        except Refused as refusal:
            raise ValidationError(refusal.message, code="invalid_phone") from refusal

    def get_phone(self, user: Account) -> tuple[str, bool] | None:
        """The owner's own number, opened to send a code to it."""
        return (user.phone.open_value(), user.phone_verified) if user.phone else None

    def set_phone(self, user: Account, phone: str, verified: bool) -> None:
        """Only a verified number is ever written; see set_phone_verified."""
        if verified:
            self.set_phone_verified(user, phone)

    def set_phone_verified(self, user: Account, phone: str) -> None:
        """The code sent to this number was entered: the number is the account's own."""
        stored = self.get_phone(user)
        if stored != (phone, True):
            link_phone(System("accounts.verify_phone"), LinkPhone(account_id=user.pk, phone=phone))
            user.refresh_from_db()

    def get_user_by_phone(self, phone: str) -> Account | None:
        """The account with this number, or None."""
        try:
            return by_phone(phone)
        except Refused:
            return None

    # ---- text messages

    def send_verification_code_sms(self, user: Account, phone: str, code: str, **kwargs: Any) -> None:
        """Send a one-time code. When no message can be sent, the page says so."""
        self._text(phone, _("【邻治】验证码 %(code)s，5 分钟内有效。请不要告诉任何人，工作人员也不会向您要。") % {"code": code})

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Tell the owner of the number, and only them, why no code comes: a staff account, or a closed one."""
        account = self.get_user_by_phone(phone)
        if account is not None and account.staff:
            self._text(phone, _("【邻治】这个号码是工作账号，请在登录页选“工作人员登录”，用用户名和密码登录。"))
        elif account is not None:
            self._text(phone, _("【邻治】这个号码的账号已停用。需要恢复请联系社区。"))

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Somebody else's wish to link this number fails; its owner is told."""
        self._text(phone, _("【邻治】有人想把这个手机号绑到另一个账号上，没有成功。如果不是您，不用理会。"))

    def _text(self, phone: str, text: str) -> None:
        try:
            driver().send(phone, text, reference=uuid.uuid4().hex)
        except Undeliverable:
            messages.error(self.request, _("这个号码收不到短信。请换一个号码。"))
        except Unavailable as error:
            log.warning("an SMS couldn't be sent: %s", error)
            messages.error(self.request, _("短信暂时发不出去。请过几分钟再试，或者联系社区。"))

    # ---- signing in

    def get_login_stages(self) -> list[str]:
        """Code, then second factor. Phones are verified by the code itself; addresses aren't used to sign in."""
        return ["allauth.account.stages.LoginByCodeStage", "allauth.mfa.stages.AuthenticateStage"]

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> Any:
        """Refuse staff who come by a code, whatever led here."""
        records = get_authentication_records(request, user)
        if user.staff and any(record["method"] == "code" for record in records):
            messages.error(request, _("工作账号要用用户名和密码登录。"))
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in, and drop the phone from the session's record of how."""
        super().login(request, user)
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [{k: v for k, v in r.items() if k != "phone"} for r in records]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Something sensitive asks for the password once more, unless the person signed in within the last five minutes."""
        records = get_authentication_records(self.request, self.request.user)
        newest = max((record.get("at", 0) for record in records), default=0)
        if clock.now().timestamp() - newest < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """There is no sign-up form: the first code makes the account (see forms.RequestCode)."""
        return False

    def set_password(self, user: Account, password: str) -> None:
        """Change the password by the command, so that it is in the audit log."""
        hashed = make_password(password)
        change_password(Person(user.pk), ChangePassword(account_id=user.pk, password_hash=hashed))
        user.password = hashed

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any) -> None:
        """Leave out the messages that only repeat what the page shows."""
        if message_template in [f"account/messages/{name}.txt" for name in ("logged_in", "logged_out", "login_code_sent")]:
            return
        super().add_message(request, level, message_template, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seals the secrets of authenticator apps, and names things in Chinese."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("验证码不对。请等手机上换了新的六位数再试。"),
        "cannot_delete_authenticator": gettext_lazy("工作账号至少要留一种第二道验证。请先加一种新的，再停用这一种。"),
        "cannot_generate_recovery_codes": gettext_lazy("请先开通身份验证器或安全密钥。"),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret with the data key."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Staff keep at least one factor besides recovery codes."""
        if not authenticator.user.staff:
            return True
        others = type(authenticator).objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: Account, type: Any) -> str:
        """`安全密钥 1`, `安全密钥 2`..."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("安全密钥 %(n)s") % {"n": count + 1}
