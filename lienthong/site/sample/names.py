"""Invented people. Weights are rough guesses at how common a name is; nobody real is meant."""

from collections.abc import Iterator
from random import Random

_SURNAMES = (
    ("Nguyễn", 31), ("Trần", 11), ("Lê", 9), ("Phạm", 7), ("Hoàng", 5), ("Huỳnh", 4), ("Phan", 4), ("Vũ", 4), ("Võ", 3),
    ("Đặng", 3), ("Bùi", 3), ("Đỗ", 2), ("Hồ", 2), ("Ngô", 2), ("Dương", 2), ("Lý", 1), ("Đào", 1), ("Đinh", 1), ("Lâm", 1),
    ("Trịnh", 1), ("Mai", 1), ("Tạ", 1), ("Cao", 1), ("Đoàn", 1),
)  # fmt: skip
_MEN = (
    "Văn Hải", "Quốc Bình", "Minh Tuấn", "Đức Thịnh", "Hữu Phước", "Anh Dũng", "Thanh Tùng", "Trung Kiên", "Xuân Trường",
    "Công Thành", "Hoàng Long", "Bảo Quân", "Ngọc Sơn", "Đình Khôi", "Tiến Đạt", "Quang Vinh", "Văn Lộc", "Chí Thiện",
    "Gia Huy", "Bá Khoa", "Thế Anh", "Nhật Minh", "Mạnh Cường", "Duy Khánh", "Hải Đăng", "Phú Quý", "Viết Hùng",
    "Trọng Nghĩa", "Khắc Hiếu", "Tấn Phát", "Nam Giang", "Hồng Quang", "Vĩnh Phúc", "Thành Nhân", "Đăng Khoa",
)  # fmt: skip
_WOMEN = (
    "Thu Hương", "Kim Oanh", "Ngọc Lan", "Hồng Gấm", "Thị Hạnh", "Thanh Thảo", "Bích Ngọc", "Minh Nguyệt", "Thị Yến",
    "Phương Linh", "Mỹ Duyên", "Hoài An", "Lan Chi", "Quỳnh Trang", "Thùy Dương", "Hải Yến", "Diệu Hiền", "Cẩm Tú",
    "Ngọc Bích", "Thị Mai", "Khánh Vân", "Tuyết Nhung", "Bảo Châu", "Ánh Tuyết", "Kiều Oanh", "Thanh Hà", "Như Quỳnh",
    "Xuân Mai", "Thị Thơm", "Tố Uyên", "Hồng Nhung", "Việt Trinh", "Thảo Nguyên",
)  # fmt: skip


def people(random: Random, women: float = 0.45) -> Iterator[str]:
    """Full names without end; the same random source gives the same people. Namesakes happen, as in life."""
    surnames, weights = zip(*_SURNAMES, strict=True)
    while True:
        given = random.choice(_WOMEN if random.random() < women else _MEN)
        yield f"{random.choices(surnames, weights)[0]} {given}"
