"""Enter a post of an agency."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor, Duty
from lienthong.foundation.insert import insert
from lienthong.foundation.organizations.models import Agency, Post, Unit
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def add_post(
    *,
    agency_id: int,
    unit_id: int | None,
    name: str,
    duties: Sequence[str],
    valid_from: date,
    actor: Actor,
    now: datetime,
) -> Post:
    """A chair with its duties. An agency's first clerk opens the agency here: from then on documents reach it inside."""
    require(actor, "organizations.edit", agency_id=agency_id)
    if not name.strip():
        raise Refused(N_("Cần ghi tên chức danh."))
    if unit_id and not Unit.objects.filter(pk=unit_id, agency_id=agency_id).exists():
        raise Refused(N_("Đơn vị không thuộc cơ quan này."))
    post = Post(
        agency_id=agency_id, unit_id=unit_id, name=name.strip(), duties=[Duty(duty).value for duty in duties],
        valid_from=valid_from, place_in_list=Post.objects.filter(agency_id=agency_id).count(),
    )  # fmt: skip
    insert(post)
    if Duty.CLERK in duties:
        Agency.objects.filter(pk=agency_id, is_here=False).update(is_here=True)
    write(actor, "organizations.add_post", post, now, sentence=f"thêm chức danh {post.name}")
    return post
