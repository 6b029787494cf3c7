"""Is a figure promised, or is it history, a condition, a share, a rate of support?"""

import re

from lienthong.modules.plans.reader.blocks import Block, Section
from lienthong.modules.plans.reader.comparators import Manner
from lienthong.modules.plans.reader.numbers import Mention
from lienthong.modules.plans.reader.units import ADMINISTRATIVE

_PROMISE = re.compile(
    r"phấn đấu|mục tiêu|chỉ tiêu|đến (?:hết |cuối )?(?:năm|quý|tháng|ngày|giai đoạn)|bảo đảm|đảm bảo|quyết tâm|tối thiểu|ít nhất|dự kiến|yêu cầu|hoàn thành|kế hoạch|nâng|trong năm|sẽ|giao|\bcần\b"
)
_STRONG = re.compile(
    r"phấn đấu|(?<!so với )(?<!% )(?<!đạt )(?<!vượt )mục tiêu(?! quốc gia| giảm nghèo bền vững)|quyết tâm|dự kiến|(?<![\s,]ước )(?<!dự báo )(?:đến|tới) (?:hết |cuối )?năm 20\d\d|sẽ"
)
_PAST = re.compile(
    r"(?<!thực )(?<!phát )(?<!thể )(?<!xuất )(?<!biểu )hiện (?:nay|tại|có|đang|đã|toàn|mới)(?![^\W\d_])|đến nay|tính đến(?! hết năm)|thời gian qua|vừa qua|trong (?:các |những )?năm qua|lũy kế|lũy kế|\bước (?:đạt|thực hiện|tính|cả năm|đến)|\bước kết quả|dự báo|theo kết quả (?:rà soát|điều tra|khảo sát|đánh giá|thống kê)|kết quả (?:tổng )?(?:rà soát|điều tra|khảo sát|đo lường|thống kê)(?= [^.;]{0,160}(?:đạt|có|còn|là|:))|so với (?:cùng kỳ|đầu năm)|cùng kỳ|đều (?:hoàn thành|đạt)|(?:chưa|không|(?<!địa )chỉ|(?<!thôn )(?<!đổi )mới) đạt|(?:xếp hạng|xếp loại) (?:tốt|khá|trung bình)|(?:tham dự|dự họp|dự hội nghị) (?:có|gồm)|vượt kế hoạch|xếp thứ|"
    r"(?:trong )?\d{1,2} tháng (?:đầu )?năm|\d{1,2} tháng,|kết quả (?:đạt được|thực hiện)(?= (?:trong |các |của |đến |đạt|cho thấy|như|năm |giai đoạn)|:)|sau (?:hơn |gần )?\d{1,2} (?:tháng|năm|ngày) (?:vận hành|thực hiện|triển khai|hoạt động)"
    r"|tình hình thực hiện|đạt (?:trên|dưới|từ) \d[\d,]*\s?% (?:trở lên )?gồm các|theo (?:thống kê|số liệu|báo cáo)|giai đoạn (?:2011|2016)\s*-\s*(?:2015|2020),? (?:tỉnh|toàn tỉnh|đã)|bằng \d[\d,]*% (?:so với|dự toán|kế hoạch)|cao hơn (?:so với|bình quân)"
)
# "Nâng tỷ lệ hồ sơ đã được số hóa đạt 50%": what is raised has been something, the figure shall be.
_RAISED = re.compile(
    r"[-+•*\s]*(?:(?:tiếp tục|từng bước) )?(?:nâng|tăng|giảm|đưa|bảo đảm|đảm bảo) (?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|mức độ|chỉ số)(?![^\W\d_])[^,.;:]*$"
)
# "275 xã/362 xã đạt chuẩn (chiếm 75,97%)": counted out, so it has been.
_COUNTED_OUT = re.compile(
    r"\d(?: [^\W\d_]+)?\s?/\s?\d[\d.]*\s[^;.()]{2,80}\((?:chiếm|đạt)(?: tỷ lệ)? \d{1,3},\d{1,2}\s?%[^()]{0,30}\)"
)
# "12 sở có chỉ số đạt trên 90%. Gồm các sở: …": who did it is known.
_RANKED = re.compile(r"\s*\d{1,3} (?:sở|ngành|huyện|xã|phường|đơn vị|cơ quan|địa phương)[^.;]* đạt ")
_NAMES_THEM = re.compile(r"[\s.]*(?:gồm|đó là)(?: các)? (?:sở|ngành|huyện|xã|phường|đơn vị|cơ quan|địa phương)\s?:")
_BRACKETS = re.compile(r"\([^()]*\)")
_DONE = re.compile(
    r"đã (?:đạt|có|hoàn thành|được|thực hiện|thu|triển khai|cấp|xây|tổ chức|ban hành|giải|tiếp nhận|hỗ trợ|đào tạo|đưa|kết nối|cung cấp|lắp|tạo|huy động|giảm|tăng|cài|sử dụng|và đang)(?![^\W\d_])"
)
# "Theo Ngân hàng …, trong năm 2021 …": somebody reports.
_REPORTED = re.compile(
    r"theo (?!đó|kế hoạch|nghị quyết|quyết định|chương trình|đề án|mục tiêu|lộ trình|chỉ tiêu|chỉ thị|chức năng)[^,.;]{3,80}, (?:tính|trong năm 20|năm 20|đến tháng|đến ngày)"
)
_FIGURE = re.compile(r"(?<![\d/.,-])(?!(?:19|20)\d\d\b)\d[\d.]*(?:,\d+)?\s*(?:%|[^\W\d_])")
_WAS = re.compile(
    r"(?:đã (?:đạt|có|hoàn thành|được|thực hiện|thu|triển khai|cấp|xây dựng|tổ chức|kết nối|cung cấp|giảm|tăng)|\bước (?:đạt|thực hiện)|(?<!thực )(?<!phát )(?<!thể )(?<!xuất )hiện (?:có|đạt)|đang(?= *$)|đang (?:ở|có|đạt)|(?<!thôn )(?<!đổi )mới đạt|(?<!địa )chỉ đạt|còn có)\s*(?:[^,;.]{0,40})$"
)
_IS_NOW = re.compile(r"(?<![^\W\d_])đang\s*$|,\s*hiện (?!đại)[^,;.]{0,60}$")
_CONDITION = re.compile(
    r"(?:^|[\s,;(])(?:nếu|trường hợp|đối với (?:những |các |một số )?(?:\S+ ){0,9}có|khi có|từ đủ|người từ|độ tuổi từ|trừ trường hợp|thuộc diện|được hưởng|có quy mô|quy mô(?! (?:dân số|(?:nền )?kinh tế|thị trường))|có (?:diện tích|thể tích|công suất|tổng mức|giá trị|thời gian|trình độ)|diện tích từ|mức (?:phạt|thu|chi|hỗ trợ|đóng|vay)|phạt|lãi suất|thuế suất|chậm từ|vay)(?![^\W\d_])[^;.]*$"
)
_SUPPORT = re.compile(
    r"(?:hỗ trợ|trợ cấp|chi trả|giảm trừ|trích|được (?:hưởng|giảm)|miễn)\s+(?:(?:tối đa|không quá|bằng|thêm|mức|tối thiểu|kinh phí|chi phí|học phí|một lần)\s+)*$"
)
_SUPPORT_OF = re.compile(r"\s*(?:chi phí|kinh phí|giá trị|lãi suất|mức|học phí|tổng mức|tiền|lãi|phí)\b")
_MAY = re.compile(r"[^;.,]{0,60}?\s(?:có thể (?:điều chỉnh|được)|thì (?:được|phải|áp dụng))")
_ELSEWHERE = re.compile(
    r"\(\s*(?:hiện (?:nay|tại|trạng)|thực (?:hiện|trạng)|toàn quốc|cả nước|bình quân|trung bình|cùng kỳ|năm trước|kế hoạch|chỉ tiêu (?:giao|kế hoạch)|năm (?:19|20)\d\d)[^()]*$"
)
_SHARE = re.compile(r"\(\s*(?:chiếm(?: tỷ lệ)?|đạt(?: tỷ lệ)?|tỷ lệ|bằng|tương đương|tương ứng)?\s*$")

_ACT = (
    "xây dựng|triển khai|thành lập|tổ chức|hình thành|hỗ trợ|đào tạo|bồi dưỡng|tập huấn|cung cấp|đầu tư|lắp đặt|trồng|phát triển|nâng cấp|mở rộng|mở|kết nối|thực hiện|hoàn thành|hoàn thiện|duy trì|thu hút|tạo|giải quyết|giới thiệu|tuyển|tuyển dụng|ban hành|trình|"
    "cấp|phát hành|sản xuất|tiếp nhận|đưa|chuyển đổi|công nhận|sắp xếp|sáp nhập|cắt giảm|giảm|tăng|nâng|rút ngắn|bố trí|trang bị|mua sắm|vận hành|thí điểm|phấn đấu|có|đạt|in|biên soạn|xuất bản|khai trương|khởi công|khánh thành|đón|phục vụ|tư vấn|khám|tiêm|kiểm tra|thanh tra|giám sát|rà soát|"
    "số hóa|cải tạo|sửa chữa|xóa|quy hoạch|hợp nhất và hình thành|vận động|huy động|kết nạp|thành lập mới|cứng hóa|bê tông hóa|công bố|tích hợp|chứng nhận|xuất khẩu|khai thác|nghiên cứu|nhân rộng|chỉnh trang|đăng ký|phủ sóng|tôn tạo|phục dựng|phục hồi|tu bổ|lựa chọn|bàn giao|đề xuất|cử|bảo đảm|đảm bảo|tăng thêm|bổ sung|xử lý|cai nghiện|xét|đặt hàng|ươm tạo|diễn tập|phân công|cử|nhân rộng ra|mở rộng ra|trang cấp|chuẩn hóa|kích hoạt|gồm|bao gồm|trong đó|dự kiến"
)
_ACTING = re.compile(
    rf"(?<![^\W\d_])(?:{_ACT})(?:\s+(?:mới|thêm|được|thành công|cho|ít nhất|và|thí điểm|lại|toàn bộ|đủ|là|cho khoảng|từ|vận hành|trên|hơn|khoảng)){{0,3}}\s*$"
)
_ACTS = re.compile(rf"(?<![^\W\d_])(?:{_ACT})(?![^\W\d_])")
_STANDS_IN = re.compile(
    r"(?<![^\W\d_])(?:tại|ở|của|với|theo|giữa|về|bởi|này|thuộc|ra|trên|qua|hoặc|và|các|những|cả|một trong|trong|từ|đến)\s*$"
)
_PILOT = re.compile(
    r"(?:thí điểm|nhân rộng|triển khai|trang bị|lắp đặt|phủ sóng|xây dựng|hoàn thành|hình thành|cho)\s+(?:[^\W\d_]+\s+){0,6}(?:tại|ở|cho|trên|ra)\s*$"
)
# "2,5 tỷ đồng, chiếm 0,8% tổng chi", "86 tỷ đồng: ngân sách tỉnh 50%, nguồn khác 15%"
_PART_OF_MONEY = re.compile(r"(?:đồng|usd)\s*(?:[,(]?\s*chiếm[^,;.]*|(?::|[,;(]?\s*(?:trong đó|gồm))[^.]*)$")
_NONE_LEFT = re.compile(r"(?<![^\W\d_])không (?:còn|có)\s[^,;.:]{0,40}$")  # "không còn xã dưới 15 tiêu chí"
# How something is made up: "gồm 08 chỉ tiêu thành phần".
_STRUCTURE = re.compile(
    r"(?:gồm|với|trên|theo|thuộc)(?: có)?\s+(?:chỉ tiêu|tiêu chí|nhóm|phần|nội dung|trụ cột|chương|mục|bước|nhiệm vụ)$"
)
_EACH = re.compile(r"(?<![^\W\d_])mỗi [^,;.:]{2,40}$")
_SMALL_TRE = 10


def is_past_sentence(flat: str, start: int, end: int) -> bool:
    """A sentence that tells what has been; the following ones without a promise go with it."""
    whole = flat[start : min(end, start + 700)]
    ranked = _RANKED.match(whole) is not None and _NAMES_THEM.match(flat, end) is not None
    # What stands in brackets is beside the point: "đạt 99% (hiện nay: 96,7%)".
    flat, start, far = _BRACKETS.sub(" ", flat[start : min(end, start + 700)]), 0, min(end, start + 700) - start
    if _REPORTED.match(flat):
        return True
    if _STRONG.search(flat, start, far):
        return False
    if ranked or _COUNTED_OUT.search(whole):
        return True
    # "người đã có tài khoản" behind the figure says whom it holds for, not when it was.
    figure = _FIGURE.search(flat, start, far)
    done = _DONE.search(flat, start, figure.start() if figure else far)
    return bool(_PAST.search(flat, start, far) or (done and not _RAISED.match(flat, start, done.start())))


def promises_anew(flat: str, start: int, end: int) -> bool:
    """A sentence that clearly speaks of what shall be."""
    return bool(_STRONG.search(flat, start, min(end, start + 700)))


def says_which(flat: str, floor: int, mention: Mention, manner: Manner) -> bool:
    """ "15 xã có từ 03 máy tính trở lên": the second number says which communes. `floor` is where the number before ends."""
    return (
        mention.kind != "percent"
        and manner.said.endswith("từ")
        and flat[floor - 1].isalpha() | (flat[floor - 1] == "%")
        and re.match(r"\s*trở lên", flat[mention.end : mention.end + 12]) is not None
        and not re.search(r"[,;:.]\s*$|(?<![^\W\d_])(?:và|đạt)\s*$", flat[floor : manner.start])
    )


def is_promised(
    flat: str,
    clause: tuple[int, int],
    floor: int,
    mention: Mention,
    manner: Manner,
    block: Block,
    past: bool,
    listed: bool,
) -> bool:
    """Whether a number with its manner, in its clause and section, is a promise."""
    if block.section in (Section.LEGAL, Section.REWARD):
        return False
    before = flat[max(clause[0], manner.start - 260) : manner.start]
    near = flat[max(floor, manner.start - 120) : manner.start]
    after = flat[mention.end : min(clause[1], mention.end + 90)]
    if (past or block.section is Section.PAST) and not _STRONG.search(before[-160:]):
        return False
    if _IS_NOW.search(before):
        return False
    if _WAS.search(before) and not (_STRONG.search(before) or _RAISED.match(before)):
        return False
    if floor > clause[0] and says_which(flat, floor, mention, manner):
        return False
    if mention.kind == "percent":
        return _percent(flat, before, near, after, manner, block)
    if re.match(r"\s*so với (?:cùng kỳ|năm trước)", after):
        return False
    if mention.kind == "duration":
        return _duration(before[-120:], manner)
    if mention.kind == "money":
        return _money(near, before, manner, block)
    return _count(flat, before, near, after, mention, manner, block, listed)


def _percent(flat: str, before: str, near: str, after: str, manner: Manner, block: Block) -> bool:
    if re.match(r"\s*so với cùng kỳ", after):
        return False
    if block.section is not Section.OBJECTIVE and _PART_OF_MONEY.search(f"{before} {manner.said}"):
        return False
    wanted = block.section is Section.OBJECTIVE or bool(_PROMISE.search(before))
    if _SHARE.search(flat[max(0, manner.start - 24) : manner.start]) and not re.search(
        r"mục tiêu|chỉ tiêu|phấn đấu|vượt|tăng|giảm", near
    ):
        return wanted and manner.said.startswith("còn")
    if _ELSEWHERE.search(before[-80:]):
        return False
    if _SUPPORT.search(near) and _SUPPORT_OF.match(after):
        return False
    if _MAY.match(after) and _CONDITION.search(before):
        return False
    return wanted or manner.linked or not _CONDITION.search(near)


def _duration(near: str, manner: Manner) -> bool:
    return bool(
        re.search(r"thời gian|thời hạn", near)
        and re.search(
            r"giảm|rút ngắn|cắt|còn|không (?:để |được )?quá|dưới|trong vòng|xuống|tối đa|bình quân", near + manner.said
        )
    ) or bool(re.search(r"(?:rút ngắn|cắt giảm|giảm)\s+(?:ít nhất|tối thiểu|được|thêm|\s)*$", near + " " + manner.said))


def _money(near: str, before: str, manner: Manner, block: Block) -> bool:
    if _CONDITION.search(near) or re.search(
        r"kiến nghị|đề nghị hỗ trợ|mức (?:chi|thu|phạt|hỗ trợ)|định mức|trị giá", f"{near} {manner.said}"
    ):
        return False
    return bool(
        manner.linked
        or manner.comparator != "exactly"
        or block.section is Section.OBJECTIVE
        or re.search(
            r"kinh phí|ngân sách|vốn|dự toán|tổng mức|doanh thu|thu nhập|giá trị|kim ngạch|nguồn|thu hút|huy động|giải ngân",
            before,
        )
    )


def _count(
    flat: str, before: str, near: str, after: str, mention: Mention, manner: Manner, block: Block, listed: bool
) -> bool:
    if _CONDITION.search(near) and not _PROMISE.search(near):
        return False
    if manner.said.endswith("trên") and mention.low < _SMALL_TRE and not re.search(r"đạt|có|chiếm", manner.said):
        return False
    if (
        _SHARE.search(flat[max(0, manner.start - 24) : manner.start])
        and not manner.linked
        and re.match(r"\s*[);]|$", after)
    ):
        return False
    if (
        re.match(r"\s*(?:trở lên\s+)?đối với", after)
        or _NONE_LEFT.search(near)
        or _STRUCTURE.search(f"{near}{mention.unit}")
    ):
        return False
    if listed or _EACH.search(near):
        return True
    bare = near.rstrip()
    standing = _STANDS_IN.search(bare)
    if standing and manner.comparator == "exactly" and not manner.linked:
        named = (block.section is Section.OBJECTIVE and bare.count(" ") < 8) or _PILOT.search(bare)
        return bool(ADMINISTRATIVE.match(mention.unit) and named)
    if manner.comparator != "exactly" or (
        manner.linked
        and (mention.kind != "word" or block.section is Section.OBJECTIVE)
        and not manner.said.endswith(("đến", "tới", "hoàn thành", "là"))
    ):
        return True
    if mention.kind == "word" and re.search(r"(?:bảo|đảm) (?:đảm|bảo)\s*$", bare):  # "bảo đảm 6 rõ"
        return False
    if _ACTING.search(f"{bare} {manner.said}") or (
        manner.said.endswith(("là", "đến", "tới"))
        and re.search(r"(?:số|tổng|diện tích|sản lượng|quy mô|công suất|tỷ)", near)
    ):
        return True
    if block.section is Section.OBJECTIVE:
        return mention.kind != "word" or not bare
    # The number stands a few words behind the verb: "Tổ chức tập huấn cho 200 cán bộ".
    words = bare.split()
    last = " ".join(words[-12:])
    if words and words[-1].endswith((",", ";", "(", ":")):
        return False
    if (
        mention.kind in ("noun", "measure")
        and len(words) <= 10
        and _ACTS.match(bare.lstrip(" -+;"))
        and re.match(r"\s*(?:[;.,)]|$)", after)
    ):
        return True  # "giám sát phát hiện HIV 3.000 mẫu;"
    return (
        bool(_ACTS.search(last))
        and mention.kind in ("noun", "measure")
        and bool(
            re.search(r"(?:cho|khoảng|công suất|quy mô|số lượng|tần suất|được|với)\s*$|^$", bare) or "tần suất" in last
        )
    )
