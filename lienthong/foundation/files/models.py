"""Stored content, by its hash. Who may read it is the owning module's verb."""

from django.db import models
from django.db.models import Q

from lienthong.foundation.files.rules import Signature


class StoredFile(models.Model):
    """One content, stored once however often it is attached; `text` is what could be read out of it for search,
    `signatures` the digital ones it carries; both null until the worker has looked."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    mime = models.CharField(max_length=100)
    extension = models.CharField(max_length=10)
    pages = models.PositiveIntegerField(null=True)
    scan = models.CharField(max_length=10, default="none")  # none (no scanner set), clean, infected
    text = models.TextField(null=True)
    signatures = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(text__isnull=True), name="files_not_yet_read")]

    @property
    def signed_by(self) -> list[Signature]:
        """The digital signatures it carries; none as long as nobody has looked."""
        return [Signature.from_json(one) for one in self.signatures or []]
