"""The counters of the year: what is asked for where, and what chance makes of it."""

from collections.abc import Callable
from random import Random

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.calendar.working_time import WorkingTime
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.text import vn_fold
from lienthong.modules.dossiers.models import Dossier
from lienthong.modules.dossiers.terms import DossierState, ResultWay
from lienthong.site.sample.applicants import Someone
from lienthong.site.sample.cases import AT_COMMUNES, AT_THE_PROVINCE
from lienthong.site.sample.centres import BUSY
from lienthong.site.sample.people import Office, Province
from lienthong.site.sample.year_dossiers import Desk, DossierTables, Numbers, Offer, Offers
from lienthong.site.sample.year_life import Life
from lienthong.site.sample.year_shape import Timeline, character, grown
from lienthong.site.sample.year_steps import Fate, Way, walk

_SILENT = "2.001955"  # where silence is a yes, the clock decides: left to the acts
_QUIET = ("SXD", "UBND")  # whoever signs in there finds what the sample put there, nothing else that is open


class YearCounter:
    """Makes dossiers, to be called in the order of time. `later` lets something happen in a minute to come."""

    def __init__(
        self, province: Province, offers: Offers, tables: DossierTables, numbers: Numbers, timeline: Timeline, random: Random,
        working_time: WorkingTime, file: int, later: Callable[[int, Callable[[], None]], None],
    ):  # fmt: skip
        self.province, self.offers, self.tables, self.timeline, self.random = province, offers, tables, timeline, random
        self.working_time, self.file, self.later, self.numbers = working_time, file, later, numbers
        self.desk = Desk(tables, timeline, random, numbers, file)
        self.lately = False  # from now on the acts bring dossiers as well
        self.communes = [key for key in province.offices if key.startswith("x:")]
        self.weights = [(5 if key[2:] in BUSY else 1) * character(key, "một cửa", 0.4, 1.6) for key in self.communes]
        self.heads = {
            unit.unit.pk: (unit, office) for office in province.offices.values() for unit in office.divisions.values()
        }
        self.identifiers: dict[int, str] = {}
        self.results: dict[tuple[str, str, int], int] = {}

    def dossier(self, minute: int) -> None:
        """Somebody comes to a counter."""
        random = self.random
        at_commune = random.random() < 0.68
        table = {code: n for code, n in (AT_COMMUNES if at_commune else AT_THE_PROVINCE).items() if code != _SILENT}
        code = random.choices(list(table), list(table.values()))[0]
        key = random.choices(self.communes, self.weights)[0] if at_commune else self.offers.lines[code].by
        if self.lately and (not at_commune or key[2:] in BUSY) and random.random() < 0.4:
            return  # there the acts bring some
        office = self.province.offices[key]
        offer = self.offers.offer(code, key, office)
        fate = self._fate(offer, minute)
        way = walk(offer.steps, minute, self.timeline.end, fate, random)
        if key in _QUIET and way.returned is None and self.timeline.end - minute < 80 * 480:
            return
        self._write(minute, offer, fate, way, key[2:] if at_commune else "")

    def _fate(self, offer: Offer, minute: int) -> Fate:
        random, grew = self.random, self.timeline.progress(minute)
        late = character(offer.key, "trễ", 0.01, 0.1) * grown(grew, 1.5, 0.8)
        pace = random.uniform(1.15, 1.7) if random.random() < late else random.uniform(0.35, 0.9)
        days = float(offer.amount or 1)
        return Fate(pace, days, random.random() < 0.07 and days >= 3, random.random() < 0.012)

    def _write(self, minute: int, offer: Offer, fate: Fate, way: Way, commune: str) -> None:
        at, random = self.timeline.moment(minute), self.random
        centre = self.province.centres[commune]
        quiet = self.timeline.end - minute < 60 * 480 and len(centre.desks) > 1
        desk = self.province.actor(random.choice(centre.desks[1:] if quiet else centre.desks))
        line = self.offers.lines[offer.code]
        firm = not line.persons or (line.firms and random.random() < 0.35)
        applicant, someone = self.desk.applicant(commune, firm=firm, at=at)
        dossier = self._row(offer, someone, centre, desk, minute)
        dossier.applicant_id = applicant.pk
        grew = self.timeline.progress(minute)
        scanned = dossier.channel == "online" or random.random() < grown(grew, 0.35, 0.8)
        looked_up = random.random() < grown(grew, 0.03, 0.22)
        papers = self.desk.papers(dossier, offer.components, scanned=scanned, looked_up=looked_up)
        fee = line.entry.ways[0].fees[0]
        if fee.amount:
            self.desk.paid(dossier, fee.name, fee.amount, phone=grown(grew, 0.05, 0.35))
        self.tables.count(dossier, ("received", f"received_{dossier.channel}"), at, desk.post_id)
        Life(self, dossier, offer, way, someone, desk, papers, self._official(offer)).write(minute)

    def _row(self, offer: Offer, someone: Someone, centre: Office, desk: Seated, minute: int) -> Dossier:
        details, at = someone.details, self.timeline.moment(minute)
        identifier = self._identifier(centre)
        channel = self._channel(offer, minute)
        post = self.random.random() < 0.07
        dossier = Dossier(
            pk=self.tables.dossier.next_id(), code=self.numbers.code(centre.agency.pk, identifier, at.date()), version=offer.version,
            case_id=offer.case.pk, process_id=offer.process.pk if offer.process else None, field_id=offer.version.field_id,
            applicant_name=details.name, folded=vn_fold(details.name), identity=details.number, address=details.address,
            phone=details.phone, email=details.email,
            matter=self.desk.applicants.matter(offer.code, offer.version.name, someone), channel=channel,
            received_by=centre.agency, decider=offer.office.agency, receiver_id=desk.post_id, receiver_name=desk.person_name,
            state=DossierState.IN_PROGRESS, received_at=at, amount=offer.amount, unit=offer.unit,
            result_way=ResultWay.POST if post else ResultWay.DESK, result_address=someone.home if post else "",
        )  # fmt: skip
        if channel == "online" and not post and self.random.random() < 0.7:
            dossier.result_way = ResultWay.ELECTRONIC
        return dossier

    def _identifier(self, centre: Office) -> str:
        if centre.agency.pk not in self.identifiers:
            self.identifiers.update(organizations.codes_of([one.agency.pk for one in self.province.centres.values()]))
        return self.identifiers[centre.agency.pk]

    def _channel(self, offer: Offer, minute: int) -> str:
        chance = self.random.random()
        online = grown(self.timeline.progress(minute), 0.18, 0.62) * character(offer.key, "trực tuyến", 0.6, 1.35)
        if "online" in offer.channels and chance < online:
            return "online"
        return "post" if chance > 0.96 else "direct"

    def _official(self, offer: Offer) -> int:
        """Whom the head chooses: an official of the unit that the table names, else of any."""
        named = [self.heads[step.unit_id][0] for step in offer.steps if step.unit_id in self.heads]
        own = [unit for unit in named if unit in offer.office.divisions.values()]
        return self.random.choice((own or list(offer.office.divisions.values()))[0].officials)
