"""People and organisations who apply.

Purpose of the data (91/2025/QH15 art. 3, 4): to receive, handle and return dossiers, and to tell the applicant about them.
Nothing is kept that no dossier needs. Who may look: the desk and those who handle a dossier of the applicant.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from django.db import models
from django.db.models import Q

from lienthong.modules.citizens.terms import IdentityScheme, Kind, Sex


def _choices(enum: Iterable[Enum]) -> list[tuple[Any, str]]:
    return [(member.value, member.name) for member in enum]


class Applicant(models.Model):
    """A person or organisation. Two rows found to be one person are merged: `merged_into` leads to the one that stays,
    and every number then leads there."""

    kind = models.CharField(max_length=12, choices=_choices(Kind), default=Kind.PERSON)
    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=400, default="")
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=6, choices=_choices(Sex), blank=True, default="")
    address = models.CharField(max_length=500, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["folded"], name="applicant_by_name")]

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """A number that names an applicant; one applicant may have several (an old card and a new one)."""

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="+")
    scheme = models.CharField(max_length=10, choices=_choices(IdentityScheme))
    number = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="identity_once"),
            models.CheckConstraint(condition=~Q(number=""), name="identity_not_empty"),
        ]
