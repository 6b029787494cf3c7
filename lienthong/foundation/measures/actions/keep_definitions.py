"""Keep what each measure counts in its present version, so that a figure closed today can be explained later."""

from datetime import datetime

from lienthong.foundation.measures.models import Definition
from lienthong.foundation.measures.queries.definitions import new_ones, query_of


def keep_definitions(*, now: datetime) -> int:
    """Write the versions that are not kept yet; a second run writes nothing. Returns how many."""
    new = [
        Definition(
            measure=one.code, version=one.version, label=one.label, numerator=one.numerator, denominator=one.denominator,
            query="\n\n".join(filter(None, (query_of(what) for what in one.countables))), since=one.since, kept_at=now,
        )
        for one in new_ones()
    ]  # fmt: skip
    Definition.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
