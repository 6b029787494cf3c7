"""Installations with many dossiers: a province of a hundred communes with centres, and dossiers put in by SQL as acts leave
them (without trail entries, and without the closed debts of finished steps)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction

from bench import ground
from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.access.terms import Duty, Seated
from lienthong.foundation.measures.actions.load import loading
from lienthong.foundation.numbering.actions.open_series import open_series
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.actions.add_agency import add_agency
from lienthong.foundation.organizations.actions.add_person import add_person
from lienthong.foundation.organizations.actions.add_post import add_post
from lienthong.foundation.organizations.models import Agency, Post
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.text import vn_fold
from lienthong.modules.citizens.models import Applicant
from lienthong.modules.dossiers.models import Dossier
from lienthong.modules.procedures.models import Field, Method, Offering, Procedure, Process, ProcessStep, Version
from lienthong.site.sample.bulk_agencies import BEGINNING
from lienthong.site.sample.bulk_tables import without_indexes

COMMUNES, PROCEDURES, APPLICANTS = 100, 40, 50_000
OPEN = 4_000  # so many of the newest are still being handled
TABLES = [
    "dossiers_dossier",
    "dossiers_steprun",
    "dossiers_slip",
    "dossiers_dossierpaper",
    "dossiers_keptresult",
    "dossiers_rating",
    "dossiers_payment",
    "dossiers_tally",
    "work_item",
]


def name(dossiers: int) -> str:
    return f"dossiers_{dossiers}"


def use(dossiers: int, say: Callable[[str], None]) -> None:
    """Let Django work on the installation with so many dossiers; it is made when it is not there yet."""
    database = f"bench_{name(dossiers)}"
    ground.install(database)
    if not Dossier.objects.exists():
        say(f"{database}: {dossiers} hồ sơ · filling")
        with transaction.atomic():
            _province()
            fill(dossiers, ground.now(), COMMUNES)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def seat(duty: str, place: int = 0) -> Seated:
    """Somebody with a duty, the same each time."""
    post = Post.objects.filter(duties__contains=[duty]).order_by("id")[place]
    found = organizations.actor_for_post(post.pk, ground.today())
    assert found is not None
    return found


def _province() -> None:
    system, now = system_actor(), ground.now()
    root = add_agency(
        name="Ủy ban nhân dân tỉnh", short_name="UBND", tier=Tier.PROVINCE, parent_id=None, code="H99", place="Sơn Hải",
        valid_from=BEGINNING, actor=system, now=now,
    )  # fmt: skip
    for place in range(COMMUNES):
        commune = add_agency(
            name=f"Ủy ban nhân dân xã số {place}", short_name="UBND", tier=Tier.COMMUNE, parent_id=root.pk,
            code=f"H99.{place + 100}", place=f"Xã số {place}", valid_from=BEGINNING, actor=system, now=now,
        )  # fmt: skip
        centre = add_agency(
            name=f"Trung tâm Phục vụ hành chính công xã số {place}", short_name="TTPVHCC", tier=Tier.SUBORDINATE,
            parent_id=commune.pk, code=f"H99.{place + 100}.01", place=f"Xã số {place}", valid_from=BEGINNING, actor=system, now=now,
        )  # fmt: skip
        for agency, duty in (
            (centre, Duty.DESK),
            (commune, Duty.LEADER),
            (commune, Duty.OFFICIAL),
            (commune, Duty.CLERK),
        ):
            post = add_post(
                agency_id=agency.pk,
                unit_id=None,
                name=str(duty),
                duties=[duty],
                valid_from=BEGINNING,
                actor=system,
                now=now,
            )
            add_person(
                name=f"Người {place} {duty}", email="", post_id=post.pk, valid_from=BEGINNING, actor=system, now=now
            )
        for book in ("outgoing", "incoming"):
            open_series(agency_id=commune.pk, book=book, name=book, covers=[], pattern="", actor=system, now=now)
    catalogue(list(Agency.objects.filter(tier=Tier.COMMUNE).values_list("pk", flat=True)), now)


def catalogue(communes: list[int], now: datetime) -> None:
    """What dossiers are about and whose they are: procedures that these agencies decide, applicants."""
    _procedures(communes)
    Applicant.objects.bulk_create(
        [
            Applicant(name=f"Người nộp {n}", folded=f"nguoi nop {n}", created_at=now, updated_at=now)
            for n in range(APPLICANTS)
        ],
        batch_size=5000,
    )


def _procedures(communes: list[int]) -> None:
    fields = Field.objects.bulk_create([Field(code=f"LV{n}", name=f"Lĩnh vực {n}") for n in range(10)])
    for n in range(PROCEDURES):
        procedure = Procedure.objects.create(code=f"9.8{n:05d}")
        title = f"Thủ tục số {n}"
        version = Version.objects.create(
            procedure=procedure, no=1, name=title, folded=vn_fold(title), field=fields[n % 10], valid_from=BEGINNING
        )
        Method.objects.create(version=version, place=1, channel="direct", amount=Decimal(7), unit="working_days")
        Offering.objects.bulk_create(
            [Offering(procedure=procedure, agency_id=pk, valid_from=BEGINNING) for pk in communes]
        )
        process = Process.objects.create(procedure=procedure, name=title, valid_from=BEGINNING)
        lines = (
            ("1", "receive", "desk", ["2"]), ("2", "assign", "leader", ["3"]), ("3", "handle", "official", ["4"]),
            ("4", "decide", "leader", ["5"]), ("5", "release", "clerk", ["6"]), ("6", "return", "desk", []),
        )  # fmt: skip
        ProcessStep.objects.bulk_create(
            [
                ProcessStep(
                    process=process, key=key, place=place, kind=kind, name=kind, duty=duty, hours=8, next=following
                )
                for place, (key, kind, duty, following) in enumerate(lines)
            ]
        )


_LOTS = """
CREATE TEMP TABLE lot ON COMMIT DROP AS
SELECT i, %(first)s + i AS id, c.commune, c.centre, c.desk, c.leader, c.official, c.clerk, v.version, v.field, v.process, v.procedure,
  a.id AS applicant, a.name AS who, a.folded AS folded,
  date_trunc('minute', %(now)s::timestamptz - (%(count)s - i) * (%(days)s::interval / %(count)s)) AS at, i > %(count)s - %(open)s AS is_open
FROM generate_series(1, %(count)s) i
JOIN (SELECT row_number() OVER (ORDER BY g.id) - 1 AS n, g.id AS commune, min(s.id) AS centre, min(d.id) AS desk, min(l.id) AS leader,
    min(o.id) AS official, min(k.id) AS clerk
  FROM organizations_agency g JOIN organizations_agency s ON s.parent_id = g.id
  JOIN organizations_post d ON d.agency_id = s.id JOIN organizations_post l ON l.agency_id = g.id AND l.duties @> ARRAY['leader']::varchar[]
  JOIN organizations_post o ON o.agency_id = g.id AND o.duties @> ARRAY['official']::varchar[]
  JOIN organizations_post k ON k.agency_id = g.id AND k.duties @> ARRAY['clerk']::varchar[]
  WHERE g.tier = %(tier)s GROUP BY g.id) c ON c.n = i %% %(communes)s
JOIN (SELECT row_number() OVER (ORDER BY v.id) - 1 AS n, v.id AS version, v.field_id AS field, p.id AS process, v.procedure_id AS procedure
  FROM procedures_version v JOIN procedures_process p ON p.procedure_id = v.procedure_id) v ON v.n = i / %(communes)s %% %(procedures)s
JOIN (SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, name, folded FROM citizens_applicant) a ON a.n = i::bigint * 7919 %% %(applicants)s
"""
_DOSSIERS = """
INSERT INTO dossiers_dossier (id, code, foreign_code, version_id, process_id, field_id, applicant_id, applicant_name, folded, identity, address,
  phone, email, agent_name, agent_identity, agent_phone, agent_paper, matter, channel, copies, received_by_id, decider_id, receiver_id, receiver_name,
  state, received_at, begins_at, counts_from, amount, unit, due_at, promised_at, supplements, outcome, ended_at, punctuality, spent_minutes, returned_at,
  end_reason, housekeeping, result_way, result_address, now_at)
SELECT id, 'H99.' || (100 + i %% %(communes)s) || '.01-' || to_char(at, 'YYMMDD') || '-' || lpad(i::text, 7, '0'), '', version, process, field, applicant,
  who, folded, '', '', '', '', '', '', '', '', 'Hồ sơ số ' || i, 'direct', 1, centre, commune, desk, 'Cán bộ', CASE WHEN is_open THEN 'in_progress' ELSE 'returned' END,
  at, at, at, 7, 'working_days', at + interval '9 days', at + interval '9 days', 0, CASE WHEN is_open THEN '' ELSE 'granted' END,
  CASE WHEN NOT is_open THEN at + (5 + i %% 6) * interval '1 day' END, CASE WHEN is_open THEN '' WHEN i %% 6 = 5 THEN 'late' ELSE 'early' END,
  CASE WHEN NOT is_open THEN 960 + i %% 1440 END, CASE WHEN NOT is_open THEN at + (6 + i %% 6) * interval '1 day' END, '', false, 'desk', '',
  CASE WHEN is_open THEN 'handle' ELSE '' END FROM lot ORDER BY i
"""
_RUNS = """
INSERT INTO dossiers_steprun (dossier_id, key, kind, name, attempt, agency_id, post_id, holder_name, hours, state, started_at, due_at, done_at,
  done_by, note, punctuality, given_by, item_id)
SELECT id, k.key, k.kind, k.kind, 1, CASE WHEN k.n IN (1, 6) THEN centre ELSE commune END,
  CASE k.n WHEN 1 THEN desk WHEN 2 THEN leader WHEN 3 THEN official WHEN 4 THEN leader WHEN 5 THEN clerk ELSE desk END, 'Người', 8,
  CASE WHEN is_open AND k.n = 3 THEN 'open' ELSE 'done' END, at + (k.n - 1) * interval '1 day', at + k.n * interval '1 day',
  CASE WHEN NOT (is_open AND k.n = 3) THEN at + k.n * interval '20 hours' END, 'Người', '', 'early', 'Người',
  CASE WHEN is_open AND k.n = 3 THEN %(items)s + i - %(count)s + %(open)s END
FROM lot JOIN (VALUES (1, '1', 'receive'), (2, '2', 'assign'), (3, '3', 'handle'), (4, '4', 'decide'), (5, '5', 'release'), (6, '6', 'return')) k (n, key, kind)
  ON NOT is_open OR k.n <= 3 ORDER BY i, k.n
"""
_ITEMS = """
INSERT INTO work_item (id, kind, verb, title, about, address, urgency, holder_id, role, opened_at, due_at, outcome, reminded_before, reminded_after)
SELECT %(items)s + i - %(count)s + %(open)s, 'dossiers.step', 'Thẩm định, xử lý', 'Hồ sơ số ' || i, '', '/lam-viec/ho-so/' || id || '/', 0, official, 'lead',
  at, at + interval '3 days', '', true, true FROM lot WHERE is_open
"""
_SLIPS = """
INSERT INTO dossiers_slip (dossier_id, kind, number, content, at, by_name, reason)
SELECT id, 'receipt', i::text, '{"papers": []}', at, 'Cán bộ', '' FROM lot
"""
_TALLY = """
INSERT INTO dossiers_tally (side, agency_id, procedure_id, officer_id, day, what, value)
SELECT k.side, k.agency, k.procedure, k.officer, w.day, w.what, count(*)
FROM dossiers_dossier d JOIN lot ON lot.id = d.id
CROSS JOIN LATERAL (VALUES ('received', lot.desk, (d.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date),
  ('received_direct', lot.desk, (d.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date),
  ('done', lot.official, (d.ended_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date),
  ('done_' || d.punctuality, lot.official, (d.ended_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)) w (what, officer, day)
CROSS JOIN LATERAL (VALUES ('decider', d.decider_id, lot.procedure, NULL), ('receiver', d.received_by_id, lot.procedure, NULL),
  ('agency', d.decider_id, NULL, NULL), ('branch', d.decider_id, lot.procedure, NULL), ('branch', %(root)s, lot.procedure, NULL),
  ('officer', d.decider_id, NULL, w.officer)) k (side, agency, procedure, officer)
WHERE w.day IS NOT NULL AND w.what <> 'done_' GROUP BY 1, 2, 3, 4, 5, 6
"""


@transaction.atomic
def fill(count: int, now: datetime, communes: int, more: Callable[[], None] = lambda: None) -> None:
    """Put so many dossiers of a year into an installation of communes with centres, procedures and applicants; `more` writes what
    else belongs to them."""
    first = (now - timedelta(days=370)).date()
    with (
        loading(TABLES, first, now.date() + timedelta(days=20)),
        without_indexes(TABLES),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT coalesce(max(id), 0) FROM work_item")
        items = cursor.fetchone()[0]
        values = {
            "first": 0, "count": count, "now": now - timedelta(hours=1), "days": timedelta(days=360), "open": min(OPEN, count // 2),
            "communes": communes, "procedures": PROCEDURES, "applicants": APPLICANTS, "tier": Tier.COMMUNE, "items": items,
            "root": Agency.objects.get(parent__isnull=True).pk,
        }  # fmt: skip
        for statement in (_LOTS, "CREATE INDEX ON lot (id)", "ANALYZE lot", _ITEMS, _DOSSIERS, _RUNS, _SLIPS, _TALLY):
            cursor.execute(statement, values if "%" in statement else None)
        for table in ("dossiers_dossier", "work_item"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        more()
