"""The rows of a file of agencies, without a database."""

import io

import pytest

from lienthong.foundation.organizations.agency_file import Check, Known, Outcome, clean, read, short_name_of
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.refusal import Refused

HEADER = "ma_dinh_danh,ten,dia_ban,dia_chi,cap,ma_cap_tren\n"
PROVINCE = "000.00.00.H99,UBND tỉnh Sơn Hải,Sơn Hải,Sơn Hải,1,\n"


def plan(text, by_code=None, by_name=None):
    return Check(read(io.StringIO(HEADER + text)), by_code or {}, by_name or {}).plan()


def outcomes(found):
    return [(fault.line, fault.column, fault.outcome) for fault in found.faults]


def test_superiors_come_before_those_below_them_whatever_the_order_of_the_rows():
    found = plan("000.00.07.H99,Sở Xây dựng,,,2,000.00.00.H99\n" + PROVINCE)
    assert [entry.line.name for entry in found.entries] == ["UBND tỉnh Sơn Hải", "Sở Xây dựng"]
    assert [entry.tier for entry in found.entries] == [Tier.PROVINCE, Tier.DEPARTMENT]
    assert found.entries[1].parent_line == 3
    assert found.faults == []


def test_a_second_agency_with_the_same_code_is_kept_without_it_and_named():
    found = plan("000.00.00.G15,Bộ Tư pháp,,,1,\n000.00.00.G15,Bộ Tư pháp - CQCP,,,1,\n")
    assert [(entry.line.name, entry.code) for entry in found.entries] == [
        ("Bộ Tư pháp", "000.00.00.G15"), ("Bộ Tư pháp - CQCP", ""),
    ]  # fmt: skip
    assert outcomes(found) == [(3, "ma_dinh_danh", Outcome.KEPT)]
    assert "dòng 2 (Bộ Tư pháp)" in str(found.faults[0].why)


def test_the_same_row_twice_makes_one_agency():
    found = plan("000.00.00.G15,Bộ Tư pháp,,,1,\n000.00.00.G15, BỘ TƯ PHÁP,,,1,\n")
    assert len(found.entries) == 1
    assert outcomes(found) == [(3, "ma_dinh_danh", Outcome.REPEATED)]


def test_a_malformed_code_is_kept_as_written_with_a_hint():
    found = plan("000.1137.H53,Phòng Y tế,,,2,\n")
    assert found.entries[0].code == "000.1137.H53"
    assert "000.11.37.H53" in str(found.faults[0].why)


def test_a_code_that_cannot_be_one_is_dropped_and_the_agency_kept():
    found = plan("H99/07,Sở Xây dựng,,,2,\n")
    assert found.entries[0].code == ""
    assert outcomes(found) == [(2, "ma_dinh_danh", Outcome.KEPT)]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("H99.08,  ,,,2,", "ten"),
        ("H99.08,Sở Y tế,,,9,", "cap"),
        ("H99.08,Sở Y tế,,,hai,", "cap"),
        ("H99.08,Sở Y tế,,,2,H77", "ma_cap_tren"),
        ("H99.08," + "Sở " * 200 + ",,,2,", "ten"),
    ],
)
def test_a_row_of_which_no_agency_can_be_made_is_refused_with_its_line_and_column(row, column):
    found = plan(PROVINCE + row + "\n")
    assert outcomes(found) == [(3, column, Outcome.REFUSED)]
    assert len(found.entries) == 1


def test_a_circle_of_superiors_is_refused_and_so_is_what_hangs_below_it():
    found = plan("H1.1,A,,,2,H1.2\nH1.2,B,,,2,H1.1\nH1.3,C,,,2,H1.1\nH1.4,D,,,2,H1.4\n")
    assert [fault.line for fault in found.refused] == [2, 3, 4, 5]
    assert found.entries == []


def test_a_chain_of_superiors_without_end_is_refused_not_followed():
    rows = "".join(f"H10.{n},Cơ quan {n},,,2,{f'H10.{n - 1}' if n else ''}\n" for n in range(3000))
    found = plan(rows)
    assert len(found.entries) == 15
    assert len(found.refused) == 2985


def test_what_is_there_already_stays_as_it_is():
    there = Known(5, frozenset({"so xay dung", "so xay dung cu"}), Tier.DEPARTMENT, None, 1)
    found = plan("H99.07,Sở Xây dựng cũ,,,2,\n", {"H99.07": there})
    assert (found.unchanged, found.entries, found.faults) == (1, [], [])


def test_a_code_that_belongs_to_another_agency_stays_with_it():
    there = Known(5, frozenset({"so noi vu"}), Tier.DEPARTMENT, None, 1)
    found = plan("H99.07,Sở Xây dựng,,,2,\n", {"H99.07": there})
    assert found.entries[0].code == ""
    assert outcomes(found) == [(2, "ma_dinh_danh", Outcome.KEPT)]


@pytest.mark.parametrize(
    ("name", "cap", "tier"),
    [
        ("UBND huyện Hòa Thuận", "2", Tier.DISTRICT),
        ("Sở Nội vụ", "2", Tier.DEPARTMENT),
        ("Ủy ban nhân dân phường Ba Chúc", "3", Tier.COMMUNE),
        ("UBND xã Hòa Thuận", "2", Tier.COMMUNE),
        ("Chi cục Thủy sản", "3", Tier.SUBORDINATE),
    ],
)
def test_the_tier_follows_the_level_the_root_and_the_name(name, cap, tier):
    found = plan(PROVINCE + f"H99.5,{name},,,{cap},000.00.00.H99\n")
    assert found.entries[1].tier == tier


@pytest.mark.parametrize(
    ("text", "message"),
    [("ten,cap\nA,1\n", "thiếu cột"), ("", "thiếu cột"), (HEADER + '"a' + "b" * 200_000 + '",x,,,1,\n', "hỏng")],
)
def test_a_file_that_is_no_file_of_agencies_is_refused_as_a_whole(text, message):
    with pytest.raises(Refused, match=message):
        read(io.StringIO(text))


def test_a_file_in_another_encoding_is_refused_with_the_way_out():
    with pytest.raises(Refused, match="UTF-8"):
        read(io.TextIOWrapper(io.BytesIO(HEADER.encode() + b"H1,S\xd0\xf0,,,1,\n"), encoding="utf-8"))


def test_invisible_and_look_alike_characters_are_cleaned():
    assert clean("  Trần Ðại\u200b  Nghĩa\x00 ") == "Trần Đại Nghĩa"


def test_short_names_are_only_guessed_where_they_are_usual():
    names = ("Sở Giáo dục và Đào tạo", "Bộ Tư pháp", "UBND Xã Hòa Thuận", "Vụ Bưu chính")
    assert [short_name_of(name) for name in names] == ["SGDĐT", "BTP", "UBND", ""]
