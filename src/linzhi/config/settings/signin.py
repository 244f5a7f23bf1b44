"""Settings of signing in, text messages and e-mail."""

from __future__ import annotations

import os

from linzhi.config.installation import current

_mode = current().mode
_real = _mode == "production"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SESSION_SERIALIZER = "linzhi.foundation.accounts.sessions.SealedSerializer"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
PASSWORD_RESET_TIMEOUT = 60 * 60 * 72  # how long an invitation is good for
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "linzhi.foundation.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "linzhi.foundation.accounts.passwords.NotTheName", "OPTIONS": {"user_attributes": ("username", "name", "email")}},
    {"NAME": "linzhi.foundation.accounts.passwords.NotCommon"},
]
if _mode == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("LINZHI_TRUSTED_PROXIES", "0"))

ACCOUNT_ADAPTER = "linzhi.foundation.accounts.adapter.Adapter"
ACCOUNT_USER_DISPLAY = str
ACCOUNT_LOGIN_METHODS = {"phone", "username"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 300
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_FORMS = {
    "login": "linzhi.foundation.accounts.forms.PasswordLogin",
    "request_login_code": "linzhi.foundation.accounts.forms.RequestCode",
    "reauthenticate": "linzhi.foundation.accounts.forms.Reauthenticate",
    "change_password": "linzhi.foundation.accounts.forms.ChangeOwnPassword",
}
# Per address, per number, and per number and day: a stranger's phone can't be flooded with codes.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,2/m/key,10/d/key",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "verify_phone": "2/m/key,10/d/key,6/m/ip",
    "change_phone": "3/m/user",
    "mail_code": "3/m/user,2/m/key,10/d/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}

MFA_ADAPTER = "linzhi.foundation.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "邻治"
MFA_TOTP_TOLERANCE = 1
MFA_TRUST_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _real
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are for messages only; nobody signs in with one

LINZHI_SMS_DRIVER = os.environ.get("LINZHI_SMS_DRIVER") or f"linzhi.foundation.sms.drivers.{'Absent' if _real else 'Console'}"
LINZHI_SMS_URL = os.environ.get("LINZHI_SMS_URL", "")
LINZHI_SMS_TOKEN = os.environ.get("LINZHI_SMS_TOKEN", "")
LINZHI_SMS_DEAD_NUMBERS = frozenset(filter(None, os.environ.get("LINZHI_SMS_DEAD_NUMBERS", "").split(",")))
LINZHI_QUIET_HOURS = os.environ.get("LINZHI_QUIET_HOURS", "21:00-08:00")

EMAIL_BACKEND = "django.core.mail.backends." + (
    "smtp.EmailBackend" if os.environ.get("LINZHI_EMAIL_HOST") else "locmem.EmailBackend" if _mode == "test" else "console.EmailBackend"
)
EMAIL_READY = bool(os.environ.get("LINZHI_EMAIL_HOST")) or not _real
EMAIL_HOST = os.environ.get("LINZHI_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("LINZHI_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("LINZHI_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LINZHI_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LINZHI_EMAIL_TLS", "1") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("LINZHI_EMAIL_FROM", "邻治 <noreply@localhost>")
