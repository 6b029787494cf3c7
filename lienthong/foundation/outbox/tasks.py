"""The worker's door: run one reaction to one fact. Every reaction may run twice."""

import logging
from datetime import datetime
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lienthong.foundation.outbox import rules
from lienthong.kit.dates import VIETNAM

logger = logging.getLogger(__name__)


@app.task(name="outbox.tell", queue="facts", retry=RetryStrategy(max_attempts=12, exponential_wait=4))
def tell(*, fact: str, reaction: str, data: dict[str, Any]) -> None:
    """Run one reaction; a failure is retried with growing pauses."""
    found = rules.find(fact, reaction, data)
    if found is None:
        logger.warning("no reaction %s to %s any more", reaction, fact)
        return
    act, known = found
    act(known, now=datetime.now(VIETNAM))
