"""Remember which post a person works through, for the next sign-in. A preference of one's own: no trail entry."""

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.accounts.models import Account


def choose_post(*, account: Account, actor: Actor) -> None:
    """Keep the actor's post as the account's last; the caller has made sure that the person may act through it."""
    Account.objects.filter(pk=account.pk).update(last_post_id=actor.post_id)
