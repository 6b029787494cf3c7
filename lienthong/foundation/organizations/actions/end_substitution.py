"""End a substitution before its day."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import Forbidden, allows
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations.models import Substitution
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def end_substitution(*, substitution_id: int, actor: Actor, now: datetime) -> None:
    """The substitute acts no longer from today on; one that has not begun yet is taken back. The holder of the post may
    end it, the substitute too, and administrators any."""
    row = Substitution.objects.select_for_update(of=("self",)).select_related("post", "person").get(pk=substitution_id)
    mine = row.post_id == actor.post_id or row.person_id == actor.person_id
    if not mine and not allows(actor, "organizations.edit", agency_id=row.post.agency_id):
        raise Forbidden(N_("Chỉ người giữ chức danh, người làm thay hoặc quản trị viên mới kết thúc được việc thay."))
    today = now.astimezone(VIETNAM).date()
    if row.valid_to <= today:
        raise Refused(N_("Việc làm thay này đã kết thúc."))
    if row.valid_from >= today:
        row.delete()
    else:
        row.valid_to = today
        row.save(update_fields=["valid_to"])
    write(
        actor, "organizations.end_substitution", row.post, now,
        sentence=f"kết thúc việc {row.person.name} làm thay {row.post.name}",
    )  # fmt: skip
