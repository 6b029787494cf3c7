"""Internal processes of the sample: a table per procedure whose hours sum to the statutory time; the rest runs by the least
that the law asks for."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from lienthong.foundation.access.terms import Actor, Duty
from lienthong.modules.procedures.actions.edit_process import edit_process
from lienthong.modules.procedures.models import ProcessStep, Version
from lienthong.modules.procedures.terms import StepKind, TermUnit
from lienthong.site.sample.people import BEGINNING, Division, Office, Province

# Code → which unit of the commune does it, and the step between handling and decision that the law asks for, if any.
_AT_COMMUNES = {
    "1.001193": ("VP", ""), "1.000656": ("VP", ""), "1.000894": ("VP", ""), "1.004873": ("VP", ""), "1.001612": ("KT", ""),
    "2.000720": ("KT", ""), "1.013225": ("KT", StepKind.INSPECT), "1.115743": ("KT", StepKind.FINANCE),
    "1.115692": ("KT", StepKind.INSPECT), "1.001776": ("VHXH", ""), "1.001699": ("VHXH", StepKind.COUNCIL),
}  # fmt: skip
# Code → office, unit, and the same.
_AT_DEPARTMENTS = {
    "1.000703": ("SXD", "HTGT", ""), "1.013217": ("SXD", "QLXD", ""), "1.115662": ("SNNMT", "QLĐĐ", StepKind.INSPECT),
    "1.115668": ("SNNMT", "QLĐĐ", StepKind.FINANCE), "1.010733": ("SNNMT", "MT", StepKind.COUNCIL),
    "2.001610": ("STC", "QLĐT", ""), "1.014076": ("SYT", "NVY", StepKind.INSPECT), "1.004628": ("SVHTTDL", "QLDL", ""),
    "1.002010": ("STP", "HCBTTP", ""), "3.000333": ("CAT", "PC06", ""),
}  # fmt: skip
_NAMES = {
    StepKind.INSPECT: "Kiểm tra thực địa", StepKind.FINANCE: "Chuyển thông tin, theo dõi nghĩa vụ tài chính",
    StepKind.COUNCIL: "Họp hội đồng",
}  # fmt: skip
_Line = tuple[str, StepKind, str, dict, Decimal | None, Sequence[str], str]


def enter(province: Province, versions: dict[str, Version], active: Sequence[str], actor: Actor, now: datetime) -> None:
    """The tables of the departments, those that all communes share, and those of the communes in `active` with their own
    units."""
    for code, (unit, between) in _AT_COMMUNES.items():
        version = versions[code]
        _save(version, None, _of_commune(_hours(version), between, None), actor, now)
        for name in active:
            office = province.offices[f"x:{name}"]
            _save(version, office, _of_commune(_hours(version), between, division(office, unit)), actor, now)
    for code, (key, unit, between) in _AT_DEPARTMENTS.items():
        office = province.offices[key]
        rows = _of_department(_hours(versions[code]), between, office.divisions[unit])
        _save(versions[code], office, rows, actor, now)
    building, investment = versions["1.013236"], versions["1.009645"]
    _save(building, province.offices["SXD"], _side_by_side(_hours(building), province.offices["SXD"]), actor, now)
    _save(investment, province.offices["UBND"], _with_departments(_hours(investment), province), actor, now)


def division(office: Office, short: str) -> Division:
    """The unit of a commune that does this work; in wards the office of economy has a longer name."""
    return next(unit for name, unit in office.divisions.items() if name.startswith(short))


def _hours(version: Version) -> int:
    """Working hours of the statutory time; calendar days are taken as five working days a week."""
    from lienthong.modules.procedures.queries import statutory

    amount, unit, _ = statutory(version.pk, None, "direct")
    assert amount is not None
    return int(amount) * 8 if unit == TermUnit.WORKING_DAYS else int(amount) * 5 // 7 * 8


def _of_commune(hours: int, between: str, unit: Division | None) -> list[ProcessStep]:
    """Desk, head of the unit, official, the step the law adds, chairman, clerk, desk."""
    who = {"unit_id": unit.unit.pk} if unit else {}
    short = Decimal(hours) / 8 if hours <= 16 else Decimal(4 if hours >= 80 else 2)
    decide = max(short, Decimal(hours // 10))
    field = Decimal(hours // 5) if between else Decimal(0)
    handle = Decimal(hours) - 3 * short - decide - field
    lines: list[_Line] = [
        ("1", StepKind.RECEIVE, "Tiếp nhận, số hóa, chuyển hồ sơ", {"duty": Duty.DESK}, short, ["2"], ""),
        ("2", StepKind.ASSIGN, "Phân công xử lý", {"duty": Duty.UNIT_HEAD, **who}, short, ["3"], ""),
        ("3", StepKind.HANDLE, "Thẩm định hồ sơ, dự thảo kết quả", {"duty": Duty.OFFICIAL}, handle, ["4"], "2"),
    ]  # fmt: skip
    if between:
        lines.append(("4", StepKind(between), _NAMES[StepKind(between)], {"duty": Duty.OFFICIAL}, field, ["5"], "3"))
    after = len(lines)
    lines += [
        (str(after + 1), StepKind.DECIDE, "Ký kết quả giải quyết", {"duty": Duty.LEADER}, decide, [str(after + 2)], "3"),
        (str(after + 2), StepKind.RELEASE, "Vào sổ, đóng dấu, chuyển kết quả", {"duty": Duty.CLERK}, short, [str(after + 3)], ""),
        (str(after + 3), StepKind.RETURN, "Trả kết quả, thu phí, lệ phí", {"duty": Duty.DESK}, None, [], ""),
    ]  # fmt: skip
    return _rows(lines)


def _of_department(hours: int, between: str, unit: Division) -> list[ProcessStep]:
    """As in a commune, and the head of the unit looks the draft through before it goes to the leader."""
    short = Decimal(2 if hours <= 40 else 4)
    check = decide = Decimal(max(2, hours // 10))
    field = Decimal(hours // 5) if between else Decimal(0)
    handle = Decimal(hours) - 3 * short - check - decide - field
    lines: list[_Line] = [
        ("1", StepKind.RECEIVE, "Tiếp nhận, số hóa, chuyển hồ sơ", {"duty": Duty.DESK}, short, ["2"], ""),
        ("2", StepKind.ASSIGN, "Phân công thụ lý", {"unit_id": unit.unit.pk}, short, ["3"], ""),
        ("3", StepKind.HANDLE, "Thụ lý, thẩm định hồ sơ", {"duty": Duty.OFFICIAL}, handle, ["3a" if between else "4"], "2"),
    ]  # fmt: skip
    if between:
        lines.append(("3a", StepKind(between), _NAMES[StepKind(between)], {"duty": Duty.OFFICIAL}, field, ["4"], "3"))
    lines += [
        ("4", StepKind.HANDLE, "Xem xét dự thảo, trình lãnh đạo", {"unit_id": unit.unit.pk}, check, ["5"], "3"),
        ("5", StepKind.DECIDE, "Phê duyệt kết quả", {"duty": Duty.LEADER}, decide, ["6"], "4"),
        ("6", StepKind.RELEASE, "Cấp số, đóng dấu, chuyển Trung tâm", {"duty": Duty.CLERK}, short, ["7"], ""),
        ("7", StepKind.RETURN, "Trả kết quả, thu phí, lệ phí", {"duty": Duty.DESK}, None, [], ""),
    ]  # fmt: skip
    return _rows(lines)


def _side_by_side(hours: int, office: Office) -> list[ProcessStep]:
    """A building permit of the department: the field check and another unit's opinion run side by side."""
    lead, other = office.divisions["QLXD"].unit.pk, office.divisions["QHKT"].unit.pk
    rest = Decimal(hours) - 4 - 4 - 24 - 8 - 8 - 4
    return _rows([
        ("1", StepKind.RECEIVE, "Tiếp nhận, số hóa, chuyển hồ sơ", {"duty": Duty.DESK}, Decimal(4), ["2"], ""),
        ("2", StepKind.ASSIGN, "Phân công thụ lý", {"unit_id": lead}, Decimal(4), ["3"], ""),
        ("3", StepKind.HANDLE, "Thẩm định hồ sơ, lấy ý kiến cơ quan phòng cháy", {"duty": Duty.OFFICIAL}, Decimal(24), ["4a", "4b"], "2"),
        ("4a", StepKind.INSPECT, "Kiểm tra thực địa", {"duty": Duty.OFFICIAL}, rest, ["5"], "3"),
        ("4b", StepKind.OPINION, "Cho ý kiến về quy hoạch, kiến trúc", {"unit_id": other}, rest - 8, ["5"], "3"),
        ("5", StepKind.HANDLE, "Xem xét dự thảo, trình lãnh đạo", {"unit_id": lead}, Decimal(8), ["6"], "3"),
        ("6", StepKind.DECIDE, "Phê duyệt giấy phép", {"duty": Duty.LEADER}, Decimal(8), ["7"], "5"),
        ("7", StepKind.RELEASE, "Cấp số, đóng dấu, chuyển Trung tâm", {"duty": Duty.CLERK}, Decimal(4), ["8"], ""),
        ("8", StepKind.RETURN, "Trả kết quả, thu phí, lệ phí", {"duty": Duty.DESK}, None, [], ""),
    ])  # fmt: skip


def _with_departments(hours: int, province: Province) -> list[ProcessStep]:
    """An investment: the department of finance leads, two others give their opinions at the same time, the chairman of the
    province decides."""
    finance, building, land = (province.offices[key] for key in ("STC", "SXD", "SNNMT"))
    unit = finance.divisions["QLĐT"].unit.pk
    rest = Decimal(hours) - 8 - 8 - 80 - 40 - 24 - 8
    return _rows([
        ("1", StepKind.RECEIVE, "Tiếp nhận, số hóa, chuyển hồ sơ", {"duty": Duty.DESK}, Decimal(8), ["2"], ""),
        ("2", StepKind.ASSIGN, "Phân công thụ lý", {"agency_id": finance.agency.pk, "unit_id": unit}, Decimal(8), ["3a", "3b", "3c"], ""),
        ("3a", StepKind.HANDLE, "Thẩm định nhu cầu sử dụng vốn, năng lực nhà đầu tư", {"agency_id": finance.agency.pk, "unit_id": unit}, Decimal(80), ["4"], "2"),
        ("3b", StepKind.OPINION, "Ý kiến về quy hoạch, hạ tầng", {"agency_id": building.agency.pk, "unit_id": building.divisions["QHKT"].unit.pk}, Decimal(64), ["4"], ""),
        ("3c", StepKind.OPINION, "Ý kiến về đất đai, môi trường", {"agency_id": land.agency.pk, "unit_id": land.divisions["QLĐĐ"].unit.pk}, Decimal(64), ["4"], ""),
        ("4", StepKind.HANDLE, "Lập báo cáo thẩm định", {"agency_id": finance.agency.pk, "unit_id": unit}, Decimal(40), ["5"], "3a"),
        ("5", StepKind.HANDLE, "Văn phòng thẩm tra, trình Chủ tịch", {"unit_id": province.offices["UBND"].divisions["KTNS"].unit.pk}, rest, ["6"], "4"),
        ("6", StepKind.DECIDE, "Quyết định chủ trương đầu tư", {"duty": Duty.LEADER}, Decimal(24), ["7"], "5"),
        ("7", StepKind.RELEASE, "Cấp số, đóng dấu, phát hành", {"duty": Duty.CLERK}, Decimal(8), ["8"], ""),
        ("8", StepKind.RETURN, "Trả kết quả", {"duty": Duty.DESK}, None, [], ""),
    ])  # fmt: skip


def _rows(lines: Sequence[_Line]) -> list[ProcessStep]:
    return [
        ProcessStep(key=key, kind=kind, name=name, hours=hours, next=list(following), back_to=back, **who)
        for key, kind, name, who, hours, following, back in lines
    ]


def _save(version: Version, office: Office | None, rows: list[ProcessStep], actor: Actor, now: datetime) -> None:
    edit_process(
        steps=rows, procedure_id=version.procedure_id, agency_id=office.agency.pk if office else None, name=version.name,
        valid_from=BEGINNING, actor=actor, now=now, issuer_name="Ủy ban nhân dân tỉnh Sơn Hải",
        decision_no="1806/QĐ-UBND", source="Tỉnh mẫu Sơn Hải",
    )  # fmt: skip
