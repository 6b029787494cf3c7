"""Set the marks of a procedure that no file says."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.procedures import queries
from lienthong.modules.procedures.actions.put_version import put_version
from lienthong.modules.procedures.models import Version
from lienthong.modules.procedures.terms import ServiceLevel

_NAMES = {
    "service_level": "mức độ dịch vụ công", "old_level": "mức độ theo Nghị định 43/2011/NĐ-CP",
    "silent_approval": "im lặng là đồng ý", "non_territorial": "phi địa giới",
}  # fmt: skip


@transaction.atomic
def edit_version(
    *, version_id: int, service_level: ServiceLevel, old_level: int | None, silent_approval: bool, non_territorial: bool,
    reason: str, valid_from: date, actor: Actor, now: datetime,
) -> Version:  # fmt: skip
    """Marks of the open version, from a day on: a version that has begun stays as it was for the dossiers received under
    it, and a new one takes over. `old_level` is 1-4 of 43/2011/NĐ-CP. A reason is asked for: a service that is not wholly
    online owes a published one (224/2026/NĐ-CP art. 14)."""
    require(actor, "procedures.edit")
    row = Version.objects.select_for_update(of=("self",)).select_related("procedure", "field").get(pk=version_id)
    if row.valid_to is not None:
        raise Refused(N_("Phiên bản này đã hết hiệu lực; sửa phiên bản đang dùng."))
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do hoặc căn cứ thay đổi."))
    if old_level is not None and not 1 <= old_level <= 4:
        raise Refused(N_("Mức độ theo Nghị định 43/2011/NĐ-CP là từ 1 đến 4."))
    wanted = {
        "service_level": str(service_level), "old_level": old_level, "silent_approval": silent_approval,
        "non_territorial": non_territorial,
    }  # fmt: skip
    different = {name: [getattr(row, name), value] for name, value in wanted.items() if getattr(row, name) != value}
    if not different:
        raise Refused(N_("Không có gì thay đổi."))
    today = now.astimezone(VIETNAM).date()
    if valid_from < today:
        raise Refused(N_("Ngày hiệu lực không được trước hôm nay."))
    made = row if row.valid_from > today else _from_day(row, valid_from)
    for name, value in wanted.items():
        setattr(made, name, value)
    of_files = {"service_level", "non_territorial"} & set(different)
    made.marked = sorted({*made.marked, *of_files})
    made.save(update_fields=[*wanted, "marked"])
    write(
        actor, "procedures.edit_version", made, now,
        sentence=f"thủ tục {row.procedure.code}: đổi " + ", ".join(_NAMES[name] for name in different)
        + f" từ ngày {made.valid_from:%d/%m/%Y}; {reason.strip()[:300]}",
        details={name: [str(old), str(new)] for name, (old, new) in different.items()},
    )  # fmt: skip
    return made


def _from_day(row: Version, valid_from: date) -> Version:
    """A copy that takes over on that day. The fingerprint stays that of the file, so that a re-import sees no change."""
    if valid_from <= row.valid_from:
        raise Refused(N_("Phiên bản đang dùng bắt đầu từ ngày đó; chọn ngày sau."))
    entry = queries.as_entry(row)
    row.valid_to = valid_from
    row.save(update_fields=["valid_to"])
    made = put_version(
        entry=replace(entry, line=0),
        procedure=row.procedure,
        no=row.no + 1,
        valid_from=valid_from,
        source=row.source,
        like=row,
    )
    made.fingerprint = row.fingerprint
    made.save(update_fields=["fingerprint"])
    return made
