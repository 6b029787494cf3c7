"""The monthly report as it is printed: what stands in it, in every state."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from lienthong.foundation.measures import rules as measuring
from lienthong.foundation.measures.actions.settle import settle
from lienthong.modules.plans import queries
from lienthong.modules.plans.models import BudgetLine, Target, Task
from lienthong.modules.plans.terms import PlanState, TaskState
from lienthong.modules.plans.views.monthly import page
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db
NOVEMBER = measuring.parse_period("2026-11")


@pytest.fixture
def printed(steered, province, now):
    def do(month=NOVEMBER, today=None):
        settle()
        return page(queries.plan(province.actor("lan"), steered.pk), month, today or now.date())

    return do


def words(pdf: bytes) -> str:
    return " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_head_is_that_of_a_report_with_its_number_left_open(printed):
    head = printed()
    assert (head["notation"], head["signer"], head["name"]) == (
        "/BC-UBND",
        ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        "Trương Minh Châu",
    )
    assert head["day"] == "Sơn Hải, ngày 20 tháng 11 năm 2026"
    assert head["title"] == "Tiến độ thực hiện kế hoạch số 37/KH-UBND tháng 11 năm 2026"


def test_a_department_is_headed_by_its_committee_and_signed_by_its_director(printed, steered, province):
    steered.issuer = province.department
    steered.save()
    head = printed()
    assert (head["above"], head["notation"], head["signer"]) == (
        "Ủy ban nhân dân tỉnh Sơn Hải",
        "/BC-SXD",
        ["GIÁM ĐỐC"],
    )


def test_targets_stand_as_they_were_counted(printed):
    made = printed()
    assert made["summary"] == "Tổng số 3 chỉ tiêu: 1 đạt, 1 chậm, 1 không đếm được."
    assert [(one["promised"], one["value"], one["counted"], one["standing"]) for one in made["targets"]] == [
        ("ít nhất 60 %", "100 %", "8 / 8", "đạt"),
        ("ít nhất 95 %", "87,5 %", "7 / 8", "chậm"),
        ("ít nhất 80 %", "–", "", "không đếm được"),
    ]
    assert made["targets"][2]["why"] == "chưa có bản ghi về đào tạo"


def test_a_counted_target_has_a_bar_for_each_of_its_months(printed):
    charts = printed()["charts"]
    assert [one["subject"] for one in charts] == ["Văn bản điện tử", "Văn bản không kèm bản giấy"]
    bars = charts[1]["bars"]
    assert [one["label"] for one in bars][-1] == "11/26"
    assert (bars[-1]["share"], bars[-1]["said"], charts[1]["line"]) == (0.875, "87,5", 0.95)
    assert bars[0]["share"] is None


def test_late_tasks_name_who_owes_them(printed):
    assert printed()["tasks"] == [
        {"text": "Nối phần mềm", "owner": "Sở Xây dựng", "due": "30/09/2026", "support": "", "days": 51}
    ]


def test_a_past_month_lists_what_was_late_then(printed, steered):
    Task.objects.filter(text="Nối phần mềm").update(state=TaskState.DONE, ended_on=date(2026, 11, 5))
    assert printed()["tasks"] == []
    october = printed(measuring.parse_period("2026-10"))
    assert [(one["text"], one["days"]) for one in october["tasks"]] == [("Nối phần mềm", 31)]
    assert "hết ngày 31 tháng 10 năm 2026" in october["intro"]


def test_money_is_summed_and_what_is_over_is_said(printed, steered):
    BudgetLine.objects.create(
        plan=steered, name="Phần mềm", source="Ngân sách tỉnh", planned=2_000, allotted=1_000, spent=1_500
    )
    made = printed()
    assert made["total"] == {"planned": "2.000", "allotted": "1.000", "spent": "1.500", "share": "150 %", "over": "500"}


def test_the_pdf_holds_it_all_and_opens_for_every_reader(steered, province, client):
    answer = signed_in(client, province, "huong").get(f"/lam-viec/ke-hoach/{steered.pk}/bao-cao/thang/2026-11.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    text = words(answer.content)
    for part in ("BÁO CÁO", "/BC-UBND", "87,5 %", "không đếm được", "Nối phần mềm", "Nơi nhận", "Trương Minh Châu"):
        assert part in text


def test_an_empty_plan_prints_what_it_does_not_have(steered, province, client):
    for model in (Target, Task):
        model.objects.all().delete()
    answer = signed_in(client, province, "lan").get(f"/lam-viec/ke-hoach/{steered.pk}/bao-cao/thang/2026-11.pdf")
    text = words(answer.content)
    assert "không có chỉ tiêu nào đã xác nhận" in text
    assert "Không có nhiệm vụ nào quá hạn" in text
    assert "Chưa ghi khoản kinh phí nào" in text


def test_what_a_plan_is_called_is_never_run(steered, province, client):
    Target.objects.update(subject='#panic("x") *đậm* $a$ #include "/etc/passwd"')
    answer = signed_in(client, province, "lan").get(f"/lam-viec/ke-hoach/{steered.pk}/bao-cao/thang/2026-11.pdf")
    assert answer.status_code == 200 and '#panic("x") *đậm*' in words(answer.content)


@pytest.mark.parametrize("month", ["2026", "2026-Q4", "x", "2026-13"])
def test_what_is_no_month_is_not_found(steered, province, client, month):
    answer = signed_in(client, province, "lan").get(f"/lam-viec/ke-hoach/{steered.pk}/bao-cao/thang/{month}.pdf")
    assert answer.status_code == 404


def test_a_month_outside_the_plan_and_a_draft_print_nothing(steered, province, client):
    viewer = signed_in(client, province, "lan")
    address = f"/lam-viec/ke-hoach/{steered.pk}/bao-cao/thang/"
    assert "nằm ngoài" in viewer.get(f"{address}2025-11.pdf").content.decode()
    steered.state = PlanState.DRAFT
    steered.save()
    assert "chưa có hiệu lực" in viewer.get(f"{address}2026-11.pdf").content.decode()
