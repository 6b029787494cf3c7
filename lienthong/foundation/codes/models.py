"""Code lists whose entries carry effective dates: a record follows the version of its day."""

from django.db import models


class Code(models.Model):
    """One entry of a list, e.g. list `document-type`, code `QD`, name `Quyết định`, short `QĐ`."""

    list = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    short = models.CharField(max_length=40, blank=True, default="")
    place = models.PositiveIntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["list", "place", "code"]
        constraints = [
            models.UniqueConstraint(fields=["list", "code", "valid_from"], name="codes_once_per_date"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="codes_end_after_start",
            ),
        ]
