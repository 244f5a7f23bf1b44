"""Grants of power."""

from __future__ import annotations

from django.db import models


class Grant(models.Model):
    """A role over a subtree of the territory between two dates, for one account, from one post.

    `begin` counts, `end` doesn't. `body` is the organisation in which the post is held.
    """

    account_id = models.BigIntegerField()
    role = models.CharField(max_length=40)
    path = models.CharField(max_length=60)
    body_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    begin = models.DateTimeField()
    end = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account_id"], name="grant_account"),
            models.Index(fields=["role", "path"], name="grant_role_path"),
            models.Index(fields=["post_id"], name="grant_post"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("begin")), name="grant_ends_after_begin"
            )
        ]
