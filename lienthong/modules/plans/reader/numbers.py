"""Numbers that may be promised: where they stand, their value or range, their unit; not those that name or date something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lienthong.modules.plans.reader.units import unit_after

FIGURE = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,3}(?: \d{3})+(?!\d)(?:,\d{1,4})?|\d{1,12}(?:[.,]\d{1,4})?"
_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_SPELT = "|".join([*_WORDS, "mươi", "mốt", "tư", "lăm", "trăm", "linh", "lẻ"])
_NUMBER = re.compile(
    # "chín mươi lăm phần trăm (95%)": the words and the figures in the bracket are one number
    rf"(?<![\w.,/-])(?:(?<!\d )|(?<=năm (?:19|20)\d\d )(?=[\d.,]+\s?%))(?<!\d:)(?:(?:{_SPELT})(?:\s+(?:{_SPELT}))*\s+phần trăm\s*\((?=\d))?(?:(?P<low>{FIGURE})(?:\s*(?:%|phần trăm))?\s*(?:-|đến|tới|~)\s*(?P<high>{FIGURE})(?=\s*(?:%|[^\W\d_]|phần trăm|m²|m³)|$)"
    rf"|(?P<one>{FIGURE})(?P<of>/\d{{1,4}}(?=\s+[^\W\d_]))?"
    rf"|(?P<word>{'|'.join(_WORDS)})(?!\s+trong)(?!\s+(?:mươi|mốt|trăm|nghìn|ngàn|phần)(?![^\W\d_]))(?=\s))(?![\d])(?!\.\d)(?!,\d)"
)
# A number in words is one behind "ít nhất", and behind a verb that sets up or assigns something.
_BEFORE_WORD = re.compile(
    r"(?:ít nhất|tối thiểu|(?P<act>thành lập|phân công|xây dựng|tổ chức|bố trí|mở|thí điểm|hình thành|cử|ban hành)(?: thêm| mới)?)\s+$"
)
_IN_WORDS = re.compile(rf"\s*\((?:{'|'.join(_WORDS)})\)")  # "02 (hai) lớp"
# What stands before a number that is a name: a law, an article, a level, a road, a group, a storm.
_NAMES = re.compile(
    r"(?:^|[\s(\"“,;])(?:số|điều|khoản|điểm(?= \d)|mục|phần|chương|phụ lục|biểu(?: mẫu| số)?|mẫu(?: số)?|bảng|hình|(?<!ở )mức(?: độ)?(?: \d[,\s]*(?:và |- ?|đến )?)?|cấp độ|cấp(?= \d)|bậc|hạng|loại|nhóm|lớp|khối|khóa|kỳ"
    r"|thứ|lần thứ|giai đoạn|đợt|quốc lộ|tỉnh lộ|vành đai|đường|đoàn|đề án|chương trình|dự án|tiểu dự án|hợp phần|nội dung(?: thành phần)?|mục tiêu|chỉ tiêu|tiêu chí|nhiệm vụ|hoạt động|bước|tiểu mục|quý|tháng|ngày|năm|iso|iso/iec|tcvn|qcvn|covid|windows|version|phiên bản|web"
    r"|công nghiệp|cách mạng công nghiệp(?: lần thứ)?|lần|đối tượng|vùng|khu vực|quận|phường|kv|trang|tr|bão|bão số|trường(?= số)|chỉ thị|nghị quyết|nghị định|quyết định|thông tư|kế hoạch|công văn|luật|tài khoản|điện thoại|đt|fax|sđt|tel|ga|tổ|ấp|khu phố|thôn"
    r"|level|mạng|chuẩn|cổng số|cột|dòng|stt|tt|câu|bài|tiết|hồi|lúc|vào lúc|từ lúc|tầng|phòng|lô|gói|hotline)\s*(?:số\s*)?[:.]?\s*$"
)
_NAMED_LIST = re.compile(
    r"(?:mức(?: độ)?|cấp(?: độ)?|loại|nhóm|hạng|khoản|điều|điểm|lớp|tháng|khối|mục|quý|các năm|năm)\s+(?:\d{1,4}\s*(?:,|và|;|-|đến|/|hoặc)\s*)+$"
)
_YEARS = re.compile(r"năm\s+(?:19|20)\d\d\s*(?:,|;|và)\s*$")  # "400 người năm 2024 và 800 người năm 2026"
_AFTER_NAME = re.compile(
    r"\s*(?:/\s*(?!(?:1\.?000|10\.?000|100\.?000|100|vạn)\b)[\dIVX]|/\s*[a-zđ&]{1,12}(?:-[a-zđ&]|\b)|-[a-zđ]{1,8}/|-(?:kh|nq|ct|qđ|tb|cv|kl|ttr|hd|bc)\b|:\d\d|h\d|g(?:iờ)?\s*\d\d|\+\d)"
)
_LEVEL = re.compile(r"mức(?: độ)? \d(?:,| và) $")  # "mức độ 3 và 10 dịch vụ": there are four levels
_LEVELS = 4
_AGE = re.compile(r"\s*tuổi")
_TIER = re.compile(
    r"\s*(?:cấp(?:\s|[.,;)]|$)|lớp(?=[.,;\s)])(?=\s*(?:[.,;)]|$|phù|theo|bảo|an))|chiều|trụ cột|trong (?:số )?\d|nhà\b|không\b|cửa\b|tháng (?:đầu|cuối)|loại hình|cùng)"
)
_PHONE = re.compile(r"0\d{8,}|\d{7,}")


@dataclass(frozen=True)
class Mention:
    """A number with its unit: `start`..`number_end` are the figures, `end` is behind the unit."""

    start: int
    number_end: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    kind: str  # percent, money, measure, noun, word, duration

    @property
    def is_range(self) -> bool:
        """Whether two figures were given."""
        return self.low != self.high


def mentions(flat: str, start: int, end: int) -> Iterator[Mention]:
    """Numbers with a unit between `start` and `end`, in order; ordinals, dates, references and levels left out."""
    for found in _NUMBER.finditer(flat, start, end):
        read = _read(flat, start, end, found)
        if read:
            yield read


def _read(flat: str, start: int, end: int, found: re.Match[str]) -> Mention | None:
    said = _IN_WORDS.match(flat, found.end())
    unit = unit_after(flat, said.end() if said else found.end())
    if unit is None or unit[1] > end:
        return None
    name, unit_end, kind = unit
    if found["word"] and not _counts_in_words(flat, start, found, kind):
        return None
    if found["of"] and (kind != "noun" or int(found["of"][1:]) < (value(found["one"]) or 0)):
        return None
    if kind != "percent" and _is_a_name(flat, start, found, kind):
        return None
    low = Decimal(_WORDS[found["word"]]) if found["word"] else value(found["low"] or found["one"] or "")
    high = value(found["high"]) if found["high"] else low
    if low is None or high is None:
        return None
    if high < low and kind != "percent":  # a percentage upside down is kept, for a person to turn
        return None
    if found["high"] and kind in ("noun", "word") and re.match(r"(?:19|20)\d\d$", found["high"]):
        return None
    return Mention(found.start(), found.end(), unit_end, low, high, name, kind)


def _counts_in_words(flat: str, start: int, found: re.Match[str], kind: str) -> bool:
    before = _BEFORE_WORD.search(flat[max(start, found.start() - 30) : found.start()])
    return before is not None and (not before["act"] or (kind == "noun" and found["word"] not in ("một", "năm")))


def _is_a_name(flat: str, start: int, found: re.Match[str], kind: str) -> bool:
    at = found.start()
    before = flat[max(start, at - 40) : at]
    figures = found[0]
    if _AFTER_NAME.match(flat, found.end()) and kind != "measure":
        return True
    if (_AGE.match(flat, found.end()) and "tuổi thọ" not in before) or _TIER.match(flat, found.end()):
        return True
    grouped = "." in figures or "," in figures  # names are plain numbers
    if kind != "money" and not grouped:
        counted = kind == "noun" and figures.isdigit() and int(figures) > _LEVELS and _LEVEL.search(before)
        counted = counted or (kind == "noun" and not re.fullmatch(r"(?:19|20)\d\d", figures) and _YEARS.search(before))
        if not counted and (_NAMES.search(before) or _NAMED_LIST.search(before)):
            return True
    if kind != "money" and _PHONE.fullmatch(figures):
        return True
    if before.endswith("(") and flat[found.end() : found.end() + 1] == ")":
        return True
    return (
        kind in ("noun", "word")
        and re.fullmatch(r"(?:19|20)\d\d", figures) is not None
        and flat[at - 1 : at] in ("/", "-")
    )


def value(figures: str) -> Decimal | None:
    """ "1.200" is 1200, "37,5" is 37.5, "37.5" too, "1 200" is 1200. None when there is no sense in it."""
    plain = figures.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain) and not plain.startswith("0."):
        plain = plain.replace(".", "").replace(",", ".")
    elif "," in plain:
        whole, _, rest = plain.partition(",")
        plain = (
            whole + rest
            if len(rest) == 3 and whole != "0" and len(whole) <= 3 and "." not in whole
            else f"{whole}.{rest}"
        )
    try:
        return Decimal(plain)
    except ArithmeticError:
        return None
