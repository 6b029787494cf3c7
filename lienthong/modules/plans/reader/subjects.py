"""What is promised: the noun phrase that a number belongs to, before it or behind it."""

import re
from dataclasses import dataclass

from lienthong.modules.plans.reader.comparators import Manner
from lienthong.modules.plans.reader.letters import Letters
from lienthong.modules.plans.reader.numbers import Mention

_LEAD_IN = re.compile(
    r"(?:[\s,;:.\-+•*“\"(=]+|(?:và|còn|với|mà|nhưng|đồng thời|phấn đấu|quyết tâm|tiếp tục|trong đó|cụ thể|gồm|bao gồm|theo đó|có|đạt được|đạt|hoàn thành|bảo đảm|đảm bảo|duy trì|mục tiêu|riêng|hằng năm|hàng năm|mỗi năm|đã|sẽ|phải|cần|dự kiến|ước|để|nhằm|là|từ nay"
    r"|tăng|giảm|nâng|đưa)(?![^\W\d_])"
    r"|(?:phấn đấu\s+)?(?:(?:từ|đến|tới|vào|trong|trước|hết|cuối|đầu)\s+)*(?:năm|giai đoạn|quý|tháng|ngày|thời kỳ)\s+(?:iv|iii|ii|i|\d)[\d/.\- ]*(?:(?:\s*(?:đến|tới|năm|tháng|quý)\s*)+\d[\d/ -]*)*(?:\s*(?:trở đi|trở lại|trở về sau))?(?![^\W\d_])"
    r"|(?:chỉ tiêu|mục tiêu|nhiệm vụ)\s+(?:số\s+)?\d[\d.]*\s*[:.]|(?:\(?\d{1,2}\)|[a-zđ]\))\s)+"
)
_HEADS = re.compile(
    r"(?<![^\W\d_])(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tỷ số|tỉ số|tỷ suất|tỉ suất|mức độ hài lòng|mức độ(?! \d)|tổng số|tổng giá trị|tổng diện tích|tổng sản lượng|tổng kinh phí|tổng mức|tổng nguồn|tổng vốn|tổng|số lượng|số giờ|số điểm|số hộ|số người|số giờ|(?<![^\W\d_] )số(?= )|diện tích|sản lượng|năng suất|"
    r"thu nhập|doanh thu|kim ngạch|tốc độ|tần suất|giá trị|chỉ số|độ che phủ|thời gian|kinh phí|dự toán|chiều dài|tổng chiều dài|công suất|quy mô|mật độ|tuổi thọ|dân số|vốn|nguồn vốn|tăng trưởng|tăng trưởng kinh tế)(?![^\W\d_])"
)
_RATE = re.compile(
    r"(?<![^\W\d_])(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tỷ số|tỷ suất|tỉ suất|mức độ(?! \d)|chỉ số|tốc độ|độ che phủ)(?![^\W\d_])"
)
_NO_NOUN = re.compile(
    r"\s*(?:[.,;:)\]/=(]|$|(?:vào|trong|so với|so|và|trở lên|trở xuống|đến|theo|mỗi|(?:hằng|hàng)(?= (?:năm|quý|tháng|tuần|ngày))|giai đoạn|năm|nhằm|để|trước|với|do|như|bình quân|vượt|từ|bằng|thì|mà|nhưng|còn|hoặc|kể từ|thông qua|của năm|x|là|tại|ở|cho|của|ngay|phấn đấu|lên|xuống)(?![^\W\d_]))"
)
_CUT = re.compile(
    r",?\s*(?:trong đó|nhằm|với tổng|góp phần|so với|vượt so|thông qua việc|từ đó|qua đó|nâng tổng số|phấn đấu)(?![^\W\d_])|\s*:\s|,\s*(?=(?:đạt|tăng|giảm|bảo đảm|đảm bảo|phấn đấu|nhất là|đặc biệt|đồng thời|tiến tới|góp phần|trước mắt|từng bước|riêng|bao gồm|gồm|mỗi)(?![^\W\d_]))"
)
_TRAIL = re.compile(
    r"(?:[\s,;:.\-+(/]+|(?<![^\W\d_])(?:và|còn|hoặc|với|đạt|có|là|trong đó|ít nhất|tối thiểu|phấn đấu|khoảng|trên|dưới|thì|để|nhằm|vào|trong|cho|bình quân|tỷ lệ này|lần lượt|tương ứng|dự kiến|cho|tại|ở|mỗi năm|hằng năm|hàng năm|phải|cụ thể|nâng|được nâng)"
    r"|(?<![^\W\d_])(?:(?:từ|đến|tới|vào|trong|trước|hết|cuối|đầu)\s+)*(?:năm|giai đoạn|quý|tháng|ngày|thời kỳ)\s+(?:iv|iii|ii|i|\d)[\d/. -]*(?:(?:năm|tháng|đến|tới)\s*[\d/ -]+)*(?:trở đi)?)$"
)
_BARE_ACT = re.compile(r"(?:[^\W\d_]+\s+){0,2}[^\W\d_]+")
_INTRO = re.compile(
    r"(?:gồm|bao gồm|sau|như sau|sau đây|như|mục tiêu|chỉ tiêu|chỉ tiêu cụ thể|mục tiêu cụ thể|cụ thể|trong đó|kết quả|sản phẩm|theo đó|dự kiến|kết quả đầu ra|phấn đấu|yêu cầu|(?:đề|đặt|đưa) ra(?: là)?|(?<!định )hướng|(?:chỉ tiêu|mục tiêu|tiêu chí|nhiệm vụ)\s+(?:số\s+)?\d[\d.]*|là)\s*[:=]?\s*$"
)
_PREDICATE = re.compile(
    r"(?<![^\W\d_])(?:được|có|phải|sử dụng|thực hiện|áp dụng|tham gia|triển khai|hoàn thành|đạt|bố trí|kết nối|đáp ứng|cung cấp|ứng dụng|hoàn thiện|công khai|gửi|ký)(?![^\W\d_])"
)
_ELLIPTIC = re.compile(r"\s*(?:tại|ở|đối với|của|với|cho|thuộc|cấp|(?:các )?(?:ubnd|ủy ban nhân dân) cấp)(?![^\W\d_])")
_TIER = re.compile(
    r"(?<![^\W\d_])(?:tại |ở |đối với |của |thuộc |giữa )?(?:(?:các )?(?:cơ quan |ubnd |ủy ban nhân dân )?cấp (?:tỉnh|huyện|xã|bộ|cơ sở|trung ương))|(?<=\s)mức độ \d|(?<=\s)(?:trước|đúng|quá) hạn"
)
_COUNTED = re.compile(r"[x×\s]*\d[\d.,]*\s+[^\W\d_]+\s*")
# "30% thực hiện theo mô hình mới": what does it was said before.
_VERBAL = re.compile(
    r"(?:được|có|thực hiện|sử dụng|áp dụng|tham gia|hoàn thành|triển khai|biết|tiếp cận|dùng|ứng dụng|thường xuyên|đáp ứng|đạt (?:chuẩn|trình độ|yêu cầu|mức))(?![^\W\d_])"
)
_BASE = re.compile(r"\s*(?:các|tổng số|tổng|số)\s")
_RESTATED = re.compile(r"\s*\([\d/., ]{1,24}(?:%|[^\W\d_]{1,12})?\)")  # "100% (60/60) đơn vị"
_PART = re.compile(
    r"(?:tại |ở |đối với |riêng |khối )?(?:các )?(?:cơ quan |đơn vị |ubnd |ủy ban nhân dân )?(?:cấp )?(?:tỉnh|huyện|xã|bộ|cơ sở|phường|thành phố|thị xã|quận)(?:(?:, | và )(?:cấp )?(?:tỉnh|huyện|xã|phường|thị trấn|thị xã|thành phố|thị|thành))*"
    r"|mức độ \d|(?:hồ sơ )?(?:trước|đúng|quá) hạn"
)
# What stands before its number and names only agencies or a field: the noun was said before.
_PART_BEFORE = re.compile(
    r"(?:(?:các|sở|ban|ngành|cấp|tỉnh|huyện|xã|thành phố|thị xã|thị trấn|phường|quận|cơ quan|đơn vị|địa phương|ubnd|ủy ban nhân dân|hđnd|nhà nước|miền núi|đặc khu|trực thuộc|và|còn lại|khác|riêng|tại|ở|đối với|của|khối|bộ|phòng|chuyên môn|hành chính)(?:[\s,]+|$))+"
    r"|(?:riêng |đối với |trong )?(?:các )?(?:lĩnh vực|khu vực|vùng|nhóm|loại|địa bàn) [^:;%]{2,60}"
)
_REACHES = re.compile(r"(?<![^\W\d_])(?:phủ|phủ sóng|phục vụ|đáp ứng|cung cấp|kết nối|bao phủ)(?: đến| tới| cho)?$")
_REACHING = re.compile(
    r"(?<![^\W\d_])(?:phủ|kết nối|triển khai|cung cấp|mở rộng|nhân rộng|lắp đặt|đưa|liên thông)(?![^\W\d_])"
)
_GENERIC = re.compile(r"(?:tổng số|số lượng|số|tổng)$")
_CHANGE = re.compile(r"cắt giảm|rút ngắn|tăng|giảm")
_FOR = re.compile(r"(?<![^\W\d_])(cho|tại|ở|với)(?:\s+(?:khoảng|ít nhất|tối thiểu|trên|hơn|từ))?\s*$")
_BASELINE = re.compile(r"\s+từ\s+\d[\d.,]*(?![\d.,]|\s*tuổi)[^.;]{0,30}$")
_GROWN = re.compile(
    r"\s*(?:tăng trưởng|tăng thêm|tăng|giảm)(?:\s+(?:bình quân|trung bình))?(?:\s+(?:hằng|hàng|mỗi) năm)?(?!\s*(?:xuống|lên|còn|đạt))(?![^\W\d_])"
)
_NO_NOUN_HERE = re.compile(
    r"(?:(?:tăng|giảm|bình quân|trung bình|hằng năm|hàng năm|mỗi năm|trong giai đoạn|trong kỳ|này|cả|giai đoạn|thời kỳ|năm|[\d\s-])\s*)+"
)
_MOST_WORDS = 70


@dataclass
class Found:
    """A subject: its words, the stretch of the text it was taken from, and whether it stood behind the number."""

    words: str
    start: int
    end: int
    behind: bool
    lead: str = ""
    weak: bool = False  # only the counted noun itself


def subject(letters: Letters, left: int, mention: Mention, manner: Manner, right: int) -> Found | None:
    """The noun phrase in `left`..`right` that the number belongs to; None when only numbers and verbs stand there."""
    flat = letters.flat
    before = _before(flat, left, manner.start)
    if before is not None and _NO_NOUN_HERE.fullmatch(flat, *before):
        before = None
    if before is not None and mention.kind == "percent" and (grown := _GROWN.match(flat, before[1], mention.start)):
        before = before[0], grown.end()
    after_at = max(mention.end, manner.end)
    if restated := _RESTATED.match(flat, after_at, right):
        after_at = restated.end()
    if (
        before is None
        and mention.kind == "percent"
        and manner.said.startswith("chiếm")
        and flat[left - 2 : left] == ", "
    ):
        return None  # "tăng 20%/năm, chiếm 30% tổng mức": of what was said before
    nouny = mention.kind in ("noun", "word")
    has_after = _NO_NOUN.match(flat, after_at, right) is None
    is_intro = before is not None and bool(_INTRO.search(flat[before[0] : manner.start]))
    linked = manner.linked or (
        manner.comparator != "exactly" and before is not None and bool(_RATE.match(flat, before[0]))
    )
    if before is not None and (nouny or has_after) and (is_intro or flat.startswith("về ", before[0])):
        before = None
    if nouny:
        headed = before is not None and bool(_HEADS.match(flat, before[0]))
        if manner.said == ":" and not headed and _counts_behind(letters, mention, right):
            before, linked = None, False  # "Bệnh viện: 12 bệnh viện dùng phần mềm"
        stands = linked or (not has_after and (headed or "/" in mention.unit))
        if before is not None and stands and not _only_verbs(flat, before):
            standing = _standing(letters, before)
            if _GENERIC.match(standing.words.lower()):
                standing.words += f" {letters.words(mention.number_end, mention.end)}"
            return standing
        return _counted(letters, left, before, mention, manner, right)
    if before is not None and (linked or not has_after):
        if has_after and _BARE_ACT.fullmatch(flat, *before) and not _HEADS.match(flat, before[0]):
            found = _behind(letters, after_at, right, letters.words(*before))
            return Found(found.words, before[0], found.end, True) if found else _standing(letters, before)
        standing = _standing(letters, before)
        reaching = manner.said.endswith(("đến", "tới", "cho")) and _REACHING.search(standing.words.lower())
        if has_after and (reaching or _REACHES.search(standing.words.lower())):
            reached = _behind(letters, after_at, right, "")
            return _led(letters, before, reached) if reached else standing
        base = _behind(letters, after_at, right, "") if has_after and _BASE.match(flat, after_at) else None
        return Found(_short(f"{standing.words} {base.words}"), before[0], base.end, True) if base else standing
    if before is not None and _RATE.match(flat, before[0]):
        return _standing(letters, before)
    if has_after:
        act = ""
        if mention.kind == "measure" and before is not None:
            act = " ".join(letters.words(*before).split()[-4:])
        if re.search(r"(?<![^\W\d_])(?:tăng|giảm|cắt giảm|rút ngắn)\b", manner.said):
            act = _CHANGE.findall(manner.said)[0]
        found = _behind(letters, after_at, right, act)
        if (
            found
            and not act
            and before is not None
            and len(found.words.split()) <= 5
            and not _PREDICATE.search(found.words.lower())
        ):
            return _led(letters, before, found)
        return found
    return None


def _before(flat: str, left: int, right: int) -> tuple[int, int] | None:
    lead = _LEAD_IN.match(flat, left, right)
    start = lead.end() if lead else left
    if start < right and start > left and flat[start - 1].isalnum() and flat[start].isalnum():
        start = left
    trail = _TRAIL.search(flat[max(start, right - 90) : right])
    while trail and right > start:
        right = max(start, right - len(trail[0]))
        trail = _TRAIL.search(flat[max(start, right - 90) : right]) if trail[0] else None
    tail = max(start, right - 70)
    baseline = _BASELINE.search(flat[tail:right])
    if baseline:
        right = tail + baseline.start()
    if not any(char.isalpha() for char in flat[start:right]) or _COUNTED.fullmatch(flat, start, right):
        return None
    head = _HEADS.search(flat, start, right)
    if head and head.start() > start:
        rate = _RATE.search(flat, start, right)
        chosen = rate or head
        lead_words = flat[start : chosen.start()]
        if rate or lead_words.count(" ") <= 6 or "," in lead_words or ":" in lead_words:
            start = chosen.start()
    elif not head:
        start = _last_phrase(flat, start, right)
    return (start, right) if start < right else None


def _last_phrase(flat: str, start: int, right: int) -> int:
    """Of a long run of words without a head noun only what follows the last comma, colon or bracket."""
    if flat[right - 1] == ")":
        opened = _opening(flat, start, right)
        if opened > start + 3:
            return start
    if flat.count(" ", start, right) <= 18 and not re.search(r"[:(]", flat[start:right]):
        return start
    cut = max(flat.rfind(mark, start, right) for mark in (": ", "("))
    if cut < 0 or flat.count(" ", cut, right) > 18:
        cut = max(flat.rfind(mark, start, right) for mark in (", ", ": ", "(", " để ", " nhằm "))
    if cut < 0 or cut + 2 >= right:
        return start
    lead = _LEAD_IN.match(flat, cut + 1, right)
    begin = lead.end() if lead else cut + 1
    return begin if right - begin >= 6 else start


def _counted(
    letters: Letters, left: int, before: tuple[int, int] | None, mention: Mention, manner: Manner, right: int
) -> Found | None:
    """The noun that is counted with what follows it; with what comes before when it stands behind "cho", "tại"."""
    said = letters.flat[mention.number_end : mention.end]
    begin = mention.end - len(mention.unit) if "/" in said and "/" not in mention.unit else mention.number_end
    found = _behind(letters, begin, right, "")
    cut = manner.end > mention.end  # "300 người trở lên": nothing is counted behind
    bare = (
        found is None or cut or found.words.lower() == mention.unit or found.words.startswith("/") or _bare(found.words)
    )
    unit = Found(letters.words(begin, mention.end), begin, mention.end, True, weak=True)
    if bare and before is None:
        return unit
    if before is not None and letters.flat.startswith("mỗi ", before[0]):  # "mỗi xã có 01 tổ": the count holds for each
        return Found(f"{(found or unit).words} {letters.words(*before)}", before[0], (found or unit).end, True)
    if before is not None and (bare or _FOR.search(letters.flat[left : manner.start])):
        link = _FOR.search(letters.flat[left : manner.start])
        joined = _led(letters, before, found if found and not bare else unit, f" {link[1]}" if link else "")
        return joined if len(letters.words(*before).split()) > 1 or not bare else unit
    return found


def _counts_behind(letters: Letters, mention: Mention, right: int) -> bool:
    found = _behind(letters, mention.end, right, "")
    return found is not None and len(found.words.split()) > 1


def _led(letters: Letters, before: tuple[int, int], found: Found, link: str = "") -> Found:
    """Both sides of the number: "mạng băng rộng phủ" … "hộ gia đình"."""
    lead = _standing(letters, before).words
    if len(lead.split()) < 3 and not link:
        return found
    return Found(_short(f"{lead}{link} {found.words}"), before[0], found.end, True, lead)


def _bare(words: str) -> bool:
    """ "đợt/năm", "người/lớp x 02 lớp": a unit and no noun phrase."""
    return "/" in words.split()[0] and len(words.split()) <= 4


def _only_verbs(flat: str, place: tuple[int, int]) -> bool:
    return bool(
        re.fullmatch(
            r"(?:xây dựng|triển khai|thành lập|tổ chức|hình thành|phát triển|hỗ trợ|đào tạo|thu hút|tạo|công nhận|đầu tư)(?: mới| thêm)?",
            flat[place[0] : place[1]].strip(),
        )
    )


def _opening(flat: str, start: int, right: int) -> int:
    """Where the bracket that closes at the end was opened, -1 when it was not."""
    depth = 0
    for at in range(right - 1, max(start, right - 1500) - 1, -1):
        depth += (flat[at] == ")") - (flat[at] == "(")
        if depth == 0:
            return at
    return -1


def _standing(letters: Letters, place: tuple[int, int]) -> Found:
    start, end = place
    if letters.flat[end - 1] == ")":
        opened = _opening(letters.flat, start, end)
        if opened > start + 3 and end - opened > 30:
            return Found(_short(letters.words(start, opened)), start, end, False)
    return Found(_short(letters.words(start, end)), start, end, False)


def _behind(letters: Letters, start: int, right: int, act: str) -> Found | None:
    flat = letters.flat
    while start < right and not flat[start].isalnum():
        start += 1
    cut = _CUT.search(flat, min(start + 4, right), right)
    end = cut.start() if cut else right
    trail = _TRAIL.search(flat[max(start, end - 90) : end])
    while trail and trail[0] and end > start:
        end = max(start, end - len(trail[0]))
        trail = _TRAIL.search(flat[max(start, end - 90) : end])
    if end <= start or not any(char.isalpha() for char in flat[start:end]):
        return None
    words = _balanced(letters.words(start, end))
    return Found(_short(f"{act} {words}".strip()), start, end, True)


def _balanced(words: str) -> str:
    """Without a bracket that is closed or opened outside."""
    depth = 0
    for at, char in enumerate(words):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return words[:at].rstrip(" ,;.")
    if depth > 0:
        return words[: words.rfind("(")].rstrip(" ,;.") or words.strip("( ")
    return words


def _short(words: str) -> str:
    parts = words.split()
    return " ".join(parts[:_MOST_WORDS]).strip(" ,;:.-+")


def completed(found: list[Found | None], parted: list[bool]) -> list[Found | None]:
    """Share what a list says once: "80% hồ sơ cấp tỉnh, 60% cấp huyện được xử lý" has one noun and one
    predicate. `parted[i]` says that a semicolon stands between the numbers i and i + 1: nothing is inherited over it."""
    done = list(found)
    for at, one in enumerate(done):
        last = done[at - 1] if at else None
        if one is None:
            following = done[at + 1] if at + 1 < len(done) and not parted[at] else None
            near = (
                last
                if last and not parted[at - 1]
                else following
                if following and following.behind and not last
                else None
            )
            done[at] = Found(near.words, near.start, near.end, near.behind) if near else None
        elif last and is_part(one) and (not parted[at - 1] or _RATE.match(last.words.lower())):
            if not is_part(last):  # two tiers: both are parts of what the colon or the line above says
                done[at] = Found(f"{_head_of(last.words)} {one.words}", one.start, one.end, one.behind)
        elif one.weak and last and last.words.lower().startswith(f"{one.words.lower()} "):
            done[at] = Found(last.words, one.start, one.end, True)  # "60 trường đạt chuẩn, năm 2024 có 65 trường"
        elif (
            one.behind
            and last
            and last.lead
            and len(one.words.split()) <= 3
            and not _PREDICATE.search(one.words.lower())
        ):
            done[at] = Found(f"{last.lead} {one.words}", one.start, one.end, True, last.lead)
        elif (
            one.behind
            and last
            and last.behind
            and _VERBAL.match(one.words.lower())
            and not _VERBAL.match(last.words.lower())
        ):
            doing = _PREDICATE.search(last.words.lower())
            whole = last.words[: doing.start()].strip(" ,") if doing else last.words
            done[at] = Found(f"{whole} {one.words}", one.start, one.end, True)
        elif one.behind and last and _is_elliptic(one.words):
            done[at] = Found(f"{_head_of(last.words)} {one.words}", one.start, one.end, True)
    for at in range(len(done) - 2, -1, -1):
        one, following = done[at], done[at + 1]
        if (
            one is None
            or following is None
            or not one.behind
            or not following.behind
            or _PREDICATE.search(one.words.lower())
        ):
            continue
        predicate = _PREDICATE.search(following.words.lower())
        same = one.words.split()[:1] == following.words.split()[:1]
        short = len(one.words.split()) <= 5 and 0 <= following.start - one.end <= 16
        if predicate and (short or (same and _TIER.search(one.words.lower()))):
            done[at] = Found(f"{one.words} {following.words[predicate.start() :]}", one.start, one.end, True)
    return done


def _is_elliptic(words: str) -> bool:
    """ "tại cấp huyện", "đối với UBND cấp xã": the noun was said before."""
    return bool(_ELLIPTIC.match(words.lower())) and len(words.split()) <= 14 and not _PREDICATE.search(words.lower())


def is_part(found: Found) -> bool:
    """Only a tier, an agency, a field: what it is a part of was said before, in the line above or before the colon."""
    words = found.words.lower()
    return bool(_PART.fullmatch(words) or (not found.behind and _PART_BEFORE.fullmatch(words)))


def has_predicate(words: str) -> bool:
    """Whether the words say what a noun does or gets: "hồ sơ được số hóa"."""
    return _PREDICATE.search(words.lower()) is not None


def _head_of(words: str) -> str:
    """The noun of "hồ sơ công việc tại cấp tỉnh" without its tier, of "dịch vụ công mức độ 3" without its level."""
    tier = _TIER.search(words.lower())
    return words[: tier.start()].strip(" ,") if tier and tier.start() > 0 else words
