"""Shorten periods to a day: part of the acts that end what others hang on."""

from datetime import date

from django.db.models import Q, QuerySet


def end_periods(rows: QuerySet, on: date) -> None:
    """What runs on or beyond `on` ends there; what would only have begun then never was, and is removed."""
    rows.filter(valid_from__gte=on).delete()
    rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).update(valid_to=on)
