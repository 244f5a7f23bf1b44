"""Tables of requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

from linzhi.foundation.privacy.fields import SealedField

if TYPE_CHECKING:
    from linzhi.flow.models import Matter

NATURES = ("consult", "help", "complaint", "tip_off", "suggestion", "praise")
CHANNELS = ("resident", "anonymous", "grid", "call", "hotline", "api")


@dataclass(frozen=True)
class Contact:
    """A contact in clear, as requests.reveal_contact gives it to its caller once."""

    name: str
    phone: str


class Request(models.Model):
    """One request. Where it stands is the matter's business; this holds what was said, by whom, about what.

    `path` is the place (building, estate, or the county while it is unlocated). `reporter_id` is an account, or null for
    those who gave none; `helper_id` is who wrote it down for somebody. `accused_body_id` is set for 投诉 and 举报 about a body, which never
    sees the contact; `hidden_from_body_id` is set for 举报, which that body never sees at all. `earlier` is a closed one that
    somebody else than its reporter says isn't over. `reply_days` is
    the working days until the first reply, begun ones counted, by the calendar of that day.
    """

    number = models.CharField(max_length=24)
    county = models.CharField(max_length=60)
    path = models.CharField(max_length=60)
    located = models.BooleanField(default=True)
    place_text = models.CharField(max_length=120, blank=True)
    facility_id = models.BigIntegerField(null=True)
    nature = models.CharField(max_length=12, choices=[(v, v) for v in NATURES])
    category = models.CharField(max_length=60, blank=True)
    urgent = models.BooleanField(default=False)
    title = models.CharField(max_length=80)
    text = models.TextField()
    channel = models.CharField(max_length=12, choices=[(v, v) for v in CHANNELS])
    public = models.BooleanField(default=True)
    reporter_id = models.BigIntegerField(null=True)
    helper_id = models.BigIntegerField(null=True)
    contact_name = SealedField(kind="name")
    contact_phone = SealedField(kind="phone")
    contact_index = models.CharField(max_length=64, blank=True)
    accused_body_id = models.BigIntegerField(null=True)
    hidden_from_body_id = models.BigIntegerField(null=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates")
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="again")
    source = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    # Null only inside the command that makes the request; typed as it is afterwards.
    matter: models.OneToOneField[Matter, Matter] = models.OneToOneField(  # type: ignore[misc]
        "flow.Matter", models.PROTECT, null=True, related_name="request"
    )
    reported_at = models.DateTimeField()
    replied_at = models.DateTimeField(null=True)
    reply_days = models.PositiveSmallIntegerField(null=True)

    if TYPE_CHECKING:
        matter_id: int

    opened_by_code = False
    """Set on an instance in memory by a command that has checked its status code; never stored."""
    revealed: Contact | None = None
    """Set on an instance in memory by requests.reveal_contact, which logs the opening; never stored."""
    taken_before = False
    """Set on an instance in memory by the command that takes a sheet's row, when the row was here already; never stored."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="request_number_once"),
            models.UniqueConstraint(fields=["county", "source", "source_id"], condition=~models.Q(source=""), name="request_source_once"),
            models.CheckConstraint(condition=models.Q(nature__in=NATURES), name="request_nature_known"),
            models.CheckConstraint(condition=models.Q(channel__in=CHANNELS), name="request_channel_known"),
        ]
        indexes = [
            models.Index(fields=["path", "-reported_at"], name="request_path"),
            models.Index(fields=["reporter_id", "-reported_at"], name="request_reporter"),
            models.Index(fields=["contact_index"], name="request_contact", condition=~models.Q(contact_index="")),
            models.Index(fields=["county", "located", "-reported_at"], name="request_unlocated", condition=models.Q(located=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class NumberSeries(models.Model):
    """The last number given in a county and month, so that numbers have no gaps and no doubles."""

    county = models.CharField(max_length=60)
    month = models.CharField(max_length=4)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "month"], name="number_series_once")]


class Dispatch(models.Model):
    """One handing of a request to a body: as the main handler (`lead`) or to help (`joint`, 协办)."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="dispatches")
    body_id = models.BigIntegerField()
    kind = models.CharField(max_length=6, choices=[("lead", "lead"), ("joint", "joint")])
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    signed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["request"], name="dispatch_request"), models.Index(fields=["body_id", "-at"], name="dispatch_body")]


class Follow(models.Model):
    """Somebody who has the same concern and wants to hear how it goes."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="follows")
    account_id = models.BigIntegerField()
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "account_id"], name="follow_once")]


class Rating(models.Model):
    """The reporter's word at the end of one round: was it solved, and how many stars (1 to 5)."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    stars = models.PositiveSmallIntegerField()
    word = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by_helper = models.BooleanField(default=False)
    low = models.BooleanField(default=False)
    reply = models.CharField(max_length=1000, blank=True)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "round"], name="rating_once_per_round"),
            models.CheckConstraint(condition=models.Q(stars__gte=1, stars__lte=5), name="rating_one_to_five"),
        ]


class Photo(models.Model):
    """A photo of the matter, from the reporter or the handler. `public` photos are seen by whoever sees the request."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="photos")
    file_id = models.UUIDField()
    stage = models.CharField(max_length=8)  # report, work, result
    public = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "file_id"], name="photo_once")]


class ActDraft(models.Model):
    """What somebody has written for an act and not sent: theirs alone, sealed, gone when it is sent or after a month."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="act_drafts")
    account_id = models.BigIntegerField()
    act = models.CharField(max_length=60)
    words = SealedField(kind="text")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "account_id", "act"], name="act_draft_once")]
