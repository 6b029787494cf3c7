"""Tables of measures: what has to be counted again, what was counted, what was closed, what people typed in."""

from django.db import models
from django.db.models import F, Q


class Touched(models.Model):
    """A day of an agency whose records of a source changed since it was counted. The database itself writes the row in the
    transaction that changes the record (see `touching`), so that no way of writing can forget it; rows may repeat."""

    source = models.CharField(max_length=40)
    agency_id = models.BigIntegerField()
    day = models.DateField()


class Tally(models.Model):
    """How many there are of a quantity at an agency on a day (`grain` "d") or in a month ("m", `day` its first), by part; "w" is
    the month with all its parts together, so that a year of the province is read in few rows.
    Agencies have no foreign key here: a row is made of records that have one."""

    grain = models.CharField(max_length=1)
    day = models.DateField()
    quantity = models.CharField(max_length=60)
    agency_id = models.BigIntegerField()
    part = models.CharField(max_length=60, default="")
    n = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grain", "day", "quantity", "agency_id", "part"], include=["n"], name="tallied_once"
            )
        ]
        indexes = [
            models.Index(fields=["agency_id", "grain", "day"], name="tallies_of_agency"),
            models.Index(
                fields=["day", "quantity", "agency_id"], include=["n"], condition=Q(grain="w"), name="tallies_of_whole_months"
            ),
        ]  # fmt: skip


class Definition(models.Model):
    """What a version of a measure counted, in words and as the query: kept, so that an old figure can be explained."""

    measure = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=300)
    numerator = models.TextField()
    denominator = models.TextField(blank=True, default="")
    query = models.TextField(blank=True, default="")
    since = models.DateField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "version"], name="definition_kept_once")]


class Reading(models.Model):
    """A figure as it was when its period was closed: never changed. A later correction is a new row that `restates` it.

    `agency` is None for the whole province. `rows_hash` is SHA-256 over the ids of the counted records in their order, of
    numerator and denominator; `over` and `under` are None for what people typed in.
    """

    measure = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    start = models.DateField()
    end = models.DateField()
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    over = models.BigIntegerField(null=True)
    under = models.BigIntegerField(null=True)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    rows_hash = models.CharField(max_length=64, blank=True, default="")
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    closed_by_name = models.CharField(max_length=300)
    restates = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="reading_ends_after_start"),
            models.UniqueConstraint(
                fields=["measure", "start", "end", "agency"], condition=Q(restates__isnull=True),
                nulls_distinct=False, name="read_once",
            ),
        ]  # fmt: skip


class TypedFigure(models.Model):
    """A figure that only people know, with the paper it comes from; a later one `replaced_by` keeps the earlier."""

    measure = models.CharField(max_length=60)
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    start = models.DateField()
    end = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=4)
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    note = models.CharField(max_length=1000, blank=True, default="")
    by_post = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=300)
    at = models.DateTimeField()
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "agency", "start", "end"], condition=Q(replaced_by__isnull=True), name="typed_once"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="typed_ends_after_start"),
        ]


class Publication(models.Model):
    """That a measure is shown to everybody, since when and by whose decision."""

    measure = models.CharField(max_length=60, unique=True)
    since = models.DateField()
    by_name = models.CharField(max_length=300)
