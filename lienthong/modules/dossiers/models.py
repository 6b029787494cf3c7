"""Tables of dossiers: the dossier, its papers, its steps, its stops, its slips, its result.

A dossier keeps what it was on the day it was received: the version of the procedure, the process, the applicant's name and
address. Code lists and law change beside it.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lienthong.modules.dossiers.terms import (
    DossierState,
    Outcome,
    PaidBy,
    PaperForm,
    PauseKind,
    Punctuality,
    ResultWay,
    RunState,
    SlipKind,
)
from lienthong.modules.procedures.terms import UNIT_LABELS, TermUnit


def _choices(enum: Iterable[Enum]) -> list[tuple[Any, str]]:
    return [(member.value, member.name) for member in enum]


class Counter(models.Model):
    """The last number an agency gave: of dossier codes on a day (`what` "code"), of slips of a kind in a year (`since`
    1 January). The row is locked from the taking to the end of the transaction: no gap, no twin."""

    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    what = models.CharField(max_length=12)
    since = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "what", "since"], name="one_dossier_counter")]


class Dossier(models.Model):
    """What an applicant asks of the administration, from the counter to the result.

    Three agencies: `received_by` took it in, `decider` is competent (None while that is unclear), `coordinator` leads where
    several must act. `received_at` is the moment at the counter, `begins_at` the start of the clock (when the competent
    agency has it, 61/2018/NĐ-CP art. 17 as amended), `due_at` the deadline now in force, `promised_at` the one
    printed first, `counts_from` where the present counting starts (later than `begins_at` when a supplement made the time begin
    anew). `ended_at` is the end of handling, `spent_minutes` the working time used up to it without stops.
    """

    code = models.CharField(max_length=60, null=True, unique=True)
    foreign_code = models.CharField(max_length=60, blank=True, default="")
    version = models.ForeignKey("procedures.Version", models.PROTECT, related_name="+")
    case = models.ForeignKey("procedures.Case", models.PROTECT, null=True, related_name="+")
    process = models.ForeignKey("procedures.Process", models.PROTECT, null=True, related_name="+")
    field = models.ForeignKey("procedures.Field", models.PROTECT, related_name="+")
    applicant = models.ForeignKey("citizens.Applicant", models.PROTECT, related_name="+")
    applicant_name = models.CharField(max_length=300)
    folded = models.CharField(max_length=400, default="")
    identity = models.CharField(max_length=40, blank=True, default="")
    address = models.CharField(max_length=500, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    agent_name = models.CharField(max_length=300, blank=True, default="")
    agent_identity = models.CharField(max_length=40, blank=True, default="")
    agent_phone = models.CharField(max_length=20, blank=True, default="")
    agent_paper = models.CharField(max_length=300, blank=True, default="")
    matter = models.CharField(max_length=1000)
    channel = models.CharField(max_length=8, default="direct")
    copies = models.PositiveSmallIntegerField(default=1)
    received_by = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    decider = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    coordinator = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    receiver = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    receiver_name = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=14, choices=_choices(DossierState))
    received_at = models.DateTimeField()
    begins_at = models.DateTimeField(null=True)
    counts_from = models.DateTimeField(null=True)
    amount = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    unit = models.CharField(max_length=14, default="none")
    due_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)
    extended_late = models.BooleanField(default=False, db_default=False)  # the new date came when none could be given
    supplements = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=8, choices=_choices(Outcome), blank=True, default=Outcome.NONE)
    ended_at = models.DateTimeField(null=True)
    punctuality = models.CharField(max_length=8, choices=_choices(Punctuality), blank=True, default="")
    spent_minutes = models.PositiveIntegerField(null=True)
    returned_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=1000, blank=True, default="")
    housekeeping = models.BooleanField(default=False)
    result_way = models.CharField(max_length=10, choices=_choices(ResultWay), default=ResultWay.DESK)
    result_address = models.CharField(max_length=500, blank=True, default="")
    now_at = models.CharField(max_length=300, blank=True, default="")
    item = models.ForeignKey("work.Item", models.PROTECT, null=True, related_name="+")
    form_key = models.CharField(max_length=40, null=True, unique=True)

    # What a list puts beside a row; no columns.
    deadline: Any
    label: str

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__isnull=False) | Q(state__in=["not_received", "unclear"]), name="received_has_code"
            ),
            models.CheckConstraint(
                condition=Q(decider__isnull=False) | Q(state__in=["not_received", "unclear", "withdrawn", "stopped"]),
                name="handled_has_decider",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | ~Q(state__in=["ready", "on_delivery", "returned"]),
                name="done_has_end",
            ),
        ]
        indexes = [
            models.Index(fields=["decider", "-id"], name="dossier_of_decider"),
            models.Index(fields=["received_by", "-id"], name="dossier_of_receiver"),
            models.Index(fields=["decider", "state", "-id"], name="dossier_by_state"),
            models.Index(fields=["received_by", "state", "-id"], name="dossier_received_by_state"),
            models.Index(fields=["applicant", "-id"], name="dossier_of_applicant"),
            models.Index(
                fields=["due_at"], condition=Q(state__in=["in_progress", "on_the_way"]), name="dossier_open_by_due"
            ),
            models.Index(fields=["received_by", "field", "received_at"], name="dossier_book"),
            models.Index(fields=["decider", "received_at"], name="dossier_counted_by"),
            models.Index(
                fields=["decider", "ended_at"], condition=Q(ended_at__isnull=False), name="dossier_ended_counted_by"
            ),
            models.Index(
                fields=["decider"],
                include=["state", "due_at", "version", "field"],
                condition=Q(state__in=["in_progress", "on_the_way", "stopped_clock", "ready", "on_delivery"]),
                name="dossier_to_do",
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.applicant_name

    @property
    def get_unit_label(self) -> str:
        """The unit of the statutory time, in words."""
        return UNIT_LABELS[TermUnit(self.unit)]

    @property
    def spent_hours(self) -> float | None:
        """Working hours that handling took, without stops."""
        return None if self.spent_minutes is None else self.spent_minutes / 60


class DossierPaper(models.Model):
    """One paper of a dossier: what the procedure asked for, in what form it came, its scan. `asked` marks one that the
    applicant was asked to bring or mend; `round` is 0 at reception, 1 with the supplement."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    component = models.ForeignKey("procedures.Component", models.PROTECT, null=True, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=1000)
    form = models.CharField(max_length=10, choices=_choices(PaperForm), default=PaperForm.ORIGINAL)
    form_label: str  # what a page puts beside it; no column
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True, default="")
    reused = models.ForeignKey("KeptResult", models.PROTECT, null=True, related_name="+")
    asked = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True, default="")
    round = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ["place", "id"]


class StepRun(models.Model):
    """One run of one step of the process: who had it, from when to when, what came of it. The control slip (phiếu kiểm soát)
    is made of these rows. `hours` and `due_at` are the inner deadline, never mixed with the statutory one."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    key = models.CharField(max_length=10)
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=300)
    attempt = models.PositiveSmallIntegerField(default=1)
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    holder_name = models.CharField(max_length=300, blank=True, default="")
    item = models.ForeignKey("work.Item", models.PROTECT, null=True, related_name="+")
    hours = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    state = models.CharField(max_length=10, choices=_choices(RunState), default=RunState.OPEN)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=300, blank=True, default="")
    note = models.CharField(max_length=2000, blank=True, default="")
    punctuality = models.CharField(max_length=8, choices=_choices(Punctuality), blank=True, default="")
    given_by = models.CharField(max_length=300, blank=True, default="")
    deadline: Any  # what a page puts beside it; no columns
    punctuality_label: str

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "key", "attempt"], name="step_run_once"),
            models.UniqueConstraint(
                fields=["dossier", "key"], condition=Q(state="open"), name="step_open_once"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["post", "-dossier"], name="runs_of_post"),
            models.Index(fields=["unit", "-dossier"], condition=Q(unit__isnull=False), name="runs_of_unit"),
            models.Index(fields=["agency", "kind"], condition=Q(state="open"), name="runs_open_by_kind"),
        ]


class Pause(models.Model):
    """A stretch in which the statutory clock stood still; `answer_by` is what the applicant was given."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=_choices(PauseKind))
    reason = models.CharField(max_length=2000)
    started_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    asked_by = models.CharField(max_length=300, blank=True, default="")
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(ended_at__isnull=True), name="one_open_stop"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="stop_ends_after_start"
            ),
        ]


class Slip(models.Model):
    """A printed paper of the one-stop: its number and the values it was printed from, so that it can be printed again as it
    was. A corrected one is kept: `replaced_by` leads to the next."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=_choices(SlipKind))
    number = models.CharField(max_length=60, blank=True, default="")
    content = models.JSONField(default=dict)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=300, blank=True, default="")
    reason = models.CharField(max_length=1000, blank=True, default="")
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    label: str  # what a page puts beside it; no column

    class Meta:
        ordering = ["id"]


class Consultation(models.Model):
    """The opinion of another agency asked for within a step: content, deadline, answer or recorded silence."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    run = models.ForeignKey(StepRun, models.CASCADE, related_name="+")
    from_agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    question = models.CharField(max_length=2000)
    item = models.ForeignKey("work.Item", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=4000, blank=True, default="")
    answered_by = models.CharField(max_length=300, blank=True, default="")
    silent_at = models.DateTimeField(null=True)
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["agency", "-dossier"], name="consultations_of_agency"),
            models.Index(
                fields=["due_at"], condition=Q(answered_at__isnull=True, silent_at__isnull=True),
                name="consultations_waiting",
            ),
        ]  # fmt: skip


class DossierDocument(models.Model):
    """An official document that belongs to a dossier: opinion, submission, result."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    outgoing = models.ForeignKey("documents.Outgoing", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["dossier", "document"], name="dossier_document_once")]


class KeptResult(models.Model):
    """A result in the store: reused in later dossiers while it holds, instead of being asked for again
    (61/2018/NĐ-CP art. 4)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+")
    applicant = models.ForeignKey("citizens.Applicant", models.PROTECT, related_name="+")
    code = models.CharField(max_length=60, blank=True, default="")
    name = models.CharField(max_length=1000)
    number = models.CharField(max_length=80, blank=True, default="")
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True, default="")
    issued_on = models.DateField()
    valid_to = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["applicant", "code"], name="results_of_applicant")]


class Parcel(models.Model):
    """A trip by public post (45/2016/QĐ-TTg): papers to the counter (`inward`) or the result to the applicant."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    inward = models.BooleanField(default=False)
    to_name = models.CharField(max_length=300)
    to_phone = models.CharField(max_length=20, blank=True, default="")
    to_address = models.CharField(max_length=500)
    cost = models.PositiveIntegerField(null=True)
    tracking = models.CharField(max_length=40, blank=True, default="")
    state = models.CharField(max_length=100, blank=True, default="")
    state_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["tracking"], condition=~Q(tracking=""), name="parcel_by_tracking")]


class Payment(models.Model):
    """A fee or charge that was paid for a dossier, in đồng. A wrong entry is voided and stays; it is never changed."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    what = models.CharField(max_length=300)
    amount = models.PositiveBigIntegerField()
    way = models.CharField(max_length=8, choices=_choices(PaidBy))
    reference = models.CharField(max_length=60, blank=True, default="")
    paid_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=300)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True, default="")
    label: str  # what a page puts beside it; no column

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="paid_something"),
            models.UniqueConstraint(
                fields=["way", "reference"], condition=~Q(reference="") & Q(voided_at__isnull=True), name="paid_once"
            ),
        ]
        indexes = [models.Index(fields=["paid_at"], condition=Q(voided_at__isnull=True), name="payment_counted_by")]


class Rating(models.Model):
    """What the applicant said on return: a grade, five criteria (0 bad, 1 good, 2 very good), a comment."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="+")
    grade = models.CharField(max_length=10)
    criteria = ArrayField(models.PositiveSmallIntegerField(), default=list)
    comment = models.CharField(max_length=2000, blank=True, default="")
    way = models.CharField(max_length=6)  # desk, code
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    officer = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency", "at"], name="ratings_of_agency")]


class Tally(models.Model):
    """Counted as it happens: rows are only added (`value` +1), so that no act waits for another; a periodic task adds the rows of
    a key up into one. A dossier is counted where it is decided, once.

    `side` says what the row is counted by, so that each board reads few rows: `decider` and `receiver` by agency and procedure,
    `branch` by procedure for the deciding agency and for each agency above it, `agency` by deciding agency alone, `officer` by
    deciding agency and official.
    """

    side = models.CharField(max_length=8)
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    procedure = models.ForeignKey("procedures.Procedure", models.PROTECT, null=True, related_name="+")
    officer = models.ForeignKey("organizations.Post", models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    what = models.CharField(max_length=24)
    value = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["side", "agency", "day"],
                include=["what", "value", "procedure", "officer"],
                name="tally_by_side",
            )
        ]


class ProcessingTime(models.Model):
    """What is published of a procedure's real processing time: working hours without stops, of dossiers that ended in the period,
    closures for housekeeping left out. Worked out by `actions.publish_times`."""

    procedure = models.OneToOneField("procedures.Procedure", models.CASCADE, related_name="+")
    since = models.DateField()
    until = models.DateField()
    count = models.PositiveIntegerField()
    median_hours = models.DecimalField(max_digits=9, decimal_places=1)
    ninth_hours = models.DecimalField(max_digits=9, decimal_places=1)
    on_time = models.PositiveIntegerField()
    worked_out_at = models.DateTimeField()
    label: str  # what a page puts beside it; no columns
    share: float
