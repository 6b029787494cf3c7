"""How well the reader reads: precision and recall against labels that people made.

A target is found when figures and unit are the same, the places overlap, and at least half of the content words of
the labelled subject are in the subject that was read. `python -m lienthong.modules.plans.tests.quality` prints the table.
"""

import hashlib
import json
import re
from collections import Counter
from pathlib import Path

from lienthong.modules.plans.reader import read

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data"
LABELS = Path(__file__).with_name("labels") / "labels.jsonl"
MONEY = re.compile(r"đồng|usd", re.IGNORECASE)
_EMPTY = "các của và có được trong cho với tại ở đến là về những theo từ trên do đã"
EMPTY_WORDS = frozenset(_EMPTY.split())


def labels():
    return [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]


def text_of(record):
    return (SHARED / record["file"]).read_text(encoding="utf-8")


def is_the_same_text(record):
    return hashlib.sha256(text_of(record).encode()).hexdigest() == record["sha256"]


def words(text):
    return {word for word in re.findall(r"\w+", (text or "").lower()) if word not in EMPTY_WORDS}


def likeness(one, two):
    """0 to 1: how many content words two names share; two missing names are alike."""
    first, second = words(one), words(two)
    return len(first & second) / len(first | second) if first | second else 1.0


def overlap(one, two):
    return one["start"] < two.end and two.start < one["end"]


def is_found(label, target):
    figures = sorted(float(value) for value in (target.value_low, target.value_high) if value is not None)
    wanted = sorted(float(value) for value in (label["value_low"], label["value_high"]) if value is not None)
    units = [re.findall(r"[\w%‰]+", unit.lower())[:1] for unit in (label["unit"], target.unit)]
    subject = words(label["subject"])
    return (
        overlap(label, target)
        and figures == wanted
        and units[0] == units[1]
        and len(subject & words(target.subject)) >= 0.5 * len(subject)
    )


def counted(record, money=False):
    """(found, wrongly read, missed, of the found with the right time, of the found with the right comparator)."""
    read_targets = [
        one
        for one in read(text_of(record)).targets
        if one.start < record["until"] and bool(MONEY.search(one.unit)) is money
    ]
    used, right_time, right_comparator, missed = set(), 0, 0, 0
    for label in (one for one in record["targets"] if bool(MONEY.search(one["unit"])) is money):
        found = next((at for at, one in enumerate(read_targets) if at not in used and is_found(label, one)), None)
        if found is None:
            missed += 1
            continue
        used.add(found)
        right_time += read_targets[found].when == label["when"]
        right_comparator += read_targets[found].comparator == label["comparator"]
    return len(used), len(read_targets) - len(used), missed, right_time, right_comparator


def totals(records, money=False):
    """Sums of `counted` as a dictionary with precision and recall; 1.0 where nothing was there to find."""
    found, wrong, missed, times, comparators = (
        sum(column) for column in zip(*(counted(one, money) for one in records), strict=True)
    )
    return {
        "found": found, "wrong": wrong, "missed": missed,
        "precision": found / (found + wrong) if found + wrong else 1.0,
        "recall": found / (found + missed) if found + missed else 1.0,
        "when": times / found if found else 1.0, "comparator": comparators / found if found else 1.0,
    }  # fmt: skip


def tasks_found(records):
    """Counter of labelled tasks: all, found with their leader, with the right support, with the right time; extra where all are labelled."""
    sums = Counter()
    for record in records:
        if not record["tasks"]:
            continue
        read_tasks = read(text_of(record)).tasks
        used = set()
        for label in record["tasks"]:
            sums["all"] += 1
            near = [at for at, one in enumerate(read_tasks) if at not in used and overlap(label, one)]
            best = max(near, key=lambda at: likeness(label["responsible"], read_tasks[at].responsible), default=None)
            if best is None or likeness(label["responsible"], read_tasks[best].responsible) < 0.5:
                continue
            used.add(best)
            sums["found"] += 1
            sums["support"] += likeness(label["coordinating"], read_tasks[best].coordinating) >= 0.5
            sums["time"] += likeness(label["deadline"], read_tasks[best].deadline) >= 0.5
        if record["all_tasks"]:
            sums["extra"] += len(read_tasks) - len(used)
            sums["all_labelled"] += len(record["tasks"])
    return sums


def table():
    """Lines for a person: every set, then all."""
    records = labels()
    lines = [f"{'set':<10}{'kind':<24}{'found':>6}{'wrong':>6}{'missed':>7}{'precision':>11}{'recall':>8}{'when':>7}"]
    for name in (*dict.fromkeys(one["set"] for one in records), "all"):
        part = [one for one in records if name in (one["set"], "all")]
        for kind, money in (("percentages and counts", False), ("money", True)):
            one = totals(part, money)
            lines.append(
                f"{name:<10}{kind:<24}{one['found']:>6}{one['wrong']:>6}{one['missed']:>7}"
                f"{one['precision']:>11.3f}{one['recall']:>8.3f}{one['when']:>7.2f}"
            )
    lines.append(f"tasks: {dict(tasks_found(records))}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201
