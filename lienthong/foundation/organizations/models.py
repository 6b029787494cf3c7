"""Agencies, units, posts, people; who holds which post when. Current values stand in the row, earlier ones beside it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lienthong.foundation.organizations.terms import Scheme, SuccessionKind, Tier


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=name)


class Agency(models.Model):
    """An agency or organisation, of this installation (`is_here`) or one it writes to.

    `path` lists the ids from the root ("1/5/30/"), so that "and below" is a prefix. `short_name` is what stands in a
    notation (UBND, SXD).
    """

    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=40, blank=True, default="")
    sort_key = models.CharField(max_length=700, db_collation="C")
    folded = models.CharField(max_length=400, default="")
    tier = models.SmallIntegerField(choices=[(t.value, t.name) for t in Tier], default=Tier.OTHER)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    path = models.CharField(max_length=200, db_collation="C", default="")
    is_here = models.BooleanField(default=False)
    place = models.CharField(max_length=200, blank=True, default="")
    address = models.CharField(max_length=500, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    schedule = models.ForeignKey("calendar.Schedule", models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    code: str  # no column: its identifier, put on the row by a page that shows it

    class Meta:
        indexes = [
            models.Index(fields=["path"], name="agency_by_path"),
            models.Index(fields=["tier", "sort_key"], name="agency_by_tier"),
            models.Index(fields=["folded"], name="agency_by_folded_name"),
        ]
        constraints = [_ends_after_start("agency_ends_after_start")]

    def __str__(self) -> str:
        return self.name


class AgencyPast(models.Model):
    """What an agency was called, and where it stood, during an earlier period."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=40, blank=True, default="")
    parent = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    tier = models.SmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField()
    legal_basis = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [_ends_after_start("agency_past_ends_after_start")]


class Identifier(models.Model):
    """A code by which others address an agency; several may be alive at once, a closed one leads to its successor."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    code = models.CharField(max_length=35, unique=True)
    scheme = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Scheme])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_ends_after_start("identifier_ends_after_start")]


class Succession(models.Model):
    """Predecessor → successor: the successor inherits custody, open work and reading rights."""

    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in SuccessionKind])
    on = models.DateField()
    legal_basis = models.CharField(max_length=300)


class Unit(models.Model):
    """A division of an agency; `short_name` stands in the notation of an official letter (05/BNV-VP)."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=40, blank=True, default="")
    place_in_list = models.PositiveIntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_ends_after_start("unit_ends_after_start")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A chair in an agency: acts are done, and debts are held, by posts, so that they outlive persons."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    duties = ArrayField(models.CharField(max_length=20), default=list)
    place_in_list = models.PositiveIntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_ends_after_start("post_ends_after_start")]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A member of staff. Purpose of the data: to know who acts and to tell them (91/2025/QH15); nothing else is kept."""

    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=500, db_collation="C")
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class Holding(models.Model):
    """Who sits in a post, from when until when."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_ends_after_start("holding_ends_after_start")]


class Substitution(models.Model):
    """While the holder is away another person acts through the post; `valid_to` is the last day plus one."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [_ends_after_start("substitution_ends_after_start")]
