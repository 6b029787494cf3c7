"""Sign somebody out everywhere."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.accounts import queries
from lienthong.foundation.accounts.models import Account
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def end_sessions(*, account_id: int, reason: str, actor: Actor, now: datetime) -> Account:
    """No session of the account is valid at its next request; signing in again is possible."""
    account = queries.locked_for(actor, account_id, now)
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do."))
    account.session_epoch += 1
    account.save(update_fields=["session_epoch"])
    write(
        actor, "accounts.end_sessions", account, now,
        sentence=f"kết thúc mọi phiên đăng nhập của {account.username}: {reason.strip()[:300]}",
    )  # fmt: skip
    return account
