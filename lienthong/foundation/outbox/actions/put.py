"""Say that something happened; whoever must react is told after the transaction is committed."""

from typing import Any

from lienthong.foundation.outbox import rules


def put(*facts: Any) -> None:
    """Queue the reactions to these facts in the caller's transaction: if it fails nobody hears of them.

    Facts are frozen dataclasses holding ids only.
    """
    jobs = [job for fact in facts for job in rules.jobs_of(fact)]
    if not jobs:
        return
    from lienthong.foundation.outbox.tasks import tell  # the task registers itself on a configured app

    tell.batch_defer(*jobs)
