"""Money of a plan: kept, summed, drawn; refused where it cannot be meant."""

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.trail.models import Entry
from lienthong.kit.refusal import Refused
from lienthong.modules.plans.actions.keep_budget_line import keep_budget_line
from lienthong.modules.plans.actions.remove_budget_line import remove_budget_line
from lienthong.modules.plans.models import BudgetLine
from lienthong.modules.plans.queries import budget
from lienthong.modules.plans.views.budget import section
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep(steered, province, now):
    def do(name="Phần mềm", source="Ngân sách tỉnh", planned=0, allotted=0, spent=0, line=None, who="lan"):
        return keep_budget_line(
            plan_id=steered.pk, line_id=line, name=name, source=source, planned=planned, allotted=allotted, spent=spent,
            actor=province.actor(who), now=now,
        )  # fmt: skip

    return do


def test_a_line_is_kept_and_added_to_the_sum(keep, steered):
    keep(planned=500, allotted=300, spent=120)
    keep(name="Đào tạo", planned=100, allotted=50)
    whole = budget.total(budget.budget_lines(steered.pk))
    assert (whole.planned, whole.allotted, whole.spent, whole.share, whole.over) == (600, 350, 120, 34, 0)
    assert [one.name for one in budget.budget_lines(steered.pk)] == ["Phần mềm", "Đào tạo"]


def test_a_line_written_anew_stays_one_line_and_the_trail_holds_what_it_was(keep, steered):
    made = keep(planned=500)
    keep(planned=700, line=made.pk)
    assert [one.planned for one in budget.budget_lines(steered.pk)] == [700]
    details = Entry.objects.order_by("id").last().details
    assert (details["before"]["planned"], details["after"]["planned"]) == (500, 700)


def test_the_same_line_twice_is_refused_and_counted_once(keep, steered):
    keep(planned=500)
    with pytest.raises(Refused, match="đã có khoản"):
        keep(name="phần mềm", planned=500)
    assert budget.total(budget.budget_lines(steered.pk)).planned == 500


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"planned": -1}, "không thể âm"),
        ({"spent": 10**16}, "lớn hơn mọi ngân sách"),
        ({"name": "  "}, "dùng vào việc gì"),
    ],
)
def test_money_that_cannot_be_meant_is_refused(keep, given, says):
    with pytest.raises(Refused, match=says):
        keep(**given)
    assert not BudgetLine.objects.exists()


def test_more_spent_than_allotted_is_kept_and_shown(keep, province, steered):
    keep(planned=100, allotted=50, spent=80)
    shown = section(province.actor("huong"), steered)["budget"]
    assert shown["total"].over == 30
    assert shown["lines"][0]["bar"] == {"planned": 100.0, "allotted": 50.0, "within": 50.0, "over": 30.0}


@pytest.mark.parametrize("who", ["huong", "oanh", "phuoc"])
def test_others_than_the_issuer_write_no_money(keep, who):
    with pytest.raises(Forbidden):
        keep(planned=1, who=who)
    assert not BudgetLine.objects.exists()


def test_a_line_is_removed_once_and_only_while_nothing_was_spent(keep, steered, province, now):
    def remove(line, who="lan"):
        remove_budget_line(plan_id=steered.pk, line_id=line.pk, actor=province.actor(who), now=now)

    spent, planned = keep(spent=5), keep(name="Đào tạo", planned=5)
    with pytest.raises(Refused, match="đã chi"):
        remove(spent)
    with pytest.raises(Forbidden):
        remove(planned, "huong")
    remove(planned)
    with pytest.raises(BudgetLine.DoesNotExist):
        remove(planned)
    assert [one.name for one in budget.budget_lines(steered.pk)] == ["Phần mềm"]


def test_the_pages_write_what_was_typed_with_dots(steered, province, client):
    viewer = signed_in(client, province, "lan")
    address = f"/lam-viec/ke-hoach/{steered.pk}/kinh-phi/them/"
    typed = {
        "name": "Phần mềm",
        "source": "Ngân sách tỉnh",
        "planned": "1.250.000.000",
        "allotted": "100 000",
        "spent": "200000",
    }
    said = viewer.post(address, typed, follow=True).content.decode()
    assert "chi vượt số đã cấp 100.000 ₫" in said
    line = BudgetLine.objects.get()
    assert (line.planned, line.allotted, line.spent) == (1_250_000_000, 100_000, 200_000)
    page = viewer.get(f"/lam-viec/ke-hoach/{steered.pk}/kinh-phi/{line.pk}/").content.decode()
    assert 'value="1.250.000.000"' in page


@pytest.mark.parametrize("amount", ["1,5 tỷ", "1.5", "12.34", "nhiều", "1,250"])
def test_an_amount_that_could_mean_two_things_is_not_guessed(steered, province, client, amount):
    answer = signed_in(client, province, "lan").post(
        f"/lam-viec/ke-hoach/{steered.pk}/kinh-phi/them/", {"name": "Phần mềm", "planned": amount}
    )
    assert answer.status_code == 422
    assert "Viết số tiền bằng đồng" in answer.content.decode()
    assert not BudgetLine.objects.exists()


def test_the_buttons_are_the_issuers_only(keep, steered, province, client):
    line = keep(planned=5)
    page = signed_in(client, province, "huong").get(f"/lam-viec/ke-hoach/{steered.pk}/").content.decode()
    assert "Phần mềm" in page and "kinh-phi/them" not in page and f"kinh-phi/{line.pk}" not in page
    assert client.get(f"/lam-viec/ke-hoach/{steered.pk}/kinh-phi/them/").status_code == 403
    assert client.post(f"/lam-viec/ke-hoach/{steered.pk}/kinh-phi/{line.pk}/bo/").status_code == 403
    assert BudgetLine.objects.exists()


def test_a_line_of_another_plan_is_not_found(keep, steered, province, client):
    line = keep(planned=5)
    viewer = signed_in(client, province, "lan")
    assert viewer.get(f"/lam-viec/ke-hoach/{steered.pk + 1}/kinh-phi/{line.pk}/").status_code == 404
    assert viewer.get(f"/lam-viec/ke-hoach/{steered.pk}/kinh-phi/{line.pk + 1}/").status_code == 404


def test_the_page_removes_a_line_and_says_why_it_does_not(keep, steered, province, client):
    first, spent = keep(planned=5), keep(name="Đã chi", spent=5)
    viewer = signed_in(client, province, "lan")
    page = viewer.post(f"/lam-viec/ke-hoach/{steered.pk}/kinh-phi/{first.pk}/bo/", follow=True).content.decode()
    assert "Đã bỏ khoản" in page
    page = viewer.post(f"/lam-viec/ke-hoach/{steered.pk}/kinh-phi/{spent.pk}/bo/", follow=True).content.decode()
    assert "đã chi nên không bỏ được" in page
    assert BudgetLine.objects.get().name == "Đã chi"
