"""Papers and results by public post (45/2016/QĐ-TTg): handing over, and what the post says of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.actions.count import count
from lienthong.modules.dossiers.actions.give_back import close_returned
from lienthong.modules.dossiers.models import Dossier, Parcel
from lienthong.modules.dossiers.terms import DossierState, ResultWay
from lienthong.modules.procedures.terms import Channel


@dataclass(frozen=True, slots=True)
class Trip:
    """Where a parcel goes, for how much (đồng), under which tracking number."""

    to_name: str
    to_address: str
    to_phone: str = ""
    cost: int | None = None
    tracking: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """One line of the post's file: the parcel, what happened, when; `delivered` and `failed` as the file says."""

    tracking: str
    state: str
    at: datetime
    delivered: bool = False
    failed: bool = False


@transaction.atomic
def send_parcel(*, dossier_id: int, trip: Trip, actor: Seated, now: datetime) -> Parcel:
    """Hand the result to the post; the dossier is on delivery until the post says delivered or the desk does."""
    dossier = queries.locked_dossier(actor, "dossiers.return", dossier_id)
    rules.require_state(dossier.state, {DossierState.READY}, N_("gửi bưu chính"))
    _require_trip(trip)
    parcel = _make(dossier, trip, inward=False, now=now)
    dossier.state, dossier.result_way, dossier.now_at = (
        DossierState.ON_DELIVERY,
        ResultWay.POST,
        "Bưu chính đang chuyển",
    )
    dossier.save(update_fields=["state", "result_way", "now_at"])
    write(
        actor,
        "dossiers.send_parcel",
        dossier,
        now,
        sentence=f"gửi kết quả qua bưu chính, mã {trip.tracking or 'chưa có'}",
    )
    return parcel


@transaction.atomic
def note_inward_parcel(*, dossier_id: int, trip: Trip, actor: Seated, now: datetime) -> Parcel:
    """The papers of the dossier came by post; sender's name and address, cost and tracking number stay with it."""
    dossier = queries.locked_dossier(actor, "dossiers.receive", dossier_id)
    if dossier.channel != Channel.POST:
        raise Refused(N_("Hồ sơ này không nộp qua bưu chính."))
    _require_trip(trip)
    parcel = _make(dossier, trip, inward=True, now=now)
    write(
        actor,
        "dossiers.inward_parcel",
        dossier,
        now,
        sentence=f"hồ sơ đến qua bưu chính, mã {trip.tracking or 'không có'}",
    )
    return parcel


def _require_trip(trip: Trip) -> None:
    if not trip.to_name.strip() or not trip.to_address.strip():
        raise Refused(N_("Bưu gửi cần tên và địa chỉ."))
    if trip.cost is not None and not 0 <= trip.cost <= 100_000_000:
        raise Refused(N_("Cước bưu chính không đúng."))


def _make(dossier: Dossier, trip: Trip, *, inward: bool, now: datetime) -> Parcel:
    if trip.tracking and Parcel.objects.filter(tracking=trip.tracking.strip()).exists():
        raise Refused(N_("Mã bưu gửi {tracking} đã dùng cho hồ sơ khác."), tracking=trip.tracking)
    return Parcel.objects.create(
        dossier=dossier, inward=inward, to_name=trip.to_name.strip()[:300], to_phone=trip.to_phone.strip()[:20],
        to_address=trip.to_address.strip()[:500], cost=trip.cost, tracking=trip.tracking.strip()[:40], handed_at=now,
    )  # fmt: skip


def take_statuses(*, statuses: Iterable[Status], actor: Seated, now: datetime) -> tuple[int, list[tuple[Status, str]]]:
    """Read the post's file: each line in its own transaction, a line that cannot be used is given back with its reason, the
    rest is done. A line that is read twice changes nothing. Returns (used, refused)."""
    require(actor, "dossiers.return", agency_id=actor.agency_id)
    used, refused = 0, []
    for status in statuses:
        try:
            _take(status, actor, now)
            used += 1
        except Refused as why:
            refused.append((status, why.msgid.format(**why.params)))
    return used, refused


@transaction.atomic
def _take(status: Status, actor: Seated, now: datetime) -> None:
    found = Parcel.objects.filter(tracking=status.tracking, dossier__received_by=actor.agency_id).first()
    if found is None:
        raise Refused(N_("Không có bưu gửi mã {tracking} của cơ quan này."), tracking=status.tracking[:40])
    if status.at > now:
        raise Refused(N_("Thời điểm của bưu gửi {tracking} ở tương lai."), tracking=status.tracking)
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related("version").get(pk=found.dossier_id)
    parcel = Parcel.objects.select_for_update().get(pk=found.pk)
    if parcel.state_at is not None and status.at <= parcel.state_at:
        return
    parcel.state, parcel.state_at = status.state.strip()[:100], status.at
    if status.delivered:
        parcel.delivered_at = status.at
    if status.failed:
        parcel.failed_at = status.at
    parcel.save()
    if parcel.inward or dossier.state != DossierState.ON_DELIVERY:
        return
    if status.delivered:
        close_returned(dossier, way=ResultWay.POST, actor=actor, now=status.at)
        write(actor, "dossiers.delivered", dossier, now, sentence=f"bưu chính đã giao kết quả, mã {parcel.tracking}")
    elif status.failed:
        dossier.state, dossier.now_at = DossierState.READY, "Bưu chính trả lại, chờ trả kết quả"
        dossier.save(update_fields=["state", "now_at"])
        count(dossier, ("undelivered",), now)
        write(actor, "dossiers.undelivered", dossier, now, sentence=f"bưu chính không giao được: {parcel.state}")
