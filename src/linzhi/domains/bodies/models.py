"""Tables of bodies and posts. What power rests on is dated to the moment; a body's existence and service areas to the day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linzhi.domains.bodies.rules import BODY_KINDS, COMPETENCES, ENDED_REASONS, POST_KINDS


def _ends_after_begin(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("begin")), name=name)


class Body(models.Model):
    """An organisation. `path` is the territory at which it sits; a firm's reach is its service areas instead."""

    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=60, db_index=True)
    phone = models.CharField(max_length=30, blank=True, help_text="the office's number, public")
    hours = models.CharField(max_length=80, blank=True)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(BODY_KINDS)), name="body_kind_known"),
            models.UniqueConstraint(fields=["path", "name"], condition=Q(end__isnull=True), name="body_name_once"),
            _ends_after_begin("body_ends_after_begin"),
        ]

    def __str__(self) -> str:
        return self.name


class Competence(models.Model):
    """A matter that a department answers for, from a day until another."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="competences")
    code = models.CharField(max_length=32)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "code"], condition=Q(end__isnull=True), name="competence_once"),
            models.CheckConstraint(condition=Q(code__in=list(COMPETENCES)), name="competence_known"),
            _ends_after_begin("competence_ends_after_begin"),
        ]


class ServiceArea(models.Model):
    """A place that a body serves, from a day until another."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="service_areas")
    path = models.CharField(max_length=60, db_index=True)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "path"], condition=Q(end__isnull=True), name="service_area_once"),
            _ends_after_begin("service_area_ends_after_begin"),
        ]


class Post(models.Model):
    """A place in a body that a person can hold. `path` is the body's; where its power reaches is in its areas.

    `phone` and `hours` are the post's public contact, never a private number taken from a person's record.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=60)
    path = models.CharField(max_length=60, db_index=True)
    grid_id = models.BigIntegerField(null=True)
    seats = models.PositiveSmallIntegerField(default=1)
    phone = models.CharField(max_length=30, blank=True)
    hours = models.CharField(max_length=80, blank=True)
    begin = models.DateTimeField()
    end = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(POST_KINDS)), name="post_kind_known"),
            models.CheckConstraint(condition=Q(seats__gt=0), name="post_has_seats"),
            _ends_after_begin("post_ends_after_begin"),
        ]

    def __str__(self) -> str:
        return self.title


class PostArea(models.Model):
    """A place over which a post has its power, from one moment until another."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="areas")
    path = models.CharField(max_length=60, db_index=True)
    begin = models.DateTimeField()
    end = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "path"], condition=Q(end__isnull=True), name="post_area_once"),
            _ends_after_begin("post_area_ends_after_begin"),
        ]


class Holding(models.Model):
    """Somebody holds a post from one moment until another. `end` may lie ahead: the end of the term.

    `name` is the name under which the post is publicly held. `account_id` is empty until the holder's account is known;
    `person_id` is the holder's record in the register, needed where only owners may hold the post.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="holdings")
    account_id = models.BigIntegerField(null=True, db_index=True)
    name = models.CharField(max_length=40)
    basis = models.CharField(max_length=200)
    begin = models.DateTimeField()
    end = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "account_id"], condition=Q(end__isnull=True), name="holding_open_once"),
            models.CheckConstraint(condition=Q(ended_reason__in=["", *ENDED_REASONS]), name="holding_reason_known"),
            models.CheckConstraint(condition=~Q(basis=""), name="holding_has_basis"),
            _ends_after_begin("holding_ends_after_begin"),
        ]
