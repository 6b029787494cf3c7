"""One person, one message, many channels."""

from django.db import models
from django.db.models import Q


class Message(models.Model):
    """What a person was told. `once` keeps a repeated reaction from telling twice."""

    person = models.ForeignKey("organizations.Person", models.CASCADE, related_name="+")
    title = models.CharField(max_length=500)
    address = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    once = models.CharField(max_length=120)
    by_email = models.BooleanField(default=False)
    emailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "once"], name="told_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="messages_of_person"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="messages_unread"),
            models.Index(fields=["id"], condition=Q(by_email=True, emailed_at__isnull=True), name="messages_to_mail"),
        ]


class Preference(models.Model):
    """Whether a person wants e-mail besides the bell; no row means yes."""

    person = models.OneToOneField("organizations.Person", models.CASCADE, related_name="+")
    email = models.BooleanField(default=True)


class Letter(models.Model):
    """What somebody outside the administration is told: an applicant about a dossier. `once` keeps a repeated reaction from
    telling twice. Addresses are those of the matter and are forgotten a year after sending (`forget_letters`)."""

    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    subject = models.CharField(max_length=300)
    text = models.CharField(max_length=2000)
    short = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()
    once = models.CharField(max_length=120, unique=True)
    emailed_at = models.DateTimeField(null=True)
    sms_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(emailed_at__isnull=True) & ~Q(email=""), name="letters_to_mail"),
            models.Index(fields=["id"], condition=Q(sms_at__isnull=True) & ~Q(phone=""), name="letters_to_text"),
        ]
