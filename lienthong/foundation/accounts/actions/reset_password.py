"""Give a new one-time password to somebody who lost theirs."""

from datetime import datetime

from axes.utils import reset
from django.db import transaction

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.accounts import queries, rules
from lienthong.foundation.accounts.models import Account
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def reset_password(*, account_id: int, reason: str, actor: Actor, now: datetime) -> tuple[Account, str]:
    """The account and its one-time password. Every session of the account ends; counted failures are forgotten.

    The second step stays: who has lost it too asks for `remove_second_step`.
    """
    account = queries.locked_for(actor, account_id, now)
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do."))
    password = rules.one_time_password()
    account.set_password(password)
    account.must_change_password = True
    account.session_epoch += 1
    account.save(update_fields=["password", "must_change_password", "session_epoch"])
    reset(username=account.username)
    write(
        actor, "accounts.reset_password", account, now,
        sentence=f"cấp lại mật khẩu cho {account.username}: {reason.strip()[:300]}",
    )  # fmt: skip
    return account, password
