"""A plan of the committee, as it is read, as it is decided, as it is in force."""

from datetime import date
from decimal import Decimal

import pytest

from lienthong.modules.plans.actions.decide_target import Binding, add_target
from lienthong.modules.plans.actions.decide_task import add_task
from lienthong.modules.plans.actions.make_plan import PlanHead, make_plan
from lienthong.modules.plans.actions.put_in_force import put_in_force
from lienthong.modules.plans.rules import Promise
from lienthong.modules.plans.terms import Comparator

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
