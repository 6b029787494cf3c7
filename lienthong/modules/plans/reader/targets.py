"""From sentences to targets: every promised number with its subject, its time and whom it holds for."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from lienthong.modules.plans.reader.agencies import scope
from lienthong.modules.plans.reader.blocks import Block, Section
from lienthong.modules.plans.reader.comparators import Manner, manner
from lienthong.modules.plans.reader.letters import Letters
from lienthong.modules.plans.reader.lines import Stretches
from lienthong.modules.plans.reader.numbers import Mention, mentions
from lienthong.modules.plans.reader.promises import is_past_sentence, is_promised, promises_anew, says_which
from lienthong.modules.plans.reader.sentences import clauses, sentences
from lienthong.modules.plans.reader.shapes import Comparator, Target
from lienthong.modules.plans.reader.subjects import Found, completed, has_predicate, is_part, subject
from lienthong.modules.plans.reader.target_tables import target_tables
from lienthong.modules.plans.reader.times import Time, best, times

_LONGEST_SENTENCE = 6000
_SHORTEST = 12
_HUNDRED = Decimal(100)
_FROM = re.compile(r"(?<![^\W\d_])từ\s*$")
_TO = re.compile(r"\s*(?:[^\d;.:]{0,30}?(?:\(?năm \d{4}\)?)?\s*)?(?:lên|xuống|sang|đến|tới|còn)(?![^\W\d_])")
_LISTED = re.compile(r"(?:,|;|\(|\)|×|(?<![^\W\d_])(?:và|x|còn|gồm|trong đó|với|cho)|:)\s*$")
_LEADING = re.compile(
    r"\s*(?:$|ít nhất|tối thiểu|có|mỗi|trong đó|phấn đấu|góp phần|nâng|bảo đảm|đảm bảo|đạt|tỷ lệ|tỉ lệ|xây dựng|thành lập|tổ chức|hình thành|hỗ trợ|đào tạo|phát triển|trên|dưới|khoảng|từ|còn|riêng|đến|năm|giai đoạn|tăng|giảm|thu hút|tạo|duy trì|hoàn thành|mở|lắp đặt|trồng|"
    r"triển khai|cung cấp|đầu tư|công nhận|tiếp tục|đưa|kết nối|không|giải quyết|giới thiệu|vận hành|số hóa|tổng|số|diện tích)(?![^\W\d_])"
)
_ENDS = re.compile(r"\s*(?:[.,;)]|$|(?:và|vào|trong|so với)(?![^\W\d_]))")
_ONLY_TIMES = re.compile(r"\s*(?:(?:vào|đến|trong|hết|cuối)\s+)*(?:năm\s+)?(?:19|20)\d\d\s*(?:,|;|và|, và)\s*")
_SETS_OUT = re.compile(r"(?::|(?<![^\W\d_])(?:mục tiêu|phấn đấu)(?: là)?,?)\s*$")
_JOINED = re.compile(r"(?<![^\W\d_])và\s*$")
_LEAST_OF_ALL = re.compile(r"(?:(?<![^\W\d_])(?:trên|hơn|ít nhất|tối thiểu|không dưới|không thấp hơn)|≥|>=|>)$")
_OF_IT = re.compile(
    r";\s*trong đó,?\s*(?:giai đoạn|năm|đến năm|riêng)?\s*[\d\s-]*$"
)  # "…; trong đó giai đoạn 2026-2030 đạt"
_RESTATED = re.compile(r"%\s?\($")  # "58,9% (66/112 thôn, tăng thêm 20 thôn)"
_IN_BRACKETS = re.compile(r"\(\s*$")
_OVER = re.compile(r"vượt (?:mục tiêu|chỉ tiêu|kế hoạch|mức|dự toán)[^,;()]{0,60}\(\s*$")
_FRAME = re.compile(
    r"^(?:mục đích|yêu cầu|quan điểm|phạm vi)(?![^\W\d_])|^(?:các )?(?:mục tiêu|chỉ tiêu|(?:từ nay )?đến (?:hết |cuối )?(?:năm|quý|tháng)|trong đó|cụ thể|phấn đấu|giai đoạn|năm|theo đó|trong năm)(?![^\W\d_])|(?:gồm|sau|như sau|cụ thể|trong đó|sau đây)$|\d\s*%"
)
_EVERY = re.compile(r"(?<![^\W\d_])(?:tất cả|toàn bộ)(?![^\W\d_])(?:\s+(?:những|các|số))?\s+(?=[^\W\d_])")
_DUTY = re.compile(r"(?<![^\W\d_])(?:phải|được|đều|có|bảo đảm|đảm bảo|hoàn thành)(?![^\W\d_])")
_NOUN_HEADS = re.compile(
    r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tổng|số|diện tích|sản lượng|tốc độ|thu nhập|giá trị|kim ngạch|doanh thu|chỉ số|thời gian|kinh phí|mức)(?![^\W\d_])"
)

Piece = tuple[int, int, Mention, Manner]


def targets(letters: Letters, found: list[Block], period: str | None, since: int | None = None) -> list[Target]:
    """All targets in order. `period` is the plan's own, for promises that name no time; what was due before the
    year `since` is history."""
    tabled = list(target_tables(letters, period))
    tables = Stretches((start, end) for _, start, end in tabled)
    read = [target for target, _, _ in tabled]
    read += _of_blocks(letters, [block for block in found if not tables.hold(block.start)], period)
    kept = (target for target in read if since is None or _last_year(target.when) >= since)
    return sorted(kept, key=lambda target: (target.start, target.end))


def _last_year(when: str | None) -> int:
    years = re.findall(r"(?:19|20)\d\d", when or "")
    return int(years[-1]) if years else 9999


def _of_blocks(letters: Letters, found: list[Block], period: str | None) -> Iterator[Target]:
    for at_block, block in enumerate(found):
        if block.section in (Section.LEGAL, Section.REWARD) or _is_a_bare_cell(letters.flat, block):
            continue
        before = found[at_block - 1] if at_block else None
        past, said, last = block.section is Section.PAST, None, None
        for start, end in sentences(letters.flat, letters.text, block.body, block.end):
            if promises_anew(letters.flat, start, end):
                past = False
            elif is_past_sentence(letters.flat, start, end):
                past = True
            within = letters.flat.startswith("trong đó", start)
            governed = (last if within else None) or said or _above(letters.flat, block) or period
            for at in range(start, end, _LONGEST_SENTENCE):
                yield from _of_sentence(letters, block, before, at, min(end, at + _LONGEST_SENTENCE), past, governed)
            leading = [
                time
                for time in times(letters.flat, start, min(end, start + 300))
                if time.rank == 3 and (time.start - start <= 12 or _SETS_OUT.search(letters.flat[start : time.start]))
            ]
            said = leading[0].value if leading else said
            last = best(list(times(letters.flat, start, min(end, start + 400)))) or (last if within else None)


def _is_a_bare_cell(flat: str, block: Block) -> bool:
    return block.end - block.body < _SHORTEST and not any(map(str.isdigit, flat[block.body : block.end]))


def _above(flat: str, block: Block) -> str | None:
    """The time that the nearest heading or introduction names."""
    for upper in reversed(block.above):
        if not upper.opens:
            continue
        named = best(list(times(flat, upper.start, min(upper.end, upper.start + 800))))
        if named and not re.match(r"(?:kế hoạch|chương trình|đề án|quyết định)\b", flat[upper.body : upper.end]):
            return named
    return None


def _of_sentence(
    letters: Letters, block: Block, before: Block | None, start: int, end: int, past: bool, governed: str | None
) -> Iterator[Target]:
    flat = letters.flat
    known = list(times(flat, start, end))
    pieces: list[Piece] = []
    for clause in clauses(flat, start, end):
        pieces += _pieces(flat, clause, block, past)
    if not pieces:
        yield from _every(letters, block, start, end, known)
        return
    named_here = [subject(letters, left, mention, how, right) for left, right, mention, how in pieces]
    for at, (one, two) in enumerate(pairwise(pieces), 1):  # "chiếm 20% GRDP và 30% GRDP": the same measure, not a noun
        again, base = named_here[at], flat[one[2].end : two[2].start].lstrip()
        if again and again.behind and len(again.words.split()) <= 2 and base.startswith(again.words.lower()):
            named_here[at] = None
        bare = again is not None and again.weak and one[2].unit == two[2].unit
        if bare and _ONLY_TIMES.fullmatch(flat, one[2].end, two[3].start):  # "500 người năm 2024 và 700 người năm 2025"
            named_here[at] = None
    between = [flat[one[2].end : two[3].start] for one, two in pairwise(pieces)]
    subjects = completed(named_here, [";" in words and not _OF_IT.search(words) for words in between])
    first = pieces[0][2].start
    lead = [time for time in known if time.end <= first and time.rank >= 2]
    several = sum(1 for one in subjects if one and _is_short(letters, start, one)) > 1
    if sum(one[2].low for one in pieces if one[2].kind == "percent") == _HUNDRED:
        several = False  # shares of a whole have their own names
    shared = _comparators(flat, pieces)
    for at, ((left, right, mention, _), named) in enumerate(zip(pieces, subjects, strict=True)):
        how = shared[at]
        partial = (
            named is None
            or is_part(named)
            or (several and mention.kind == "percent" and _is_short(letters, start, named))
        )
        whole = _whole(letters, block, start, mention.start) if partial else None
        if named is not None and whole:
            named = Found(f"{whole} {named.words[:1].lower()}{named.words[1:]}", named.start, named.end, named.behind)
        if named is None and whole:
            named = Found(whole, mention.start, mention.start, False)
        if named is not None and named.weak and not _may_stand_alone(flat, block, start, end, mention):
            named = None
        if named is None:
            named = _named_above(letters, block, before)
        if named is None or not named.words:
            continue
        if how.said.startswith("còn"):  # a level, not a change: "giảm 3% (còn 7%)"
            named = replace(named, words=named.words.removesuffix(" giảm"))
        upto = pieces[at + 1][0] if at + 1 < len(pieces) else end
        when = (
            _when(known, left, max(right, min(upto, right)), mention)
            or best(lead[::-1])
            or _later(known, right, pieces, at)
            or governed
        )
        yield _target(letters, left, right, mention, how, named, when)


def _is_short(letters: Letters, start: int, named: Found) -> bool:
    """ "Sổ điểm điện tử: tiểu học 50%, trung học cơ sở 80%": a few words behind a colon and before the number."""
    colon = letters.flat.rfind(":", start, named.start + 1)
    return (
        colon >= 0
        and not named.behind
        and len(named.words.split()) <= 4
        and not _NOUN_HEADS.match(letters.flat, named.start)
        and ";" not in letters.flat[colon : named.start]
    )


def _may_stand_alone(flat: str, block: Block, start: int, end: int, mention: Mention) -> bool:
    """A count without further words is a promise in a bullet or a sentence; in a cell of a table or a bracket it is none."""
    bracketed = flat[max(0, mention.start - 3) : mention.start].rstrip().endswith("(")
    return not bracketed and bool(block.mark or flat.count(" ", start, end) >= 3)


def _whole(letters: Letters, block: Block, start: int, number: int) -> str | None:
    """What a tier or year is a part of: the words before the colon of the sentence, else those of the line above."""
    colon = letters.flat.find(":", start, number)
    places = [(start, colon)] if colon >= 0 else []
    places += [
        (upper.body, upper.end) for upper in block.above[-1:] if upper.opens and letters.text[upper.end - 1] == ":"
    ]
    for begin, end in places:
        words = letters.words(begin, end).strip(" :;.-+")
        if 3 <= len(words.split()) <= 40 and not _FRAME.search(words.lower()):
            return words
    return None


def _named_above(letters: Letters, block: Block, before: Block | None) -> Found | None:
    """A bullet that is only a number has its subject in the line above it, a cell in the cell before."""
    if not block.mark:
        if (
            before is None
            or before.mark
            or not _NOUN_HEADS.match(letters.flat, before.body)
            or before.end - before.body > 300
        ):
            return None
        return Found(letters.words(before.body, before.end).strip(" :;."), before.body, before.end, False)
    for upper in block.above[-1:]:
        words = letters.words(upper.body, upper.end).strip(" :;.")
        if upper.opens and 2 <= len(words.split()) <= 30 and not _FRAME.search(words.lower()):
            return Found(words, block.body, block.body, False)
    return None


def _pieces(flat: str, clause: tuple[int, int], block: Block, past: bool) -> list[Piece]:
    """The promised numbers of a clause, each with the stretch of words that is its own."""
    every = list(mentions(flat, *clause))
    manners = []
    floor = clause[0]
    for at, mention in enumerate(every):
        ceiling = every[at + 1].start if at + 1 < len(every) else clause[1]
        manners.append(manner(flat, floor, mention.start, mention.end, ceiling))
        floor = mention.end
    kept: list[Piece] = []
    edges = [
        clause[0],
        *(_split(flat, every[at].end, manners[at + 1], every[at + 1]) for at in range(len(every) - 1)),
        clause[1],
    ]
    for at, (mention, how) in enumerate(zip(every, manners, strict=True)):
        left, right = edges[at], edges[at + 1]
        if _is_baseline(flat, mention, how, every[at + 1] if at + 1 < len(every) else None):
            edges[at + 1] = left if not kept or kept[-1][1] <= left else edges[at + 1]
            continue
        listed = bool(kept) and bool(_LISTED.search(flat[max(kept[-1][2].end, how.start - 12) : how.start]))
        if kept and how.start == mention.start and _goes_on(flat, kept[-1], mention):
            how = replace(how, comparator="at_least")
        if _OVER.search(flat[max(clause[0], mention.start - 90) : mention.start]):
            how = replace(how, comparator="at_least")
        if (
            mention.kind == "percent"
            and at + 2 < len(edges)
            and every[at + 1].kind != "percent"
            and right == manners[at + 1].start
            and not manners[at + 1].linked
        ):
            right = edges[at + 2]  # "70% phụ nữ được tầm soát ít nhất 4 loại bệnh": one promise within the other
        left, right = _in_brackets(flat, left, right, mention)
        if (
            mention.kind != "percent"
            and _RESTATED.search(flat[max(clause[0], left - 4) : left])
            and flat[left].isdigit()
        ):
            continue
        floor = every[at - 1].end if at else clause[0]
        if is_promised(flat, clause, floor, mention, how, block, past, listed):
            kept.append((left, right, mention, how))
        elif (
            kept
            and kept[-1][1] == edges[at]
            and (
                says_which(flat, floor, mention, how)
                or _IN_BRACKETS.search(flat[max(0, mention.start - 3) : mention.start])
            )
        ):
            kept[-1] = (kept[-1][0], edges[at + 1], *kept[-1][2:])  # "100 xã (50%) có …" goes on behind the bracket
        elif mention.kind == "duration":
            edges[at + 1] = edges[at]
    return kept


def _comparators(flat: str, pieces: list[Piece]) -> list[Manner]:
    """ "Trên 70% A và 50% B được …": one enumeration with one predicate, "trên" holds for both."""
    shared = [piece[3] for piece in pieces]
    opened = False  # the number before was at least, said before it and not of its own only
    for at, (one, two) in enumerate(pairwise(pieces)):
        opened = opened or (not one[3].linked and _LEAST_OF_ALL.search(one[3].said) is not None)
        plain = two[3].start == two[2].start and two[3].end == two[2].end and not two[2].is_range
        between = flat[one[2].end : two[2].start]
        further = pieces[at + 2][2].start if at + 2 < len(pieces) else two[2].end
        following = flat[two[2].end : max(further, two[1])]
        alike = between.split()[:2] == following.split()[:2]
        joined = _JOINED.search(between) is not None
        last = joined or (alike and between.rstrip().endswith((",", ";")) and _JOINED.search(following) is not None)
        opened = (
            opened and plain and one[2].unit == two[2].unit == "%" and last and (alike or not has_predicate(between))
        )
        if opened:
            shared[at + 1] = replace(two[3], comparator="at_least")
    return shared


def _goes_on(flat: str, before: Piece, mention: Mention) -> bool:
    """ "ít nhất 60 trường và 10 trạm": at least both."""
    least = before[3].comparator == "at_least" and before[3].said.startswith(("ít nhất", "tối thiểu"))
    return least and before[2].unit == mention.unit != "%" and flat.endswith(" và ", before[2].end, mention.start)


def _is_baseline(flat: str, mention: Mention, how: Manner, following: Mention | None) -> bool:
    """ "từ 23 … xuống 18 …": the first number is where it starts from."""
    if following is None or mention.is_range:
        return False
    starts = _FROM.search(flat[max(0, mention.start - 12) : mention.start]) is not None
    between = flat[mention.end : following.start]
    if re.match(r"\s*trở (?:lên|xuống)", between):
        return False
    return (
        starts
        and len(between) < 80
        and bool(_TO.match(between))
        and (following.unit == mention.unit or following.kind == mention.kind)
    )


def _split(flat: str, after: int, following: Manner, number: Mention) -> int:
    """Where the words of one number end and those of the next begin, between `after` and the next number."""
    between = flat[after : following.start]
    opened = between.rfind("(")
    if opened > between.rfind(")"):
        return after + opened + 1
    parted = between.rfind(";")  # within brackets: outside of them it ends the clause
    if parted > between.rfind(")"):
        return after + parted + 1
    closed = between.rfind(")") if between.count(")") > between.count("(") else -1
    marks = [
        found
        for found in re.finditer(r",\s+|\s+và\s+|\s+còn\s+(?!lại)|:\s+|\.\s+|\)\s*", between)
        if found.start() >= closed
    ]
    if not marks:
        return following.start if not following.linked else after
    if following.linked:
        for mark in reversed(marks):
            if _NOUN_HEADS.match(between, mark.end()):
                return after + mark.end()
        if marks[0].start() <= 1:  # "đạt 85%, lĩnh vực đất đai, xây dựng đạt 80%": nothing belongs to the first
            return after + marks[0].end()
        if not marks[-1].end() < len(between):
            return after + marks[-1].end()
        return after + marks[-1].end() if between[: marks[-1].start()].strip() else after + marks[0].end()
    last = marks[0] if marks[0].start() <= 1 and number.kind == "percent" else marks[-1]
    rest = between[last.end() :]
    if (
        number.kind in ("money", "measure", "percent")
        and rest.strip()
        and _ENDS.match(flat, max(number.end, following.end))
    ):
        return after + last.end()
    return after + last.end() if _LEADING.match(rest) and rest.count(" ") <= 14 else following.start


def _in_brackets(flat: str, left: int, right: int, mention: Mention) -> tuple[int, int]:
    """Not beyond the brackets that the number stands in."""
    opened = flat.rfind("(", left, mention.start)
    if opened >= 0 and flat.find(")", opened, mention.start) < 0:
        closed = flat.find(")", mention.end, right)
        if not flat[opened + 1 : mention.start].strip() and closed >= 0 and not flat[mention.end : closed].strip():
            return min(left, opened), closed
        return opened + 1, closed if closed >= 0 else right
    closed = flat.find(")", mention.end, right)
    if (
        closed >= 0
        and flat.find("(", mention.end, closed) < 0
        and flat.rfind("(", max(0, left - 400), left) > flat.rfind(")", max(0, left - 400), left)
    ):
        right = closed
    return left, right


def _when(known: list[Time], left: int, right: int, mention: Mention) -> str | None:
    """A time among the number's own words: right behind it, else the one said most like a term."""
    own = [time for time in known if left <= time.start and time.end <= right + 1 and time.rank > 0]
    close = [time for time in own if 0 <= time.start - mention.end <= 12]
    return close[0].value if close else best(own)


def _later(known: list[Time], right: int, pieces: list[Piece], at: int) -> str | None:
    """ "40% A và 50% B vào năm 2020": the time at the end holds for all."""
    if at + 1 >= len(pieces):
        return None
    tail = [time for time in known if time.start >= pieces[-1][2].end and time.rank >= 2]
    return tail[-1].value if len(tail) == 1 else None


def _target(
    letters: Letters, left: int, right: int, mention: Mention, how: Manner, named: Found, when: str | None
) -> Target:
    begin = min([mention.start, how.start, *([named.start] if left <= named.start else [])])
    finish = max([mention.end, how.end, *([named.end] if named.end <= right else [])])
    while begin < finish and not (letters.text[begin].isalnum() or letters.text[begin] in "≥≤<>("):
        begin += 1
    place = letters.span(begin, finish)
    comparator, low, high = _value(mention, how)
    seen = scope(letters.flat, letters.text, named.start, named.end) or scope(
        letters.flat, letters.text, left, min(right, left + 800)
    )
    return Target(
        place[0],
        place[1],
        letters.given[place[0] : place[1]],
        named.words,
        comparator,
        low,
        high,
        _as_written(letters, mention),
        when,
        seen,
    )


def _as_written(letters: Letters, mention: Mention) -> str:
    """The unit with its capitals: "triệu USD", "MW"."""
    words = letters.words(mention.number_end, mention.end)
    return words if words.lower() == mention.unit else mention.unit


def _value(mention: Mention, how: Manner) -> tuple[Comparator, Decimal | None, Decimal | None]:
    if mention.is_range:
        return "range", mention.low, mention.high
    if mention.kind == "percent" and mention.low == _HUNDRED and how.comparator != "at_most":
        return "all", _HUNDRED, _HUNDRED
    if how.comparator == "at_least":
        return "at_least", mention.low, None
    if how.comparator == "at_most":
        return "at_most", None, mention.high
    return "exactly", mention.low, mention.high


def _every(letters: Letters, block: Block, start: int, end: int, known: list[Time]) -> Iterator[Target]:
    """ "Đến năm 2017 … phải cung cấp … đối với tất cả những lĩnh vực": all, said without a figure."""
    flat = letters.flat
    timed = [time for time in known if time.rank == 3]
    found = _EVERY.search(flat, start, end)
    if found is None or not timed or not promises_anew(flat, start, end) or timed[0].start > found.start():
        return
    if not re.search(r"(?<![^\W\d_])(?:phải|bảo đảm|đảm bảo|phấn đấu|hoàn thành|đều)(?![^\W\d_])", flat[start:end]):
        return
    duty = _DUTY.search(flat, timed[0].end, found.start())
    begin = duty.end() if duty else found.end()
    stop = flat.find(",", found.end(), end)
    finish = stop if stop > 0 else end
    words = (
        f"{letters.words(begin, found.start())} {letters.words(found.end(), finish)}"
        if duty
        else letters.words(found.end(), finish)
    )
    place = letters.span(min(begin, found.start()), finish)
    yield Target(
        place[0], place[1], letters.given[place[0] : place[1]], words.strip(" .;,"), "all", _HUNDRED, _HUNDRED, "%",
        timed[0].value, scope(flat, letters.text, start, end),
    )  # fmt: skip
