"""Reading the national portal's procedures."""

import json
from datetime import date
from decimal import Decimal

import pytest

from lienthong.modules.procedures import portal_file
from lienthong.modules.procedures.comparison import changes, fingerprint
from lienthong.modules.procedures.portal_file import Entry, Refusal
from lienthong.modules.procedures.terms import Channel, ServiceLevel, TermUnit, Tier
from lienthong.modules.procedures.tests.files import FLAT, RAW, flat, lines, needs_shared, raw


def one(data) -> Entry:
    (entry,) = portal_file.read(lines(data))
    assert isinstance(entry, Entry), entry
    return entry


def test_both_forms_of_a_procedure_read_the_same():
    answered, flattened = one(raw()), one(flat())
    assert changes(answered, flattened) == []
    assert answered.decided_on == date(2026, 1, 16)
    assert answered.tiers == (Tier.PROVINCE, Tier.COMMUNE)
    assert answered.service_level == ServiceLevel.PARTIAL


def test_markup_is_taken_out_of_texts():
    (stage,) = one(raw()).stages
    assert stage.text == "Nộp hồ sơ.\nNhận phiếu hẹn & chờ."


def test_papers_that_belong_together_are_one_case_and_published_notes_are_no_papers():
    (case,) = one(raw()).situations
    assert [(paper.heading, paper.name) for paper in case.papers] == [
        ("Giấy tờ phải nộp", "Tờ khai"),
        ("Giấy tờ phải xuất trình", "Căn cước"),
    ]
    assert case.note == "Nuôi trong khu dân cư phải có ý kiến của láng giềng."
    assert case.papers[0].forms == ("Mẫu 01.docx",)


def test_alternatives_are_cases_of_their_own():
    groups = [
        {"name": "(1.1) Đối với công trình theo tuyến:", "profileComponents": [{"name": "Bản vẽ tuyến"}]},
        {"name": "(1.2) Đối với nhà ở riêng lẻ:", "profileComponents": [{"name": "Bản vẽ nhà"}]},
        {"name": "", "profileComponents": [{"name": "Đơn"}]},
    ]
    found = one(raw(executionCases=groups)).situations
    assert [(case.name, [paper.name for paper in case.papers]) for case in found] == [
        ("Đối với công trình theo tuyến", ["Bản vẽ tuyến", "Đơn"]),
        ("Đối với nhà ở riêng lẻ", ["Bản vẽ nhà", "Đơn"]),
    ]


def test_sub_cases_with_different_times_become_cases_with_their_own_time():
    subs = [
        {"code": "1.900001.01", "name": "Cấp mới", "processingDay": {"qty": 3, "type": "WORKING_DAY"}},
        {"code": "1.900001.02", "name": "Cấp đổi", "processingDay": {"qty": 13, "type": "DAY"}},
        {"code": "1.900001.03", "name": "Cấp đổi", "processingDay": {"qty": 13, "type": "DAY"}},
    ]
    found = one(raw(cases=subs)).situations
    assert [(case.code, case.name, case.amount, case.unit) for case in found] == [
        ("1.900001.01", "Cấp mới", Decimal(3), TermUnit.WORKING_DAYS),
        ("1.900001.02", "Cấp đổi", Decimal(13), TermUnit.CALENDAR_DAYS),
    ]


def test_a_figure_beside_other_is_no_time_but_the_sub_case_says_it():
    ways = [{"submissionMethod": "DIRECT", "processingTime": 1, "processingTimeUnit": "OTHER", "fees": []}]
    entry = one(raw(executionMethods=ways))
    assert entry.ways[0].amount is None
    assert [(case.amount, case.unit) for case in entry.situations] == [(Decimal(5), TermUnit.WORKING_DAYS)]


def test_words_for_a_time_are_kept_as_a_note():
    ways = [{"submissionMethod": "POSTAL", "processingTime": "Không quá 7 ngày", "processingTimeUnit": "OTHER"}]
    (way,) = one(raw(executionMethods=ways)).ways
    assert (way.channel, way.amount, way.unit, way.note) == (Channel.POST, None, TermUnit.NONE, "Không quá 7 ngày")


def test_a_month_is_thirty_calendar_days_and_says_so():
    ways = [{"submissionMethod": "DIRECT", "processingTime": 2, "processingTimeUnit": "MONTH"}]
    (way,) = one(raw(executionMethods=ways)).ways
    assert (way.amount, way.unit) == (Decimal(60), TermUnit.CALENDAR_DAYS)
    assert "2 tháng" in way.note


def test_several_times_of_one_channel_are_cases_but_an_increase_is_none():
    def way(days, note):
        return {
            "submissionMethod": "DIRECT",
            "processingTime": days,
            "processingTimeUnit": "WORKING_DAY",
            "description": note,
        }

    ways = [way(4, "Không quá 04 ngày đối với đổi tên."), way(8, "Không quá 08 ngày đối với tách thửa.")]
    found = one(raw(executionMethods=ways)).situations
    assert [(case.name, case.amount) for case in found] == [("đối với đổi tên.", 4), ("đối với tách thửa.", 8)]
    ways[1]["description"] = "Đối với xã miền núi tăng thêm 8 ngày."
    assert [case.amount for case in one(raw(executionMethods=ways)).situations] == [None]


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"\xff\xfe",
        b"[1, 2",
        b'"text"',
        b'{"code": "1.1"}',
        b'{"name": "x"}',
        b"[" * 100_000,
        b'{"code": NaN, "name": "x"}',
    ],
)
def test_a_line_of_no_use_is_refused_and_the_next_one_read(line):
    found = list(portal_file.read([line + b"\n", *lines(raw())]))
    assert isinstance(found[0], Refusal)
    assert found[0].line == 1
    assert found[0].why
    assert isinstance(found[1], Entry)


def test_what_is_wrong_inside_a_procedure_is_named_and_the_rest_usable():
    odd = raw(
        executionMethods=[
            {"submissionMethod": "PIGEON"},
            {"submissionMethod": "DIRECT", "processingTime": -3, "processingTimeUnit": "WORKING_DAY",
             "fees": [{"value": "nhiều"}, 7, {"value": 0, "description": "miễn"}]},
            {"submissionMethod": "ONLINE", "processingTime": 4, "processingTimeUnit": "FORTNIGHT"},
            None,
        ],
        executionCases=[{"profileComponents": [{"name": ""}, {"name": "Đơn", "originalQty": 1.5}]}, "x"],
        categoriesDetails=[],
        procedureProposal={"decisionDate": "soon"},
        subjectTypesDetails="{not json",
    )  # fmt: skip
    entry = one(odd)
    assert {refusal.where for refusal in entry.refusals} == {
        "categoriesDetails", "executionMethods[0].submissionMethod", "executionMethods[1]", "executionMethods[2]",
        "executionMethods[3]", "executionMethods[1].fees[0].value", "executionMethods[1].fees[1]",
        "executionCases[0].profileComponents[0]", "executionCases[0].profileComponents[1].originalQty", "executionCases[1]",
        "procedureProposal.decisionDate", "subjectTypesDetails",
    }  # fmt: skip
    assert [paper.name for paper in entry.situations[0].papers] == ["Đơn"]
    assert entry.field_name == "Lĩnh vực khác"


def test_what_a_database_cannot_keep_is_dropped():
    (entry,) = portal_file.read([json.dumps(raw(name="Tên\x00 có \ud800 lỗi")).encode()])
    assert isinstance(entry, Entry)
    assert entry.name == "Tên có lỗi"


def test_a_list_and_an_envelope_are_read_too():
    whole = b'{"data": {"items": ' + b"[" + b",".join(lines(raw(), raw(code="1.900002"))) + b"]}}"
    assert [entry.code for entry in portal_file.read([whole])] == ["1.900001", "1.900002"]
    assert [entry.code for entry in portal_file.read([b"[\n", *lines(raw()), b"]\n"])] == ["1.900001"]


def test_the_order_of_lists_is_no_change_but_the_order_of_stages_is():
    turned = raw()
    turned["executionMethods"] = turned["executionMethods"][::-1]
    assert fingerprint(one(turned)) == fingerprint(one(raw()))
    two = [{"name": "Bước 1", "description": "a"}, {"name": "Bước 2", "description": "b"}]
    assert fingerprint(one(raw(executionSteps=two))) != fingerprint(one(raw(executionSteps=two[::-1])))


def test_a_change_names_field_before_and_after():
    (change,) = changes(one(raw()), one(raw(requirementsAndConditions="Cách khu dân cư 500 m.")))
    assert (change.label, change.before, change.after) == (
        "Yêu cầu, điều kiện",
        "Cách khu dân cư 300 m.",
        "Cách khu dân cư 500 m.",
    )


@needs_shared
def test_all_real_procedures_are_read_and_both_forms_agree():
    with RAW.open("rb") as file:
        answered = list(portal_file.read(file))
    with FLAT.open("rb") as file:
        flattened = {entry.code: entry for entry in portal_file.read(file)}
    assert len(answered) == 40
    assert len(flattened) == 141
    assert all(isinstance(entry, Entry) for entry in (*answered, *flattened.values()))
    assert sum(len(entry.refusals) for entry in flattened.values()) == 1
    for entry in answered:
        assert changes(entry, flattened[entry.code]) == [], entry.code
    birth = flattened["1.001193"]
    assert [(case.amount, case.unit) for case in birth.situations] == [(1, TermUnit.WORKING_DAYS)]
    assert "Giấy chứng sinh" in " ".join(paper.name for paper in birth.situations[0].papers)


def test_what_changed_is_said_in_words_and_not_in_codes():
    slower = {**raw()["executionMethods"][1], "processingTime": 7}
    found = {
        change.field: change for change in changes(one(raw()), one(raw(executionMethods=[slower], isFullProcess=True)))
    }
    assert "Trực tuyến · 7 · ngày làm việc" in found["ways"].after
    assert not any(
        code in change.before + change.after for change in found.values() for code in ("working_days", "online")
    )
    assert (found["service_level"].before, found["service_level"].after) == ("Một phần", "Toàn trình")
