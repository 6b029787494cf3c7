"""The lists of dossiers: tabs, filters, one page. Each tab is read from the end of an index, however long the history is."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from lienthong.foundation.access.terms import Scope, Seated
from lienthong.foundation.work import queries as work
from lienthong.kit.dates import VIETNAM, start_of_day
from lienthong.kit.text import vn_fold
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.models import Consultation, Dossier, Pause, Rating, StepRun
from lienthong.modules.dossiers.queries import board
from lienthong.modules.dossiers.terms import ENDED, HANDLING, DossierState, PauseKind

PAGE = 20
COUNT_LIMIT = 1_000
_TABS: dict[str, Q] = {
    "dang-xu-ly": Q(state__in=["in_progress", "on_the_way"]),
    "tam-dung": Q(state="stopped_clock"),
    "cho-tra": Q(state__in=["ready", "on_delivery"]),
    "da-tra": Q(state="returned"),
    "khong-nhan": Q(state="not_received"),
    "xong": Q(state__in=["ready", "on_delivery", "returned"]),
    "rut-dung": Q(state__in=["withdrawn", "stopped"]),
    "chua-ro": Q(state="unclear"),
    "da-nhan": Q(code__isnull=False),
}
COUNTED = ("dang-xu-ly", "qua-han", "sap-han", "cho-bo-sung", "tam-dung", "cho-tra", "chua-den-nhan", "chua-ro")
UNCOLLECTED_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; every field is optional. `side` is `receiver` for what the viewer's counter took in,
    `decider` for what its agency decides, `any` for both and all else in sight; `officer_id` is who
    has an open step or, of ended dossiers, who handled it last, `receiver_id` who took it in; `by_end` reads `since`
    and `until` as days on which handling ended, not of reception; `counted` reaches as far as the viewer's board, so that its
    figures open."""

    tab: str = ""
    side: str = ""
    words: str = ""
    procedure_id: int | None = None
    field_id: int | None = None
    officer_id: int | None = None
    receiver_id: int | None = None
    agency_id: int | None = None
    step: str = ""
    since: date | None = None
    until: date | None = None
    channel: str = ""
    punctuality: str = ""
    by_end: bool = False
    counted: bool = False


WHOLE = Filter()


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `total` is counted up to COUNT_LIMIT (`more` says that it was cut)."""

    rows: list[Dossier] = field(default_factory=list)
    number: int = 1
    total: int = 0
    more: bool = False

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * PAGE + len(self.rows)


def usual_side(viewer: Seated) -> str:
    """A desk looks at what it took in, everybody else at what their agency decides."""
    return "receiver" if "desk" in viewer.duties else "decider"


# What a line of the list shows; a dossier has many more columns.
_SHOWN = (
    "id", "code", "received_at", "applicant_name", "phone", "matter", "now_at", "state", "due_at", "ended_at", "decider_id",
)  # fmt: skip


def page(viewer: Seated, wanted: Filter, number: int, now: datetime) -> Page:
    """One page of the dossiers that the viewer may see, newest first. A fixed number of queries.

    The whole list of somebody who sees only what passed the own post is read from the end of the index of those steps.
    """
    start = (number - 1) * PAGE
    if wanted == WHOLE and viewer.scope(queries.READ) == Scope.OWN:
        mine = queries.passed(viewer)
        ids = list(mine[start : start + PAGE])
        rows = Dossier.objects.filter(pk__in=ids).only(*_SHOWN).order_by("-id")
        total = mine[: COUNT_LIMIT + 1].count() if number > 1 or len(ids) == PAGE else len(ids)
        return Page(list(rows), number, min(total, COUNT_LIMIT), total > COUNT_LIMIT)
    narrowed = _narrowed(viewer, wanted, now)
    found = list(narrowed.order_by("-id").only(*_SHOWN)[start : start + PAGE])
    total = narrowed.order_by()[: COUNT_LIMIT + 1].count() if number > 1 or len(found) == PAGE else len(found)
    return Page(found, number, min(total, COUNT_LIMIT), total > COUNT_LIMIT)


def _narrowed(viewer: Seated, wanted: Filter, now: datetime) -> QuerySet[Dossier]:
    rows = _reached(viewer, wanted)
    rows = _in_tab(rows, wanted.tab, now)
    if wanted.words:
        rows = _matching(rows, wanted.words)
    for name, value in (
        ("version__procedure_id", wanted.procedure_id), ("field_id", wanted.field_id), ("channel", wanted.channel),
        ("punctuality", wanted.punctuality),
    ):  # fmt: skip
        if value:
            rows = rows.filter(**{name: value})
    moment = "ended_at" if wanted.by_end else "received_at"
    if wanted.since:
        rows = rows.filter(**{f"{moment}__gte": start_of_day(wanted.since)})
    if wanted.until:
        rows = rows.filter(**{f"{moment}__lt": start_of_day(wanted.until) + timedelta(days=1)})
    if wanted.receiver_id:
        rows = rows.filter(receiver=wanted.receiver_id)
    if wanted.step:
        waiting = StepRun.objects.filter(dossier_id=OuterRef("pk"), state="open", name=wanted.step)
        if wanted.counted and wanted.side != "receiver":  # where a step waits counts, not who decides
            waiting = waiting.filter(agency__in=_board_agencies(viewer, wanted.agency_id))
        rows = rows.filter(Exists(waiting))
    if wanted.officer_id and wanted.by_end:
        handled = StepRun.objects.filter(dossier_id=OuterRef("pk"), kind__in=HANDLING).order_by("-id")
        rows = rows.annotate(handler=Subquery(handled.values("post_id")[:1])).filter(handler=wanted.officer_id)
    elif wanted.officer_id:
        mine = StepRun.objects.filter(dossier_id=OuterRef("pk"), state="open", post_id=wanted.officer_id)
        rows = rows.filter(Exists(mine))
    return rows


def _board_agencies(viewer: Seated, agency_id: int | None) -> list[int]:
    reach = board.agencies_for(viewer)
    return [one for one in reach if one == agency_id] if agency_id else reach


def _reached(viewer: Seated, wanted: Filter) -> QuerySet[Dossier]:
    """The rows that a list begins with: those of the viewer's sight or, behind a figure of the board, those it counts."""
    if not wanted.counted:
        return within(viewer, wanted.side, wanted.agency_id)
    ids = _board_agencies(viewer, wanted.agency_id)
    if wanted.side == "receiver":
        return Dossier.objects.filter(received_by__in=ids)
    if wanted.step:
        return Dossier.objects.all()  # narrowed to the agencies by the step itself
    return Dossier.objects.filter(decider__in=ids)


def within(viewer: Seated, side: str = "", agency_id: int | None = None) -> QuerySet[Dossier]:
    """The dossiers of the viewer's sight, on one side where the scope is an agency: then one index holds them."""
    scope = viewer.scope(queries.READ)
    if scope == Scope.AGENCY and side != "any":
        ids = [viewer.agency_id, *viewer.custody]
        side = side or usual_side(viewer)
        if side == "receiver":
            return Dossier.objects.filter(received_by__in=ids)
        if side == "consulted":
            return Dossier.objects.filter(pk__in=Consultation.objects.filter(agency__in=ids).values("dossier_id"))
        return Dossier.objects.filter(decider__in=ids)
    rows = queries.dossiers(viewer)
    if agency_id:
        rows = rows.filter(**{"received_by" if side == "receiver" else "decider": agency_id})
    return rows


def _in_tab(rows: QuerySet[Dossier], tab: str, now: datetime) -> QuerySet[Dossier]:
    return rows.filter(_tab(tab, now))


def _tab(tab: str, now: datetime) -> Q:
    running = Q(state__in=["in_progress", "on_the_way"])
    if tab == "qua-han":
        return running & Q(due_at__lt=now)
    if tab == "sap-han":
        return running & Q(due_at__gte=now, due_at__lt=now + timedelta(days=2))
    if tab == "chua-den-nhan":
        return Q(state=DossierState.READY, ended_at__lt=now - UNCOLLECTED_AFTER)
    if tab == "cho-bo-sung":
        waiting = Pause.objects.filter(dossier_id=OuterRef("pk"), ended_at__isnull=True, kind=PauseKind.SUPPLEMENT)
        return Q(Exists(waiting), state=DossierState.STOPPED_CLOCK)
    return _TABS.get(tab, Q())


def _matching(rows: QuerySet[Dossier], words: str) -> QuerySet[Dossier]:
    """By code as written, by identity number, or by name without diacritics."""
    text = words.strip()
    if any(char.isdigit() for char in text):
        return rows.filter(Q(code=text.upper()) | Q(code__endswith=text.upper()) | Q(identity=text) | Q(phone=text))
    for word in vn_fold(text).split():
        rows = rows.filter(folded__contains=word)
    return rows


def counts(viewer: Seated, now: datetime, wanted: Filter = WHOLE) -> dict[str, int]:
    """Tab → how many, for the tabs that are work still to do: those stay few however long the history. One query. Of what narrows
    the list only the side counts here or, behind a figure of the board, its agencies."""
    if wanted.counted:
        reach = Filter(side=wanted.side, agency_id=wanted.agency_id, counted=True)
        rows = _reached(viewer, reach).filter(state__in=_open_states()).order_by()
    else:
        rows = _to_do(viewer, wanted.side).order_by()
    tabs = {tab.replace("-", "_"): Count("pk", filter=_tab(tab, now)) for tab in COUNTED}
    return {name.replace("_", "-"): value for name, value in rows.aggregate(**tabs).items()}


def _open_states() -> list[DossierState]:
    return [state for state in DossierState if state not in ENDED]


def _to_do(viewer: Seated, side: str) -> QuerySet[Dossier]:
    """What is not finished of the viewer's sight. For whoever sees only what passed the own post or unit it is looked for among
    the open dossiers of the agency, which are few, and among those asked for an opinion."""
    open_states = _open_states()
    if (viewer.scope(queries.READ) or 0) >= Scope.AGENCY:
        return within(viewer, side).filter(state__in=open_states)
    runs = StepRun.objects.filter(queries.own(viewer), dossier_id=OuterRef("pk"))
    asked = list(
        Consultation.objects.filter(item__holder_id=viewer.post_id).values_list("dossier_id", flat=True)[:5_000]
    )
    taken = list(StepRun.objects.filter(item__in=work.taken_over(viewer)).values_list("dossier_id", flat=True)[:5_000])
    here = Q(Exists(runs), decider_id=viewer.agency_id)
    return Dossier.objects.filter(here | Q(pk__in=[*asked, *taken]), state__in=open_states)


def unclear(viewer: Seated) -> list[Dossier]:
    """What waits for its competent agency at the viewer's counter, oldest first."""
    rows = within(viewer, "receiver").filter(state=DossierState.UNCLEAR)
    return list(rows.select_related("version", "received_by", "item").order_by("id")[:200])


def uncollected(viewer: Seated, now: datetime, most: int = 1_000) -> list[Dossier]:
    """Results that have waited at the viewer's counter for more than UNCOLLECTED_AFTER, those that wait longest first."""
    rows = _in_tab(within(viewer, "receiver"), "chua-den-nhan", now)
    return list(rows.select_related("version", "decider").order_by("ended_at", "id")[:most])


def public_state(code: str) -> dict[str, Any] | None:
    """What anybody may know by a code: how far it is, and nothing personal (01/2018/TT-VPCP art. 16). None: no such code."""
    row = (
        Dossier.objects.filter(code=code.strip())
        .annotate(rated=Exists(Rating.objects.filter(dossier_id=OuterRef("pk"))))
        .values("code", "state", "received_at", "due_at", "ended_at", "returned_at", "rated")
        .first()
    )
    if row is None:
        return None
    today = row["received_at"].astimezone(VIETNAM).date()
    return {**row, "received_on": today}
