"""Tables of the catalogue: a procedure keeps its code, all else stands in versions with dates."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lienthong.modules.procedures.terms import Channel, ServiceLevel, StepKind, TermUnit, Tier


def _choices(enum: Iterable[Enum]) -> list[tuple[Any, str]]:
    return [(member.value, member.name) for member in enum]


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=name)


class Field(models.Model):
    """A field of administration (lĩnh vực), e.g. G15-TP07 Hộ tịch. Books of dossiers are kept per field."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """An administrative procedure by its national code; what it demands stands in its versions."""

    code = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.code


class Version(models.Model):
    """What a procedure was from `valid_from` on. `valid_to` is the first day on which it no longer holds.

    `executing`, `authority`, `authorized` and `coordinating` are the national catalogue's names of agencies, not rows of
    the directory; which agency of this province does the procedure is an Offering. `old_level` is 1-4 of
    43/2011/NĐ-CP art. 18. `marked` names the fields that people here have set: no file changes them. `fingerprint` is the SHA-256 of the content, so that a re-import makes a version only where
    something changed.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+")
    no = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=1000)
    folded = models.CharField(max_length=1200, default="")
    field = models.ForeignKey(Field, models.PROTECT, related_name="+")
    tiers = ArrayField(models.CharField(max_length=10, choices=_choices(Tier)), default=list)
    service_level = models.CharField(max_length=12, choices=_choices(ServiceLevel), default=ServiceLevel.INFORMATION)
    old_level = models.PositiveSmallIntegerField(null=True)
    subjects = ArrayField(models.CharField(max_length=300), default=list)
    executing = ArrayField(models.CharField(max_length=500), default=list)
    authority = ArrayField(models.CharField(max_length=500), default=list)
    authorized = ArrayField(models.CharField(max_length=500), default=list)
    coordinating = ArrayField(models.CharField(max_length=500), default=list)
    receiving_place = models.TextField(blank=True, default="")
    conditions = models.TextField(blank=True, default="")
    keywords = models.CharField(max_length=1000, blank=True, default="")
    decision_no = models.CharField(max_length=60, blank=True, default="")
    decided_on = models.DateField(null=True)
    issuer_name = models.CharField(max_length=300, blank=True, default="")
    published_on = models.DateField(null=True)
    silent_approval = models.BooleanField(default=False)
    non_territorial = models.BooleanField(default=False)
    marked = ArrayField(models.CharField(max_length=30), default=list)
    fingerprint = models.CharField(max_length=64, default="")
    source = models.CharField(max_length=200, blank=True, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "no"], name="procedure_version_once"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(valid_to__isnull=True), name="one_open_procedure_version"
            ),
            _ends_after_start("procedure_version_ends_after_start"),
        ]
        indexes = [models.Index(fields=["field", "folded"], name="procedure_by_field")]

    def __str__(self) -> str:
        return self.name


class Stage(models.Model):
    """A paragraph of "how it is done" as published (trình tự thực hiện), for reading; the work follows the Process."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500, blank=True, default="")
    text = models.TextField(blank=True, default="")


class Method(models.Model):
    """One way to file (cách thức thực hiện) with its statutory time; `amount` is None where only `note` says it."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=8, choices=_choices(Channel))
    amount = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    unit = models.CharField(max_length=14, choices=_choices(TermUnit), default=TermUnit.NONE)
    note = models.TextField(blank=True, default="")


class Fee(models.Model):
    """A fee or charge of a way to file, in đồng; `amount` is None where the text says it otherwise."""

    method = models.ForeignKey(Method, models.CASCADE, related_name="+")
    name = models.CharField(max_length=500, blank=True, default="")
    amount = models.BigIntegerField(null=True)
    note = models.TextField(blank=True, default="")


class Case(models.Model):
    """A case of a procedure (trường hợp) with a set of components; own time where it differs from the method's.

    `code` is the national code of the sub-case (1.115492.03) where it has one; `note` what was published beside the
    papers for reading.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60, blank=True, default="")
    name = models.CharField(max_length=1000, blank=True, default="")
    amount = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    unit = models.CharField(max_length=14, choices=_choices(TermUnit), default=TermUnit.NONE)
    note = models.TextField(blank=True, default="")


class Component(models.Model):
    """A paper that a case asks for (thành phần hồ sơ). `code` also names the result of another procedure that
    may be reused instead; `heading` groups papers of one case ("Giấy tờ phải xuất trình")."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60, blank=True, default="")
    name = models.TextField()
    heading = models.CharField(max_length=300, blank=True, default="")
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    required = models.BooleanField(default=True)
    forms = ArrayField(models.CharField(max_length=300), default=list)


class LegalBasis(models.Model):
    """A law that the version rests on."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=100, blank=True, default="")
    name = models.CharField(max_length=1500)


class Result(models.Model):
    """What a procedure gives (kết quả), by its national code; `valid_months` where the result expires."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60, blank=True, default="")
    name = models.CharField(max_length=1000)
    valid_months = models.PositiveSmallIntegerField(null=True)


class Offering(models.Model):
    """An agency of the directory decides this procedure, from when until when."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+")
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "agency"], condition=Q(valid_to__isnull=True), name="offered_once"
            ),
            _ends_after_start("offering_ends_after_start"),
        ]


class Process(models.Model):
    """An internal process (quy trình nội bộ) of a procedure: at one agency, or for all that offer it (`agency` None).

    The table of its steps is the process. A change makes a new version (`no`) from a day on; running dossiers finish
    under theirs.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=1000)
    no = models.PositiveSmallIntegerField(default=1)
    decision_no = models.CharField(max_length=60, blank=True, default="")
    issuer_name = models.CharField(max_length=300, blank=True, default="")
    source = models.CharField(max_length=200, blank=True, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "agency"], condition=Q(valid_to__isnull=True, procedure__isnull=False),
                nulls_distinct=False, name="one_open_process",
            ),
            _ends_after_start("process_ends_after_start"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class ProcessStep(models.Model):
    """One line of an internal process.

    Who does it: `post`, else `unit` (its head gives it to a person), else the first post with `duty` in `agency`
    (None: the agency that decides the dossier; for `desk` the one that received it). `performer` is the decision's own
    wording. `next` are the keys that follow: several run side by side; a step that several lead to waits for all that
    were started. `back_to` is where the dossier goes when the step is not passed. `hours` are working hours, None
    where no time is counted.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="+")
    key = models.CharField(max_length=10)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=_choices(StepKind), default=StepKind.HANDLE)
    name = models.CharField(max_length=300)
    work = models.TextField(blank=True, default="")
    performer = models.CharField(max_length=1000, blank=True, default="")
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("organizations.Post", models.PROTECT, null=True, related_name="+")
    duty = models.CharField(max_length=20, blank=True, default="")
    hours = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    next = ArrayField(models.CharField(max_length=10), default=list)
    back_to = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["process", "key"], name="step_key_once")]
