"""Installations with a year of both documents and dossiers, for what is counted of them: 256 communes, papers with dossiers,
results in the store, grades."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from django.db import connection, transaction

from bench import dossier_ground, ground
from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.access.terms import Duty
from lienthong.foundation.files.actions.store import store
from lienthong.foundation.organizations.actions.add_agency import add_agency
from lienthong.foundation.organizations.actions.add_person import add_person
from lienthong.foundation.organizations.actions.add_post import add_post
from lienthong.foundation.organizations.models import Agency, Identifier
from lienthong.foundation.organizations.terms import Tier
from lienthong.modules.dossiers.models import Dossier
from lienthong.site.sample import bulk
from lienthong.site.sample.bulk_agencies import BEGINNING

# What the dossiers of the other ground lack and figures count. One of nine has a paper that nobody scanned.
_MORE = (
    "UPDATE dossiers_dossier SET channel = CASE id % 3 WHEN 0 THEN 'online' ELSE 'post' END WHERE id % 3 = 0 OR id % 20 = 1",
    """INSERT INTO dossiers_dossierpaper (dossier_id, place, name, form, originals, copies, stored_id, file_name, asked, note, round, at)
    SELECT d.id, p, 'Thành phần ' || p, CASE WHEN d.id %% 5 = p THEN 'reused' ELSE 'scan' END, 1, 0,
      CASE WHEN d.id %% 9 <> p AND d.id %% 5 <> p THEN %(file)s END, '', false, '', 0, d.received_at
    FROM dossiers_dossier d CROSS JOIN generate_series(1, 2) p""",
    """INSERT INTO dossiers_keptresult (dossier_id, applicant_id, code, name, number, agency_id, stored_id, file_name, issued_on, revoke_reason,
      created_at)
    SELECT id, applicant_id, '', 'Kết quả', id::text, decider_id, CASE WHEN id %% 4 <> 0 THEN %(file)s END, '', ended_at::date, '', ended_at
    FROM dossiers_dossier WHERE ended_at IS NOT NULL AND id %% 10 <> 3""",
    """INSERT INTO dossiers_rating (dossier_id, grade, criteria, comment, way, agency_id, officer_id, at)
    SELECT id, CASE WHEN id % 11 = 0 THEN 'bad' WHEN id % 2 = 0 THEN 'good' ELSE 'very_good' END, '{}', '', 'desk', decider_id, receiver_id, returned_at
    FROM dossiers_dossier WHERE returned_at <= now() AND id % 5 < 3""",
    """INSERT INTO dossiers_payment (dossier_id, what, amount, way, reference, paid_at, noted_at, noted_by, void_reason)
    SELECT id, 'Lệ phí', 50000, CASE WHEN id % 7 < 3 THEN 'online' ELSE 'cash' END, 'BL' || id, received_at, received_at, '', ''
    FROM dossiers_dossier WHERE id % 5 < 3""",
    "UPDATE documents_outgoing SET signed = id % 10 <> 3",
)


def name(scale: int) -> str:
    return f"measures_{scale}"


def documents(scale: int) -> int:
    """Seven documents and five dossiers for ten of `scale`: 700,000 and 500,000 for a million."""
    return scale * 7 // 10


def dossiers(scale: int) -> int:
    return scale // 2


def use(scale: int, say: Callable[[str], None]) -> None:
    """Let Django work on the installation of that scale; it is made when it is not there yet."""
    database = f"bench_{name(scale)}"
    ground.install(database)
    if not Dossier.objects.exists():
        say(f"{database}: {documents(scale)} văn bản, {dossiers(scale)} hồ sơ · filling")
        _fill(scale, ground.now(), say)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


@transaction.atomic
def _fill(scale: int, now: datetime, say: Callable[[str], None]) -> None:
    bulk.fill(documents=documents(scale), agencies=ground.AGENCIES, now=now, progress=say)
    communes = list(Agency.objects.filter(tier=Tier.COMMUNE).order_by("id").values_list("pk", flat=True))
    for commune in communes:
        _centre(commune, now)
    dossier_ground.catalogue(communes, now)
    say("hồ sơ · dossiers")
    dossier_ground.fill(dossiers(scale), now, len(communes), lambda: _more(now))


def _more(now: datetime) -> None:
    """Channels, papers, results, grades and fees for the dossiers, signatures for the documents."""
    file = store(stream=BytesIO(bulk.PDF), name="giay-to.pdf", now=now).pk
    with connection.cursor() as cursor:
        for statement in _MORE:
            cursor.execute(statement, {"file": file} if "%(" in statement else None)


def _centre(commune: int, now: datetime) -> None:
    """The one-stop of a commune with its desk."""
    system, code = system_actor(), Identifier.objects.get(agency_id=commune, valid_to__isnull=True).code
    centre = add_agency(
        name=f"Trung tâm Phục vụ hành chính công {code}", short_name="TTPVHCC", tier=Tier.SUBORDINATE, parent_id=commune, code=f"{code}.01",
        place=f"Xã {code}", valid_from=BEGINNING, actor=system, now=now,
    )  # fmt: skip
    post = add_post(
        agency_id=centre.pk,
        unit_id=None,
        name="Một cửa",
        duties=[Duty.DESK],
        valid_from=BEGINNING,
        actor=system,
        now=now,
    )
    add_person(name=f"Người {code}", email="", post_id=post.pk, valid_from=BEGINNING, actor=system, now=now)
