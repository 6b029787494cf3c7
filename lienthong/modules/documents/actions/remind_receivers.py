"""Remind the receivers who have not registered a document."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Duty, Seated
from lienthong.foundation.notify.actions.tell import tell
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_
from lienthong.modules.documents import queries
from lienthong.modules.documents.models import Delivery, Incoming
from lienthong.modules.documents.rules import NotReady
from lienthong.modules.documents.terms import Code


@transaction.atomic
def remind_receivers(*, outgoing_id: int, actor: Seated, now: datetime) -> int:
    """Tell the clerks of all receivers inside that are still at 01; at most once a day. Returns how many agencies."""
    outgoing = queries.locked_outgoing(actor, "documents.issue", outgoing_id)
    today = now.astimezone(VIETNAM).date()
    waiting = list(
        Incoming.objects.filter(delivery__outgoing=outgoing, delivery__code=Code.ARRIVED).values_list(
            "pk", "agency_id", "delivery_id"
        )
    )
    if not waiting:
        raise NotReady(N_("Không còn nơi nào chưa vào sổ."))
    clerks = organizations.posts_with_duty([agency for _, agency, _ in waiting], Duty.CLERK, today)
    people = organizations.people_in(list(clerks.values()), today)
    for row, agency, _ in waiting:
        tell(
            people=[person.pk for person in people.get(clerks.get(agency, 0), [])],
            title=f"{outgoing.agency.name} nhắc vào sổ {outgoing.document.code}: {outgoing.document.subject}",
            address=f"/lam-viec/van-ban/den/{row}/", once=f"documents.remind.{row}.{today:%Y%m%d}", now=now,
        )  # fmt: skip
    Delivery.objects.filter(pk__in=[delivery for _, _, delivery in waiting]).update(reminded_at=now)
    write(actor, "documents.remind", outgoing, now, sentence=f"nhắc {len(waiting)} nơi chưa vào sổ")
    return len(waiting)
