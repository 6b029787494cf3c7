"""The words of duties: where the name of an agency ends and what it shall do begins."""

import re

from lienthong.modules.plans.reader.letters import Letters

# Verbs as written inside a sentence; a capital would be part of a name ("Sở Xây dựng").
_VERBS = (
    "chủ trì|chủ động|chịu trách nhiệm|có trách nhiệm|có nhiệm vụ|tham mưu|phối hợp|triển khai|xây dựng|thực hiện|hướng dẫn|rà soát|tổng hợp|báo cáo|bố trí|tăng cường|đẩy mạnh|tiếp tục|khẩn trương|nghiên cứu|chỉ đạo|đôn đốc|kiểm tra|kiện toàn|phát huy|định kỳ|"
    "tuyên truyền|cung cấp|đăng tải|gửi|lập|ban hành|giúp|quan tâm|nâng cao|hoàn thiện|đề xuất|nghiêm túc|thường xuyên|theo dõi|phát động|phổ biến|vận động|cân đối|thẩm định|phân bổ|đảm bảo|bảo đảm|cập nhật|hỗ trợ|giám sát|trình|tham gia|quản lý|ưu tiên|đưa|duy trì|phát triển|"
    "tập trung|quán triệt|công khai|đánh giá|lồng ghép|huy động|kịp thời|tiến hành|hoàn thành|đăng ký|khai thác|kết nối|mở|đào tạo|bồi dưỡng|số hóa|thành lập|tạo điều kiện|đầu tư|phân công|điều phối|xác định|thống nhất|tháo gỡ|thúc đẩy|đa dạng hóa|nhân rộng|vận hành|"
    "sử dụng|ứng dụng|thu hút|giải quyết|xử lý|củng cố|biên soạn|làm đầu mối|là cơ quan|là đầu mối|là đơn vị|chuẩn bị|tích cực|kêu gọi|khảo sát|điều tra|thống kê|cụ thể hóa|đổi mới|lựa chọn|trang bị|nâng cấp|ký kết|tiếp nhận|phát hiện|ngăn chặn|bảo vệ|phòng, chống|chấn chỉnh|yêu cầu|in ấn|làm việc|lắp đặt|tận dụng|công bố|"
    "làm sạch|chuẩn hóa|tích hợp|giải ngân|khắc phục|xác minh|xác thực|chi trả|kích hoạt|bàn giao|sắp xếp|tinh giản|phân loại|tổng kết|sơ kết|thí điểm|bổ sung|sửa đổi|mua sắm|tuyển dụng|trao đổi|hoàn chỉnh|đẩy nhanh|(?<!về )chuyển đổi|tái cấu trúc|vận hành|tập huấn|phân tích|khai trương|đối soát|kết luận|phấn đấu|lãnh đạo (?=xây dựng|triển khai|thực hiện|chỉ đạo)|trên cơ sở|căn cứ|theo chức năng|theo thẩm quyền|theo phạm vi|theo nhiệm vụ|tùy theo|theo sự|trong phạm vi|được giao|được phân công|phải|sẽ|cần|xem xét|quyết định|trong việc|để|nhằm|khi|mời|cử|chọn|phê duyệt|chia sẻ|tạo lập|rút ngắn|cắt giảm|truyền thông|thông tin tuyên truyền|hàng năm|hằng năm|hàng quý|hằng quý|dẫn dắt|tiên phong|bám sát|cùng với|chấp hành|kiểm soát|tự"
)
_ORGANISE = r"(?<!các )(?<!, )(?<!và )(?<!của )(?<!hội, )tổ chức(?!\s*(?:,|;|chính trị|xã hội|liên quan|có liên quan|đoàn thể|hội|kinh tế|thành viên|đảng|tín dụng|nghề nghiệp|khác|bộ máy|và cá nhân|, cá nhân))"
_JOINED_ORGANISE = r"tổ chức(?=\s+(?:thực hiện|triển khai|tuyên truyền|hướng dẫn|kiểm tra|tập huấn|các lớp|hội nghị|xây dựng|đào tạo|rà soát|đánh giá|giám sát|thẩm định|bồi dưỡng|khảo sát|hội thảo|tổng kết|sơ kết|phong trào|cuộc thi|lễ))"
_VERB = rf"(?<![^\W\d_])(?:{_VERBS}|{_ORGANISE}|{_JOINED_ORGANISE})(?![^\W\d_])"
LEADS = re.compile(rf"{_VERB}|:\s*(?=[A-ZĐÀ-Ỵ])")
_LAST = re.compile(rf"{_VERB}|[:;.](?=\s|$)")
ACT = re.compile(
    r"\s*[-+]?\s*(?:Chủ trì|Phối hợp|Tham mưu|Triển khai|Xây dựng|Thực hiện|Hướng dẫn|Rà soát|Tổng hợp|Báo cáo|Bố trí|Tăng cường|Đẩy mạnh|Tiếp tục|Theo dõi|Tổ chức|Chỉ đạo|Phát động)"
)
_TOGETHER = re.compile(
    r"(?<![^\W\d_])phối hợp(?:\s+(?:chặt chẽ|hiệu quả|đồng bộ|tốt))?(?:\s*,\s*(?:hỗ trợ|đồng hành))?(?:\s+(?:với|cùng|cùng với))?\s+(?=(?:các |cơ quan|đơn vị|sở|bộ|ban |ubnd|ủy ban|văn phòng|doanh nghiệp|công an|hội|đoàn|mặt trận|những|chính quyền|trung tâm|ngành|địa phương|phòng|đài|báo|cục|chi cục|viện|trường|chủ đầu tư|tổ chức|nhà|liên|quân|bưu|ngân|kho|thanh tra|tòa|vnpt|viettel|thủ trưởng|lực lượng|tỉnh|thành|huyện|đảng|hiệp|đại học|bảo hiểm|thuế|cảnh sát|bch|bộ chỉ huy|mttq|người|lãnh đạo|đối tác|đầu mối|chuyên gia|học viện))"
)
_COORDINATING_LIMIT = 500
_WORDS = re.compile(r"\w+")
_NAME_WORDS = """
các và với cùng cơ quan đơn vị sở ban ngành bộ địa phương tổ chức đoàn thể hội chính trị xã liên có khác cấp tỉnh huyện
thành phố thị trấn phường quận thôn bản thuộc trực của trên bàn nhân dân nhà nước chi nhánh hành công sự nghiệp chuyên
môn phụ nữ thanh niên nông doanh viễn thông phòng trung ương bưu điện y tế trường học quân biên khu kinh lực lượng vũ
trang an tin đại chúng tấn báo chí truyền hình văn ủy đảng cục viện tâm hợp tác hiệp chủ đầu tư giáo dục đào tạo khám
bệnh chữa ngân hàng tín dụng thương mại trì quản lý thường thủ trưởng giám đốc tịch lãnh đạo gia khoa hộ đình người cộng
đồng nghệ số bảo hiểm đường dây nóng tham mưu giúp việc hữu trong ngoài vận tải mạng lưới hạ tầng cung dịch vụ năng nói
nêu kể này đó được giao đối mối quyền mặt trận khối kho bạc thuế hải cảnh sát tra tòa án kiểm lao động minh
"""
_OF_NAMES = frozenset(_NAME_WORDS.split())


def coordinating(letters: Letters, start: int, end: int) -> tuple[str, int] | None:
    """Who supports ("phối hợp với …") and where the duty itself begins; None when nobody is named."""
    found = _TOGETHER.search(letters.flat, start, min(end, start + 320))
    if found is None:
        return None
    stop = _LAST.search(letters.text, found.end() + 3, min(end, found.end() + _COORDINATING_LIMIT))
    # "…, các sở, ban, ngành liên quan; UBND các xã triển khai": a semicolon between agencies goes on.
    while stop and letters.text[stop.start()] == ";" and _goes_on(letters, stop.end()):
        stop = _LAST.search(letters.text, stop.end(), min(end, found.end() + _COORDINATING_LIMIT))
    last = stop.start() if stop else min(end, found.end() + _COORDINATING_LIMIT)
    last = min(last, _end_of_names(letters, found.end(), last))
    names = cut_agency(letters.words(found.end(), last))
    return (names, last) if names else None


def _end_of_names(letters: Letters, start: int, end: int) -> int:
    """Where a list of agencies stops, whatever verb follows: names are capitals, their second syllables and few other words."""
    after_capital = 0
    for word in _WORDS.finditer(letters.text, start, end):
        if word[0][0].isupper() or word[0][0].isdigit():
            after_capital = 1
        elif word[0].lower() in _OF_NAMES:
            after_capital = 0
        elif after_capital:
            after_capital -= 1
        else:
            return word.start()
    return end


def _goes_on(letters: Letters, at: int) -> bool:
    return (
        re.match(
            r"\s*(?:các|ubnd|ủy ban|sở|ban|bộ|đơn vị|cơ quan|địa phương|công an)(?![^\W\d_])",
            letters.flat[at : at + 20],
        )
        is not None
    )


def cut_agency(words: str) -> str:
    """A list of names without what hangs on its ends."""
    words = re.sub(r"\s*\((?:cơ quan|qua|sau đây|gọi|đơn vị|là|viết tắt)[^)]*\)", "", words, flags=re.IGNORECASE)
    words = re.sub(
        r"[\s,]+(?:theo (?:chức năng|thẩm quyền|nhiệm vụ|phạm vi|sự)|được (?:phân công|giao)|căn cứ|trên cơ sở)(?![^\W\d_]).*",
        "",
        words,
    )
    words = re.sub(r"^(?:cho|với|của|gồm|các đồng chí|là)\s+", "", words.strip(" ,;:.-–+"))
    words = re.sub(
        r"(?:[\s,;:.\-–/]+|(?<![^\W\d_])(?:và|cùng|với|theo|trong|để|có|đã|đang|là|được|chủ động|tích cực))+$",
        "",
        words,
    )
    if words.count("(") > words.count(")"):
        words = words[: words.rfind("(")].rstrip(" ,;")
    return words
