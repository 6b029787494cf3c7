"""Let another person act through a post while its holder is away."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import Forbidden, allows
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations.models import Person, Post, Substitution
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import vn_date
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def substitute(
    *, post_id: int, person_id: int, valid_from: date, valid_to: date, reason: str, actor: Actor, now: datetime
) -> Substitution:
    """From `valid_from` until before `valid_to`. The holder may set it for the own post; administrators for any."""
    post = Post.objects.get(pk=post_id)
    if post_id != actor.post_id and not allows(actor, "organizations.edit", agency_id=post.agency_id):
        raise Forbidden(N_("Chỉ người giữ chức danh hoặc quản trị viên mới đặt được người thay."))
    if not valid_from < valid_to:
        raise Refused(N_("Ngày kết thúc thay phải sau ngày bắt đầu."))
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do."))
    person = Person.objects.get(pk=person_id)
    if person_id == actor.person_id and post_id == actor.post_id:
        raise Refused(N_("Không thể tự thay mình. Chọn người khác."))
    made = Substitution.objects.create(
        post=post, person=person, valid_from=valid_from, valid_to=valid_to, reason=reason.strip()[:300]
    )
    write(
        actor, "organizations.substitute", post, now,
        sentence=f"{person.name} làm thay {post.name} từ {vn_date(valid_from)} đến trước {vn_date(valid_to)}: {reason.strip()}",
    )  # fmt: skip
    return made
