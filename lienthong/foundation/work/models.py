"""A ledger of debts: who owes what by when. Only acts of the module that opened an item close it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from lienthong.foundation.work.terms import Role

if TYPE_CHECKING:
    from lienthong.foundation.calendar.wording import Deadline


class Item(models.Model):
    """One debt of one post. `title` starts with the verb; `address` leads to the page where the act is done."""

    kind = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    title = models.CharField(max_length=600)
    about = models.CharField(max_length=300, default="")
    address = models.CharField(max_length=200)
    urgency = models.PositiveSmallIntegerField(default=0)
    holder = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Role], default=Role.LEAD)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=300, default="")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    reminded_before = models.BooleanField(default=False)
    reminded_after = models.BooleanField(default=False)
    # What a page puts on the row before it shows it; no columns.
    deadline: "Deadline"
    icon: str
    kind_label: str
    role_label: str
    leads_to: str

    class Meta:
        indexes = [
            models.Index(fields=["holder", "due_at"], condition=Q(done_at__isnull=True), name="work_open_of_holder"),
            models.Index(fields=["due_at"], condition=Q(done_at__isnull=True), name="work_open_by_due"),
            models.Index(fields=["holder", "-done_at"], condition=Q(done_at__isnull=False), name="work_done_of_holder"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(paused_at__isnull=True), name="done_not_paused"
            )
        ]


class Pause(models.Model):
    """A stretch in which the clock of an item stood still, and why."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(ended_at__isnull=True), name="one_open_pause"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="pause_ends_after_start"
            ),
        ]


class HandOver(models.Model):
    """The debt passed from one post to another."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    from_post = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    to_post = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()


class Extension(models.Model):
    """More time asked for, granted or refused; `decider` is the post that set the debt."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    wanted_due_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    decider = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    decision_item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    answer = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(decided_at__isnull=True), name="one_open_extension")
        ]
