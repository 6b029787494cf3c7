"""Open an account for a member of staff."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.accounts import queries, rules
from lienthong.foundation.accounts.models import Account
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def open_account(*, person_id: int, username: str, actor: Actor, now: datetime) -> tuple[Account, str]:
    """The account and its one-time password, which is kept nowhere: it must be changed at the first sign-in."""
    person = queries.one_of_staff(actor, person_id, now)
    if person is None:
        raise Forbidden(N_("Người này ngoài phạm vi quản trị của ông, bà."))
    if person.account_id is not None:
        raise Refused(N_("{name} đã có tài khoản {username}."), name=person.name, username=person.username)
    username = rules.require_username(username)
    if Account.objects.filter(username=username).exists():
        raise Refused(N_("Tên đăng nhập {username} đã có người dùng. Chọn tên khác."), username=username)
    password = rules.one_time_password()
    account = Account(username=username, person_id=person_id, person_name=person.name, must_change_password=True)
    account.set_password(password)
    account.save(force_insert=True)
    write(actor, "accounts.open", account, now, sentence=f"mở tài khoản {username} cho {person.name}")
    return account, password
