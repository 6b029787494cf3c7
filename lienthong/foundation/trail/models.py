"""One row per act, append-only, chained by hash inside each agency (triggers in migration 0001)."""

from django.db import models


class Entry(models.Model):
    """Who did what when. Names are those of the moment; `no`, `previous`, `hash` are set by the database."""

    chain = models.BigIntegerField()  # agency id, 0 for the installation itself
    no = models.BigIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=64)
    sentence = models.TextField()
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=200)
    post_id = models.BigIntegerField(null=True)
    post_name = models.CharField(max_length=300)
    standing_in = models.CharField(max_length=200, default="")
    subject_kind = models.CharField(max_length=64)
    subject_id = models.BigIntegerField(null=True)
    details = models.JSONField(null=True)
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "no"], name="trail_no_once_per_chain")]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="trail_by_subject"),
            models.Index(fields=["person_id", "at"], name="trail_by_person"),
            models.Index(fields=["at"], name="trail_by_time"),
        ]


class Chain(models.Model):
    """The end of each chain, locked while an entry is added."""

    chain = models.BigIntegerField(primary_key=True)
    last_no = models.BigIntegerField()
    last_hash = models.BinaryField()


class Anchor(models.Model):
    """The end of a chain on a day, also written to a file outside the database so that a rewritten chain shows."""

    day = models.DateField()
    chain = models.BigIntegerField()
    no = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "chain"], name="trail_one_anchor_a_day")]
