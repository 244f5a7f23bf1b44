"""Tables of bodies and posts. What power rests on is dated to the moment; a body's existence and service areas to the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from linzhi.domains.bodies.rules import (
    BODY_KINDS,
    COMPETENCES,
    ENDED_REASONS,
    FILED,
    LINK_KINDS,
    PARTY_FORMS,
    POST_KINDS,
    REVIEW_RESULTS,
)  # fmt: skip

if TYPE_CHECKING:
    from linzhi.flow.models import Matter


def _ends_after_begin(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("begin")), name=name)


class Body(models.Model):
    """An organisation. `path` is the territory at which it sits; a firm's reach is its service areas instead.

    `form` says what a community's party organisation is (committee, general branch, branch). `basis` names the document that it
    rests on, `number` its approval. `members` is how many party members a firm declared, on `members_on`: a count, never names.
    `grid_id` is set for a party group of a grid. `entered_nationally` is the day on which a clerk entered it in the national system.
    """

    kind = models.CharField(max_length=24)
    form = models.CharField(max_length=16, blank=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=60, db_index=True)
    phone = models.CharField(max_length=30, blank=True, help_text="the office's number, public")
    hours = models.CharField(max_length=80, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=60, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    members = models.PositiveSmallIntegerField(null=True)
    members_on = models.DateField(null=True)
    grid_id = models.BigIntegerField(null=True)
    entered_nationally = models.DateField(null=True)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(BODY_KINDS)), name="body_kind_known"),
            models.CheckConstraint(condition=Q(form__in=["", *PARTY_FORMS]), name="body_form_known"),
            models.CheckConstraint(
                condition=Q(members__isnull=True, members_on__isnull=True) | Q(members__isnull=False, members_on__isnull=False),
                name="body_members_counted_on_a_day",
            ),
            models.UniqueConstraint(fields=["path", "name"], condition=Q(end__isnull=True), name="body_name_once"),
            _ends_after_begin("body_ends_after_begin"),
        ]

    def __str__(self) -> str:
        return self.name


class BodyLink(models.Model):
    """How one body stands to another beside its parent, from a day until another: a second leader, the firm of a firm's branch."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="links")
    other = models.ForeignKey(Body, models.PROTECT, related_name="linked")
    kind = models.CharField(max_length=12)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "other", "kind"], condition=Q(end__isnull=True), name="body_link_once"),
            models.CheckConstraint(condition=Q(kind__in=list(LINK_KINDS)), name="body_link_kind_known"),
            models.CheckConstraint(condition=~Q(body=F("other")), name="body_link_to_another"),
            _ends_after_begin("body_link_ends_after_begin"),
        ]


class Term(models.Model):
    """A term of office of a body (届). It runs out on `end` and is closed by the next one, or by `closed`.

    `basis` names the election or the vote; `filing` of the term is a `Filing` of its own.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="terms")
    ordinal = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField(null=True, help_text="as the rules of procedure have it")
    basis = models.CharField(max_length=200)
    path = models.CharField(max_length=60, db_index=True)
    begin = models.DateField()
    end = models.DateField()
    closed = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "ordinal"], name="term_ordinal_once"),
            models.UniqueConstraint(fields=["body"], condition=Q(closed__isnull=True), name="term_open_once"),
            models.CheckConstraint(condition=Q(end__gt=F("begin")), name="term_ends_after_begin"),
            models.CheckConstraint(condition=Q(ordinal__gt=0), name="term_ordinal_counted"),
        ]


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
    kind = models.CharField(max_length=32)
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
    source = models.CharField(max_length=40, blank=True, help_text="where a secretary comes from, a word of `secretary.allowed_sources`")
    source_note = models.CharField(max_length=200, blank=True, help_text="why another source than the jurisdiction's")
    full_time = models.BooleanField(null=True)
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


class Formation(models.Model):
    """An organisation that is being founded, along the jurisdiction's method (LD-02, LD-22). Its course is a matter.

    `path` is where it will sit, `secretary` the candidate secretary's name, given before the community applies. `body` is what came
    of it, once approved; `filed` and `filing_number` close the chain.
    """

    if TYPE_CHECKING:
        matter: Matter  # set by `commands.courses.locked`

    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=80)
    path = models.CharField(max_length=60, db_index=True)
    parent = models.ForeignKey(Body, models.PROTECT, related_name="formations")
    eligibility = models.JSONField(default=dict, help_text="the verdict with its rule, as of the day it was opened")
    secretary = models.CharField(max_length=40, blank=True)
    secretary_source = models.CharField(max_length=40, blank=True)
    approval = models.CharField(max_length=60, blank=True)
    filing_number = models.CharField(max_length=60, blank=True)
    body = models.OneToOneField(Body, models.PROTECT, null=True, related_name="formation")
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "kind"], condition=Q(closed__isnull=True), name="formation_open_once"),
            models.CheckConstraint(condition=Q(kind__in=list(BODY_KINDS)), name="formation_kind_known"),
        ]


class Filing(models.Model):
    """Something that must be filed with somebody by a day: who took a secretary's post (CM-19, AQ-08), a committee's new term.

    `with_body` is where it is filed, when that is known; `level` is the level that the jurisdiction names. Its course is a matter.
    """

    if TYPE_CHECKING:
        matter: Matter  # set by `commands.courses.locked`

    number = models.CharField(max_length=24, unique=True)
    what = models.CharField(max_length=16)
    holding = models.OneToOneField(Holding, models.PROTECT, null=True, related_name="filing")
    term = models.OneToOneField(Term, models.PROTECT, null=True, related_name="filing")
    path = models.CharField(max_length=60, db_index=True)
    level = models.CharField(max_length=16)
    receipt = models.CharField(max_length=60, blank=True)
    filed = models.DateField(null=True)
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__in=list(FILED)), name="filing_what_known"),
            models.CheckConstraint(
                condition=Q(holding__isnull=False, term__isnull=True) | Q(holding__isnull=True, term__isnull=False), name="filing_of_one"
            ),
        ]


class CandidateReview(models.Model):
    """The review of somebody who stands for an owners' committee (JS-35, CM-39, AQ-24): never without a reason, always open to objection.

    A negative result names the legal ground and the day on which the candidate was told. Party membership is nothing to review.
    """

    number = models.CharField(max_length=24, unique=True)
    path = models.CharField(max_length=60, db_index=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="candidacies")
    account_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=40)
    owner = models.BooleanField(help_text="owned here on the day of standing, by the register")
    capable = models.BooleanField(help_text="declared: full capacity for civil conduct")
    result = models.CharField(max_length=12, blank=True)
    ground = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    told = models.DateTimeField(null=True)
    objection = models.CharField(max_length=500, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    stood = models.DateTimeField()
    reviewed = models.DateTimeField(null=True)
    settled = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "person"], condition=Q(settled__isnull=True), name="candidacy_open_once"),
            models.CheckConstraint(condition=Q(result__in=["", *REVIEW_RESULTS]), name="candidacy_result_known"),
            models.CheckConstraint(
                condition=~Q(result="rejected") | ~Q(ground="") & ~Q(reason="") & Q(told__isnull=False),
                name="candidacy_rejected_with_ground",
            ),
        ]
