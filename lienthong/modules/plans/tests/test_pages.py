"""Pages of plans: the walk from a text to a figure that opens, in a browser's requests."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lienthong.foundation.files.actions.store import store
from lienthong.foundation.measures.actions.type_figure import type_figure
from lienthong.foundation.measures.rules import parse_period
from lienthong.modules.plans.actions.decide_target import Binding, add_target
from lienthong.modules.plans.actions.put_in_force import put_in_force
from lienthong.modules.plans.models import Plan, Target, Task
from lienthong.modules.plans.queries import targets
from lienthong.modules.plans.queries.standings import standings
from lienthong.modules.plans.terms import Standing
from lienthong.modules.plans.tests.conftest import SIXTY, SUBJECT, TEXT
from lienthong.modules.plans.views.reading import ON_A_PAGE, SHOWN, segments
from stories.accounts import signed_in
from stories.history import letters

pytestmark = pytest.mark.django_db
HOME = "/lam-viec/ke-hoach/"


@pytest.fixture
def clerk(province, client):
    return signed_in(client, province, "lan")


@pytest.fixture
def read(clerk, province):
    """A plan pasted by the clerk."""
    form = {"issuer": province.committee.pk, "text": TEXT, "code": "12/KH-UBND", "title": "Chuyển đổi số"}
    answer = clerk.post(HOME + "moi/", form)
    assert answer.status_code == 302, answer.content.decode()
    return Plan.objects.get()


def test_the_head_of_the_text_fills_what_was_not_typed(read):
    assert (read.start.isoformat(), read.end.isoformat()) == ("2026-01-01", "2026-12-31")


def test_the_text_stands_beside_what_was_read_with_each_sentence_marked(read, clerk):
    text = clerk.get(f"{HOME}{read.pk}/doc/").content.decode()
    target = Target.objects.first()
    assert f'id="cau-chi-tieu-{target.pk}">90% văn bản' in text
    assert "đạt 90 %" in text
    assert 'class="of-task"' in text


def test_a_file_is_read_as_well_as_pasted_text(clerk, province):
    upload = SimpleUploadedFile("ke-hoach.txt", TEXT.encode("utf-16"))
    answer = clerk.post(HOME + "moi/", {"issuer": province.committee.pk, "file": upload})
    assert answer.status_code == 302, answer.content.decode()
    plan = Plan.objects.get()
    assert plan.file_name == "ke-hoach.txt"
    assert Target.objects.filter(plan=plan).count() == 2


def test_a_scan_is_refused_in_words_and_keeps_no_plan(clerk, province):
    upload = SimpleUploadedFile("quet.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    answer = clerk.post(HOME + "moi/", {"issuer": province.committee.pk, "file": upload})
    assert answer.status_code == 422
    assert "quet.png" in answer.content.decode()
    assert not Plan.objects.exists()


def test_nothing_at_all_is_no_plan(clerk, province):
    answer = clerk.post(HOME + "moi/", {"issuer": province.committee.pk})
    assert answer.status_code == 422
    assert "Gửi tệp" in answer.content.decode()


def test_from_text_to_a_figure_that_opens(read, clerk, province, pdf, now):
    letters(province, pdf, now)
    for target in Target.objects.all():
        clerk.post(f"{HOME}{read.pk}/doc/quyet/", {"viec": f"nhan-chi-tieu {target.pk}"})
    task = Task.objects.get()
    clerk.post(f"{HOME}{read.pk}/doc/quyet/", {"viec": f"bo-nhiem-vu {task.pk}"})
    answer = clerk.post(f"{HOME}{read.pk}/ban-hanh/", {"confirmed": ""})
    assert answer.status_code == 302, answer.content.decode()
    page = clerk.get(f"{HOME}{read.pk}/").content.decode()
    address = "/lam-viec/so-lieu/documents.electronic_across/?pham-vi=tinh&amp;ky=2026-01-01..2026-"
    assert address in page
    assert "8 / 8" in page
    assert "st-met" in page


def test_one_click_on_what_is_bound_to_nothing_says_what_to_do(read, clerk):
    Target.objects.update(measure="", why_not="")
    target = Target.objects.first()
    page = clerk.post(
        f"{HOME}{read.pk}/doc/quyet/", {"viec": f"nhan-chi-tieu {target.pk}"}, follow=True
    ).content.decode()
    assert "vì sao không đếm được" in page
    target.refresh_from_db()
    assert target.choice == "proposed"


@pytest.mark.parametrize("what", ["", "nhan-chi-tieu x", "xoa 1", "nhan-chi-tieu 999999999"])
def test_a_click_on_nothing_is_not_found(read, clerk, what):
    assert clerk.post(f"{HOME}{read.pk}/doc/quyet/", {"viec": what}).status_code == 404


def test_a_corrected_target_keeps_the_sentence_it_was_read_from(read, clerk):
    target = Target.objects.first()
    form = {
        "subject": "văn bản điện tử", "comparator": "range", "low": "40", "high": "50", "unit": "%", "due": "31/12/2026",
        "measure": "documents.wholly_electronic", "scope": "tinh",
    }  # fmt: skip
    answer = clerk.post(f"{HOME}{read.pk}/chi-tieu/{target.pk}/", form)
    assert answer.status_code == 302, answer.content.decode()
    target.refresh_from_db()
    assert (target.low, target.high, target.measure) == (40, 50, "documents.wholly_electronic")
    assert target.quote.startswith("90%")


def test_a_target_of_another_plan_is_not_found(read, clerk):
    target = Target.objects.first()
    assert clerk.get(f"{HOME}{read.pk + 1}/chi-tieu/{target.pk}/").status_code == 404


def test_the_first_page_says_what_is_behind_and_who_owes(in_force, clerk):
    page = clerk.get(HOME).content.decode()
    assert "Sở Xây dựng" in page
    assert "1 nhiệm vụ quá hạn" in page


def test_the_first_page_asks_as_much_for_six_plans_as_for_two(make, province, clerk, now):
    def another(code):
        plan = make("", code=code)
        for measure in ("documents.electronic", "people.online_meetings"):
            add_target(
                plan_id=plan.pk, subject=SUBJECT, promise=SIXTY, bound=Binding(measure), actor=province.actor("lan"), now=now
            )  # fmt: skip
        put_in_force(plan_id=plan.pk, actor=province.actor("lan"), now=now)

    asked = []
    for count in (2, 4):
        for no in range(count):
            another(f"{count}{no}/KH-UBND")
        clerk.get(HOME)
        with CaptureQueriesContext(connection) as seen:
            page = clerk.get(HOME).content.decode()
        asked.append(len(seen))
    assert page.count(f"/lam-viec/ke-hoach/{Plan.objects.last().pk}/") >= 1
    assert asked[0] == asked[1]


def test_a_figure_typed_for_the_running_year_counts_in_the_plan_of_that_year(make, province, clerk, now):
    lan, plan = province.actor("lan"), make("")
    add_target(
        plan_id=plan.pk, subject=SUBJECT, promise=SIXTY, bound=Binding("people.online_meetings"), actor=lan, now=now
    )
    put_in_force(plan_id=plan.pk, actor=lan, now=now)
    assert standings(plan, targets(plan.pk), now.date())[0].value is None
    source = store(stream=io.BytesIO(b"%PDF-1.4 bang so"), name="bang-so.pdf", now=now)
    type_figure(
        measure="people.online_meetings", agency_id=province.committee.pk, period=parse_period("2026"), value=Decimal("72"),
        stored=source, file_name="bang-so.pdf", note="", actor=lan, now=now,
    )  # fmt: skip
    held = standings(plan, targets(plan.pk), now.date())[0]
    assert (held.value, held.standing) == (72, Standing.MET)
    assert "72 %" in clerk.get(f"{HOME}{plan.pk}/").content.decode()


def test_many_proposals_come_in_pages_and_a_decision_comes_back_to_its_own(make, province, clerk):
    tasks = "".join(
        f"{no}. Sở Xây dựng chủ trì rà soát tuyến đường số {no} trước ngày 30/6/2026.\n" for no in range(1, 151)
    )
    plan = make(TEXT + tasks)
    rows = list(Task.objects.filter(plan=plan).order_by("place"))
    assert len(rows) > ON_A_PAGE
    first = clerk.get(f"{HOME}{plan.pk}/doc/").content.decode()
    assert f'id="nhiem-vu-{rows[-1].pk}"' not in first
    assert "1 đến 100 trong" in first
    answer = clerk.post(f"{HOME}{plan.pk}/doc/quyet/", {"viec": f"nhan-nhiem-vu {rows[-1].pk}"}, follow=True)
    text = answer.content.decode()
    assert f'id="nhiem-vu-{rows[-1].pk}"' in text
    assert f'id="cau-nhiem-vu-{rows[-1].pk}"' in text
    assert f'id="nhiem-vu-{rows[0].pk}"' not in text
    assert clerk.get(f"{HOME}{plan.pk}/doc/?trang=99&muc=x").status_code == 200


def test_all_that_was_read_well_is_confirmed_at_once_and_the_rest_waits(read, clerk):
    unbound = Target.objects.filter(measure="", why_not="").count()
    loose = Target.objects.first()
    Target.objects.filter(pk=loose.pk).update(measure="", why_not="")
    Task.objects.create(plan=read, place=90, text="việc không phải nhiệm vụ", choice="dropped")
    answer = clerk.post(f"{HOME}{read.pk}/doc/quyet/", {"viec": "nhan-het"}, follow=True)
    assert "cần sửa hoặc gắn với số liệu" in answer.content.decode()
    assert Target.objects.filter(choice="proposed").count() == unbound + (0 if not loose.measure else 1)
    assert Target.objects.get(pk=loose.pk).choice == "proposed"
    assert not Task.objects.filter(choice="proposed").exists()
    assert Task.objects.get(place=90).choice == "dropped"


@pytest.mark.parametrize("form", ["chi-tieu/moi/", "nhiem-vu/moi/", "ban-hanh/"])
def test_no_form_opens_for_what_a_plan_in_force_allows_no_more(in_force, clerk, form):
    answer = clerk.get(f"{HOME}{in_force.pk}/{form}")
    assert answer.status_code == 409
    assert "Kế hoạch đã có hiệu lực" in answer.content.decode()


def test_only_who_makes_plans_confirms_all(read, province, client):
    page = signed_in(client, province, "huong").post(f"{HOME}{read.pk}/doc/quyet/", {"viec": "nhan-het"})
    assert page.status_code in (403, 404)
    assert Target.objects.exclude(choice="proposed").count() == 0


def test_of_a_very_long_text_the_places_around_the_marks_are_shown():
    text = "a" * SHOWN + " 90% văn bản " + "b" * SHOWN
    start = text.index("90%")
    pieces = segments(text, [Target(pk=1, start=start, finish=start + 11)], [])
    assert sum(len(piece["text"]) for piece in pieces) < 2000
    assert [piece["text"] for piece in pieces if "anchor" in piece] == ["90% văn bản"]


def test_marks_that_overlap_keep_the_first():
    text = "0123456789"
    pieces = segments(text, [Target(pk=1, start=2, finish=6)], [Task(pk=2, start=4, finish=8)])
    assert "".join(piece["text"] for piece in pieces) == text
    assert [piece["text"] for piece in pieces if "anchor" in piece] == ["2345"]


def test_a_promise_about_two_parts_opens_to_those_two_parts(in_force, clerk):
    Target.objects.filter(measure="documents.electronic").update(parts="trinh,ngang")
    page = clerk.get(f"{HOME}{in_force.pk}/").content.decode()
    assert "phan=trinh%2Cngang" in page


def test_more_than_all_is_refused_in_round_numbers(read, clerk):
    target = Target.objects.first()
    Target.objects.filter(pk=target.pk).update(low=140)
    answer = clerk.post(f"{HOME}{read.pk}/doc/quyet/", {"viec": f"nhan-chi-tieu {target.pk}"}, follow=True)
    assert "140 % là nhiều hơn tất cả" in answer.content.decode()
    target.refresh_from_db()
    assert target.choice == "proposed"


def test_a_number_that_is_taken_says_by_which_plan_and_what_to_do(read, clerk, province):
    form = {"issuer": province.committee.pk, "text": TEXT, "code": "12/KH-UBND", "title": "Kế hoạch khác"}
    page = clerk.post(HOME + "moi/", form).content.decode()
    assert "“Chuyển đổi số”, 01/01/2026 – 31/12/2026" in page
    assert "12/KH-UBND/2026" in page
    assert "90% văn bản trao đổi" in page  # what was pasted is still in the form
    assert Plan.objects.count() == 1


def test_a_plan_that_has_not_begun_says_so_instead_of_nothing_to_count(in_force, clerk):
    Plan.objects.update(start="2099-01-01", end="2099-12-31")
    Target.objects.update(due="2099-12-31")
    page = clerk.get(f"{HOME}{in_force.pk}/").content.decode()
    assert "kế hoạch chưa bắt đầu" in page
    assert "chưa phát sinh gì" not in page


BAD = (
    "KẾ HOẠCH\nChuyển đổi số năm 2026\nI. MỤC TIÊU\n1. 140% văn bản được gửi hoàn toàn điện tử trong năm 2026.\n"
    "2. Từ 60% đến 40% hồ sơ được tiếp nhận trực tuyến.\n3. Đến năm 2025, 90% hồ sơ được giải quyết đúng hạn.\n"
    "II. NHIỆM VỤ\n1. Sở Vũ trụ chủ trì xây dựng trạm liên thông trong tháng 6/2026.\n"
)


def test_what_cannot_be_confirmed_as_it_was_read_says_why_and_has_no_button(clerk, province):
    clerk.post(HOME + "moi/", {"issuer": province.committee.pk, "text": BAD, "code": "13/KH-UBND", "title": "Thử"})
    plan = Plan.objects.get()
    text = clerk.get(f"{HOME}{plan.pk}/doc/").content.decode()
    assert "140 % là nhiều hơn tất cả" in text
    assert "Chỉ tiêu “từ … đến …” cần cả hai giá trị" in text
    assert "chưa giao được: chọn cơ quan chủ trì" in text
    for target in Target.objects.filter(plan=plan, unit="%", comparator__in=("exactly", "range")):
        if target.low in (140, 60):
            assert f'value="nhan-chi-tieu {target.pk}"' not in text
    clerk.post(f"{HOME}{plan.pk}/doc/quyet/", {"viec": "nhan-het"})
    assert not Target.objects.filter(plan=plan, low__in=(140, 60), choice="confirmed").exists()


def test_the_number_of_a_target_stands_in_its_form_as_people_write_it(read, clerk):
    target = Target.objects.get(low=90)
    text = clerk.get(f"{HOME}{read.pk}/chi-tieu/{target.pk}/").content.decode()
    assert 'name="low" value="90"' in text


def test_the_plan_that_follows_is_offered_the_title_of_the_next_year(in_force, clerk):
    Plan.objects.filter(pk=in_force.pk).update(title="Chuyển đổi số năm 2026")
    assert 'value="Chuyển đổi số năm 2027"' in clerk.get(f"{HOME}{in_force.pk}/tiep-theo/").content.decode()
