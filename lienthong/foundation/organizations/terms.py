"""Tiers, kinds of succession, schemes of identifiers."""

from enum import IntEnum, StrEnum

from lienthong.kit.refusal import N_


class Tier(IntEnum):
    """Where an agency stands. Districts existed until 2025-07-01 (202/2025/QH15)."""

    CENTRAL = 0
    PROVINCE = 1
    DEPARTMENT = 2
    DISTRICT = 3
    COMMUNE = 4
    SUBORDINATE = 5
    OTHER = 9


TIER_LABELS = {
    Tier.CENTRAL: N_("Trung ương"),
    Tier.PROVINCE: N_("Tỉnh"),
    Tier.DEPARTMENT: N_("Sở, ban, ngành cấp tỉnh"),
    Tier.DISTRICT: N_("Huyện (trước 01/7/2025)"),
    Tier.COMMUNE: N_("Xã, phường, đặc khu"),
    Tier.SUBORDINATE: N_("Đơn vị trực thuộc"),
    Tier.OTHER: N_("Cơ quan, tổ chức khác"),
}


class Scheme(StrEnum):
    """OLD: 13 characters, QĐ 28/2018/QĐ-TTg; NEW: up to 35, QĐ 20/2020/QĐ-TTg; ALIAS: whatever others call it."""

    OLD = "old"
    NEW = "new"
    ALIAS = "alias"


class SuccessionKind(StrEnum):
    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    DISSOLVE = "dissolve"


SUCCESSION_LABELS = {
    SuccessionKind.MERGE: N_("Sáp nhập, hợp nhất"),
    SuccessionKind.SPLIT: N_("Chia, tách"),
    SuccessionKind.RENAME: N_("Đổi tên"),
    SuccessionKind.DISSOLVE: N_("Giải thể"),
}
