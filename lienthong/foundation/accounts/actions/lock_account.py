"""Keep an account from signing in."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.accounts import queries
from lienthong.foundation.accounts.models import Account
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def lock_account(*, account_id: int, reason: str, actor: Actor, now: datetime) -> Account:
    """The account signs in no more and its sessions end; what the person has done, and owes, stays."""
    account = queries.locked_for(actor, account_id, now)
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do."))
    if actor.person_id == account.person_id:
        raise Refused(N_("Không tự khóa tài khoản của mình. Nhờ quản trị viên khác."))
    if not account.is_active:
        raise Refused(N_("Tài khoản này đang bị khóa."))
    account.is_active = False
    account.session_epoch += 1
    account.save(update_fields=["is_active", "session_epoch"])
    write(actor, "accounts.lock", account, now, sentence=f"khóa tài khoản {account.username}: {reason.strip()[:300]}")
    return account
