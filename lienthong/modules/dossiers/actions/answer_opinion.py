"""Answer an opinion that another agency asked for; or record that nobody answered."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.notify.actions.tell import tell
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.models import Consultation, Dossier


@transaction.atomic
def answer_opinion(
    *,
    consultation_id: int,
    answer: str,
    actor: Seated,
    now: datetime,
    stored_id: int | None = None,
    file_name: str = "",
) -> Consultation:
    """The answer stands in the dossier with who gave it; after silence was recorded it is still taken, as late."""
    dossier, row = queries.locked_consultation(actor, consultation_id)
    if row.answered_at is not None:
        raise Refused(N_("Ý kiến này đã được trả lời lúc {at:%H:%M %d/%m/%Y}."), at=row.answered_at)
    if not answer.strip():
        raise Refused(N_("Cần ghi nội dung trả lời."))
    row.answered_at, row.answer, row.answered_by = (
        now,
        answer.strip()[:4000],
        f"{actor.person_name}, {actor.agency_name}",
    )
    row.stored_id, row.file_name = stored_id, file_name[:200]
    row.save()
    if row.item_id:
        close_item(item_ids=[row.item_id], outcome="đã trả lời", now=now)
    write(
        actor,
        "dossiers.answer_opinion",
        dossier,
        now,
        sentence="trả lời ý kiến" + (", sau hạn" if row.silent_at else ""),
    )
    return row


def record_silence(*, now: datetime, limit: int = 500) -> int:
    """Every opinion past its deadline without an answer is recorded as silent, and the head of the one-stop is told
    (61/2018/NĐ-CP art. 19.6). Each in its own transaction; a second run finds none. Returns how many."""
    waiting = Consultation.objects.filter(answered_at__isnull=True, silent_at__isnull=True, due_at__lt=now)
    return sum(_silent(pk, now) for pk in waiting.order_by("due_at").values_list("pk", flat=True)[:limit])


@transaction.atomic
def _silent(consultation_id: int, now: datetime) -> int:
    found = Consultation.objects.values_list("dossier_id", flat=True).get(pk=consultation_id)
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=found)
    row = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("agency", "item", "run")
        .get(pk=consultation_id)
    )
    if row.answered_at is not None or row.silent_at is not None:
        return 0
    row.silent_at = now
    row.save(update_fields=["silent_at"])
    today = now.astimezone(VIETNAM).date()
    posts = {dossier.receiver_id, row.run.post_id}
    people = [person.pk for found in organizations.people_in(list(posts), today).values() for person in found]
    tell(
        people=people, title=f"{row.agency.name} không trả lời ý kiến đúng hạn, hồ sơ {dossier.code}",
        address=f"/lam-viec/ho-so/{dossier.pk}/", once=f"silence-{row.pk}", now=now,
    )  # fmt: skip
    write(
        system_actor(),
        "dossiers.record_silence",
        dossier,
        now,
        sentence=f"{row.agency.name} không trả lời ý kiến đúng hạn",
    )
    return 1
