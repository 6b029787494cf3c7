"""Names of agencies in prose: whom a promise holds for, who leads and who supports."""

import re

_TIER = r"(?:cấp\s+)?(?:tỉnh|huyện|xã|thành phố|thị xã|thị trấn|phường|quận|đặc khu|cơ sở)"
_TIERS = rf"(?:các\s+)?{_TIER}(?:\s*(?:,|và|;|-)\s*(?:các\s+)?{_TIER})*(?![^\W\d_])"
_COMMITTEE = r"(?:ủy ban nhân dân|ubnd|hđnd|hội đồng nhân dân)"
_COMMON = (
    r"(?:các\s+)?sở(?:\s*,?\s*(?:và\s+)?(?:ban|ngành|đoàn thể|phòng|địa phương|đơn vị|cơ quan))+(?:\s+(?:cấp\s+)?(?:tỉnh|thành phố|huyện))?"
    r"|(?:các\s+)?(?:cơ quan|đơn vị)(?:\s*,\s*(?:đơn vị|tổ chức|địa phương|cơ quan|doanh nghiệp))*\s+(?:hành chính\s+)?(?:nhà nước|chuyên môn|hành chính|sự nghiệp(?: công lập)?|quản lý nhà nước|ngang bộ)(?:\s+(?:các\s+)?(?:cấp|thuộc)(?:\s+(?:tỉnh|huyện|xã))?)?"
    r"|(?:các\s+)?cơ quan\s*,\s*đơn vị(?:\s*,\s*(?:địa phương|tổ chức))*"
    r"|(?:các\s+)?bộ\s*,\s*(?:ngành|cơ quan)(?:\s*,\s*(?:địa phương|ngành))*"
)
_SCOPE = re.compile(
    rf"(?<![^\W\d_])(?:(?:{_COMMON}|{_COMMITTEE}\s+{_TIERS})(?:\s*(?:,|và|;)\s*(?:{_COMMON}|(?:các\s+)?{_COMMITTEE}\s+{_TIERS}|{_TIERS}))*"
    rf"|(?:các\s+)?(?:xã|phường|huyện|đơn vị)(?:\s*(?:,|và)\s*(?:xã|phường|thị trấn|đặc khu|thị xã|thành phố))+"
    r"|cấp\s+(?:tỉnh|huyện|xã|cơ sở|trung ương|bộ)(?:\s*(?:,|và)\s*(?:cấp\s+)?(?:tỉnh|huyện|xã|cơ sở))*"
    r"|(?:các\s+)?(?:xã|phường|huyện)(?=\s+(?:có|được|hoàn thành|đạt|bố trí|thực hiện|triển khai|trên địa bàn)))(?![^\W\d_])"
)


def scope(flat: str, text: str, start: int, end: int) -> str | None:
    """The first agencies named between `start` and `end`, in the plan's words."""
    found = _SCOPE.search(flat, start, end)
    return " ".join(text[found.start() : found.end()].split()) if found else None


# An agency begins with one of these, as written (capital or after "các").
NAMES = (
    r"(?:Thủ trưởng|Giám đốc|Chủ tịch|Chánh Văn phòng|Lãnh đạo|Người đứng đầu|Trưởng ban)\s+(?:các\s+)?[^\W\d_]"
    r"|(?:C|c)ác\s+(?:(?:S|s)ở|(?:B|b)an|(?:B|b)ộ|(?:N|n)gành(?!, lĩnh vực)|(?:C|c)ơ quan|(?:Đ|đ)ơn vị|(?:Đ|đ)ịa phương|(?:P|p)hòng|(?:D|d)oanh nghiệp|(?:T|t)ổ chức|UBND|Ủy ban|xã|phường|huyện|trường|(?:C|c)hủ đầu tư|(?:C|c)ơ sở(?! dữ liệu| hạ tầng| vật chất)|(?:H|h)ội|(?:Đ|đ)oàn thể|(?:C|c)hi nhánh)"
    r"|Sở(?=\s+[A-ZĐÀ-Ỵ]|\s*,|\s+(?:và|chuyên ngành))|Bộ(?=\s+[A-ZĐ])|Ban(?=\s+(?:[A-ZĐ]|cán sự|thường vụ|chấp hành|chỉ đạo|quản lý))|Cục(?=\s+[A-ZĐ])|Chi cục|Văn phòng|Thanh tra|UBND|Ủy ban|Uỷ ban|HĐND|Hội(?=\s+[A-ZĐ])|Hội đồng|Công an|Bộ Chỉ huy|Bộ Tư lệnh"
    r"|Kho bạc|Ngân hàng|Thuế(?=\s+(?:tỉnh|[A-ZĐ]))|Bảo hiểm [Xx]ã hội|BHXH|Tòa án|Viện(?=\s+[A-ZĐ])|Viện Kiểm sát|Đài(?=\s)|Báo(?=\s+(?:và|[A-ZĐ]))|Trung tâm(?=\s+(?:[A-ZĐ]|tỉnh|y tế))|Trường(?=\s+[A-ZĐ])|Bệnh viện|Đoàn(?=\s+[A-ZĐ])|Tỉnh đoàn|Thành đoàn|Huyện đoàn|Liên đoàn|Liên minh|Mặt trận|MTTQ"
    r"|Phòng(?=\s+[A-ZĐ])|Tổ(?=\s+[A-ZĐ])|Tổng cục|Tổng công ty|Công ty|Tập đoàn|Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy|Đơn vị(?! tính)|Cơ quan(?! ban hành)|Quỹ|Học viện|Đại học|Hiệp hội|VNPT|Viettel|Bưu điện|Điện lực|Cảnh sát|Các Sở"
)
AGENCY = re.compile(rf"(?:{NAMES})")
