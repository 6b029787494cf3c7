"""Let a locked account sign in again."""

from datetime import datetime

from axes.utils import reset
from django.db import transaction

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.accounts import queries
from lienthong.foundation.accounts.models import Account
from lienthong.foundation.trail.actions.write import write


@transaction.atomic
def unlock_account(*, account_id: int, actor: Actor, now: datetime) -> Account:
    """Takes back `lock_account`, and the quarter of an hour that too many wrong passwords cost."""
    account = queries.locked_for(actor, account_id, now)
    reset(username=account.username)
    account.is_active = True
    account.save(update_fields=["is_active"])
    write(actor, "accounts.unlock", account, now, sentence=f"mở khóa tài khoản {account.username}")
    return account
