"""Accounts and the tokens of programs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from linzhi.foundation.privacy.fields import SealedField
from linzhi.foundation.statements.kept import load

KINDS = ("person", "app", "device")


class Accounts(BaseUserManager["Account"]):
    """Django's manager. Every request asks for one account by its key, so that statement is built once."""

    def get(self, *args: Any, **kwargs: Any) -> Account:
        """As Django's, and in nothing but the cost different for one `pk`. Raises DoesNotExist."""
        if args or set(kwargs) != {"pk"} or type(kwargs["pk"]) is not int:
            return super().get(*args, **kwargs)
        found = load(Account, "accounts.get", lambda pk: Account.objects.filter(pk=pk), kwargs["pk"])
        if not found:
            raise Account.DoesNotExist
        return found[0]


class Account(AbstractBaseUser):
    """One who can act. There is no superuser: what an account may do comes from grants alone.

    `staff` accounts sign in with a password and a second factor, never by code. Raising `session_epoch` ends every session.
    """

    kind = models.CharField(max_length=8, default="person")
    name = models.CharField(max_length=40)
    username = models.CharField(max_length=40, unique=True, null=True)
    phone = SealedField(kind="phone")
    phone_index = models.CharField(max_length=64, unique=True, null=True)
    phone_verified = models.BooleanField(default=False)
    email = models.EmailField(unique=True, null=True)
    staff = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)
    demo_role = models.CharField(max_length=40, blank=True)
    created = models.DateTimeField()

    last_login = None  # the times at which people come and go aren't kept

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = Accounts()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="account_kind_known"),
            models.CheckConstraint(
                condition=models.Q(staff=False) | models.Q(kind="person", username__isnull=False), name="account_staff_has_username"
            ),
            models.CheckConstraint(condition=models.Q(username__isnull=True) | ~models.Q(username=""), name="account_username_not_empty"),
            models.CheckConstraint(condition=models.Q(email__isnull=True) | ~models.Q(email=""), name="account_email_not_empty"),
        ]
        indexes = [models.Index(fields=["demo_role"], name="account_demo", condition=~models.Q(demo_role=""))]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether Django lets this account sign in: only persons do, and only while active."""
        return self.active and self.kind == "person"

    @property
    def demo_listed(self) -> bool:
        """Whether the demo offers this account as a button."""
        return bool(self.demo_role)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django keeps this in each session and compares: another epoch or password ends them all.
        value = f"{self.password}|{self.session_epoch}|{int(self.staff)}"
        return salted_hmac("linzhi.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()


class ApiToken(models.Model):
    """A program's key to the API. Only the digest of its text is kept; the text is shown once."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    scopes = models.JSONField()
    token_hash = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField()
    expires = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)
    last_used = models.DateField(null=True)
    per_minute = models.PositiveIntegerField(null=True)  # None: the installation's setting

    text: str  # set on the object that accounts.issue_token returns, and nowhere else

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires__isnull=True) | models.Q(expires__gt=models.F("created")), name="token_expires_later"
            ),
            models.CheckConstraint(condition=models.Q(per_minute__isnull=True) | models.Q(per_minute__gt=0), name="token_rate_positive"),
        ]

    def __str__(self) -> str:
        return self.name
