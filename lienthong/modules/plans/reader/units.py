"""What is counted: percentages, money, measures, and the nouns that Vietnamese counts things with."""

import re

PERCENT = re.compile(r"\s*(?:%|phần trăm\b)")
MONEY = re.compile(
    r"\s*((?:(?:nghìn|ngàn|triệu|trăm|chục|vạn)\s+)?(?:tỷ|tỉ|triệu|nghìn|ngàn)?\s*(?:đồng|usd|euro|đô la(?: mỹ)?|vnđ|vnd|đ\b)"
    + r"(?:\s*/\s*[^\W\d_]+){0,3})"
)
MULTIPLE = re.compile(r"\s*((?:triệu|nghìn|ngàn|vạn|tỷ|tỉ)(?:\s+(?:triệu|lượt))?)\b(?!\s*đồng)")
_MEASURES = (
    "ha|hecta|héc ta|km2|km²|m2|m²|m3|m³|km|mét vuông|mét khối|mét|m|cm|kg|tấn|tạ|yến|lít|kwh|mwh|gwh|kw|mw|gw|mwp|kwp|mbps|gbps|tb|gb|điểm phần trăm|điểm"
    "|lần|lượt|giờ|phút|giây|ngày công|tuổi|bậc|hạng|ca|trường hợp|km/h"
)
_PER = (
    "năm|tháng|quý|tuần|ngày đêm|ngày|đêm|giờ|phút|giây|đợt|kỳ|lần|lượt|người|nhân khẩu|hộ|lao động|học sinh|đại biểu|cán bộ|xã, phường|xã|phường|huyện|tỉnh|thôn|bản|ấp|khu phố|lớp|trường|khóa|hội nghị|cuộc|đơn vị|cơ quan"
    "|vạn dân|dân|phụ nữ|bé gái|trẻ sơ sinh gái|trẻ sơ sinh sống|trẻ đẻ sống|trẻ sinh ra còn sống|trẻ|bà mẹ|ha|hecta|km2|km²|km|m2|m²|m3|m³|kg|tấn|lít|sản phẩm|hồ sơ|thủ tục|dự án|mô hình|chi bộ|giường|bệnh viện|trạm|doanh nghiệp|hợp tác xã|con|cây|mẫu"
)
MEASURE = re.compile(
    rf"\s*((?:{_MEASURES})(?![^\W\d_²³]))" + r"((?:\s*/\s*(?:\d[\d.]*\s*)?(?:" + _PER + r")(?![^\W\d_])){0,2})"
)
DURATION = re.compile(r"\s*(?:ngày(?: làm việc)?|tháng|năm|tuần|quý|giờ(?: làm việc)?|phút|giây|buổi)(?![^\W\d_])")
# Nouns of two syllables and more first; what stands in none of the lists is counted by its first word.
_NOUNS = """
doanh nghiệp|hợp tác xã|tổ hợp tác|trang trại|đơn vị|cơ quan|dịch vụ công|dịch vụ|thủ tục hành chính|thủ tục|hệ thống thông tin|hệ thống|cơ sở dữ liệu|cơ sở|nền tảng
|ứng dụng|phần mềm|mô hình|nhiệm vụ|dự án|đề án|đề tài|chương trình|kế hoạch|hội nghị|hội thảo|lớp học|lớp|khóa học|khóa|cuộc thi|cuộc họp|cuộc|đợt|chuyên mục|chuyên trang|chuyên đề
|tin, bài|tin bài|bài viết|bài|tin|phóng sự|kỳ phát sóng|kỳ|số báo|video clip|video|clip|sản phẩm|thiết bị|máy tính|máy chủ|máy|trạm y tế|trạm|điểm cầu|điểm phục vụ|điểm|sàn giao dịch|sàn|cổng thông tin|cổng|trang thông tin|trang
|trung tâm|trường học|trường|phòng học|phòng|bệnh viện|giường bệnh|giường|bác sĩ|bác sỹ|dược sĩ|điều dưỡng|công dân|cán bộ|công chức|viên chức|người dân|người lao động|lao động|người|học sinh|sinh viên|học viên|giáo viên|giảng viên
|hộ gia đình|hộ nghèo|hộ|gia đình|xã, phường, thị trấn|xã, phường|xã|phường|thị trấn|huyện|thành phố|tỉnh|thôn, bản|thôn|bản|ấp|khu phố|tổ dân phố|đô thị|khu công nghiệp|cụm công nghiệp|khu|cụm|vùng|tuyến|công trình|cầu
|nhà văn hóa|nhà máy|nhà|căn hộ|căn|văn bản|hồ sơ|báo cáo|quy trình|quy hoạch|tiêu chuẩn|tiêu chí|chỉ tiêu|sáng kiến|giải pháp|đại biểu|thuê bao|tài khoản|chữ ký số|chứng thư số|chứng thư|cuốn|quyển|bộ|tờ rơi|tờ
|loài|giống|con|cây|ao|lồng|bè|tàu|chiếc|cái|xe|mẫu|sự kiện|giải thưởng|giải|nghề|ngành nghề|sở|ban|ngành|hội|tổ chức|tổ|nhóm|đội|câu lạc bộ|thành viên|đoàn|chi nhánh|cửa hàng|chợ|siêu thị|làng nghề|làng
|nghị quyết|quyết định|văn kiện|bằng sáng chế|bằng|đơn|suất|phần quà|cơ hội|việc làm|lượt người|lượt khách|lượt|khách|thí sinh|chuyên gia|thạc sĩ|tiến sĩ|bí thư|chi bộ|camera|cảm biến|kiốt|ki ốt|kios|đường truyền
|ca sinh|ca|trẻ sơ sinh trai|trẻ em|trẻ|bà mẹ|nữ|mô-đun|phân hệ|dữ liệu|bản đồ|bản|vụ|sân|thư viện|bảo tàng|di tích|lễ hội|tập thể|cá nhân|khâu|bước|loại|quầy|bàn|kênh|trục|lô|mã|nhãn hiệu|thương hiệu|chuỗi|phiên|buổi|dòng|tập
|kỹ sư|công nhân|nhân viên|cử nhân|chiến sĩ|nghệ nhân|phụ nữ|thanh niên|nông dân|hướng dẫn viên|tình nguyện viên|cộng tác viên|tuyên truyền viên|báo cáo viên|hòa giải viên|người khuyết tật|tiểu thương|hội viên|đoàn viên|hạng mục|gói thầu|gói|giấy phép|tiết|tủ|vị trí|nguồn|quỹ|khu vực|liên minh|liên kết|phiên chợ|cặp|quán|xưởng|phân xưởng|cảng|bến|hồ|đập|kênh mương|giếng|khoản
"""
_NOUN_LIST = sorted(
    (noun.strip() for noun in _NOUNS.replace("\n", "").split("|") if noun.strip()), key=len, reverse=True
)
NOUN = re.compile(
    r"\s*((?:"
    + "|".join(map(re.escape, _NOUN_LIST))
    + r")(?![^\W\d_]))"
    + r"((?:\s*/\s*(?:\d[\d.]*\s+)?(?:"
    + _PER
    + r")(?![^\W\d_])){0,2})"
)
_OUT_OF = re.compile(r"\s*/\s*\d[\d.]*\s+")
_RATIO = re.compile(r"\s*(/\s*(?:1\.000|10\.000|100\.000|1000|10000|100000|100|vạn)\s+[^\W\d_]+(?:\s+[^\W\d_]+)?)")
_WORD = re.compile(r"\s+([^\W\d_]+)(?=[\s,;.:)\]]|$)")
# Words that follow a number without being counted.
_NOT_COUNTED = frozenset(
    [
        "và",
        "hoặc",
        "của",
        "đến",
        "tới",
        "trong",
        "theo",
        "tại",
        "ở",
        "về",
        "với",
        "cho",
        "là",
        "thì",
        "mà",
        "được",
        "bị",
        "có",
        "không",
        "sẽ",
        "đã",
        "đang",
        "phải",
        "cần",
        "do",
        "từ",
        "khi",
        "nếu",
        "để",
        "nhằm",
        "trở",
        "lên",
        "xuống",
        "so",
        "này",
        "đó",
        "trên",
        "dưới",
        "giữa",
        "vào",
        "ra",
        "cùng",
        "những",
        "các",
        "mỗi",
        "đầu",
        "cuối",
        "trước",
        "sau",
        "tiếp",
        "gần",
        "nhất",
        "năm",
        "tháng",
        "ngày",
        "tuần",
        "quý",
        "giai",
        "thời",
        "như",
        "gồm",
        "nêu",
        "ban",
        "x",
    ]
)
ADMINISTRATIVE = re.compile(
    r"(?:đô thị|xã|phường|huyện|thôn|bản|ấp|đơn vị|cơ quan|trường|bệnh viện|sở|trung tâm|thị trấn|thành phố|khu|cụm|hộ|doanh nghiệp|cơ sở|điểm|người|cán bộ|công chức|lượt|học)"
)


def unit_after(flat: str, at: int) -> tuple[str, int, str] | None:
    """(unit, where it ends, kind) of the number that ends at `at`; kind is percent, money, measure, noun, word or duration."""
    found = PERCENT.match(flat, at)
    if found:
        return "%", found.end(), "percent"
    if flat[at : at + 2].strip()[:1] == "‰":
        return "‰", flat.index("‰", at) + 1, "percent"
    found = MONEY.match(flat, at)
    if found:
        return _tidy(found[1]), found.end(1), "money"
    found = _RATIO.match(flat, at)
    if found:
        return _tidy(found[1]).replace("/ ", "/"), found.end(1), "measure"
    multiple = MULTIPLE.match(flat, at)
    if multiple and re.match(r"\s*\d{1,3}\s+(?:triệu|nghìn)", flat[multiple.end() : multiple.end() + 16]):
        return None  # "1 tỷ 250 triệu đồng": the sum is read from what follows
    if multiple:
        inner = _counted(flat, multiple.end())
        if inner and inner[2] != "duration":
            return f"{_tidy(multiple[1])} {inner[0]}", inner[1], inner[2]
        return _tidy(multiple[1]), multiple.end(), "measure"
    return _counted(flat, at)


def _counted(flat: str, at: int) -> tuple[str, int, str] | None:
    found = DURATION.match(flat, at)
    if found:
        return _tidy(found[0]), found.end(), "duration"
    noun, measure = NOUN.match(flat, at), MEASURE.match(flat, at)
    if measure and (noun is None or len(measure[1]) > len(noun[1])):
        return _joined(measure), measure.end(), "measure"
    if noun:
        whole = _OUT_OF.match(flat, noun.end(1))
        if whole and flat.startswith(noun[1], whole.end()):  # "12 trường/15 trường"
            return _tidy(noun[1]), whole.end() + len(noun[1]), "noun"
        return _joined(noun), noun.end(), "noun"
    word = _WORD.match(flat, at)
    if word and len(word[1]) > 1 and word[1] not in _NOT_COUNTED:
        return word[1], word.end(1), "word"
    return None


def _joined(found: re.Match[str]) -> str:
    return _tidy(found[1]) + re.sub(r"\s*/\s*", "/", found[2] or "").rstrip()


def _tidy(unit: str) -> str:
    return " ".join(unit.split())
