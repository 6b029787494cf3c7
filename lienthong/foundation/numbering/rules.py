"""How a number and a notation are written."""

from lienthong.kit.refusal import N_, Refused


def written(number: int) -> str:
    """Numbers below 10 get a leading 0: `05` (30/2020/NĐ-CP annex I, II.3)."""
    return f"{number:02d}"


def notation(pattern: str, *, type_short: str, agency: str, unit: str) -> str:
    """Fill a series' pattern; an empty one follows the decree: `KH-UBND`, and `BNV-VP` for an official letter.

    An official letter has no type abbreviation, its notation ends with the drafting unit's.
    """
    if not agency:
        raise Refused(N_("Cơ quan chưa có chữ viết tắt nên chưa tạo được ký hiệu. Bổ sung ở trang cơ quan."))
    if not pattern:
        pattern = "{type}-{agency}" if type_short else ("{agency}-{unit}" if unit else "{agency}")
    return pattern.format(type=type_short, agency=agency, unit=unit).strip("-")


def require_pattern(pattern: str) -> None:
    """A pattern may only use {type}, {agency} and {unit}."""
    try:
        pattern.format(type="QĐ", agency="UBND", unit="VP")
    except (KeyError, IndexError, ValueError):
        raise Refused(N_("Mẫu ký hiệu chỉ dùng được các phần: type, agency, unit trong ngoặc nhọn.")) from None
