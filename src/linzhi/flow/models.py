"""Matters and what runs in them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models

OPEN = models.Q(closed_at__isnull=True)


class MethodVersion(models.Model):
    """One text of a method, as a pack held it when the first matter began with it. Never changed: its key is its content's digest."""

    digest = models.CharField(max_length=32, primary_key=True)
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=80)
    source = models.CharField(max_length=200)
    body = models.JSONField()
    first_used = models.DateTimeField()


class PolicySnapshot(models.Model):
    """Parameters as resolved with their sources; matters that relied on the same values share one row. Never changed."""

    digest = models.CharField(max_length=32, primary_key=True)
    body = models.JSONField()


class Matter(models.Model):
    """One run of a method about a subject.

    `path` is the place; `step` and `family` say where it stands; `round` counts from 1 and rises when it is reopened.
    `next_due` is the earliest due time among its running clocks. `handler_body_id` is the body that has it now,
    `desk` the step at which it was given to it.
    `facts` pick rows of limit tables; `snapshot` holds every parameter
    that the method reads, as resolved on the day it began.
    """

    version = models.ForeignKey(MethodVersion, models.PROTECT)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    number = models.CharField(max_length=24)
    title = models.CharField(max_length=200)
    path = models.CharField(max_length=60)
    step = models.CharField(max_length=40)
    family = models.CharField(max_length=8)
    round = models.PositiveSmallIntegerField(default=1)
    reporter_id = models.BigIntegerField(null=True)
    helper_id = models.BigIntegerField(null=True)
    handler_body_id = models.BigIntegerField(null=True)
    accused_body_id = models.BigIntegerField(null=True)
    paused = models.BooleanField(default=False)
    extension_open = models.BooleanField(default=False)
    returned = models.BooleanField(default=False)
    next_due = models.DateTimeField(null=True)
    next_due_confirmed = models.BooleanField(default=True)
    counts = models.JSONField(default=dict)
    actors = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    snapshot = models.ForeignKey(PolicySnapshot, models.PROTECT)
    opened_at = models.DateTimeField()
    step_since = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=24, blank=True)
    desk = models.CharField(max_length=40, blank=True)

    running: Sequence[Clock] | None = None
    """The running clocks, on a matter that was opened in this very call; never stored."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_type", "subject_id"], name="matter_once_per_subject")]
        indexes = [
            models.Index(fields=["path", "next_due"], name="matter_open_path", condition=OPEN),
            models.Index(fields=["next_due", "id"], name="matter_open_due", condition=OPEN),
            models.Index(fields=["handler_body_id", "next_due"], name="matter_open_handler", condition=OPEN),
            models.Index(fields=["reporter_id", "-opened_at"], name="matter_reporter"),
            models.Index(fields=["path", "-opened_at"], name="matter_path_opened"),
        ]


class Clock(models.Model):
    """One running or stopped limit of a matter. `limit` is its canonical text; `kept` is set when it stops.

    It began at `started_at` and counts from `counts_from` (later, when it waits for the office to open).
    `next_alarm` is when the next reminder or escalation of its method is due; `alarms_done` counts those given.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="clocks")
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    limit = models.CharField(max_length=40)
    source = models.CharField(max_length=200)
    pausable = models.BooleanField(default=True)
    started_at = models.DateTimeField()
    counts_from = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(default=True)
    extension = models.CharField(max_length=40, blank=True)
    stopped_at = models.DateTimeField(null=True)
    kept = models.BooleanField(null=True)
    body_id = models.BigIntegerField(null=True)
    round = models.PositiveSmallIntegerField(default=1)
    alarms_done = models.PositiveSmallIntegerField(default=0)
    next_alarm = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["matter", "key"], name="clock_matter"),
            models.Index(fields=["next_alarm"], name="clock_alarm", condition=models.Q(stopped_at__isnull=True)),
            models.Index(fields=["due_at"], name="clock_unconfirmed", condition=models.Q(stopped_at__isnull=True, confirmed=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["matter", "key"], condition=models.Q(stopped_at__isnull=True), name="clock_runs_once"),
        ]


class Pause(models.Model):
    """A stretch in which a matter's clocks stand still (挂账)."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="pauses")
    begin = models.DateTimeField()
    end = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter"], condition=models.Q(end__isnull=True), name="pause_open_once")]


class Extension(models.Model):
    """A request for more time: asked by the handler, decided by an approver. With `granted` null it lapsed: the matter moved on."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="extensions")
    limit = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    granted = models.BooleanField(null=True)
    answer = models.CharField(max_length=500, blank=True)


class Happening(models.Model):
    """One line of a matter's history. `public` is read by the reporter and, if the matter is public, by everyone; `internal` by staff."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="happenings")
    at = models.DateTimeField()
    act = models.CharField(max_length=80)
    step_from = models.CharField(max_length=40)
    step_to = models.CharField(max_length=40)
    actor = models.CharField(max_length=80)
    body_id = models.BigIntegerField(null=True)
    public = models.TextField(blank=True)
    internal = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["matter", "id"], name="happening_matter")]


class Task(models.Model):
    """Something that waits (待办) for whoever holds `role` over `path` (in `body_id` if set), or for one account."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=40)  # step, approve, joint, escalated, or limit:<id>
    title = models.CharField(max_length=120)
    role = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=60)
    body_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["role", "path", "due_at"], name="task_open_role", condition=models.Q(done_at__isnull=True)),
            models.Index(fields=["body_id", "due_at"], name="task_open_body", condition=models.Q(done_at__isnull=True)),
            models.Index(fields=["account_id", "due_at"], name="task_open_account", condition=models.Q(done_at__isnull=True)),
            models.Index(fields=["matter"], name="task_matter"),
        ]
