"""Give out dossier codes and slip numbers: gapless, per agency and day or year."""

from datetime import date, datetime
from functools import lru_cache

from django.db import connection

from lienthong.foundation.codes import queries as codes
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import rules

_TAKE = """
INSERT INTO dossiers_counter AS c (agency_id, what, since, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (agency_id, what, since) DO UPDATE SET last = c.last + 1 RETURNING last
"""
CODE_FORMS = "dossier-code"  # the list of forms, each with the day from which it holds


def take(agency_id: int, what: str, since: date) -> int:
    """The next number; the counter stays locked until the caller's transaction ends, so a failed act leaves no gap."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number taken outside a transaction would leave gaps")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [agency_id, what, since])
        return cursor.fetchone()[0]


def dossier_code(agency_id: int, now: datetime) -> str:
    """The code of a dossier received now by this agency, in the form of the day (03/2025/TT-VPCP art. 13;
    01/2018/TT-VPCP art. 9 before). Refused when the agency has no identifier."""
    day = now.astimezone(VIETNAM).date()
    pattern, scheme = code_form(day)
    identifiers = {row.scheme: row.code for row in organizations.Kept().codes(agency_id) if row.valid_to is None}
    identifier = identifiers.get(scheme) or next(iter(identifiers.values()), "")
    if not identifier:
        raise Refused(
            N_("Cơ quan tiếp nhận chưa có mã định danh nên chưa cấp được mã hồ sơ. Báo quản trị thêm mã định danh.")
        )
    return rules.code(pattern, identifier, day, take(agency_id, "code", day))


@lru_cache(maxsize=64)
def code_form(day: date) -> tuple[str, str]:
    """(pattern, which scheme of identifiers) in force on a day; kept, because published entries do not change."""
    forms = codes.entries(CODE_FORMS, day)
    if not forms:
        raise Refused(N_("Chưa khai dạng mã hồ sơ cho ngày {day:%d/%m/%Y}."), day=day)
    return forms[-1].name, forms[-1].short


def slip_number(agency_id: int, kind: str, now: datetime) -> int:
    """The running number of a kind of slip at the agency in the year."""
    return take(agency_id, kind, now.astimezone(VIETNAM).date().replace(month=1, day=1))
