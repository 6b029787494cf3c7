"""The pages: the public catalogue, and the workspace's."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from lxml import etree

from lienthong.foundation.access.rules import system_actor
from lienthong.modules.procedures import portal_file, process_file, queries
from lienthong.modules.procedures.actions.edit_process import edit_process
from lienthong.modules.procedures.actions.import_procedures import import_procedures
from lienthong.modules.procedures.actions.import_processes import import_processes
from lienthong.modules.procedures.actions.offer import offer
from lienthong.modules.procedures.models import Offering, Procedure, Process, ProcessStep, Version
from lienthong.modules.procedures.tests.files import FLAT, USUAL, lines, needs_shared, raw, steps
from lienthong.modules.procedures.tests.test_process_file import workbook
from lienthong.web.clock import now as clock
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure(province) -> Procedure:
    at = clock()
    entries = portal_file.read(lines(raw(), raw(code="1.900002", name="Cấp phép xây dựng nhà ở", isFullProcess=True)))
    import_procedures(entries=entries, source="thu.jsonl", actor=system_actor(), now=at)
    found = Procedure.objects.get(code="1.900001")
    offer(procedure_id=found.pk, agency_ids=[province.commune.pk], valid_from=at.date(), actor=system_actor(), now=at)
    return found


@pytest.fixture
def process(procedure) -> Process:
    import_processes(tables=process_file.read_jsonl(steps(*USUAL)), source="thu", actor=system_actor(), now=clock())
    return Process.objects.get()


def typed(*rows, **head):
    """What the editor sends: rows are (key, name, next) or longer with further cells."""
    day = (clock().date() + timedelta(days=1)).isoformat()
    data = {"name": "Quy trình thử", "decision_no": "", "valid_from": day, "do": "save", **head}
    for number, row in enumerate(rows):
        cells = {"kind": "receive" if number == 0 else "handle", "who": "duty:desk", "hours": "8", "back_to": "",
                 "performer": "", "agency": "", "work": ""}  # fmt: skip
        cells |= dict(zip(("key", "name", "next", "hours", "agency"), row, strict=False))
        data |= {f"r{number}-{name}": value for name, value in cells.items()}
    return data


class TestPublic:
    def test_nobody_need_sign_in_to_search(self, client, procedure):
        page = client.get("/thu-tuc/", {"q": "chim yen"}).content.decode()
        assert "Đăng ký hộ nuôi chim yến" in page
        assert "Cấp phép xây dựng" not in page
        assert "Cấp phép xây dựng" in client.get("/thu-tuc/?q=1.900002").content.decode()

    @pytest.mark.parametrize(
        ("query", "count"),
        [("cap=commune", 2), ("cap=ministry", 0), ("muc-do=full", 1), ("linh-vuc=G13-CN01", 2), ("linh-vuc=X", 0), ("cap=%00", 2),
         ("trang=9", 0), ("co-quan=abc", 2)],
    )  # fmt: skip
    def test_filters_narrow_the_list_and_nonsense_does_not(self, client, procedure, query, count):
        assert client.get(f"/thu-tuc/?{query}").content.decode().count('<li><a href="/thu-tuc/1.9') == count

    def test_an_agency_narrows_to_what_it_decides(self, client, procedure, province):
        page = client.get("/thu-tuc/", {"co-quan": province.commune.pk}).content.decode()
        assert "1.900001" in page
        assert "1.900002" not in page

    def test_a_procedure_says_everything_a_person_needs(self, client, procedure):
        page = client.get("/thu-tuc/1.900001/").content.decode()
        for said in ("5 ngày làm việc", "3 ngày làm việc", "50.000 ₫", "Tờ khai", "Mẫu 01.docx", "Giấy tờ phải xuất trình",
                     "Nuôi trong khu dân cư", "Cách khu dân cư 300 m.", "13/2020/NĐ-CP", "Ủy ban nhân dân xã Hòa Thuận",
                     "Giấy xác nhận", "12/QĐ-UBND", "Nhận phiếu hẹn &amp; chờ."):  # fmt: skip
            assert said in page, said

    def test_an_earlier_version_is_shown_as_such_and_an_unknown_one_is_not_there(self, client, procedure):
        later = clock() + timedelta(days=2)
        import_procedures(
            entries=portal_file.read(lines(raw(name="Tên mới"))), source="x", actor=system_actor(), now=later
        )
        assert "Đây là phiên bản 2" in client.get("/thu-tuc/1.900001/?phien-ban=2").content.decode()
        assert client.get("/thu-tuc/1.900001/?phien-ban=9").status_code == 404
        assert client.get("/thu-tuc/khong-co/").status_code == 404

    @needs_shared
    def test_every_real_procedure_has_a_page_of_few_questions(self, client, django_assert_max_num_queries):
        with FLAT.open("rb") as file:
            import_procedures(entries=portal_file.read(file), source="x", actor=system_actor(), now=clock())
        for row in queries.catalogue(clock().date()):
            with django_assert_max_num_queries(14):
                answer = client.get(f"/thu-tuc/{row.procedure.code}/")
            assert answer.status_code == 200
        with django_assert_max_num_queries(8):
            client.get("/thu-tuc/")


class TestWorkspace:
    def test_the_lists_show_who_decides_and_which_process(self, client, province, process):
        signed_in(client, province, "gam")
        page = client.get("/lam-viec/thu-tuc/").content.decode()
        assert "1.900001" in page
        assert "Đăng ký hộ nuôi chim yến" in client.get("/lam-viec/thu-tuc/quy-trinh/?q=chim+yen").content.decode()

    def test_versions_say_what_changed(self, client, province, procedure):
        entries = portal_file.read(lines(raw(requirementsAndConditions="Cách khu dân cư 500 m.")))
        import_procedures(entries=entries, source="x", actor=system_actor(), now=clock())
        signed_in(client, province, "minh")
        page = client.get(f"/lam-viec/thu-tuc/{procedure.pk}/").content.decode()
        assert "Yêu cầu, điều kiện" in page
        assert "Cách khu dân cư 300 m." in page
        assert "Cách khu dân cư 500 m." in page

    def test_the_administrator_gives_and_takes_a_procedure(self, client, province, procedure):
        signed_in(client, province, "minh")
        address = f"/lam-viec/thu-tuc/{procedure.pk}/giao/"
        day = clock().date().isoformat()
        assert client.get(address).status_code == 200
        assert client.post(address, {"valid_from": day}).status_code == 422
        assert client.post(address, {"agency_ids": [province.department.pk], "valid_from": day}).status_code == 302
        row = Offering.objects.get(agency=province.department)
        later = (clock().date() + timedelta(days=5)).isoformat()
        assert client.post(f"/lam-viec/thu-tuc/lam/{row.pk}/thoi/", {"valid_to": later}).status_code == 302
        row.refresh_from_db()
        assert row.valid_to is not None

    def test_every_commune_is_given_at_once(self, client, province, procedure):
        signed_in(client, province, "minh")
        Offering.objects.all().delete()
        given = {"every_commune": "on", "valid_from": clock().date().isoformat()}
        client.post(f"/lam-viec/thu-tuc/{procedure.pk}/giao/", given)
        assert [row.agency_id for row in Offering.objects.all()] == [province.commune.pk]

    def test_marks_are_kept_from_a_day_on(self, client, province, procedure):
        signed_in(client, province, "minh")
        address = f"/lam-viec/thu-tuc/{procedure.pk}/danh-dau/"
        day = clock().date().isoformat()
        given = {
            "service_level": "full",
            "old_level": "4",
            "silent_approval": "on",
            "reason": "QĐ 5",
            "valid_from": day,
        }
        assert client.post(address, {**given, "reason": ""}).status_code == 422
        assert client.post(address, given).status_code == 302
        last = Version.objects.filter(procedure=procedure).order_by("-no")[0]
        assert (last.no, last.old_level, last.silent_approval) == (2, 4, True)

    def test_a_leader_may_not_change_the_catalogue(self, client, province, procedure):
        signed_in(client, province, "phuoc")
        for part in ("danh-dau", "giao"):
            assert client.get(f"/lam-viec/thu-tuc/{procedure.pk}/{part}/").status_code == 403

    def test_hours_are_compared_with_the_law(self, client, province, process):
        signed_in(client, province, "minh")
        page = client.get(f"/lam-viec/thu-tuc/quy-trinh/{process.pk}/").content.decode()
        assert "32,5 giờ làm việc" in page
        assert "quy trình ngắn hơn 7,5 giờ" in page  # 5 working days at the desk
        assert "quy trình dài hơn 8,5 giờ" in page  # 3 working days online
        assert "<svg" in page

    def test_calendar_days_are_compared_and_said_to_be_such(self, client, province, process):
        ways = [{"submissionMethod": "DIRECT", "processingTime": 5, "processingTimeUnit": "DAY"}]
        entries = portal_file.read(lines(raw(executionMethods=ways)))
        import_procedures(entries=entries, source="x", actor=system_actor(), now=clock() - timedelta(days=1))
        signed_in(client, province, "minh")
        page = client.get(f"/lam-viec/thu-tuc/quy-trinh/{process.pk}/").content.decode()
        assert "theo ngày lịch; quy 8 giờ một ngày thì quy trình ngắn hơn 7,5 giờ" in page

    def test_the_file_for_other_tools_is_well_formed(self, client, province, process):
        signed_in(client, province, "minh")
        answer = client.get(f"/lam-viec/thu-tuc/quy-trinh/{process.pk}/bpmn/")
        assert "quy-trinh-1.900001-1.bpmn" in answer["Content-Disposition"]
        assert len(etree.fromstring(answer.content)) > 2

    def test_a_loose_process_is_tied_by_its_code(self, client, province, procedure):
        import_processes(
            tables=process_file.read_jsonl(steps(*USUAL, code=None)), source="x", actor=system_actor(), now=clock()
        )
        loose = Process.objects.get()
        signed_in(client, province, "minh")
        assert "chưa" in client.get("/lam-viec/thu-tuc/quy-trinh/?chua-gan=1").content.decode().lower()
        address = f"/lam-viec/thu-tuc/quy-trinh/{loose.pk}/gan/"
        assert client.post(address, {"procedure_code": "9.999999"}).status_code == 422
        assert client.post(address, {"procedure_code": "1.900001"}).status_code == 302


class TestEditor:
    def test_a_table_is_saved_as_a_new_version(self, client, province, process):
        signed_in(client, province, "minh")
        address = f"/lam-viec/thu-tuc/quy-trinh/{process.pk}/sua/"
        assert 'name="r5-key"' in client.get(address).content.decode()
        answer = client.post(address, typed(("1", "Tiếp nhận", "2,3"), ("2", "Xin ý kiến", "4", "1,5", "sở xây dựng"),
                                            ("3", "Đo", "4"), ("4", "Trả", "")))  # fmt: skip
        made = Process.objects.order_by("-no")[0]
        assert answer.headers["Location"].endswith(f"/{made.pk}/")
        found = queries.steps(made.pk)
        assert [(step.key, step.next, step.hours) for step in found] == [
            ("1", ["2", "3"], Decimal(8)), ("2", ["4"], Decimal("1.5")), ("3", ["4"], Decimal(8)), ("4", [], Decimal(8)),
        ]  # fmt: skip
        assert found[1].agency_id == province.department.pk
        assert made.no == 2

    def test_what_was_typed_stays_and_the_wrong_row_says_why(self, client, province, process):
        signed_in(client, province, "minh")
        address = f"/lam-viec/thu-tuc/quy-trinh/{process.pk}/sua/"
        answer = client.post(address, typed(("1", "Tiếp nhận kỹ", "9")))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Tiếp nhận kỹ" in page
        assert "không có trong bảng" in page
        for cells in (("1", "a", "", "nhiều"), ("1", "a", "", "8", "Sở Không Có")):
            assert client.post(address, typed(cells)).status_code == 422
        assert Process.objects.count() == 1

    def test_rows_are_added_moved_and_dropped_without_a_script(self, client, province, process):
        signed_in(client, province, "minh")
        address = f"/lam-viec/thu-tuc/quy-trinh/{process.pk}/sua/"

        def keys(deed):
            page = client.post(address, typed(("1", "A", "2"), ("2", "B", ""), do=deed)).content.decode()
            return [one.get("value") for one in etree.HTML(page).xpath("//input[contains(@name, '-key')]")]

        assert keys("add") == ["1", "2", "3"]
        assert keys("down-0") == ["2", "1"]
        assert keys("up-0") == ["1", "2"]
        assert keys("after-0") == ["1", "3", "2"]
        assert keys("drop-1") == ["1"]
        assert keys("drop-99") == ["1", "2"]
        assert Process.objects.count() == 1

    def test_a_file_fills_the_rows_and_saves_nothing(self, client, province, procedure):
        signed_in(client, province, "minh")
        file = io.BytesIO(workbook(["Bước", "Công việc", "Người thực hiện", "Thời gian (giờ)"], [1, "Tiếp nhận", "Một cửa", 2],
                                   [2, "Trả kết quả", "Một cửa", "lâu"]))  # fmt: skip
        file.name = "bang.xlsx"
        page = client.post(
            f"/lam-viec/thu-tuc/{procedure.pk}/quy-trinh/moi/", typed(do="upload", file=file)
        ).content.decode()
        assert 'value="Trả kết quả"' in page
        assert "thời gian không đổi được ra giờ: lâu" in page
        broken = io.BytesIO(b"PK\x03\x04 nothing")
        broken.name = "bang.xlsx"
        answer = client.post(
            f"/lam-viec/thu-tuc/{procedure.pk}/quy-trinh/moi/", typed(("1", "A", ""), do="upload", file=broken)
        )
        assert "hỏng" in answer.content.decode()
        assert 'value="A"' in answer.content.decode()
        assert Process.objects.count() == 0

    def test_of_several_tables_in_a_file_the_first_is_shown_and_the_others_are_named(self, client, province, procedure):
        signed_in(client, province, "minh")
        rows = [["Bước", "Nội dung", "Người thực hiện", "Thời gian"], [1, "Tiếp nhận", "Một cửa", "4 giờ"]]
        first, second = [["1. Thủ tục A"], *rows, [2, "Trả ở A", "Một cửa", ""]], [["2. Thủ tục B"], *rows]
        file = io.BytesIO(workbook(*first, *second, [2, "Trả ở B", "Một cửa", ""]))
        file.name = "bang.xlsx"
        address = f"/lam-viec/thu-tuc/{procedure.pk}/quy-trinh/moi/"
        page = client.post(address, typed(do="upload", file=file)).content.decode()
        assert "Trả ở A" in page and "Trả ở B" not in page
        assert "Tệp có 2 bảng" in page and "2. Thủ tục B" in page

    def test_a_leader_makes_the_agencys_own_from_the_common_one(self, client, province, process):
        signed_in(client, province, "phuoc")
        address = f"/lam-viec/thu-tuc/quy-trinh/{process.pk}/sua/"
        assert "Sở Xây dựng" in client.get(address).content.decode()
        data = typed(("1", "Tiếp nhận", ""))
        data["r0-who"] = f"post:{province.posts['huong']}"
        assert client.post(address, data).status_code == 302
        own = Process.objects.get(agency=province.department)
        assert (own.no, ProcessStep.objects.get(process=own).post_id) == (1, province.posts["huong"])

    def test_another_agencys_process_is_not_to_be_changed(self, client, province, procedure):
        own = edit_process(
            steps=[ProcessStep(key="1", kind="receive", name="Tiếp nhận", duty="desk", next=[])], procedure_id=procedure.pk,
            agency_id=province.commune.pk, name="Riêng", valid_from=clock().date(), actor=system_actor(), now=clock(),
        )  # fmt: skip
        signed_in(client, province, "phuoc")
        assert client.get(f"/lam-viec/thu-tuc/quy-trinh/{own.pk}/sua/").status_code == 403
        assert (
            client.get(f"/lam-viec/thu-tuc/{procedure.pk}/quy-trinh/moi/?co-quan={province.commune.pk}").status_code
            == 403
        )
