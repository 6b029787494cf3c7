"""Enter a person, and seat persons in posts."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.insert import insert
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.models import Holding, Person, Post
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import vn_date
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import person_sort_key


@transaction.atomic
def add_person(
    *, name: str, email: str, post_id: int | None, valid_from: date, actor: Actor, now: datetime, phone: str = ""
) -> Person:
    """A member of staff, seated in a post at once when one is named."""
    require(actor, "organizations.edit")
    if not name.strip():
        raise Refused(N_("Cần ghi họ và tên."))
    person = Person(name=name.strip(), sort_key=person_sort_key(name), email=email.strip(), phone=phone.strip())
    insert(person)
    write(actor, "organizations.add_person", person, now, sentence=f"thêm người {person.name}")
    if post_id is not None:
        _sit(person, _post(post_id, actor), valid_from, actor, now)
    return person


@transaction.atomic
def seat(*, person_id: int, post_id: int, valid_from: date, actor: Actor, now: datetime) -> Holding:
    """The person holds the post from a day on; nothing else of the person changes."""
    post = _post(post_id, actor)
    if Holding.objects.filter(post=post, person_id=person_id, valid_to__isnull=True).exists():
        raise Refused(N_("Người này đang giữ chức danh đó."))
    return _sit(Person.objects.get(pk=person_id), post, valid_from, actor, now)


def _post(post_id: int, actor: Actor) -> Post:
    post = Post.objects.get(pk=post_id)
    require(actor, "organizations.edit", agency_id=post.agency_id)
    rules.require_alive(post.name, post.valid_to)
    return post


def _sit(person: Person, post: Post, valid_from: date, actor: Actor, now: datetime) -> Holding:
    holding = Holding(post=post, person=person, valid_from=valid_from)
    insert(holding)
    write(actor, "organizations.seat", post, now, sentence=f"giao chức danh {post.name} cho {person.name}")
    return holding


@transaction.atomic
def unseat(*, post_id: int, person_id: int, last_day_after: date, actor: Actor, now: datetime) -> None:
    """The person leaves the post; `last_day_after` is the first day without it. Open debts stay with the post."""
    post = Post.objects.get(pk=post_id)
    require(actor, "organizations.edit", agency_id=post.agency_id)
    held = Holding.objects.select_for_update(of=("self",)).select_related("person")
    holding = held.filter(post=post, person_id=person_id, valid_to__isnull=True).first()
    if holding is None:
        raise Refused(N_("Người này không đang giữ chức danh đó."))
    rules.require_after(last_day_after, holding.valid_from)
    holding.valid_to = last_day_after
    holding.save(update_fields=["valid_to"])
    said = f"thôi giao chức danh {post.name} cho {holding.person.name} từ {vn_date(last_day_after)}"
    write(actor, "organizations.unseat", post, now, sentence=said)
