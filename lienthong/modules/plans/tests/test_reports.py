"""Progress reports: figures frozen by the system, words of the agency, and nothing changes once it is sent."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.notify.models import Message
from lienthong.kit.refusal import Refused
from lienthong.modules.documents.models import Delivery
from lienthong.modules.plans.actions.complete_report import complete_report
from lienthong.modules.plans.actions.make_report import make_report
from lienthong.modules.plans.actions.send_report import send_report
from lienthong.modules.plans.models import Report, ReportLine
from lienthong.modules.plans.queries import reports
from lienthong.modules.plans.terms import PlanState, Standing
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def make(steered, province, now):
    def do(who="lan", agency=None, start=NOVEMBER[0], end=NOVEMBER[1]):
        actor = province.actor(who)
        return make_report(
            plan_id=steered.pk, agency_id=(agency or actor).pk if agency else actor.agency_id, start=start, end=end,
            actor=actor, now=now,
        )  # fmt: skip

    return do


@pytest.fixture
def write(province, now):
    def do(row, words="Đã nối 8 phần mềm.", causes="Còn gửi kèm bản giấy; dừng từ tháng 12.", who="lan"):
        return complete_report(report_id=row.pk, words=words, causes=causes, actor=province.actor(who), now=now)

    return do


@pytest.fixture
def send(province, now):
    def do(row, who="lan"):
        return send_report(report_id=row.pk, address="/lam-viec/", actor=province.actor(who), now=now)

    return do


def figures(row):
    return [(one.target.subject, one.over, one.under, one.value, one.standing) for one in reports.lines(row.pk)]


def test_the_issuer_reports_on_every_target_as_it_was_counted(make):
    assert figures(make()) == [
        ("Văn bản điện tử", 8, 8, Decimal(100), Standing.MET),
        ("Văn bản không kèm bản giấy", 7, 8, Decimal("87.5"), Standing.BEHIND),
        ("Cán bộ được đào tạo", None, None, None, Standing.NOT_COUNTED),
    ]


def test_another_agency_reports_on_what_it_answers_for(make):
    assert [one[0] for one in figures(make("huong"))] == ["Văn bản không kèm bản giấy"]


def test_a_period_before_anything_happened_has_no_figures(make):
    assert [one[3] for one in figures(make(start=date(2026, 10, 1), end=date(2026, 10, 31)))] == [None, None, None]


def test_what_was_frozen_stays_when_the_records_change(make, province, client, steered):
    row = make()
    Delivery.objects.filter(paper_too=True).update(paper_too=False)
    assert figures(row)[1][1:4] == (7, 8, Decimal("87.5"))
    page = signed_in(client, province, "lan").get(f"/lam-viec/ke-hoach/{steered.pk}/bao-cao/{row.pk}/").content.decode()
    assert "87,5 %" in page and "7 / 8" in page
    assert page.count("8 / 8") == 3  # the first target then and now, the second now


def test_made_again_before_it_is_sent_the_figures_are_new_and_the_words_stay(make, write):
    row = make()
    write(row)
    Delivery.objects.filter(paper_too=True).update(paper_too=False)
    again = make()
    assert again.pk == row.pk and again.words == "Đã nối 8 phần mềm."
    assert figures(again)[1][1:] == (8, 8, Decimal(100), Standing.MET)
    assert ReportLine.objects.count() == 3


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        (date(2026, 11, 30), date(2026, 11, 1), "trước khi bắt đầu"),
        (date(2027, 1, 1), date(2027, 1, 31), "nằm ngoài"),
        (date(2025, 1, 1), date(2025, 12, 31), "nằm ngoài"),
        (date(2026, 12, 1), date(2026, 12, 31), "chưa bắt đầu"),
    ],
)
def test_a_period_that_says_nothing_is_refused(make, start, end, says):
    with pytest.raises(Refused, match=says):
        make(start=start, end=end)
    assert not Report.objects.exists()


def test_a_draft_has_nothing_to_report(make, steered):
    steered.state = PlanState.DRAFT
    steered.save()
    with pytest.raises(Refused, match="chưa có hiệu lực"):
        make()
    assert not Report.objects.exists()


def test_an_agency_that_the_plan_charges_with_nothing_does_not_report(make):
    with pytest.raises(Refused, match="không giao chỉ tiêu"):
        make("gam")
    assert not Report.objects.exists()


def test_nobody_reports_for_another_agency_nor_without_the_right(make, province):
    with pytest.raises(Forbidden):
        make("huong", agency=province.committee)
    assert not Report.objects.exists()


def test_words_are_the_agencys_own_and_the_same_twice_changes_nothing(make, write):
    row = make()
    with pytest.raises(Forbidden):
        write(row, who="huong")
    assert Report.objects.get().words == ""
    write(row)
    write(row)
    row.refresh_from_db()
    assert row.words == "Đã nối 8 phần mềm."


def test_what_is_behind_needs_its_causes_before_it_is_sent(make, write, send):
    row = make()
    with pytest.raises(Refused, match="Ghi kết quả"):
        send(row)
    write(row, causes=" ")
    with pytest.raises(Refused, match="Còn 1 chỉ tiêu"):
        send(row)
    assert Report.objects.get().sent_at is None


def test_a_sent_report_is_changed_by_nobody(make, write, send, now):
    row = make()
    write(row)
    assert send(row).sent_at == now
    before = figures(row)
    Delivery.objects.filter(paper_too=True).update(paper_too=False)
    for act in (lambda: write(row, words="Khác"), lambda: send(row), make):
        with pytest.raises(Refused, match="đã gửi"):
            act()
    assert figures(row) == before
    assert Report.objects.get().words == "Đã nối 8 phần mềm."


def test_only_the_agency_sends_its_report(make, write, send):
    row = make("huong")
    write(row, who="huong")
    with pytest.raises(Forbidden):
        send(row, "lan")
    assert Report.objects.get().sent_at is None and not Message.objects.exists()


def test_the_issuers_clerk_is_told_once_of_anothers_report(make, write, send, province):
    row = make("huong")
    write(row, who="huong")
    before = Message.objects.count()
    send(row, "huong")
    told = Message.objects.order_by("id").last()
    assert Message.objects.count() == before + 1 and "Sở Xây dựng gửi báo cáo 37/KH-UBND" in told.title


def test_an_unsent_report_is_the_agencys_own(make, write, send, province, client, steered):
    row = make("huong")
    address = f"/lam-viec/ke-hoach/{steered.pk}/bao-cao/{row.pk}/"
    assert signed_in(client, province, "lan").get(address).status_code == 404
    write(row, who="huong")
    send(row, "huong")
    assert signed_in(client, province, "lan").get(address).status_code == 200
    assert client.get(f"/lam-viec/ke-hoach/{steered.pk + 1}/bao-cao/{row.pk}/").status_code == 404


def test_the_pages_take_a_report_from_the_choice_of_a_month_to_sending(steered, province, client):
    viewer = signed_in(client, province, "lan")
    home = f"/lam-viec/ke-hoach/{steered.pk}/bao-cao/"
    typed = {"agency": province.committee.pk, "period": "2026-11"}
    page = viewer.post(f"{home}lap/", typed, follow=True).content.decode()
    assert "Tháng 11/2026" in page and "Viết phần lời" in page and "Gửi báo cáo" not in page
    row = Report.objects.get()
    form = viewer.get(f"{home}{row.pk}/viet/").content.decode()
    assert "Cần nêu nguyên nhân" in form and "Văn bản không kèm bản giấy" in form
    page = viewer.post(f"{home}{row.pk}/viet/", {"words": "Đã nối."}, follow=True).content.decode()
    assert "Gửi báo cáo" in page
    assert "ghi nguyên nhân" in viewer.post(f"{home}{row.pk}/gui/", follow=True).content.decode()
    viewer.post(f"{home}{row.pk}/viet/", {"words": "Đã nối.", "causes": "Thiếu thiết bị."})
    page = viewer.post(f"{home}{row.pk}/gui/", follow=True).content.decode()
    assert "Đã gửi báo cáo" in page and "Sửa phần lời" not in page
    assert "đã gửi, không sửa được" in viewer.post(f"{home}{row.pk}/dem-lai/", follow=True).content.decode()


def test_a_period_of_ones_own_needs_both_days(steered, province, client):
    viewer = signed_in(client, province, "lan")
    address = f"/lam-viec/ke-hoach/{steered.pk}/bao-cao/lap/"
    typed = {"agency": province.committee.pk, "period": "2026-11", "start": "2026-02-01"}
    assert "cần cả hai ngày" in viewer.post(address, typed).content.decode()
    viewer.post(address, typed | {"end": "2026-02-20"})
    assert (Report.objects.get().start, Report.objects.get().end) == (date(2026, 2, 1), date(2026, 2, 20))


def test_who_is_charged_with_nothing_is_told_so(steered, province, client):
    answer = signed_in(client, province, "gam").get(f"/lam-viec/ke-hoach/{steered.pk}/bao-cao/lap/")
    assert "không giao chỉ tiêu" in answer.content.decode()


def test_a_report_made_after_its_period_counts_up_to_its_last_day(make, now, province, steered):
    row = make_report(
        plan_id=steered.pk, agency_id=province.committee.pk, start=date(2026, 10, 1), end=(now - timedelta(days=1)).date(),
        actor=province.actor("lan"), now=now,
    )  # fmt: skip
    assert figures(row)[0][1:3] in ((None, None), (0, 0))
