"""End a post."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor, Duty
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.actions.edit_post import require_another_clerk
from lienthong.foundation.organizations.actions.end_periods import end_periods
from lienthong.foundation.organizations.models import Holding, Post, Substitution
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import vn_date


@transaction.atomic
def close_post(*, post_id: int, on: date, actor: Actor, now: datetime) -> Post:
    """Nobody sits in it from `on`. Its open debts must have been handed over: `site.actions.end_post` is the whole."""
    post = Post.objects.select_for_update().get(pk=post_id)
    require(actor, "organizations.edit", agency_id=post.agency_id)
    rules.require_alive(post.name, post.valid_to)
    rules.require_after(on, post.valid_from)
    if Duty.CLERK in post.duties:
        require_another_clerk(post)
    end_periods(Holding.objects.filter(post=post), on)
    end_periods(Substitution.objects.filter(post=post), on)
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    write(actor, "organizations.close_post", post, now, sentence=f"kết thúc chức danh {post.name} từ {vn_date(on)}")
    return post
