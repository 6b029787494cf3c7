"""Write a version of a procedure with all that hangs on it, in as few statements as there are tables."""

from datetime import date

from lienthong.kit.text import vn_fold
from lienthong.modules.procedures.comparison import fingerprint
from lienthong.modules.procedures.models import (
    Case,
    Component,
    Fee,
    Field,
    LegalBasis,
    Method,
    Procedure,
    Result,
    Stage,
    Version,
)
from lienthong.modules.procedures.portal_file import Entry

_PLAIN = (
    "name", "service_level", "receiving_place", "conditions", "keywords", "decision_no", "decided_on", "issuer_name",
    "published_on", "non_territorial",
)  # fmt: skip
_LISTS = ("tiers", "subjects", "executing", "authority", "authorized", "coordinating")


def put_version(
    *, entry: Entry, procedure: Procedure, no: int, valid_from: date, source: str, like: Version | None = None
) -> Version:
    """A new version, open-ended. The caller has the transaction and has closed the one before, whose marks that no file
    says (`like`: silent approval, the level of 2011, how long a result holds) go on."""
    made = Version(procedure=procedure, no=no, valid_from=valid_from, source=source[:200])
    if like is not None:
        made.silent_approval, made.old_level, made.marked = like.silent_approval, like.old_level, list(like.marked)
    _fill(made, entry)
    made.save()
    months = dict(Result.objects.filter(version=like).values_list("code", "valid_months")) if like else {}
    _hang(made, entry, months)
    return made


def rewrite_version(*, entry: Entry, version: Version, source: str) -> None:
    """The same for a version that is not in force yet: its content is replaced."""
    months = dict(Result.objects.filter(version=version).values_list("code", "valid_months"))
    for table in (Stage, Method, Case, LegalBasis, Result):
        table.objects.filter(version=version).delete()
    version.source = source[:200]
    _fill(version, entry)
    version.save()
    _hang(version, entry, months)


def _fill(version: Version, entry: Entry) -> None:
    for name in _PLAIN:
        setattr(version, name, getattr(entry, name))
    for name in _LISTS:
        setattr(version, name, [str(one) for one in getattr(entry, name)])
    version.folded = vn_fold(f"{entry.name} {entry.code} {entry.keywords}")[:1200]
    version.field = _field(entry)
    version.fingerprint = fingerprint(entry)


def _field(entry: Entry) -> Field:
    field, made = Field.objects.get_or_create(code=entry.field_code, defaults={"name": entry.field_name})
    if not made and field.name != entry.field_name:
        field.name = entry.field_name
        field.save(update_fields=["name"])
    return field


def _hang(version: Version, entry: Entry, months: dict[str, int | None]) -> None:
    Stage.objects.bulk_create(
        Stage(version=version, place=place, name=one.name, text=one.text) for place, one in enumerate(entry.stages)
    )
    ways = Method.objects.bulk_create(
        Method(version=version, place=place, channel=one.channel, amount=one.amount, unit=one.unit, note=one.note)
        for place, one in enumerate(entry.ways)
    )
    Fee.objects.bulk_create(
        Fee(method=way, name=fee.name, amount=fee.amount, note=fee.note)
        for way, one in zip(ways, entry.ways, strict=True)
        for fee in one.fees
    )
    own = Case.objects.bulk_create(
        Case(
            version=version, place=place, code=one.code, name=one.name, amount=one.amount, unit=one.unit, note=one.note
        )
        for place, one in enumerate(entry.situations)
    )
    Component.objects.bulk_create(
        Component(
            case=case, place=place, code=one.code, name=one.name, heading=one.heading, originals=one.originals,
            copies=one.copies, required=one.required, forms=list(one.forms),
        )
        for case, situation in zip(own, entry.situations, strict=True)
        for place, one in enumerate(situation.papers)
    )  # fmt: skip
    LegalBasis.objects.bulk_create(
        LegalBasis(version=version, place=place, code=one.code, name=one.name) for place, one in enumerate(entry.bases)
    )
    Result.objects.bulk_create(
        Result(
            version=version, place=place, code=one.code, name=one.name,
            valid_months=months.get(one.code) if one.code else None,
        )
        for place, one in enumerate(entry.gains)
    )  # fmt: skip
