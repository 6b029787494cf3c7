"""Give work on an incoming document to posts and units: used by the leader's instruction, the unit head and forwarding."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.work.actions.open_item import open_items
from lienthong.foundation.work.terms import Role
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents.models import Assignment, Incoming, Instruction
from lienthong.modules.documents.rules import Given, item_title

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Post, Unit

_VERBS = {Role.LEAD: N_("Xử lý"), Role.SUPPORT: N_("Phối hợp xử lý"), Role.INFORM: N_("Xem")}


def give(
    *, row: Incoming, instruction: Instruction, given: Sequence[Given], now: datetime, parent: Assignment | None = None
) -> list[Assignment]:
    """Open the debts and the lines of who does what. A unit's line is held by the unit's head."""
    today = now.astimezone(VIETNAM).date()
    holders = [_holder(row, line, today) for line in given]
    posts = [post.pk for post, _ in holders]
    if len(set(posts)) != len(posts):
        raise Refused(N_("Một người được chọn hai lần. Mỗi người chỉ giữ một vai trò."))
    taken = Assignment.objects.filter(incoming=row, post__in=posts).select_related("post").first()
    if taken is not None:
        raise Refused(N_("{holder} đã được giao văn bản này."), holder=taken.holder_name)
    document = row.document
    about = " · ".join(filter(None, (document.code, document.issuer_name, f"số đến {row.arrival_number}")))[:300]
    items = open_items(
        dict(
            kind="documents.handle", verb=_VERBS[Role(line.role)], title=item_title(document.type_name, document.subject),
            about=about, address=f"/lam-viec/van-ban/den/{row.pk}/", urgency=document.urgency, holder=post, role=line.role,
            opened_at=now, due_at=None if line.role == Role.INFORM else line.due_at, parent=parent.item if parent else None,
        )
        for line, (post, _) in zip(given, holders, strict=True)
    )  # fmt: skip
    people = organizations.people_in(posts, today)
    return Assignment.objects.bulk_create(
        [
            Assignment(
                incoming=row, instruction=instruction, post=post, unit=unit, role=line.role, item=item, parent=parent,
                due_at=item.due_at, holder_name=_name(post, unit, people),
            )
            for line, (post, unit), item in zip(given, holders, items, strict=True)
        ]
    )  # fmt: skip


def _holder(row: Incoming, line: Given, today: date) -> "tuple[Post, Unit | None]":
    if line.unit_id is not None:
        unit = organizations.unit_of(row.agency_id, line.unit_id)
        head = organizations.head_of_unit(unit.pk, today)
        if head is None:
            raise Refused(N_("{unit} chưa có lãnh đạo đơn vị để nhận việc. Giao cho một người cụ thể."), unit=unit.name)
        return head, unit
    assert line.post_id is not None  # a line names a unit or a post
    post = organizations.post_of(row.agency_id, line.post_id)
    return post, None


def _name(post: "Post", unit: "Unit | None", people: dict) -> str:
    person = people.get(post.pk, [None])[0]
    name = person.name if person else post.name
    return f"{unit.name} ({name})" if unit else name
