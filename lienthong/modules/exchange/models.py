"""Messages that cross the border of this installation, kept as they came and as they went."""

from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One edXML message. A refused one is kept with the reason, so that a person can look at it and try again."""

    direction = models.CharField(max_length=3)  # in, out
    kind = models.CharField(max_length=10)  # document, recall, update, replace, status, unknown
    state = models.CharField(max_length=10)  # done, refused, parked (status of an unknown document), waiting (out)
    sender = models.CharField(max_length=35, blank=True, default="")
    receiver = models.CharField(max_length=35, blank=True, default="")
    document_key = models.CharField(max_length=200, blank=True, default="")
    title = models.CharField(max_length=500, blank=True, default="")
    file_name = models.CharField(max_length=200, blank=True, default="")
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=1000, blank=True, default="")
    warnings = models.JSONField(default=list)
    incoming = models.ForeignKey("documents.Incoming", models.PROTECT, null=True, related_name="+")
    delivery = models.ForeignKey("documents.Delivery", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    once = models.CharField(max_length=80, null=True, unique=True)  # keeps a repeated reaction from writing twice
    # What a page puts on the row before it shows it; no columns.
    kind_label: str
    state_label: str

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "receiver"], condition=Q(direction="in", state="done"), name="message_taken_once"
            )
        ]
        indexes = [
            models.Index(fields=["direction", "-id"], name="messages_by_direction"),
            models.Index(fields=["document_key"], name="messages_by_document"),
        ]
