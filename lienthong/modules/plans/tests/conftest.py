"""A plan of the committee, as it is read, as it is decided, as it is in force."""

from datetime import date
from decimal import Decimal

import pytest

from lienthong.modules.plans.actions.decide_target import Binding, add_target
from lienthong.modules.plans.actions.decide_task import add_task
from lienthong.modules.plans.actions.make_plan import PlanHead, make_plan
from lienthong.modules.plans.actions.put_in_force import put_in_force
from lienthong.modules.plans.models import Plan, Target, Task
from lienthong.modules.plans.rules import Promise
from lienthong.modules.plans.terms import Choice, Comparator, PlanState
from stories.history import letters

TEXT = """KẾ HOẠCH
Chuyển đổi số năm 2026
I. Mục tiêu
- 90% văn bản trao đổi giữa các cơ quan nhà nước dưới dạng điện tử.
- Ít nhất 60% hồ sơ thủ tục hành chính được tiếp nhận trực tuyến.
II. Nhiệm vụ
1. Sở Xây dựng chủ trì, phối hợp với Sở Nội vụ tổ chức tập huấn trước ngày 30/6/2026.
"""
SUBJECT = "văn bản trao đổi giữa các cơ quan dưới dạng điện tử"
SIXTY = Promise(Comparator.AT_LEAST, Decimal(60), None, "%", date(2026, 12, 31))


@pytest.fixture
def make(province, now):
    def plan(
        text=TEXT,
        code="12/KH-UBND",
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        who="lan",
        issuer=None,
        title="Kế hoạch",
    ):
        head = PlanHead(code, title, issuer or province.committee.pk, None, start, end)
        return make_plan(head=head, text=text, actor=province.actor(who), now=now)

    return plan


@pytest.fixture
def decided(make, province, now):
    """A plan with one bound target, one that cannot be counted, and one task of the department."""
    plan, lan = make(""), province.actor("lan")
    add_target(
        plan_id=plan.pk, subject=SUBJECT, promise=SIXTY, bound=Binding("documents.electronic"), actor=lan, now=now
    )
    add_target(
        plan_id=plan.pk,
        subject="họp trực tuyến",
        promise=SIXTY,
        bound=Binding(why_not="chưa có ghi nhận"),
        actor=lan,
        now=now,
    )
    add_task(
        plan_id=plan.pk,
        text="tập huấn",
        responsible_id=province.department.pk,
        coordinating="",
        due=date(2026, 11, 10),
        actor=lan,
        now=now,
    )
    return plan


@pytest.fixture
def in_force(decided, province, now):
    return put_in_force(plan_id=decided.pk, actor=province.actor("lan"), now=now)


@pytest.fixture
def steered(province, pdf, now) -> Plan:
    """A plan of the committee for 2026 with one target that is kept, one that is behind, one that nobody can count, a late task and one
    to come. Eight deliveries of November are counted, one of them with paper in parallel (12,5 %)."""
    letters(province, pdf, now)
    plan = Plan.objects.create(
        code="37/KH-UBND", title="Ứng dụng công nghệ thông tin năm 2026", issuer=province.committee,
        issuer_name=province.committee.name, issued_on=date(2026, 2, 25), start=date(2026, 1, 1), end=date(2026, 12, 31),
        state=PlanState.IN_FORCE, made_by_id=province.posts["lan"], made_at=now,
    )  # fmt: skip
    lines = [
        ("Văn bản điện tử", Comparator.AT_LEAST, 60, "documents.electronic", "tinh", "", None),
        (
            "Văn bản không kèm bản giấy",
            Comparator.AT_LEAST,
            95,
            "documents.wholly_electronic",
            "tinh",
            "",
            province.department,
        ),
        ("Cán bộ được đào tạo", Comparator.AT_LEAST, 80, "", "", "chưa có bản ghi về đào tạo", None),
    ]
    for place, (subject, comparator, low, measure, scope, why, who) in enumerate(lines):
        Target.objects.create(
            plan=plan, place=place, subject=subject, comparator=comparator, low=Decimal(low), unit="%", due=date(2026, 12, 31),
            choice=Choice.CONFIRMED, measure=measure, scope=scope, why_not=why, responsible=who,
        )  # fmt: skip
    for place, (text, due) in enumerate([("Nối phần mềm", date(2026, 9, 30)), ("Tập huấn", date(2026, 12, 15))]):
        Task.objects.create(
            plan=plan, place=place, text=text, due=due, responsible=province.department, responsible_name="Sở Xây dựng",
            choice=Choice.CONFIRMED,
        )  # fmt: skip
    return plan
