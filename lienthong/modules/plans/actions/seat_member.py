"""Seat somebody in the steering committee of a plan."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.plans import queries, rules
from lienthong.modules.plans.models import Member


@transaction.atomic
def seat_member(*, plan_id: int, post_id: int, role: str, since: date, actor: Seated, now: datetime) -> Member:
    """A post sits in the committee from `since`; the name of who held it that day stays, whoever holds it later. Refused for
    a post that nobody held that day, one that had ended, and one that sits already."""
    plan = queries.locked_plan(actor, "plans.make", plan_id)
    rules.require_seat(role, since)
    post = organizations.posts_by_id([post_id]).get(post_id)
    name = organizations.who_sits(post_id, since) if post else ""
    if post is None or not name or (post.valid_to and post.valid_to <= since):
        raise Refused(N_("Ngày {day} không có ai giữ chức danh này."), day=f"{since:%d/%m/%Y}")
    if Member.objects.filter(plan=plan, post=post, until__isnull=True).exists():
        raise Refused(N_("{name} đã ở trong Ban Chỉ đạo."), name=name)
    made = Member.objects.create(plan=plan, post=post, name=name, role=role.strip()[:100], since=since)
    write(actor, "plans.make", plan, now, sentence=f"cử {name} vào Ban Chỉ đạo: {made.role}")
    return made
