"""Messages and their deliveries, one row per message and channel."""

from __future__ import annotations

import uuid

from django.db import models

from linzhi.foundation.privacy.fields import SealedField

CHANNELS = ("inbox", "sms", "email")
STATES = ("pending", "sent", "failed", "undeliverable")


class Message(models.Model):
    """One thing told to one person. `key` makes telling it again change nothing.

    `phone` and `email` are set only for people without an account; for an account they are read when sending.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=60)
    account_id = models.BigIntegerField(null=True)
    phone = SealedField(kind="phone")
    email = SealedField(kind="text")
    title = models.CharField(max_length=80)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=60, blank=True)
    urgent = models.BooleanField(default=False)
    created = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account_id", "-created", "-id"], name="message_inbox"),
            models.Index(fields=["account_id"], name="message_unread", condition=models.Q(read_at__isnull=True)),
            models.Index(fields=["subject"], name="message_subject"),
        ]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """One message on one channel. `reference` is told to the provider at every try, so that a try again isn't a second message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8)
    state = models.CharField(max_length=16, default="pending")
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    provider_ref = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="notify_once_per_channel"),
            models.CheckConstraint(condition=models.Q(channel__in=CHANNELS), name="notify_channel_known"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="notify_state_known"),
            models.CheckConstraint(condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False), name="notify_sent_has_time"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="notify_open", condition=models.Q(state="pending")),
            models.Index(fields=["state"], name="notify_not_sent", condition=models.Q(state__in=("failed", "undeliverable"))),
        ]


class ChannelChoice(models.Model):
    """A channel on which an account doesn't want messages. The inbox can't be turned off."""

    account_id = models.BigIntegerField()
    channel = models.CharField(max_length=8)
    off = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "channel"], name="notify_choice_once"),
            models.CheckConstraint(condition=models.Q(channel__in=("sms", "email")), name="notify_choice_channel"),
        ]
