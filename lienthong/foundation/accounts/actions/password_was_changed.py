"""A person has chosen an own password."""

from lienthong.foundation.accounts.models import Account


def password_was_changed(*, account: Account) -> None:
    """The password that an administrator gave is no longer in use, so nothing has to be changed any more."""
    Account.objects.filter(pk=account.pk, must_change_password=True).update(must_change_password=False)
    account.must_change_password = False
