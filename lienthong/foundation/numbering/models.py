"""Books and the numbers given out of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Series(models.Model):
    """A book of one agency that numbers `covers` (document types; empty = all that no other book of it covers).

    `pattern` makes the notation: {type} {agency} {unit}. How an agency splits its books is its head's decision
    (30/2020/NĐ-CP art. 15.1.c). `book` is outgoing or incoming.
    """

    agency = models.ForeignKey("organizations.Agency", models.CASCADE, related_name="+")
    book = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    covers = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    pattern = models.CharField(max_length=100, blank=True, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "book"], name="series_by_agency_book")]

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """The last number given in a year. The row is locked from `take` to the end of the transaction: no gap, no twin."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="one_counter_a_year")]


class Reservation(models.Model):
    """A number taken ahead of its document. It is used by one document, or stays visible as reserved."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)
    reserved_by = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    reserved_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year", "number"], name="reserved_once")]
        indexes = [models.Index(fields=["series", "year"], condition=Q(used_at__isnull=True), name="reserved_open")]
