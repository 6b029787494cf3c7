"""Read a plan: targets, tasks and the facts of its head, by fixed rules for Vietnamese administrative prose.

The same text always gives the same reading; nothing is learnt or fetched. Time grows with the length of the text.
"""

import re

from lienthong.modules.plans.reader.blocks import blocks as read_blocks
from lienthong.modules.plans.reader.head import head as read_head
from lienthong.modules.plans.reader.letters import Letters
from lienthong.modules.plans.reader.shapes import Head, Reading, Target, Task
from lienthong.modules.plans.reader.targets import targets as read_targets
from lienthong.modules.plans.reader.tasks import tasks as read_tasks

__all__ = ["Head", "Reading", "Target", "Task", "read"]


def read(text: str) -> Reading:
    """What a plan promises and whom it charges with what. Never raises: what is not understood is left out."""
    letters = Letters(text)
    found = read_blocks(letters)
    top, period, body = read_head(letters, found)
    return Reading(
        head=top,
        targets=tuple(read_targets(letters, found, period, _began(top))),
        tasks=tuple(read_tasks(letters, [block for block in found if block.start >= body])),
    )


def _began(top: Head) -> int | None:
    """The year in which the plan was issued or its years begin, whichever is earlier; "đến năm 2025" begins nowhere."""
    years = [top.issued_on[:4]] if top.issued_on else []
    years += [top.period[:4]] if re.match(r"\d{4}-\d{4}$", top.period or "") and top.period else []
    return min(map(int, years), default=None)
