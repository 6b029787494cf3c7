"""Ask for more time, and decide on it."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import Forbidden, require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work import rules
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.foundation.work.actions.open_item import open_item
from lienthong.foundation.work.models import Extension, Item
from lienthong.kit.dates import vn_datetime
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def ask(
    *, item_id: int, wanted_due_at: datetime, reason: str, decider_id: int, actor: Seated, now: datetime
) -> Extension:
    """The holder asks the post that set the debt for a later deadline; that post gets a work item to decide."""
    item = Item.objects.select_for_update().get(pk=item_id)
    require(actor, "work.hold", post_ids=[item.holder_id])
    rules.require_open(item.done_at)
    rules.require_later(wanted_due_at, item.due_at)
    reason = rules.require_reason(reason)
    if Extension.objects.filter(item=item, decided_at__isnull=True).exists():
        raise Refused(N_("Đã có một đề nghị gia hạn đang chờ quyết định."))
    decision = open_item(
        kind="work.extension", verb=N_("Quyết định"), title=f"gia hạn đến {vn_datetime(wanted_due_at)}: {item.title}"[:600],
        about=f"{actor.person_name}: {reason}"[:300], address=item.address, holder_id=decider_id, opened_at=now,
        due_at=item.due_at if item.due_at and item.due_at > now else None, parent=item,
    )  # fmt: skip
    extension = Extension.objects.create(
        item=item, asked_by_id=actor.post_id, asked_at=now, wanted_due_at=wanted_due_at, reason=reason,
        decider_id=decider_id, decision_item=decision,
    )  # fmt: skip
    write(actor, "work.ask_extension", item, now, sentence=f"xin gia hạn đến {vn_datetime(wanted_due_at)}: {reason}")
    return extension


@transaction.atomic
def decide(*, extension_id: int, granted: bool, answer: str, actor: Seated, now: datetime) -> None:
    """Grant or refuse; a grant moves the deadline of the item. Only the post that was asked decides."""
    extension = Extension.objects.select_for_update(of=("self",)).select_related("item").get(pk=extension_id)
    if extension.decider_id != actor.post_id:
        raise Forbidden(N_("Đề nghị gia hạn này gửi cho chức danh khác."))
    if extension.decided_at is not None:
        raise Refused(N_("Đề nghị này đã được quyết định."))
    extension.decided_at, extension.granted, extension.answer = now, granted, answer.strip()[:300]
    extension.save(update_fields=["decided_at", "granted", "answer"])
    if granted:
        Item.objects.filter(pk=extension.item_id).update(
            due_at=extension.wanted_due_at, reminded_before=False, reminded_after=False
        )
    if extension.decision_item_id is not None:
        close_item(item_ids=[extension.decision_item_id], outcome="đồng ý" if granted else "không đồng ý", now=now)
    what = f"đồng ý gia hạn đến {vn_datetime(extension.wanted_due_at)}" if granted else "không đồng ý gia hạn"
    write(
        actor,
        "work.decide_extension",
        extension.item,
        now,
        sentence=what + (f": {answer.strip()}" if answer.strip() else ""),
    )
