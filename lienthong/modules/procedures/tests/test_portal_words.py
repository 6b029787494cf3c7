"""Procedures written otherwise than the portal writes them: words for figures, texts for lists, markup escaped twice."""

import json
from datetime import date
from decimal import Decimal

import pytest

from lienthong.modules.procedures import portal_file
from lienthong.modules.procedures.portal_file import Entry
from lienthong.modules.procedures.terms import Channel, ServiceLevel, TermUnit, Tier
from lienthong.modules.procedures.tests.files import flat, lines, raw

WORKING, CALENDAR, HOURS, NONE = TermUnit.WORKING_DAYS, TermUnit.CALENDAR_DAYS, TermUnit.WORKING_HOURS, TermUnit.NONE


def one(data) -> Entry:
    (entry,) = portal_file.read(lines(data))
    assert isinstance(entry, Entry), entry
    return entry


def way(**given):
    return {"submissionMethod": "DIRECT", "processingTime": 5, "processingTimeUnit": "WORKING_DAY", "fees": [], **given}


@pytest.mark.parametrize(
    ("time", "unit", "amount", "meant"),
    [
        ("05 ngày làm việc", None, 5, WORKING),
        ("05 ngày làm việc", "WORKING_DAY", 5, WORKING),
        ("Không quá 03 (ba) ngày làm việc", None, 3, WORKING),
        ("Trong thời hạn 15 ngày kể từ ngày nhận đủ hồ sơ hợp lệ.", "", 15, CALENDAR),
        ("30 ngày", None, 30, CALENDAR),
        ("04 giờ", None, 4, HOURS),
        ("8 giờ làm việc", None, 8, HOURS),
        ("30 phút", None, Decimal("0.5"), HOURS),
        ("2 tuần", None, 14, CALENDAR),
        ("01 tháng", None, 30, CALENDAR),
        ("0,5 ngày", None, Decimal("0.5"), WORKING),  # half a day is no part of a date
        ("trong ngày", None, 0, WORKING),
        ("Giải quyết ngay trong ngày làm việc", None, 0, WORKING),
        (5, "Ngày làm việc", 5, WORKING),
        ("5", "ngày", 5, CALENDAR),
        (4, "WORKING_DAYS", 4, WORKING),
        ({"qty": 7, "type": "WORKING_DAY"}, None, 7, WORKING),
    ],
)
def test_a_time_in_words_is_the_time_where_it_says_one(time, unit, amount, meant):
    entry = one(raw(executionMethods=[way(processingTime=time, processingTimeUnit=unit)]))
    assert (entry.ways[0].amount, entry.ways[0].unit) == (amount, meant)
    assert not entry.refusals


@pytest.mark.parametrize(
    "time", ["03-05 ngày làm việc", "10/15 ngày", "15 ngày (giảm còn 10 ngày)", "5 ngày hoặc 7 ngày", "lâu"]
)
def test_words_that_say_more_than_one_time_are_named_and_kept(time):
    entry = one(raw(executionMethods=[way(processingTime=time, processingTimeUnit=None)]))
    assert (entry.ways[0].amount, entry.ways[0].unit, entry.ways[0].note) == (None, NONE, time)
    assert [refusal.where for refusal in entry.refusals] == ["executionMethods[0]"]


def test_a_procedure_without_a_time_is_no_mistake():
    entry = one(raw(executionMethods=[way(processingTime="Không quy định", processingTimeUnit=None)]))
    assert (entry.ways[0].amount, entry.ways[0].note, entry.refusals) == (None, "Không quy định", ())


def test_a_figure_without_a_unit_is_named_and_is_no_time():
    entry = one(raw(executionMethods=[way(processingTimeUnit=None)]))
    assert (entry.ways[0].amount, entry.ways[0].note) == (None, "5")
    assert entry.refusals[0].why == "thời hạn không có đơn vị: 5"


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ("50.000 đồng", 50_000),
        ("50.000", 50_000),  # never fifty đồng
        ("50,000 VNĐ", 50_000),
        ("1.500.000 đồng/hồ sơ", 1_500_000),
        ("8.000đ/bản", 8_000),
        (50000.0, 50_000),
        ("Miễn phí", 0),
        ("Không", 0),
    ],
)
def test_a_fee_in_words_is_the_sum_in_dong(value, amount):
    entry = one(raw(executionMethods=[way(fees=[{"type": "FEE", "value": value, "description": ""}])]))
    assert [fee.amount for fee in entry.ways[0].fees] == [amount]
    assert not entry.refusals


@pytest.mark.parametrize("value", ["100.000 - 200.000 đồng", "Theo Nghị quyết của Hội đồng nhân dân tỉnh", -5])
def test_a_fee_that_is_no_single_sum_is_named_and_its_words_stay(value):
    entry = one(raw(executionMethods=[way(fees=[{"value": value}])]))
    assert [(fee.amount, fee.note) for fee in entry.ways[0].fees] == [(None, str(value))]
    assert [refusal.where for refusal in entry.refusals] == ["executionMethods[0].fees[0].value"]


def test_a_fee_in_another_currency_is_not_taken_for_dong():
    ways = [
        {
            "channel": "DIRECT",
            "time": 5,
            "unit": "WORKING_DAY",
            "fees": [{"amount": 150, "currency": "USD", "note": "Nuôi con nuôi"}],
        }
    ]
    (fee,) = one(flat(methods=ways)).ways[0].fees
    assert (fee.amount, fee.note) == (None, "150 USD\nNuôi con nuôi")
    answered = way(fees=[{"value": 15, "currencyName": "USD", "description": ""}])
    assert one(raw(executionMethods=[answered])).ways[0].fees[0].note == "15 USD"
    ways[0]["fees"][0]["currency"] = "Việt Nam Đồng"
    assert one(flat(methods=ways)).ways[0].fees[0].amount == 150


def test_ways_to_file_are_known_by_their_vietnamese_names_and_by_the_older_numbers():
    names = ["Trực tiếp", "Nộp trực tuyến", "Dịch vụ bưu chính", "BCCI", "2", ["DIRECT", "ONLINE"]]
    found = one(raw(executionMethods=[way(submissionMethod=name) for name in names])).ways
    assert [each.channel for each in found] == [
        Channel.DIRECT, Channel.ONLINE, Channel.POST, Channel.POST, Channel.ONLINE, Channel.DIRECT, Channel.ONLINE,
    ]  # fmt: skip


def test_one_object_or_text_stands_for_a_list_of_one():
    entry = one(
        raw(
            executionMethods="Trực tiếp: 05 ngày làm việc",
            executionCases="- Tờ khai\n- Căn cước",
            categoriesDetails="Chăn nuôi",
            departmentsExecuting="Ủy ban nhân dân xã",
            legalBasisesDetails=["Luật Chăn nuôi 2018"],
            resultsDetails={"name": "Giấy xác nhận"},
            executionSteps={"name": "Bước 1", "description": "Nộp hồ sơ"},
            procedureProposal=[{"decisionDate": "2026-01-15", "publicationDate": "16/01/2026"}],
            requirementsAndConditions=["Cách khu dân cư 300 m", "Có giấy cam kết"],
        )
    )
    assert [(one.channel, one.amount) for one in entry.ways] == [(Channel.DIRECT, Decimal(5))]
    assert [paper.name for paper in entry.situations[0].papers] == ["Tờ khai", "Căn cước"]
    assert (entry.field_code, entry.field_name) == ("CHAN-NUOI", "Chăn nuôi")
    assert (entry.executing, entry.bases[0].name) == (("Ủy ban nhân dân xã",), "Luật Chăn nuôi 2018")
    assert (entry.gains[0].name, entry.stages[0].text) == ("Giấy xác nhận", "Nộp hồ sơ")
    assert (entry.decided_on, entry.published_on) == (date(2026, 1, 15), date(2026, 1, 16))
    assert entry.conditions == "Cách khu dân cư 300 m\nCó giấy cam kết"
    assert [refusal.why for refusal in entry.refusals] == ["lĩnh vực Chăn nuôi không có mã; đặt mã theo tên"]


def test_yes_is_yes_however_it_is_written():
    papers = [{"name": "Đơn", "originalQty": "01 bản chính", "required": "true"}, {"name": "Ảnh", "required": 0}]
    entry = one(
        raw(
            isWard="true",
            isProvince=0,
            isFullProcess=1,
            isNonTerritorial="false",
            executionCases=[{"profileComponents": papers}],
        )
    )
    assert (entry.tiers, entry.service_level, entry.non_territorial) == ((Tier.COMMUNE,), ServiceLevel.FULL, False)
    assert [(paper.required, paper.originals) for paper in entry.situations[0].papers] == [(True, 1), (False, 0)]


def test_markup_escaped_twice_and_programs_are_taken_out_but_what_is_meant_stays():
    entry = one(
        raw(
            name="C&#7845;p ph&eacute;p<script>alert(1)</script> &amp; c&ocirc;ng nh&#7853;n",
            executionSteps="&lt;p&gt;Nộp hồ sơ&lt;/p&gt;&lt;p&gt;Diện tích &lt;5 ha&lt;/p&gt;",
        )
    )
    assert entry.name == "Cấp phép & công nhận"
    assert entry.stages[0].text == "Nộp hồ sơ\nDiện tích <5 ha"


def test_seconds_are_not_taken_for_milliseconds():
    assert one(raw(procedureProposal={"decisionDate": 1768496400})).decided_on == date(2026, 1, 16)


ODD = [None, "", 0, -1, 1.5, True, [], {}, "x", ["x"], [None], [[["x"]]], {"a": 1}, "<b>", "[", "{}", "9" * 400, "\x00"]


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("form", [raw, flat])
def test_no_value_in_any_place_stops_the_reading(form, value):
    whole = form()
    for key in [key for key in whole if key not in ("code", "name")]:
        assert one({**whole, key: value}).code == whole["code"]
    for outer, inner in (("executionMethods", "fees"), ("executionCases", "profileComponents")):
        for key in [*whole.get(outer, [{}])[0], inner]:
            odd = json.loads(json.dumps(whole))
            odd[outer] = [{**odd.get(outer, [{}])[0], key: value}]
            assert one(odd).name
