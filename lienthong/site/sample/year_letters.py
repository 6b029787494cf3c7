"""The letters of the year: who writes to whom, on paper or not, how quickly; the rows are those of the bulk."""

from collections.abc import Sequence
from random import Random

from lienthong.foundation.numbering.actions.take import take
from lienthong.foundation.organizations.terms import Tier
from lienthong.modules.documents.terms import Channel
from lienthong.site.sample.bulk import DAY, Years
from lienthong.site.sample.bulk_agencies import Office
from lienthong.site.sample.bulk_rows import NULL, Tables
from lienthong.site.sample.bulk_words import DOING, WHAT, Words
from lienthong.site.sample.year_shape import Timeline, character, grown

_LEFT_LYING = 0.004  # of what arrived in the last weeks, at each step
_TO_ALL = 0.035  # of what the committee and the departments write goes to every commune
_LATELY = 30 * DAY


class YearWords(Words):
    """Subjects that belong to the day on which they are written."""

    def __init__(self, random: Random, timeline: Timeline):
        super().__init__(random)
        self.timeline, self.minute = timeline, 0

    def subject(self) -> str:
        day = self.timeline.days[self.minute // DAY]
        quarter = ("I", "II", "III", "IV")[(day.month - 1) // 3]
        when = (
            f"năm {day.year}",
            f"quý {quarter} năm {day.year}",
            f"tháng {day.month} năm {day.year}",
            f"năm {day.year + 1}",
        )
        chance = self.random.choice
        where = f" tại {chance(self._places)}" if self.random.random() < 0.5 else ""
        return f"{chance(DOING)} {chance(WHAT)}{where} {self.random.choices(when, (5, 3, 3, 1))[0]}"


class YearLetters(Years):
    """`quiet` offices are those that somebody signs in to look at: what reaches them lately is finished, so that their lists hold
    what the letters of the sample put there. `outside` are agencies that get paper."""

    def __init__(
        self,
        tables: Tables,
        here: list[Office],
        timeline: Timeline,
        random: Random,
        *,
        quiet: Sequence[int],
        outside: Sequence[tuple[int, str]],
        file: int,
        signed_file: int,
    ):
        days = [day.isoformat() for day in timeline.days]
        super().__init__(tables, here, random, timeline.now, days, YearWords(random, timeline), file)
        self.timeline, self.quiet, self.outside = timeline, frozenset(quiet), outside
        self.signed_file = signed_file
        self.live, self.to_all, self.owed = False, False, dict[str, float]()
        self.top = [one for one in here if one.tier <= Tier.PROVINCE]
        self.middle = [one for one in here if one.tier == Tier.DEPARTMENT]
        self.communes = [one for one in here if one.tier == Tier.COMMUNE]
        self.eager = {one.agency: character(one.name, "văn bản", 0.5, 1.5) for one in here}

    def document(self, minute: int) -> None:
        assert isinstance(self.words, YearWords)
        self.words.minute = minute
        super().document(minute)

    def office(self) -> Office:
        """Who writes: the committee and the departments more often than a commune, each kind in turn by its weight."""
        return self._in_turn("writes")

    def receives_outside(self) -> Office:
        return self._in_turn("gets")

    def _in_turn(self, what: str) -> Office:
        kinds = {"top": (self.top, 0.14), "middle": (self.middle, 0.46), "communes": (self.communes, 0.4)}
        there = {f"{what} {name}": kind for name, kind in kinds.items() if kind[0]}
        for name, (_, weight) in there.items():
            self.owed[name] = self.owed.get(name, 0) + weight
        due = max(there, key=lambda name: self.owed[name])
        self.owed[due] -= 1
        offices = there[due][0]
        return self.random.choices(offices, [self.eager[one.agency] for one in offices])[0]

    def _receivers(self, office: Office) -> list[Office]:
        chance, random = self.random.random(), self.random
        if office.tier > Tier.DEPARTMENT:
            groups = ((self.top, 1), (self.middle, 2), (self.communes, 2))
        elif office.tier == Tier.DEPARTMENT:
            groups = ((self.top, 1), (self.middle, 4), (self.communes, 9))
        else:
            groups = ((self.middle, 8), (self.communes, 14), (self.middle, 3))
        offices, most = groups[0] if chance < 0.4 else groups[1] if chance < 0.7 else groups[2]
        self.to_all = not self.live and office.tier <= Tier.DEPARTMENT and self._falls_due("all", _TO_ALL)
        if self.to_all:
            offices, most = self.communes, len(self.communes)
        least = most if self.to_all else 1
        found = {one.agency: one for one in random.sample(offices, min(len(offices), random.randint(least, most)))}
        found.pop(office.agency, None)
        return list(found.values()) or [next(one for one in self.here if one is not office)]

    def is_stuck(self, office: Office, minute: int) -> bool:
        lately = self.end - minute < _LATELY and office.agency not in self.quiet
        return lately and self.random.random() < _LEFT_LYING

    def wait(self, office: Office, minute: int, minutes: int) -> int:
        left = self.end - minute
        if office.agency in self.quiet and left < 12 * DAY:
            return max(1, min(minutes, left // 8))
        return max(1, round(minutes * self.eager[office.agency] * grown(self.timeline.progress(minute), 1.3, 0.8)))

    def file_of(self, office: Office, minute: int) -> tuple[int, str]:
        share = grown(self.timeline.progress(minute), 0.4, 0.95) * character(office.name, "ký số", 0.85, 1.1)
        signed = self.to_all or self._falls_due("signed", share)
        return (self.signed_file, "t") if signed else (self.file, "f")

    def is_with_paper(self, office: Office, minute: int) -> bool:
        share = grown(self.timeline.progress(minute), 0.45, 0.04)
        return not self.to_all and self._falls_due("beside", share * character(office.name, "bản giấy", 0.5, 1.5))

    def _falls_due(self, what: str, share: float) -> bool:
        """True so often as the share says, evenly: few letters a month would otherwise hide what changes."""
        self.owed[what] = self.owed.get(what, 0) + share
        if self.owed[what] < 1:
            return False
        self.owed[what] -= 1
        return True

    def to_others(self, outgoing: int, office: Office, minute: int) -> None:
        """Copies on paper to those who do not work here, ever fewer."""
        if not self.outside or not self._falls_due("outside", grown(self.timeline.progress(minute), 0.32, 0.03)):
            return
        agency, name = self.random.choice(self.outside)
        at = self.at(minute)
        self.tables.delivery.add(
            self.tables.delivery.next_id(), outgoing, agency, name, str(Channel.PAPER), "f", at, "", NULL, NULL, "", ""
        )  # fmt: skip

    def take(self, series: int, year: int) -> int:
        return take(series_id=series, year=year) if self.live else super().take(series, year)
