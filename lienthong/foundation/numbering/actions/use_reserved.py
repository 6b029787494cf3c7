"""Spend a reserved number on its document."""

from datetime import datetime

from lienthong.foundation.numbering.models import Reservation
from lienthong.kit.refusal import N_, Refused


def use_reserved(*, series_id: int, year: int, number: int, now: datetime) -> int:
    """Mark the reservation used and return the number; refused when it is not reserved or already spent."""
    spent = Reservation.objects.filter(series_id=series_id, year=year, number=number, used_at__isnull=True).update(
        used_at=now
    )
    if not spent:
        raise Refused(N_("Số {number}/{year} không phải là số đang giữ của sổ này."), number=number, year=year)
    return number
