"""A plan is read, decided, put in force, reported, followed; refusals change nothing."""

from datetime import date
from decimal import Decimal

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.work.models import Item
from lienthong.kit.refusal import Refused
from lienthong.modules.plans import queries
from lienthong.modules.plans.actions.confirm_all import confirm_all
from lienthong.modules.plans.actions.decide_target import Binding, add_target, bind_target, confirm_target, drop_target
from lienthong.modules.plans.actions.decide_task import add_task, confirm_task, drop_task
from lienthong.modules.plans.actions.finish_task import finish_task
from lienthong.modules.plans.actions.follow_up import follow_up
from lienthong.modules.plans.actions.put_in_force import end_plan, put_in_force
from lienthong.modules.plans.models import Plan, Target, Task
from lienthong.modules.plans.queries.standings import standings
from lienthong.modules.plans.rules import Promise
from lienthong.modules.plans.terms import Choice, Comparator, Standing
from lienthong.modules.plans.tests.conftest import SIXTY, SUBJECT
from stories.history import letters

pytestmark = pytest.mark.django_db


def test_a_task_that_was_due_before_its_plan_begins_is_refused_and_not_confirmed_with_the_others(make, province, now):
    plan, lan = make(""), province.actor("lan")
    given = {"responsible_id": province.department.pk, "coordinating": "", "actor": lan, "now": now}
    with pytest.raises(Refused, match="trước ngày kế hoạch bắt đầu"):
        add_task(plan_id=plan.pk, text="tập huấn", due=date(2025, 12, 31), **given)
    assert not Task.objects.exists()
    early = Task.objects.create(plan=plan, place=1, text="tập huấn sớm", due=date(2025, 12, 31), choice=Choice.PROPOSED)
    good = Task.objects.create(plan=plan, place=2, text="tập huấn", due=date(2026, 6, 30), choice=Choice.PROPOSED)
    assert confirm_all(plan_id=plan.pk, actor=lan, now=now) == (1, 1)
    assert [one.choice for one in Task.objects.filter(pk__in=[early.pk, good.pk]).order_by("pk")] == [
        Choice.PROPOSED,
        Choice.CONFIRMED,
    ]


def test_a_plan_is_proposed_as_its_text_reads(make, province):
    plan = make()
    first, second = Target.objects.filter(plan=plan)
    assert plan.text[first.start : first.finish] == first.quote
    assert (first.low, first.comparator, first.measure, first.choice) == (
        90,
        "exactly",
        "documents.electronic_across",
        Choice.PROPOSED,
    )
    assert (second.low, second.comparator, second.measure) == (60, "at_least", "dossiers.online")
    (task,) = Task.objects.filter(plan=plan)
    assert (task.responsible_id, task.coordinating, task.due) == (
        province.department.pk,
        "Sở Nội vụ",
        date(2026, 6, 30),
    )


def test_a_plan_that_ends_before_it_begins_is_not_kept(make):
    with pytest.raises(Refused, match="trước khi bắt đầu"):
        make(start=date(2026, 2, 1), end=date(2026, 1, 1))
    assert not Plan.objects.exists()


def test_one_number_of_one_agency_is_one_plan(make):
    make()
    with pytest.raises(Refused, match="đã có"):
        make()
    assert Plan.objects.count() == 1


def test_the_same_number_of_another_year_is_another_plan(make):
    make()
    make(start=date(2027, 1, 1), end=date(2027, 12, 31))
    assert Plan.objects.count() == 2


def test_a_plan_is_made_for_the_own_agency(make, province):
    with pytest.raises(Forbidden):
        make(who="oanh")
    assert not Plan.objects.exists()


def test_a_draft_is_seen_by_its_issuer_only(make, province):
    plan = make()
    assert queries.plan(province.actor("lan"), plan.pk) == plan
    with pytest.raises(Plan.DoesNotExist):
        queries.plan(province.actor("huong"), plan.pk)


def test_a_plan_in_force_is_seen_by_all_staff(in_force, province):
    assert queries.plan(province.actor("huong"), in_force.pk) == in_force


def test_nothing_comes_into_force_undecided(make, province, now):
    plan = make()
    with pytest.raises(Refused, match="Còn 3"):
        put_in_force(plan_id=plan.pk, actor=province.actor("lan"), now=now)
    plan.refresh_from_db()
    assert plan.state == "draft"
    assert not Item.objects.filter(kind="plans.task").exists()


def test_a_person_confirms_corrects_and_drops(make, province, now):
    plan, lan = make(), province.actor("lan")
    first, second = Target.objects.filter(plan=plan)
    confirm_target(
        target_id=first.pk, subject="văn bản", promise=SIXTY, bound=Binding("documents.electronic"), actor=lan, now=now
    )
    for _twice in range(2):
        drop_target(target_id=second.pk, actor=lan, now=now)
    (task,) = Task.objects.filter(plan=plan)
    confirm_task(task_id=task.pk, text=task.text, responsible_id=None, coordinating="", due=None, actor=lan, now=now)
    first.refresh_from_db()
    assert (first.low, first.subject, first.measure, first.choice) == (
        60,
        "văn bản",
        "documents.electronic",
        Choice.CONFIRMED,
    )
    assert first.quote.startswith("90%")
    assert [one.pk for one in queries.targets(plan.pk)] == [first.pk]
    put_in_force(plan_id=plan.pk, actor=lan, now=now)


def test_a_target_is_bound_or_says_why_not(make, province, now):
    target = Target.objects.filter(plan=make()).first()
    with pytest.raises(Refused, match="vì sao"):
        confirm_target(
            target_id=target.pk, subject="x", promise=SIXTY, bound=Binding(), actor=province.actor("lan"), now=now
        )
    with pytest.raises(Refused, match="Không có số liệu"):
        confirm_target(
            target_id=target.pk, subject="x", promise=SIXTY, bound=Binding("x.y"), actor=province.actor("lan"), now=now
        )
    bound = Binding("documents.electronic", "cq-999999")
    with pytest.raises(Refused, match="phạm vi"):
        confirm_target(
            target_id=target.pk, subject="x", promise=SIXTY, bound=bound, actor=province.actor("lan"), now=now
        )
    target.refresh_from_db()
    assert target.choice == Choice.PROPOSED


def test_contradicting_targets_must_be_meant(decided, province, now):
    lan = province.actor("lan")
    eighty = Promise(Comparator.AT_LEAST, Decimal(80), None, "%", date(2026, 12, 31))
    add_target(
        plan_id=decided.pk, subject=SUBJECT, promise=eighty, bound=Binding("documents.electronic"), actor=lan, now=now
    )
    with pytest.raises(Refused, match="trái nhau"):
        put_in_force(plan_id=decided.pk, actor=lan, now=now)
    assert put_in_force(plan_id=decided.pk, actor=lan, now=now, confirmed=True).state == "in_force"


def test_who_owes_a_task_has_it_among_the_work(in_force, province):
    item = Item.objects.get(kind="plans.task")
    assert item.holder_id == province.posts["oanh"]
    assert item.due_at.date() == date(2026, 11, 10)


def test_a_target_in_force_does_not_change_but_may_be_bound_anew(in_force, province, now):
    target, lan = queries.targets(in_force.pk)[0], province.actor("lan")
    with pytest.raises(Refused, match="đã có hiệu lực"):
        confirm_target(
            target_id=target.pk, subject="x", promise=SIXTY, bound=Binding("documents.sent"), actor=lan, now=now
        )
    with pytest.raises(Refused, match="đã có hiệu lực"):
        drop_target(target_id=target.pk, actor=lan, now=now)
    bind_target(target_id=target.pk, bound=Binding("documents.wholly_electronic"), actor=lan, now=now)
    target.refresh_from_db()
    assert (target.subject, target.measure) == (SUBJECT, "documents.wholly_electronic")


def test_the_agency_that_owes_a_task_reports_it_once(in_force, province, now):
    (task,) = queries.tasks(in_force.pk)
    with pytest.raises(Refused, match="kết quả"):
        finish_task(task_id=task.pk, result=" ", actor=province.actor("oanh"), now=now)
    finish_task(task_id=task.pk, result="đã tập huấn 120 người", actor=province.actor("oanh"), now=now)
    assert Item.objects.get(kind="plans.task").done_at == now
    with pytest.raises(Refused, match="báo cáo xong"):
        finish_task(task_id=task.pk, result="lần nữa", actor=province.actor("oanh"), now=now)
    task.refresh_from_db()
    assert task.result == "đã tập huấn 120 người"


def test_only_the_issuer_gives_a_task_up(in_force, province, now):
    (task,) = queries.tasks(in_force.pk)
    with pytest.raises(Forbidden):
        finish_task(task_id=task.pk, result="không làm", actor=province.actor("oanh"), now=now, dropped=True)
    task.refresh_from_db()
    assert task.state == "open"
    finish_task(task_id=task.pk, result="không cần nữa", actor=province.actor("lan"), now=now, dropped=True)


def test_an_overdue_task_is_told_with_who_owes_it(in_force, province, now):
    (late,) = queries.late_tasks(province.actor("huong"), now.date())
    assert late.responsible == province.department
    assert queries.late_tasks(province.actor("huong"), date(2026, 11, 10)) == []


def test_a_promise_stands_beside_what_the_records_count(in_force, province, pdf, now):
    letters(province, pdf, now)
    settle()
    bound, unbound = standings(in_force, queries.targets(in_force.pk), now.date())
    assert (bound.over, bound.under, bound.value, bound.standing) == (8, 8, 100, Standing.MET)
    assert (unbound.standing, unbound.value) == (Standing.NOT_COUNTED, None)


def test_standings_ask_as_much_for_one_target_as_for_six(in_force, province, pdf, now, django_assert_num_queries):
    letters(province, pdf, now)
    settle()
    rows = queries.targets(in_force.pk)
    with django_assert_num_queries(2):
        standings(in_force, rows[:1], now.date())
    with django_assert_num_queries(2):
        standings(in_force, rows[:1] * 6, now.date())


def test_ending_a_plan_takes_its_debts_away(in_force, province, now):
    end_plan(plan_id=in_force.pk, actor=province.actor("lan"), now=now)
    assert not Item.objects.filter(kind="plans.task", done_at__isnull=True).exists()
    with pytest.raises(Refused):
        end_plan(plan_id=in_force.pk, actor=province.actor("lan"), now=now)


def test_next_years_plan_follows_from_the_last(in_force, province, now):
    lan = province.actor("lan")
    made = follow_up(plan_id=in_force.pk, code="13/KH-UBND", title="Kế hoạch 2027", actor=lan, now=now)
    assert (made.start, made.end, made.follows) == (date(2027, 1, 1), date(2027, 12, 31), in_force)
    assert list(Target.objects.filter(plan=made).values_list("choice", "due", "measure")) == [
        ("proposed", date(2027, 12, 31), "documents.electronic"), ("proposed", date(2027, 12, 31), ""),
    ]  # fmt: skip
    assert Task.objects.filter(plan=made).count() == 1
    with pytest.raises(Refused, match="tiếp theo"):
        follow_up(plan_id=in_force.pk, code="14/KH-UBND", title="x", actor=lan, now=now)


def test_a_task_dropped_from_a_draft_is_owed_by_nobody(decided, province, now):
    (task,) = queries.tasks(decided.pk)
    for _twice in range(2):
        drop_task(task_id=task.pk, actor=province.actor("lan"), now=now)
    put_in_force(plan_id=decided.pk, actor=province.actor("lan"), now=now)
    assert not Item.objects.filter(kind="plans.task").exists()


def test_a_future_plan_has_no_value_yet(make, province, now):
    lan = province.actor("lan")
    plan = make("", start=date(2027, 1, 1), end=date(2027, 12, 31))
    next_year = Promise(Comparator.AT_LEAST, Decimal(60), None, "%", date(2027, 12, 31))
    add_target(
        plan_id=plan.pk, subject=SUBJECT, promise=next_year, bound=Binding("documents.electronic"), actor=lan, now=now
    )
    (held,) = standings(plan, queries.targets(plan.pk), now.date())
    assert (held.value, held.standing) == (None, Standing.NO_VALUE)


def test_a_target_that_was_due_before_its_plan_begins_is_refused(make, province, now):
    plan = make()
    target = Target.objects.filter(plan=plan).first()
    with pytest.raises(Refused, match="trước ngày kế hoạch bắt đầu"):
        confirm_target(
            target_id=target.pk, subject=target.subject, actor=province.actor("lan"), now=now,
            promise=Promise(Comparator.AT_LEAST, Decimal(90), None, "%", date(2025, 12, 31)),
            bound=Binding(measure="dossiers.online"),
        )  # fmt: skip
    target.refresh_from_db()
    assert target.choice == Choice.PROPOSED
