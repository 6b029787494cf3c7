"""The agencies of the fictional province, after the two-tier order in force since 01/7/2025, and those it writes to.

Departments carry the names and abbreviations that such departments have in Vietnam; communes are invented.
"""

from dataclasses import dataclass

PROVINCE_CODE = "H99"
PROVINCE_NAME = "Sơn Hải"
COMMITTEE = "Ủy ban nhân dân tỉnh Sơn Hải"
CENTRE = "TTPVHCC"  # the provincial one-stop centre: below the committee, beside the departments


@dataclass(frozen=True, slots=True)
class Department:
    """A department of the province: its key in letters.csv, name, abbreviation, place in the code, what its head is
    called, and its units as (name, abbreviation)."""

    key: str
    name: str
    short: str
    number: str
    head: str
    units: tuple[tuple[str, str], ...]


def _of(
    key: str, name: str, number: str, units: tuple[tuple[str, str], ...], head: str = "Giám đốc", short: str = ""
) -> Department:
    office = ("Phòng Hành chính, tổ chức", "HCTC") if key == "VPUB" else ("Văn phòng", "VP")
    return Department(key, name, short or key, number, head, (office, *units))


DEPARTMENTS = (
    _of("VPUB", "Văn phòng Ủy ban nhân dân tỉnh", "01", (("Phòng Tổng hợp", "TH"), ("Phòng Nội chính", "NC"), ("Phòng Kinh tế", "KT")), "Chánh Văn phòng", "VPUB"),
    _of("SNV", "Sở Nội vụ", "02", (("Phòng Công chức, viên chức", "CCVC"), ("Phòng Lao động, việc làm", "LĐVL"), ("Phòng Cải cách hành chính", "CCHC"))),
    _of("STC", "Sở Tài chính", "03", (("Phòng Quản lý ngân sách", "QLNS"), ("Phòng Quản lý đầu tư", "QLĐT"), ("Phòng Quản lý giá và công sản", "GCS"))),
    _of("SXD", "Sở Xây dựng", "04", (("Phòng Quản lý xây dựng", "QLXD"), ("Phòng Quy hoạch, kiến trúc", "QHKT"), ("Phòng Hạ tầng giao thông", "HTGT"))),
    _of("SNNMT", "Sở Nông nghiệp và Môi trường", "05", (("Phòng Quản lý đất đai", "QLĐĐ"), ("Phòng Môi trường", "MT"), ("Phòng Trồng trọt và Thủy sản", "TTTS"))),
    _of("SCT", "Sở Công Thương", "06", (("Phòng Quản lý năng lượng", "QLNL"), ("Phòng Thương mại", "TM"))),
    _of("SKHCN", "Sở Khoa học và Công nghệ", "07", (("Phòng Chuyển đổi số", "CĐS"), ("Phòng Quản lý khoa học", "QLKH"), ("Phòng Bưu chính, viễn thông", "BCVT"))),
    _of("SGDĐT", "Sở Giáo dục và Đào tạo", "08", (("Phòng Giáo dục trung học", "GDTrH"), ("Phòng Giáo dục mầm non, tiểu học", "GDMNTH"))),
    _of("SYT", "Sở Y tế", "09", (("Phòng Nghiệp vụ y", "NVY"), ("Phòng Bảo trợ xã hội", "BTXH"))),
    _of("SVHTTDL", "Sở Văn hóa, Thể thao và Du lịch", "10", (("Phòng Quản lý văn hóa", "QLVH"), ("Phòng Quản lý du lịch", "QLDL"), ("Phòng Báo chí, xuất bản", "BCXB"))),
    _of("STP", "Sở Tư pháp", "11", (("Phòng Văn bản pháp luật", "VBPL"), ("Phòng Hành chính và bổ trợ tư pháp", "HCBTTP"))),
    _of("SDTTG", "Sở Dân tộc và Tôn giáo", "12", (("Phòng Chính sách dân tộc", "CSDT"), ("Phòng Tôn giáo", "TG"))),
    _of("SNgV", "Sở Ngoại vụ", "13", (("Phòng Hợp tác quốc tế", "HTQT"),)),
    _of("TTr", "Thanh tra tỉnh", "14", (("Phòng Nghiệp vụ 1", "NV1"), ("Phòng Tiếp công dân", "TCD")), "Chánh Thanh tra"),
    _of("BQLKKT", "Ban Quản lý Khu kinh tế", "15", (("Phòng Quản lý đầu tư", "QLĐT"), ("Phòng Quy hoạch, xây dựng", "QHXD")), "Trưởng ban"),
    _of("TTPVHCC", "Trung tâm Phục vụ hành chính công tỉnh Sơn Hải", "16", (("Phòng Tiếp nhận và trả kết quả", "TNTKQ"),)),
    _of("CAT", "Công an tỉnh", "17", (("Phòng Tham mưu", "PV01"), ("Phòng Quản lý hành chính về trật tự xã hội", "PC06"))),
    _of("BCHQS", "Bộ Chỉ huy quân sự tỉnh", "18", (("Phòng Tham mưu", "TM"),), "Chỉ huy trưởng"),
    _of("THUETINH", "Thuế tỉnh Sơn Hải", "19", (("Phòng Nghiệp vụ, dự toán", "NVDT"),), "Trưởng Thuế tỉnh", "TT"),
    _of("BHXHT", "Bảo hiểm xã hội tỉnh Sơn Hải", "20", (("Phòng Chế độ bảo hiểm", "CĐBH"),), "Giám đốc", "BHXH"),
)  # fmt: skip

_SPECIAL_ZONES = ("Hòn Sứ", "Cồn Lam")
_WARDS = (
    "Sơn Hải", "Bến Thuyền", "Cầu Giữa", "Tân Vĩnh", "Phước Lâm", "Hải Thành", "Đông Phố", "Tây Phố", "Ninh Lộc", "Phú Hải",
    "Long Khê", "An Phước Đông", "Vạn Chài", "Hưng Bình", "Trường Lạc", "Cửa Lạch", "Thạch Bàn Hạ", "Đồi Thông",
)  # fmt: skip
_COMMUNES = (
    "Hòa Thuận", "Hòa Khê", "Hòa Sơn", "Hòa Lạc", "Hòa Vân", "Tân Lập", "Tân Khê", "Tân Hải", "Tân Bồi", "Tân Điền",
    "Phước Sơn", "Phước Hải", "Phước Điền", "Phước Vân", "Phước Khê", "Bình Sơn", "Bình Khê", "Bình Lâm", "Bình Hải Tây",
    "Bình Điền", "An Khê Thượng", "An Khê Hạ", "An Lâm", "An Bồi", "An Vân", "Long Sơn Tây", "Long Lâm", "Long Điền Hạ",
    "Long Bồi", "Long Vân", "Sơn Lâm", "Sơn Khê", "Sơn Điền", "Sơn Bồi", "Sơn Vân", "Thạch Khê Đông", "Thạch Lâm",
    "Thạch Điền", "Thạch Sơn Hạ", "Thạch Vân", "Vĩnh Lâm", "Vĩnh Khê", "Vĩnh Sơn Đông", "Vĩnh Bồi", "Vĩnh Vân",
    "Phú Khê", "Phú Lâm Hạ", "Phú Bồi", "Phú Điền Tây", "Phú Vân", "Đại Khê", "Đại Lâm", "Đại Sơn Hạ", "Đại Bồi",
    "Đại Vân", "Trà Khê", "Trà Lâm", "Trà Sơn Hạ", "Trà Bồi", "Trà Vân", "Suối Giàng Hạ", "Suối Lam", "Suối Cát Đông",
    "Suối Đá Hạ", "Suối Vàng", "Đèo Gió", "Đèo Mây Hạ", "Bãi Ngự", "Bãi Dừa Đông", "Bãi Trầm", "Đồng Lúa Hạ", "Đồng Xoài Tây",
    "Đồng Muối", "Đồng Chiêm Đông", "Gò Sim", "Gò Găng Hạ", "Gò Duối", "Hòn Chén Tây", "Mỹ Khê Thượng", "Mỹ Lâm",
)  # fmt: skip

# Those by the sea: most letters to communes go to these, only the great plans to all.
COASTAL = (
    "Hòn Sứ", "Cồn Lam", "Sơn Hải", "Bến Thuyền", "Hải Thành", "Phú Hải", "Vạn Chài", "Cửa Lạch", "Hòa Thuận", "Tân Lập", "Tân Hải",
    "Phước Hải",
)  # fmt: skip

# (name, abbreviation, code, place): those the province writes to without their using this installation.
OUTSIDE = (
    ("Văn phòng Chính phủ", "VPCP", "G22", "Hà Nội"),
    ("Bộ Nội vụ", "BNV", "G09", "Hà Nội"),
    ("Bộ Tài chính", "BTC", "G12", "Hà Nội"),
    ("Bộ Xây dựng", "BXD", "G17", "Hà Nội"),
    ("Bộ Khoa học và Công nghệ", "BKHCN", "G06", "Hà Nội"),
    ("Bộ Nông nghiệp và Môi trường", "BNNMT", "G10", "Hà Nội"),
    ("Bộ Giáo dục và Đào tạo", "BGDĐT", "G03", "Hà Nội"),
    ("Bộ Y tế", "BYT", "G18", "Hà Nội"),
    ("Bộ Tư pháp", "BTP", "G15", "Hà Nội"),
    ("Bộ Công Thương", "BCT", "G02", "Hà Nội"),
    ("Bộ Văn hóa, Thể thao và Du lịch", "BVHTTDL", "G16", "Hà Nội"),
    ("Thanh tra Chính phủ", "TTCP", "G20", "Hà Nội"),
)  # fmt: skip
# Organisations without an identifier, reached on paper only.
ON_PAPER = (
    ("Công ty cổ phần Điện gió Hòn Chén", "", "Sơn Hải"),
    ("Hợp tác xã Nuôi biển Vạn Chài", "", "Sơn Hải"),
)


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward or special zone; `kind` is xã, phường or đặc khu."""

    kind: str
    name: str
    number: str

    @property
    def title(self) -> str:
        return f"Ủy ban nhân dân {self.kind} {self.name}"


def communes() -> list[Commune]:
    """All 100, in the order of their codes (H99.51 …)."""
    all_ = [("đặc khu", name) for name in _SPECIAL_ZONES]
    all_ += [("phường", name) for name in _WARDS]
    all_ += [("xã", name) for name in _COMMUNES]
    return [Commune(kind, name, str(51 + place)) for place, (kind, name) in enumerate(all_)]
