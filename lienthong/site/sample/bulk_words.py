"""Words for the bulk: enough different ones that searching has something to do, in subjects that offices would write."""

from random import Random

from lienthong.site.sample import agencies, letters, names

# (code, name, abbreviation), the usual ones more often.
_KINDS = (
    *([("CV", "Công văn", "")] * 8), *([("QD", "Quyết định", "QĐ")] * 4), ("KH", "Kế hoạch", "KH"), ("KH", "Kế hoạch", "KH"),
    ("BC", "Báo cáo", "BC"), ("BC", "Báo cáo", "BC"), ("TB", "Thông báo", "TB"), ("TTR", "Tờ trình", "TTr"), ("GM", "Giấy mời", "GM"),
)  # fmt: skip
DOING = (
    "triển khai", "kiểm tra", "rà soát", "phê duyệt", "điều chỉnh", "báo cáo kết quả", "đôn đốc", "hướng dẫn", "góp ý dự thảo", "thẩm định",
    "đề nghị phối hợp", "trả lời kiến nghị về", "tổng kết", "tăng cường", "xử lý vướng mắc về", "bố trí kinh phí cho", "công bố", "đăng ký",
)  # fmt: skip
WHAT = (
    "quy hoạch sử dụng đất", "giải ngân vốn đầu tư công", "cấp giấy phép xây dựng", "phòng, chống sốt xuất huyết", "chuyển đổi số",
    "cải cách hành chính", "bồi thường, giải phóng mặt bằng", "thu gom rác thải", "đánh giá cán bộ, công chức", "dự toán ngân sách",
    "an toàn thực phẩm", "phòng cháy, chữa cháy", "giao thông nông thôn", "nước sạch", "bảo hiểm y tế hộ gia đình", "hộ tịch",
    "kỳ thi học sinh giỏi", "trường đạt chuẩn quốc gia", "nuôi biển", "bến cá", "điện gió ngoài khơi", "trồng rừng phòng hộ",
    "phòng, chống thiên tai", "tiếp công dân", "giải quyết khiếu nại", "chứng thư chữ ký số", "kho tài liệu lưu trữ", "di tích lịch sử",
    "lễ hội truyền thống", "du lịch biển", "giảm nghèo bền vững", "đào tạo nghề", "việc làm cho thanh niên", "đường ven biển",
    "trạm y tế", "tiêm chủng mở rộng", "đăng kiểm tàu cá", "hợp tác xã nông nghiệp", "chợ dân sinh", "nhà ở xã hội",
)  # fmt: skip
_OF = ("năm", "quý", "đợt", "giai đoạn", "tháng")


class Words:
    """One source of chance for all texts. None holds a tab, a line end or a backslash."""

    def __init__(self, random: Random):
        self.random = random
        self._places = [f"{one.kind} {one.name}" for one in agencies.communes()]
        self._people = names.people(random)
        self._signers = [next(self._people) for _ in range(400)]

    def kind(self) -> tuple[str, str, str]:
        return self.random.choice(_KINDS)

    def subject(self) -> str:
        chance = self.random.choice
        return f"{chance(DOING)} {chance(WHAT)} tại {chance(self._places)} {chance(_OF)} {self.random.randint(1, 2027)}"

    def body(self) -> str:
        """What would be read out of the file: some forty words."""
        chance = self.random.choice
        return " ".join(f"{chance(DOING)} {chance(WHAT)} {chance(self._places)};" for _ in range(5))

    def person(self) -> str:
        return self.random.choice(self._signers)

    def instruction(self, unit: str) -> str:
        return self.random.choice(letters.INSTRUCTIONS[2:]).format(division=unit)

    def hand_on(self) -> str:
        return self.random.choice(letters.HAND_ON)

    def result(self) -> str:
        return self.random.choice(letters.RESULTS)
