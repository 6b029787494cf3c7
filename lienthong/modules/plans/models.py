"""Tables of plans: the plan and its text, goals, targets, tasks, money, reports, the committee that steers it."""

from enum import Enum
from typing import Any

from django.db import models
from django.db.models import F, Q

from lienthong.modules.plans.rules import Promise
from lienthong.modules.plans.terms import Choice, Comparator, PlanState, TaskState


def _choices(enum: type[Enum]) -> list[tuple[Any, str]]:
    return [(member.value, member.name) for member in enum]


class Plan(models.Model):
    """A plan of an agency for `start` to `end` (its last day). `text` is what was read, `follows` the plan before it, `document` the
    official document where it is one here, `stored` the file it was read from."""

    code = models.CharField(max_length=60)
    title = models.CharField(max_length=500)
    issuer = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    issuer_name = models.CharField(max_length=300)
    issued_on = models.DateField(null=True, blank=True)
    start = models.DateField()
    end = models.DateField()
    state = models.CharField(max_length=10, choices=_choices(PlanState), default=PlanState.DRAFT)
    text = models.TextField(blank=True, default="")
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True, default="")
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="plan_ends_after_start"),
            models.UniqueConstraint(fields=["issuer", "code", "start"], condition=~Q(code=""), name="plan_once"),
        ]

    def __str__(self) -> str:
        return self.code or self.title


class Goal(models.Model):
    """What the plan wants in words, without a number."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=1000)

    class Meta:
        ordering = ["place", "id"]


class Target(models.Model):
    """A promise with a number. `quote` stands at `start` to `finish` of the plan's text where it was read there.

    Bound, it names a `measure`, the scope and, where the promise speaks of some parts only (fields, a class of receivers), the
    `parts`; not countable, `why_not` says why. `cumulative` counts from the plan's first day, otherwise the period at hand.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)
    quote = models.CharField(max_length=2000, blank=True, default="")
    start = models.PositiveIntegerField(null=True)
    finish = models.PositiveIntegerField(null=True)
    subject = models.CharField(max_length=500)
    comparator = models.CharField(max_length=10, choices=_choices(Comparator))
    low = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    unit = models.CharField(max_length=60, blank=True, default="")
    due = models.DateField(null=True)
    said_when = models.CharField(max_length=100, blank=True, default="")
    said_scope = models.CharField(max_length=300, blank=True, default="")
    responsible = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    choice = models.CharField(max_length=10, choices=_choices(Choice), default=Choice.PROPOSED)
    measure = models.CharField(max_length=60, blank=True, default="")
    scope = models.CharField(max_length=30, blank=True, default="")
    parts = models.CharField(max_length=300, blank=True, default="")
    why_not = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(measure="") | Q(why_not=""), name="target_bound_or_not"),
            models.CheckConstraint(condition=Q(high__isnull=True) | Q(high__gte=F("low")), name="target_range_upright"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def promise(self) -> Promise:
        """What the row promises, as it was read or confirmed."""
        return Promise(Comparator(self.comparator), self.low, self.high, self.unit, self.due)


class Task(models.Model):
    """Who does what by when. `responsible_name` is what the plan says, `responsible` the agency it means; open ones of agencies here
    have a work item of the agency's clerk or leader."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)
    quote = models.CharField(max_length=2000, blank=True, default="")
    start = models.PositiveIntegerField(null=True)
    finish = models.PositiveIntegerField(null=True)
    text = models.CharField(max_length=2000)
    responsible_name = models.CharField(max_length=500, blank=True, default="")
    responsible = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    coordinating = models.CharField(max_length=500, blank=True, default="")
    due = models.DateField(null=True)
    said_when = models.CharField(max_length=100, blank=True, default="")
    choice = models.CharField(max_length=10, choices=_choices(Choice), default=Choice.PROPOSED)
    state = models.CharField(max_length=10, choices=_choices(TaskState), default=TaskState.OPEN)
    ended_on = models.DateField(null=True)
    result = models.CharField(max_length=1000, blank=True, default="")
    item = models.ForeignKey("work.Item", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state="open") | Q(ended_on__isnull=False), name="plan_task_end_has_day")
        ]

    def __str__(self) -> str:
        return self.text


class BudgetLine(models.Model):
    """Money for the plan, in đồng: planned, allotted, spent, and where it comes from."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=500)
    source = models.CharField(max_length=200, blank=True, default="")
    planned = models.BigIntegerField(default=0)
    allotted = models.BigIntegerField(default=0)
    spent = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__gte=0, allotted__gte=0, spent__gte=0), name="money_not_negative"
            )
        ]


class Report(models.Model):
    """A progress report for a period: the figures as they stood when it was made (`lines`), the words of the agency."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    start = models.DateField()
    end = models.DateField()
    words = models.TextField(blank=True, default="")
    causes = models.TextField(blank=True, default="")
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=300)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-end", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "agency", "start", "end"], name="reported_once"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="report_ends_after_start"),
        ]


class ReportLine(models.Model):
    """A target in a report: promised, counted, standing at that moment."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    target = models.ForeignKey(Target, models.PROTECT, related_name="+")
    over = models.BigIntegerField(null=True)
    under = models.BigIntegerField(null=True)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    standing = models.CharField(max_length=12)

    class Meta:
        ordering = ["target__place", "id"]


class Member(models.Model):
    """Who sits in the plan's steering committee, from when until when."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    post = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=100)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["id"]


class Minutes(models.Model):
    """What the steering committee concluded at a meeting, with the paper."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    held_on = models.DateField()
    conclusion = models.TextField()
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True, default="")
    by_name = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-id"]
