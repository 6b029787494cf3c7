"""Enter an agency."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.models import Agency, Identifier
from lienthong.foundation.organizations.terms import Scheme, Tier
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import sort_key, vn_fold


@transaction.atomic
def add_agency(
    *, name: str, short_name: str, tier: int, parent_id: int | None, code: str, valid_from: date, actor: Actor, now: datetime,
    place: str = "", address: str = "",
) -> Agency:  # fmt: skip
    """An agency below `parent_id`, with its identifier when it has one. It is "here" once it has a clerk (add_post)."""
    require(actor, "organizations.edit", agency_id=parent_id)
    if not name.strip():
        raise Refused(N_("Cần ghi tên cơ quan."))
    parent = Agency.objects.get(pk=parent_id) if parent_id else None
    agency = Agency.objects.create(
        name=name.strip(), short_name=short_name.strip(), sort_key=sort_key(name), folded=vn_fold(name)[:400], tier=Tier(tier),
        parent=parent, place=place, address=address, valid_from=valid_from,
    )  # fmt: skip
    agency.path = f"{parent.path if parent else ''}{agency.pk}/"
    agency.save(update_fields=["path"])
    if code:
        add_identifier(agency=agency, code=code, valid_from=valid_from)
    write(
        actor,
        "organizations.add_agency",
        agency,
        now,
        sentence=f"thêm cơ quan {agency.name}" + (f" ({code})" if code else ""),
    )
    return agency


def add_identifier(*, agency: Agency, code: str, valid_from: date) -> Identifier:
    """Tie a code to an agency; an old 13-character code brings its new form along as a second one where that is free
    (standards: QĐ 28/2018, QĐ 20/2020). Refused when the code belongs to somebody else."""
    code = code.strip().upper()
    if not rules.is_allowed(code):
        raise Refused(
            N_("Mã định danh “{code}” chỉ được gồm chữ cái A-Z, chữ số và dấu chấm, tối đa 35 ký tự."), code=code
        )
    if (other := Identifier.objects.filter(code=code).select_related("agency").first()) is not None:
        raise Refused(N_("Mã định danh {code} đã thuộc về {other}."), code=code, other=other.agency.name)
    made = Identifier.objects.create(
        agency=agency, code=code, scheme=rules.scheme_of(code) or Scheme.ALIAS, valid_from=valid_from
    )
    if made.scheme == Scheme.OLD and (new := rules.as_new(code)) and not Identifier.objects.filter(code=new).exists():
        Identifier.objects.create(agency=agency, code=new, scheme=Scheme.ALIAS, valid_from=valid_from)
    return made
