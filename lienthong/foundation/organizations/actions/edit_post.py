"""Change what a post is called, where it stands and what it is there for."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import DUTY_LABELS, Actor, Duty
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.models import Agency, Post, Unit
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def edit_post(
    *, post_id: int, name: str, unit_id: int | None, duties: Sequence[str], actor: Actor, now: datetime
) -> Post:
    """The post's rights follow its duties from this moment. An agency that works here keeps at least one clerk."""
    post = Post.objects.select_for_update().get(pk=post_id)
    require(actor, "organizations.edit", agency_id=post.agency_id)
    rules.require_alive(post.name, post.valid_to)
    if unit_id and not Unit.objects.filter(pk=unit_id, agency_id=post.agency_id, valid_to__isnull=True).exists():
        raise Refused(N_("Đơn vị không thuộc cơ quan này."))
    wanted = [Duty(duty).value for duty in duties]
    if Duty.CLERK in post.duties and Duty.CLERK not in wanted:
        require_another_clerk(post)
    before = {"name": post.name, "unit": post.unit_id, "duties": list(post.duties)}
    post.name, post.unit_id, post.duties = rules.require_text(name, N_("Cần ghi tên chức danh."), 200), unit_id, wanted
    post.save(update_fields=["name", "unit", "duties"])
    if Duty.CLERK in wanted:
        Agency.objects.filter(pk=post.agency_id, is_here=False).update(is_here=True)
    said = ", ".join(str(DUTY_LABELS[Duty(duty)]) for duty in wanted) or "không có nhiệm vụ"
    write(
        actor, "organizations.edit_post", post, now, sentence=f"sửa chức danh {post.name}: {said}",
        details={"before": before},
    )  # fmt: skip
    return post


def require_another_clerk(post: Post) -> None:
    """Documents reach an agency through its clerk: the last one cannot go. The agency's row is locked meanwhile."""
    Agency.objects.select_for_update().get(pk=post.agency_id)
    others = Post.objects.filter(agency_id=post.agency_id, duties__contains=[Duty.CLERK], valid_to__isnull=True)
    if not others.exclude(pk=post.pk).exists():
        raise Refused(
            N_("Đây là chức danh văn thư cuối cùng của cơ quan. Giao nhiệm vụ văn thư cho chức danh khác trước.")
        )
