"""Office hours and special days as tables, so that a yearly decision on swapped days is data, not code."""

from django.db import models
from django.db.models import F, Q

from lienthong.foundation.calendar.terms import DayKind


class Schedule(models.Model):
    """A named set of weekly office hours; agencies point at one."""

    name = models.CharField(max_length=200)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_default_schedule")
        ]

    def __str__(self) -> str:
        return self.name


class OpenHours(models.Model):
    """One interval of a weekday (0 Monday) in which the office is open."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="hours_close_after_opening"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_on_a_weekday"),
        ]


class SpecialDay(models.Model):
    """A day that differs: off, worked in exchange, or open for part of it (`opens`/`closes`).

    Without a schedule it holds for the whole province; with one, only for the agencies on that schedule.
    """

    date = models.DateField()
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in DayKind])
    reason = models.CharField(max_length=300)
    schedule = models.ForeignKey(Schedule, models.CASCADE, null=True, blank=True, related_name="+")
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["date", "schedule"], nulls_distinct=False, name="one_rule_per_day")
        ]
