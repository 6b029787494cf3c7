"""What a measure counts, in words and as the query; how that was before."""

import hashlib
from datetime import date

import sqlparse
from django.db import connection
from django.db.models import Value

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.models import Definition
from lienthong.foundation.measures.queries.figures import rows_of
from lienthong.foundation.measures.rules import month_of
from lienthong.foundation.measures.terms import Agencies, AgenciesWith, Countable, How, Measure

_EXAMPLE = month_of(date(2026, 1, 1))


def query_of(what: Countable | None) -> str:
    """The records that a countable counts, as SQL for January 2026 and the agencies 1 and 2; empty for agencies themselves."""
    if what is None or isinstance(what, Agencies):
        return ""
    quantity = what.quantity if isinstance(what, AgenciesWith) else what
    rows = rows_of(quantity, _EXAMPLE, [1, 2]).order_by()
    if quantity.amount is None:
        rows = rows.values(quantity.distinct or "pk")
    else:
        rows = rows.annotate(one=Value(1)).values("one").annotate(n=quantity.amount).values("n")
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        text = cursor.mogrify(sql, params)
    distinct = " (DISTINCT)" if quantity.how == How.DISTINCT else ""
    return f"-- count{distinct}\n" + sqlparse.format(text, reindent=True)


def fingerprint(measure: Measure) -> str:
    """A short hash of what is counted: it changes when the counting does, and then the version must."""
    text = "\n".join([*(query_of(one) for one in measure.countables), repr(measure.parts), measure.unit])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def history(measure: Measure) -> list[Definition]:
    """The versions that were kept, latest first."""
    return list(Definition.objects.filter(measure=measure.code).order_by("-version"))


def new_ones() -> list[Measure]:
    """Measures whose present version is not kept yet."""
    have = set(Definition.objects.values_list("measure", "version"))
    return [one for one in rules.measures() if (one.code, one.version) not in have]
