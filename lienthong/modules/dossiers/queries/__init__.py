"""Questions about dossiers. Every one that returns rows takes the viewer and returns only what that viewer may see."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from lienthong.foundation.access.rules import Forbidden, allows, require
from lienthong.foundation.access.terms import Scope, Seated
from lienthong.foundation.work import queries as work
from lienthong.kit.refusal import N_
from lienthong.modules.dossiers.models import (
    Consultation,
    Dossier,
    DossierDocument,
    DossierPaper,
    KeptResult,
    Parcel,
    Pause,
    Payment,
    Rating,
    Slip,
    StepRun,
)
from lienthong.modules.dossiers.terms import RunState, SlipKind

READ, BOARD = "dossiers.read", "dossiers.board"


def agencies_of(dossier: Dossier) -> set[int]:
    """The agencies that hold the dossier by their role: received, decides, co-ordinates."""
    return {one for one in (dossier.received_by_id, dossier.decider_id, dossier.coordinator_id) if one is not None}


def dossiers(viewer: Seated, verb: str = READ) -> QuerySet[Dossier]:
    """The dossiers within the viewer's sight: of its agency (received, decided, co-ordinated, asked for an opinion there),
    of its unit, or those a step of which it held."""
    scope = viewer.scope(verb)
    if scope is None:
        return Dossier.objects.none()
    if scope == Scope.PROVINCE:
        return Dossier.objects.all()
    if scope == Scope.BRANCH:
        return Dossier.objects.filter(
            Q(decider__path__startswith=viewer.agency_path) | Q(received_by__path__startswith=viewer.agency_path)
        )
    if scope == Scope.AGENCY:
        ids = [viewer.agency_id, *viewer.custody]
        return Dossier.objects.filter(
            Q(decider__in=ids) | Q(received_by__in=ids) | Q(coordinator__in=ids) | Q(pk__in=_consulted(ids))
            | Q(pk__in=StepRun.objects.filter(agency__in=ids).values("dossier_id"))
        )  # fmt: skip
    return Dossier.objects.filter(pk__in=held_by(viewer, verb))


def _consulted(agency_ids: Iterable[int]) -> QuerySet:
    return Consultation.objects.filter(agency__in=list(agency_ids)).values("dossier_id")


def own(viewer: Seated, verb: str = READ) -> Q:
    """Which runs were given to the viewer's post or, in the scope of a unit, to the unit."""
    if viewer.scope(verb) == Scope.UNIT and viewer.unit_id is not None:
        return Q(post_id=viewer.post_id) | Q(unit_id=viewer.unit_id) | Q(post__unit_id=viewer.unit_id)
    return Q(post_id=viewer.post_id)


def passed(viewer: Seated) -> QuerySet:
    """Ids of the dossiers that passed the viewer's own post, newest first: from the end of an index, as long as nothing was taken
    over and no opinion was asked, which is rare and costs the order of the index."""
    mine = Q(post_id=viewer.post_id)
    if taken := list(work.taken_over(viewer).values_list("item_id", flat=True)):
        mine |= Q(item__in=taken)
    if asked := list(Consultation.objects.filter(item__holder_id=viewer.post_id).values_list("dossier_id", flat=True)):
        mine |= Q(dossier__in=asked)
    return StepRun.objects.filter(mine).order_by("-dossier_id").values_list("dossier_id", flat=True).distinct()


def held_by(viewer: Seated, verb: str = READ) -> QuerySet:
    """Ids of the dossiers a step of which was given to the viewer's post or, in the scope of a unit, to the unit; found
    through an index, so it grows with the viewer's own work."""
    runs = StepRun.objects.filter(own(viewer, verb))
    taken = StepRun.objects.filter(item__in=work.taken_over(viewer))
    asked = Consultation.objects.filter(item__holder_id=viewer.post_id)
    return runs.values("dossier_id").union(taken.values("dossier_id"), asked.values("dossier_id"))


def readable(viewer: Seated, dossier_id: int) -> bool:
    """Whether the viewer may open a dossier: one of the own sight, or one that the viewer's board counts, for every figure of a
    board opens to what it counts."""
    return any(dossiers(viewer, verb).filter(pk=dossier_id).exists() for verb in (READ, BOARD))


def dossier_for(viewer: Seated, dossier_id: int) -> Dossier:
    """One dossier that the viewer may open, with what a page shows of it; Dossier.DoesNotExist otherwise."""
    if not readable(viewer, dossier_id):
        raise Dossier.DoesNotExist(dossier_id)
    return Dossier.objects.select_related(
        "version", "version__procedure", "field", "case", "process", "applicant", "received_by", "decider",
        "coordinator", "receiver", "item",
    ).get(pk=dossier_id)  # fmt: skip


def locked_dossier(actor: Seated, verb: str, dossier_id: int) -> Dossier:
    """The dossier, locked until the transaction ends, for an act of the desk, the leader or whoever holds an open step of it: the
    actor's agency must hold it, or the actor's post the step.

    Every act on a dossier locks this row first, so two acts on one dossier follow each other.
    """
    row = Dossier.objects.select_for_update(of=("self",)).select_related("version", "decider").get(pk=dossier_id)
    for agency_id in agencies_of(row):
        if allows(actor, verb, agency_id=agency_id):
            return row
    holders = [run.item.holder_id for run in open_runs(dossier_id) if run.item]
    if actor.post_id in holders and allows(actor, verb, agency_id=row.decider_id, post_ids=holders):
        return row
    if not dossiers(actor).filter(pk=dossier_id).exists():
        raise Dossier.DoesNotExist(dossier_id)
    raise Forbidden(N_("Chức danh của ông, bà không có quyền làm việc này với hồ sơ."))


def holds(actor: Seated, run: StepRun) -> bool:
    """Whether the actor's post has the step, or may give it out over whoever has it."""
    if (run.item.holder_id if run.item else run.post_id) == actor.post_id:
        return True
    units = [run.unit_id or 0, run.post.unit_id or 0]
    return allows(actor, "dossiers.assign", agency_id=run.agency_id, unit_ids=units)


def require_handling(actor: Seated, dossier: Dossier) -> None:
    """Refuse whoever neither handles dossiers of the deciding agency nor holds an open step of this one."""
    held = [run.item.holder_id for run in open_runs(dossier.pk) if run.item]
    require(actor, "dossiers.handle", agency_id=dossier.decider_id, post_ids=held)


def locked_run(actor: Seated, run_id: int) -> tuple[Dossier, StepRun]:
    """An open step that the actor holds, or may give out over the holder (dossiers.assign), with its dossier locked."""
    found = StepRun.objects.values_list("dossier_id", flat=True).get(pk=run_id)
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related("version", "decider").get(pk=found)
    run = StepRun.objects.select_for_update(of=("self",)).select_related("item", "post").get(pk=run_id)
    if holds(actor, run):
        return dossier, run
    if not dossiers(actor).filter(pk=dossier.pk).exists():
        raise Dossier.DoesNotExist(dossier.pk)
    raise Forbidden(N_("Bước này đang do người khác giữ."))


def locked_consultation(actor: Seated, consultation_id: int) -> tuple[Dossier, Consultation]:
    """An opinion asked of the actor's agency, with its dossier locked."""
    found = Consultation.objects.values_list("dossier_id", flat=True).get(pk=consultation_id)
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=found)
    row = Consultation.objects.select_for_update(of=("self",)).select_related("item").get(pk=consultation_id)
    if row.item and row.item.holder_id == actor.post_id:
        return dossier, row
    if allows(actor, "dossiers.assign", agency_id=row.agency_id):
        return dossier, row
    raise Forbidden(N_("Ý kiến này hỏi cơ quan khác."))


def open_runs(dossier_id: int) -> list[StepRun]:
    """The steps of a dossier that are being worked on, oldest first."""
    rows = StepRun.objects.filter(dossier_id=dossier_id, state=RunState.OPEN)
    return list(rows.select_related("item", "post", "unit", "agency").order_by("id"))


def runs(dossier_id: int) -> list[StepRun]:
    """All runs of all steps, oldest first: the trace of the dossier."""
    rows = StepRun.objects.filter(dossier_id=dossier_id)
    return list(rows.select_related("agency", "unit", "post", "item").order_by("id"))


def my_run(viewer: Seated, dossier_id: int) -> StepRun | None:
    """The open step that the viewer's post holds."""
    rows = StepRun.objects.filter(dossier_id=dossier_id, state=RunState.OPEN, item__holder_id=viewer.post_id)
    return rows.select_related("item", "agency", "unit", "post").order_by("id").first()


def papers(dossier_id: int) -> list[DossierPaper]:
    """What was handed in, with scans."""
    return list(
        DossierPaper.objects.filter(dossier_id=dossier_id)
        .select_related("stored", "reused", "component")
        .order_by("place", "id")
    )


def paper_for(viewer: Seated, paper_id: int) -> DossierPaper:
    """One paper of a dossier within the viewer's sight; DossierPaper.DoesNotExist otherwise."""
    row = DossierPaper.objects.select_related("stored", "dossier").get(pk=paper_id)
    if not dossiers(viewer).filter(pk=row.dossier_id).exists():
        raise DossierPaper.DoesNotExist(paper_id)
    return row


def pauses(dossier_id: int) -> list[Pause]:
    """Every stop of the clock, oldest first."""
    return list(Pause.objects.filter(dossier_id=dossier_id).order_by("id"))


def open_pause(dossier_id: int) -> Pause | None:
    """The stop that lasts now."""
    return Pause.objects.filter(dossier_id=dossier_id, ended_at__isnull=True).first()


def slips(dossier_id: int) -> list[Slip]:
    """Every printed paper of the dossier, corrected ones too, oldest first."""
    return list(Slip.objects.filter(dossier_id=dossier_id).order_by("id"))


def slip_for(viewer: Seated, slip_id: int) -> Slip:
    """One slip of a dossier within the viewer's sight; Slip.DoesNotExist otherwise."""
    row = Slip.objects.select_related("dossier").get(pk=slip_id)
    if not readable(viewer, row.dossier_id):
        raise Slip.DoesNotExist(slip_id)
    return row


def receipt(dossier_id: int) -> Slip | None:
    """The receipt in force."""
    return Slip.objects.filter(dossier_id=dossier_id, kind=SlipKind.RECEIPT, replaced_by__isnull=True).last()


def consultations(dossier_id: int) -> list[Consultation]:
    """The opinions asked for, oldest first."""
    rows = Consultation.objects.filter(dossier_id=dossier_id)
    return list(rows.select_related("agency", "from_agency", "item", "stored").order_by("id"))


def my_consultation(viewer: Seated, dossier_id: int) -> Consultation | None:
    """The opinion that waits for the viewer's post."""
    rows = Consultation.objects.filter(dossier_id=dossier_id, answered_at__isnull=True, item__holder_id=viewer.post_id)
    return rows.select_related("item", "agency", "from_agency").first()


def documents(dossier_id: int) -> list[DossierDocument]:
    """The official documents of the dossier."""
    return list(
        DossierDocument.objects.filter(dossier_id=dossier_id).select_related("document", "outgoing").order_by("id")
    )


def results(dossier_id: int) -> list[KeptResult]:
    """The results that came out of the dossier."""
    return list(KeptResult.objects.filter(dossier_id=dossier_id).select_related("stored", "document").order_by("id"))


def parcels(dossier_id: int) -> list[Parcel]:
    """The trips by post."""
    return list(Parcel.objects.filter(dossier_id=dossier_id).order_by("id"))


def payments(dossier_id: int) -> list[Payment]:
    """What was paid for a dossier that the caller has obtained, voided entries too."""
    return list(Payment.objects.filter(dossier_id=dossier_id).order_by("paid_at", "id"))


def payment_for(viewer: Seated, payment_id: int) -> Payment:
    """One payment of a dossier that the viewer may read, or Payment.DoesNotExist."""
    return Payment.objects.select_related("dossier").get(pk=payment_id, dossier__in=dossiers(viewer).values("pk"))


def payment_of(way: str, reference: str) -> str | None:
    """Code of the dossier that has a standing payment with that number; None when nobody has, or there is no number."""
    rows = Payment.objects.filter(way=way, reference=reference, voided_at__isnull=True).exclude(reference="")
    return rows.values_list("dossier__code", flat=True).first()


def rating(dossier_id: int) -> Rating | None:
    """What the applicant said."""
    return Rating.objects.filter(dossier_id=dossier_id).first()
