"""Let another person act through a post while its holder is away."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from lienthong.foundation.access.rules import Forbidden, allows
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations.models import Holding, Person, Post, Substitution
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
    if (
        Holding.objects.filter(post=post, person=person, valid_from__lt=valid_to)
        .filter(_runs_beyond(valid_from))
        .exists()
    ):
        raise Refused(N_("{person} đang giữ chính chức danh này."), person=person.name)
    if Substitution.objects.filter(post=post, person=person, valid_from__lt=valid_to, valid_to__gt=valid_from).exists():
        raise Refused(N_("{person} đã được cử làm thay trong thời gian này."), person=person.name)
    made = Substitution.objects.create(
        post=post, person=person, valid_from=valid_from, valid_to=valid_to, reason=reason.strip()[:300]
    )
    write(
        actor, "organizations.substitute", post, now,
        sentence=f"{person.name} làm thay {post.name} từ {vn_date(valid_from)} đến trước {vn_date(valid_to)}: {reason.strip()}",
    )  # fmt: skip
    return made


def _runs_beyond(day: date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gt=day)
