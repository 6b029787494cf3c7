"""The agency that a plan means: as plans write names, against the names of a directory."""

import pytest

from lienthong.modules.plans.naming import Names

DIRECTORY = [
    (1, "Ủy ban nhân dân tỉnh Sơn Hải", "UBND"), (2, "Văn phòng Ủy ban nhân dân tỉnh", "VPUBND"), (3, "Sở Khoa học và Công nghệ", "SKHCN"),
    (4, "Sở Xây dựng", "SXD"), (5, "Ủy ban nhân dân xã Hòa Sơn", "UBND"), (6, "Ủy ban nhân dân xã Hòa Thuận", "UBND"),
    (7, "Thanh tra tỉnh", "TTT"), (8, "Bảo hiểm xã hội tỉnh Sơn Hải", "BHXH"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "agency"),
    [
        ("Văn phòng UBND tỉnh", 2), ("Văn phòng Ủy ban nhân dân tỉnh", 2), ("Văn phòng UBND tỉnh Sơn Hải", 2),
        ("Chánh Văn phòng UBND tỉnh", 2), ("UBND tỉnh", 1), ("Uỷ ban nhân dân tỉnh", 1), ("UBND xã Hòa Sơn", 5),
        ("Chủ tịch UBND xã Hòa Thuận", 6), ("Giám đốc Sở Xây dựng", 4), ("Sở KH&CN", 3), ("Sở Khoa học & Công nghệ", 3),
        ("SỞ XÂY DỰNG", 4), ("Bảo hiểm xã hội tỉnh", 8), ("Chánh Thanh tra tỉnh", 7),
    ],
)  # fmt: skip
def test_an_agency_is_known_by_the_names_that_plans_give_it(said, agency):
    assert Names(DIRECTORY).meant(said) == agency


@pytest.mark.parametrize(
    "said",
    [
        "Các sở, ban, ngành", "UBND các xã, phường", "Sở Vũ trụ", "Văn phòng UBND tỉnh Hòa Bình", "UBND xã", "", "Giám đốc",
        "Sở Xây dựng và Sở Khoa học và Công nghệ", "Sở GD&ĐT",
    ],
)  # fmt: skip
def test_a_name_of_several_or_of_none_is_nobody(said):
    assert Names(DIRECTORY).meant(said) is None


def test_two_agencies_of_one_name_are_not_guessed_between():
    assert Names([*DIRECTORY, (9, "Sở Xây dựng", "SXD")]).meant("Sở Xây dựng") is None
