"""How every subject stands, what is amiss, and how many by place and day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Layout(models.Model):
    """What the positions of a standing mean: the figures and the checks of one kind of subject under one pack. Never changed."""

    subject = models.CharField(max_length=24)
    pack = models.CharField(max_length=80)
    figures = models.JSONField()
    checks = models.JSONField()
    digest = models.CharField(max_length=64, unique=True)


class Standing(models.Model):
    """How one subject stood when its place was last evaluated: figures and one character of `judging.STATES` a check, by position.

    `ref` is the subject's own id, `since` the moment from which it has stood so.
    """

    layout = models.ForeignKey(Layout, models.PROTECT, related_name="standings")
    subject = models.CharField(max_length=24)
    ref = models.BigIntegerField()
    path = models.CharField(max_length=60, db_index=True)
    name = models.CharField(max_length=80)
    figures = models.TextField(help_text="a JSON list")
    states = models.CharField(max_length=255)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "ref"], name="standing_once")]


class Tally(models.Model):
    """How many subjects inside a division stood how on a day: {check: {state: number}}; the last of a day stays."""

    path = models.CharField(max_length=60, db_index=True)
    day = models.DateField()
    counts = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "day"], name="tally_once_a_day")]


class Finding(models.Model):
    """One thing amiss, about one subject, from the day it was found until the data no longer show it.

    `check_code` names the check, `pack` whose it was; `subject` is a row (`estate:12`, `bodies.post:7`); `words` the sentence for
    people, with no person's name in it. `owner` is the role that has to mend it in `path`; `room` is `party` for the closed room.
    While it is excused (`excused_until` not past), a reason is on file and it shows amber.
    """

    check_code = models.CharField(max_length=40)
    pack = models.CharField(max_length=80)
    force = models.CharField(max_length=12)
    subject = models.CharField(max_length=80)
    path = models.CharField(max_length=60)
    owner = models.CharField(max_length=40)
    room = models.CharField(max_length=8, blank=True)
    words = models.CharField(max_length=300)
    code = models.CharField(max_length=40, blank=True, help_text="of the estate, for the page on which it is mended")
    opened = models.DateTimeField()
    due = models.DateField()
    closed = models.DateTimeField(null=True)
    excused_until = models.DateField(null=True)
    excused_reason = models.CharField(max_length=300, blank=True)
    excused_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_code", "subject"], condition=Q(closed__isnull=True), name="finding_open_once"),
            models.CheckConstraint(condition=Q(closed__isnull=True) | Q(closed__gte=F("opened")), name="finding_closes_after_opening"),
            models.CheckConstraint(
                condition=Q(excused_until__isnull=True) | ~Q(excused_reason="") & ~Q(excused_by=""), name="finding_excused_with_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["path", "check_code"], name="finding_open_place", condition=Q(closed__isnull=True)),
            models.Index(fields=["owner", "path"], name="finding_open_owner", condition=Q(closed__isnull=True)),
        ]


class Followed(models.Model):
    """Up to which seal of the audit log the changes have been evaluated; one row."""

    seal = models.BigIntegerField()


class Campaign(models.Model):
    """A piece of work with a list that is struck off (销号): some checks over a place, with milestones, until it is closed.

    `pack` and `code` name the pack's campaign it was opened from (both empty for the county's own). `milestones` are rows of title, day,
    checks, and `uncounted`, which says what nobody can count yet. `begun` is the day from which what moves is counted.
    """

    pack = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=80)
    path = models.CharField(max_length=60, db_index=True)
    room = models.CharField(max_length=8, blank=True)
    checks = models.JSONField()
    milestones = models.JSONField()
    basis = models.CharField(max_length=200)
    begun = models.DateField()
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "title"], condition=Q(closed__isnull=True), name="campaign_open_once"),
            models.CheckConstraint(condition=Q(closed__isnull=True) | ~Q(outcome=""), name="campaign_closes_with_outcome"),
        ]

    def __str__(self) -> str:
        return self.title


class Scheduling(models.Model):
    """One session about a campaign (调度): what was said, and how every place stood then.

    `counts` is {code: {name, path, checks: {check: [done, of, red, amber]}}}, `moved` what had changed since the session before.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="sessions")
    path = models.CharField(max_length=60)
    at = models.DateTimeField()
    note = models.CharField(max_length=1000)
    counts = models.JSONField()
    moved = models.JSONField()


class LeaderLink(models.Model):
    """A leader looks after a place (分片挂包) from a day to another. `level` is one of `leader.link.levels`."""

    body_id = models.BigIntegerField()
    post = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    level = models.CharField(max_length=60)
    path = models.CharField(max_length=60, db_index=True)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gt=F("begin")), name="leader_link_ends_after_begin"),
            models.UniqueConstraint(
                fields=["body_id", "post", "name", "path", "level"], condition=Q(end__isnull=True), name="leader_link_once"
            ),
        ]


class DepartmentTask(models.Model):
    """What a department was asked to do by a day, about some checks of a place; finished only with what was done."""

    body_id = models.BigIntegerField(db_index=True)
    what = models.CharField(max_length=300)
    path = models.CharField(max_length=60, db_index=True)
    room = models.CharField(max_length=8, blank=True)
    checks = models.JSONField()
    due = models.DateField()
    session = models.ForeignKey(Scheduling, models.PROTECT, null=True, related_name="tasks")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="tasks")
    opened = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    done = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(finished__isnull=True) | ~Q(done=""), name="department_task_done_says_what"),
        ]
