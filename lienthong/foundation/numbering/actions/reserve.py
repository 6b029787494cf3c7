"""Set numbers aside for documents that are not there yet."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.numbering.actions.take import take
from lienthong.foundation.numbering.models import Reservation, Series
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def reserve(*, series_id: int, count: int, reason: str, actor: Seated, now: datetime) -> list[int]:
    """Take `count` (1-50) numbers ahead and say why; they count as given and stay visible until used."""
    series = Series.objects.get(pk=series_id)
    require(actor, "numbering.reserve", agency_id=series.agency_id)
    if not 1 <= count <= 50:
        raise Refused(N_("Mỗi lần chỉ giữ được từ 1 đến 50 số."))
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do giữ số."))
    year = now.astimezone(VIETNAM).year
    last = take(series_id=series_id, year=year, count=count)
    numbers = list(range(last - count + 1, last + 1))
    Reservation.objects.bulk_create(
        [
            Reservation(series=series, year=year, number=number, reason=reason.strip(),
                        reserved_by_id=actor.post_id, reserved_at=now)
            for number in numbers
        ]
    )  # fmt: skip
    write(
        actor, "numbering.reserve", series, now, sentence=f"giữ số {numbers[0]}–{numbers[-1]}/{year}: {reason.strip()}"
    )
    return numbers
