"""Which dossiers the sample has: some written out so that everything that can happen to one happens, the rest by chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from lienthong.site.sample.procedures import COMMUNES, Facts

HOW_MANY = 110


@dataclass(frozen=True, slots=True)
class Plan:
    """One dossier. `desk` is the commune whose centre receives it ("" the provincial one), `by` who decides (an office's
    key, "" what the procedure says), `day` and `time` when, in working days back.

    `end` is how far it comes at most: turned:supplement, turned:refusal, unclear, way, a kind of step (assign, handle …:
    it stays there), stopped:supplement, stopped:finance, stopped:suspension, silent, withdrawn, stopped, ready, post,
    returned. `marks` are what happens on the way, see `walk`. `pace` is the time taken for a step in parts of the table's.
    """

    code: str
    desk: str
    day: int
    time: str
    end: str = "returned"
    marks: frozenset[str] = frozenset()
    by: str = ""
    pace: float = 0.6
    who: str = ""  # the same word: the same applicant


def _plan(
    code: str, desk: str, day: int, time: str, end: str = "returned", marks: str = "", by: str = "", pace: float = 0.6, who: str = ""
) -> Plan:  # fmt: skip
    return Plan(code, desk, day, time, end, frozenset(marks.split()), by, pace, who)


WRITTEN = (
    # The four walks from desk to return.
    _plan("1.001193", "Hòa Thuận", 30, "08:05", marks="rated:desk:very_good"),
    _plan("1.001612", "Hòa Thuận", 35, "09:10", marks="document rated:desk:good", who="hkd"),
    _plan("2.000720", "Hòa Thuận", 9, "14:05", marks="rated:code:good", who="hkd"),
    _plan("1.013225", "Hòa Thuận", 26, "10:20", marks="supplement document rated:desk:very_good"),
    _plan("1.115743", "Sơn Hải", 32, "08:30", marks="finance document rated:code:bad"),
    # At the counter: not received, not clear, on the way.
    _plan("1.013225", "Hòa Thuận", 3, "08:20", "turned:supplement"),
    _plan("1.115692", "Tân Lập", 7, "15:10", "turned:supplement"),
    _plan("1.014076", "", 15, "09:25", "turned:supplement"),
    _plan("1.001612", "Hòa Thuận", 6, "10:05", "turned:refusal"),
    _plan("2.002288", "", 2, "14:20", "turned:refusal"),
    _plan("1.014051", "", 1, "10:40", "unclear"),
    _plan("1.004363", "", 0, "08:10", "unclear"),
    _plan("1.013225", "Hòa Thuận", 0, "09:00", "unclear"),
    _plan("2.000591", "", 16, "09:00", marks="unclear", pace=0.5),
    _plan("2.000635", "", 0, "10:15", "way", by="x:Hòa Thuận"),
    _plan("2.000635", "", 1, "15:40", "way", by="x:Tân Lập"),
    _plan("1.001193", "Bến Thuyền", 0, "08:50", "way", by="x:Sơn Hải"),
    _plan("1.004873", "", 11, "15:35", by="x:Hòa Thuận", marks="rated:code:very_good"),
    # Being handled, early and late.
    _plan("1.001193", "Hòa Thuận", 0, "09:30", "assign"),
    _plan("1.001193", "Hòa Thuận", 0, "10:10", "assign"),
    _plan("1.013225", "Hòa Thuận", 4, "08:40", "handle"),
    _plan("1.013225", "Hòa Thuận", 12, "14:30", "handle", pace=0.4),
    _plan("1.115692", "Hòa Thuận", 25, "08:15", "inspect", marks="silence"),
    _plan("1.001699", "Hòa Thuận", 16, "09:05", "council"),
    _plan("1.001776", "Hòa Thuận", 8, "10:00", "decide"),
    _plan("1.001776", "Hòn Sứ", 9, "10:00", "decide"),
    _plan("1.001612", "Hòa Thuận", 2, "13:50", "decide"),
    _plan("1.001612", "Hòa Thuận", 3, "14:10", "release"),
    _plan("1.013236", "", 7, "08:25", "inspect"),
    _plan("1.013236", "", 4, "09:40", "handle", marks="opinion:open"),
    _plan("1.115662", "", 22, "08:50", "handle", pace=0.5),
    _plan("1.115668", "", 13, "09:15", "handle", marks="reassign"),
    _plan("1.000703", "", 5, "10:30", "decide"),
    _plan("1.009645", "", 12, "08:00", "opinion"),
    _plan("1.012278", "", 18, "14:15", "handle"),
    # The clock stands.
    _plan("1.013225", "Tân Lập", 9, "08:30", "stopped:supplement"),
    _plan("1.014076", "", 10, "10:10", "stopped:supplement"),
    _plan("1.001776", "Hòa Thuận", 6, "09:50", "stopped:supplement"),
    _plan("1.115743", "Hòa Thuận", 12, "08:55", "stopped:finance"),
    _plan("1.115668", "", 9, "15:05", "stopped:finance"),
    _plan("1.010733", "", 20, "09:20", "stopped:suspension"),
    # What goes on the way besides.
    _plan("1.013236", "", 34, "08:10", marks="opinion document rated:code:good"),
    _plan("1.014076", "", 38, "09:45", marks="supplement supplement2 rated:desk:bad"),
    _plan("1.115668", "", 20, "10:05", marks="apology rated:desk:good", pace=1.15),
    _plan("1.115662", "", 33, "08:35", marks="silence correct back document", pace=0.7),
    _plan("1.009645", "", 40, "08:00", marks="document", pace=0.5),
    _plan("1.010733", "", 39, "14:40", marks="suspension document", pace=0.6),
    _plan("1.013225", "Vạn Chài", 28, "09:35", marks="refuse rated:desk:bad"),
    _plan("1.014092", "", 27, "10:45", marks="refuse back"),
    _plan("1.001612", "Vạn Chài", 18, "08:45", marks="correct back reassign rated:desk:very_good"),
    _plan("2.001955", "", 18, "09:55", "silent", marks="rated:code:very_good"),
    _plan("2.001955", "", 12, "15:20", "silent"),
    _plan("1.002010", "", 21, "08:20", pace=1.6),
    _plan("1.004628", "", 19, "13:45", pace=1.5, marks="rated:code:bad"),
    # Ends without a result.
    _plan("1.000894", "Hòa Thuận", 14, "08:15", "withdrawn"),
    _plan("1.115662", "", 15, "10:35", "withdrawn"),
    _plan("1.011606", "Hòa Thuận", 17, "09:20", "stopped"),
    _plan("1.004363", "", 30, "14:50", "stopped", marks="housekeeping"),
    # Results: not collected, by post, by wire.
    _plan("2.002288", "", 20, "09:05", "ready"),
    _plan("1.001612", "Hòa Thuận", 8, "10:25", "ready"),
    _plan("1.001193", "Hòa Thuận", 1, "08:10", "ready"),
    _plan("3.000333", "", 11, "09:10", "post", marks="post inward"),
    _plan("1.013225", "Hòa Thuận", 15, "14:25", "post", marks="post", pace=0.5),
    _plan("3.000333", "", 22, "08:40", marks="post inward rated:code:very_good"),
    _plan("3.000333", "", 24, "15:15", "ready", marks="post undelivered"),
    _plan("1.004628", "", 28, "09:30", marks="post"),
    _plan("2.001610", "", 10, "08:55", marks="online rated:code:very_good"),
    _plan("1.001193", "Bến Thuyền", 12, "09:40", marks="online rated:code:good"),
)  # fmt: skip

# How often each procedure is asked for, at a commune and at the provincial centre.
AT_COMMUNES = {
    "1.001193": 9, "1.000656": 4, "1.000894": 4, "1.004873": 6, "1.004859": 3, "1.004884": 1, "2.000635": 8, "2.000815": 10,
    "2.000884": 5, "1.001612": 8, "2.000720": 3, "1.001570": 2, "1.001266": 2, "1.013225": 6, "1.013227": 1, "1.009141": 2,
    "1.115743": 3, "1.115692": 3, "1.001776": 4, "1.001699": 1, "1.011606": 2, "1.014359": 1, "2.002891": 1, "3.000576": 1,
}  # fmt: skip
AT_THE_PROVINCE = {
    "1.013217": 3, "1.013237": 3, "1.000703": 4, "2.002288": 6, "1.014051": 1, "1.115662": 4, "1.115668": 6, "1.004363": 2,
    "1.003650": 3, "2.001610": 4, "2.001583": 5, "1.014092": 3, "1.014076": 2, "1.005061": 1, "2.000648": 1, "2.000004": 3,
    "2.000591": 2, "2.001628": 2, "1.004628": 3, "1.009397": 2, "1.002010": 1, "1.013859": 1, "1.014662": 1, "3.000333": 7,
}  # fmt: skip
_HOURS = ((7, 40, 11, 10), (13, 40, 16, 30))


def plans(lines: Sequence[Facts], busy: Sequence[str], random: Random, how_many: int = HOW_MANY) -> list[Plan]:
    """All of them; those of communes that are not there are left out. `busy` are the communes that chance chooses from."""
    by = {one.entry.code: one.by for one in lines}

    def there(plan: Plan) -> bool:
        return not plan.desk or plan.desk in busy

    written = [one for one in WRITTEN if there(one)]
    return written + [_by_chance(by, busy, random) for _ in range(max(0, how_many - len(written)))]


def _by_chance(by: dict[str, str], busy: Sequence[str], random: Random) -> Plan:
    at_commune = random.random() < 0.62
    table = AT_COMMUNES if at_commune else AT_THE_PROVINCE
    code = random.choices(list(table), list(table.values()))[0]
    assert (by[code] == COMMUNES) == at_commune, code
    h1, m1, h2, m2 = random.choice(_HOURS)
    minute = random.randint(h1 * 60 + m1, h2 * 60 + m2)
    day = random.randint(0, 40)
    marks = {f"rated:{random.choice(('desk', 'code'))}:{_grade(random)}"} if random.random() < 0.5 else set()
    for mark, share in (
        ("online", 0.5),
        ("supplement", 0.07),
        ("refuse", 0.05),
        ("agent", 0.06),
        ("post", 0.06),
        ("correct", 0.03),
    ):
        if random.random() < share:
            marks.add(mark)
    end = "ready" if random.random() < 0.07 else "returned"
    pace = random.uniform(1.1, 1.6) if random.random() < 0.08 else random.uniform(0.3, 0.9)
    desk = random.choice(list(busy)) if at_commune else ""
    return Plan(code, desk, day, f"{minute // 60}:{minute % 60:02d}", end, frozenset(marks), "", pace)


def _grade(random: Random) -> str:
    return random.choices(("very_good", "good", "bad"), (6, 3, 1))[0]
