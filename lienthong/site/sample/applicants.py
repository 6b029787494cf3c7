"""Invented people and firms that apply at the counters. Identity numbers begin with 099 and business numbers with 00, which no
province has; telephones with 0900; addresses at domains that can never exist (RFC 2606)."""

from dataclasses import dataclass
from datetime import date
from random import Random

from lienthong.kit.text import vn_fold
from lienthong.modules.citizens.rules import Details
from lienthong.modules.citizens.terms import IdentityScheme, Kind, Sex
from lienthong.site.sample import agencies, names

_HAMLETS = (
    "thôn Đông",
    "thôn Tây",
    "thôn Trung",
    "thôn Thượng",
    "thôn Hạ",
    "khu phố 1",
    "khu phố 2",
    "khu phố 3",
    "xóm Bến",
    "xóm Chùa",
)
_FIRMS = ("Công ty TNHH", "Công ty cổ phần", "Doanh nghiệp tư nhân", "Hợp tác xã")
_DOES = (
    "Xây dựng",
    "Thương mại",
    "Vận tải",
    "Nuôi trồng thủy sản",
    "Du lịch",
    "Dược phẩm",
    "Môi trường",
    "Cơ khí",
    "Thực phẩm",
)
_CALLED = (
    "Hải Âu Xanh",
    "Sơn Hải Phát",
    "Gió Biển",
    "Đồi Thông",
    "Cửa Lạch",
    "Bình Minh Đảo",
    "Sóng Bạc",
    "Hòn Chén",
    "Nắng Cát",
    "Bến Xưa",
)
_TRADES = (
    "tạp hóa",
    "quán cơm",
    "sửa chữa xe máy",
    "may mặc",
    "vật liệu xây dựng",
    "cắt tóc",
    "hải sản khô",
    "cà phê",
    "nhà nghỉ",
    "in ấn",
)
# What is asked for, in the applicant's words; the rest is the procedure's name.
_MATTERS = {
    "1.001193": "Đăng ký khai sinh cho cháu {child}",
    "1.000656": "Đăng ký khai tử cho {other}",
    "1.000894": "Đăng ký kết hôn giữa {name} và {other}",
    "1.004873": "Cấp Giấy xác nhận tình trạng hôn nhân cho {name}",
    "1.004859": "Cải chính ngày sinh trong Giấy khai sinh của {name}",
    "2.000635": "Cấp 3 bản sao Giấy khai sinh của {child}",
    "2.000815": "Chứng thực 2 bản sao bằng tốt nghiệp và học bạ",
    "1.001612": "Đăng ký hộ kinh doanh {trade} tại {place}",
    "2.000720": "Đăng ký thay đổi ngành nghề của hộ kinh doanh {trade}",
    "1.001570": "Tạm ngừng kinh doanh hộ kinh doanh {trade} trong 6 tháng",
    "1.013225": "Cấp giấy phép xây dựng nhà ở riêng lẻ {floors} tầng tại thửa đất số {plot}, tờ bản đồ số {sheet}, {place}",
    "1.013227": "Gia hạn giấy phép xây dựng nhà ở tại thửa đất số {plot}, tờ bản đồ số {sheet}, {place}",
    "1.009141": "Cấp biển số nhà tại {place}",
    "1.115743": "Chuyển {area} m² đất trồng cây lâu năm sang đất ở, thửa số {plot}, tờ bản đồ số {sheet}, {place}",
    "1.115692": "Cấp Giấy chứng nhận lần đầu cho thửa đất số {plot}, tờ bản đồ số {sheet}, diện tích {area} m², {place}",
    "1.001776": "Đề nghị hưởng trợ cấp xã hội hằng tháng cho {other}",
    "1.001699": "Xác định mức độ khuyết tật cho {other}",
    "1.013236": "Cấp giấy phép xây dựng nhà máy chế biến thủy sản tại Khu kinh tế Sơn Hải",
    "1.000703": "Cấp Giấy phép kinh doanh vận tải hành khách bằng xe ô tô",
    "2.002288": "Cấp phù hiệu cho {floors} xe ô tô kinh doanh vận tải",
    "1.115662": "Tách thửa đất số {plot}, tờ bản đồ số {sheet}, diện tích {area} m², {place}",
    "1.115668": "Đăng ký nhận tặng cho quyền sử dụng thửa đất số {plot}, tờ bản đồ số {sheet}, {place}",
    "1.009645": "Chấp thuận chủ trương đầu tư dự án Khu du lịch sinh thái Bãi Ngự",
    "1.014076": "Cấp Giấy chứng nhận đủ điều kiện kinh doanh dược cho nhà thuốc tại {place}",
    "3.000333": "Cấp Phiếu lý lịch tư pháp số 1 cho {name}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Someone:
    """Who applies, where the result can be sent, and the words of the matter."""

    details: Details
    home: str


class Applicants:
    """People and firms without end; the same source of chance gives the same ones."""

    def __init__(self, random: Random):
        self.random, self.people, self.count = random, names.people(random), 0
        self.communes = agencies.communes()

    def home(self, commune: str) -> str:
        """An address in that commune, or anywhere in the province."""
        found = next((one for one in self.communes if one.name == commune), None) or self.random.choice(self.communes)
        return f"{self.random.choice(_HAMLETS)}, {found.kind} {found.name}, tỉnh Sơn Hải"

    def person(self, commune: str, grown: int) -> Someone:
        """Somebody who was at least 20 in the year `grown`."""
        self.count += 1
        name = next(self.people)
        born = date(grown - self.random.randint(21, 68), self.random.randint(1, 12), self.random.randint(1, 28))
        woman = self.random.random() < 0.5
        century = (2 if born.year >= 2000 else 0) + woman
        number = f"099{century}{born:%y}{self.count * 37 % 1_000_000:06d}"
        home = self.home(commune)
        return Someone(
            Details(
                name, number=number, born_on=born, sex=Sex.FEMALE if woman else Sex.MALE, address=home,
                phone=f"0900{self.count * 41 % 1_000_000:06d}", email=self._email(name),
            ),
            home,
        )  # fmt: skip

    def firm(self, commune: str) -> Someone:
        """A business or cooperative."""
        self.count += 1
        name = f"{self.random.choice(_FIRMS)} {self.random.choice(_DOES)} {self.random.choice(_CALLED)}"
        home = self.home(commune)
        return Someone(
            Details(
                name, kind=Kind.BUSINESS, scheme=IdentityScheme.BUSINESS, number=f"00{self.count * 53:08d}", address=home,
                phone=f"0900{self.count * 41 % 1_000_000:06d}", email=f"vanthu{self.count}@doanhnghiep.example",
            ),
            home,
        )  # fmt: skip

    def matter(self, code: str, procedure: str, someone: Someone) -> str:
        """What is asked for, said as an applicant would."""
        other = next(self.people)
        return _MATTERS.get(code, procedure).format(
            name=someone.details.name, other=other, child=next(self.people), trade=self.random.choice(_TRADES),
            place=someone.home.removesuffix(", tỉnh Sơn Hải"), plot=self.random.randint(12, 640),
            sheet=self.random.randint(2, 48), area=self.random.randint(6, 40) * 10, floors=self.random.randint(1, 4),
        )  # fmt: skip

    def _email(self, name: str) -> str:
        if self.random.random() < 0.35:
            return ""
        words = vn_fold(name).split()
        return f"{words[-1]}{''.join(word[0] for word in words[:-1])}{self.count}@thu.example"
