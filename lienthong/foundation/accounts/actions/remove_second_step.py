"""Take away the second step of somebody who lost the telephone and the recovery codes."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.accounts import queries
from lienthong.foundation.accounts.models import Account
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def remove_second_step(*, account_id: int, reason: str, actor: Actor, now: datetime) -> Account:
    """Apps, keys and recovery codes of the account are gone; only the password is asked until new ones are set up."""
    account = queries.locked_for(actor, account_id, now)
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do."))
    if actor.person_id == account.person_id:
        raise Refused(N_("Tự tắt xác thực hai lớp ở trang Tài khoản của mình."))
    gone, _ = Authenticator.objects.filter(user_id=account.pk).delete()
    if not gone:
        raise Refused(N_("Tài khoản này chưa bật xác thực hai lớp."))
    account.session_epoch += 1
    account.save(update_fields=["session_epoch"])
    write(
        actor, "accounts.remove_second_step", account, now,
        sentence=f"tắt xác thực hai lớp của {account.username}: {reason.strip()[:300]}",
    )  # fmt: skip
    return account
