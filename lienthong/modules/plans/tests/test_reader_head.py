"""What the top of a page says about a plan: portals, news, two columns, titles of every manner."""

import pytest

from lienthong.modules.plans.reader import read

BODY = "Căn cứ Luật Giao dịch điện tử;\nI. MỤC TIÊU\n"


def told(text):
    head = read(text).head
    return head.number, head.issuer, head.issued_on, head.period, head.title


def test_a_portal_page_around_the_plan_does_not_hide_its_head():
    text = (
        "Văn bản khác 31/KH-UBND\n\nKế hoạch 31/KH-UBND năm 2021 về du lịch thông minh tỉnh Sơn Hải giai đoạn 2021-2023\n\n"
        "Nội dung toàn văn Kế hoạch 31/KH-UBND 2021 du lịch thông minh Sơn Hải\n\nỦY BAN NHÂN DÂN\n|\nCỘNG HÒA XÃ HỘI\n"
        "CHỦ NGHĨA VIỆT NAM\n|\nSố: 31/KH-UBND\n|\nSơn Hải, ngày 02\ntháng 02 năm 2021\n|\nKẾ HOẠCH\n"
        "DU LỊCH THÔNG MINH TỈNH SƠN HẢI GIAI ĐOẠN 2021 - 2023\n" + BODY
    )
    number, issuer, issued_on, period, title = told(text)
    assert (number, issued_on, period) == ("31/KH-UBND", "2021-02-02", "2021-2023")
    assert issuer == "ỦY BAN NHÂN DÂN tỉnh Sơn Hải"
    assert title == "DU LỊCH THÔNG MINH TỈNH SƠN HẢI GIAI ĐOẠN 2021 - 2023"


def test_the_line_of_a_portal_is_enough():
    text = (
        "Trang chủ\nKế hoạch 88/KH-UBND năm 2019 về xây dựng chính quyền điện tử tỉnh Sơn Hải\nSố hiệu: | 88/KH-UBND\n"
        "Nơi ban hành: Tỉnh Sơn Hải Người ký: Lê Văn Mẫu\nNgày ban hành: 08/10/2019\nI. MỤC TIÊU\n"
    )
    number, issuer, issued_on, period, title = told(text)
    assert (number, issued_on, period) == ("88/KH-UBND", "2019-10-08", "2019")
    assert issuer == "Ủy ban nhân dân Tỉnh Sơn Hải"
    assert title == "xây dựng chính quyền điện tử tỉnh Sơn Hải"


def test_news_tell_the_head_in_a_sentence():
    text = (
        "Thứ ba, ngày 28/11/2023\nTIN TỨC\nNgày 4/10/2011, Ủy ban nhân dân (UBND) tỉnh Sơn Hải đã ban hành Quyết định số 2543/QĐ-UBND "
        "phê duyệt kế hoạch ứng dụng công nghệ thông tin trong cơ quan nhà nước năm 2012.\nTheo đó, 50% văn bản gửi qua mạng.\n"
    )
    assert told(text) == (
        "2543/QĐ-UBND", "Ủy ban nhân dân tỉnh Sơn Hải", "2011-10-04", "2012",
        "kế hoạch ứng dụng công nghệ thông tin trong cơ quan nhà nước năm 2012",
    )  # fmt: skip


def test_a_plan_without_years_in_its_title_belongs_to_the_year_of_its_day():
    text = "ỦY BAN NHÂN DÂN\nTỈNH SƠN HẢI\nSố: 9/CT-UBND\nSơn Hải, ngày 15 tháng 4 năm 2024\nCHỈ THỊ\nVề chấn chỉnh văn thư\nThời gian qua, quý I/2024 đạt 40%.\n"
    assert told(text)[2:] == ("2024-04-15", "2024", "Về chấn chỉnh văn thư")


def test_the_columns_of_a_letter_head_are_kept_apart():
    text = (
        "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH SƠN HẢI                 Độc lập - Tự do - Hạnh phúc\n"
        "Số: 96/KH-UBND             Sơn Hải, ngày 10 tháng 9 năm 2015\n\nKẾ HOẠCH\nTriển khai thực hiện Đề án trường học số năm 2016\n"
    )
    assert told(text + BODY) == (
        "96/KH-UBND", "ỦY BAN NHÂN DÂN TỈNH SƠN HẢI", "2015-09-10", "2016",
        "Triển khai thực hiện Đề án trường học số năm 2016",
    )  # fmt: skip


@pytest.mark.parametrize("field", ["Loại văn bản | Kế hoạch\n", "Loại văn bản:\nKế hoạch\n"])
def test_a_field_of_a_portal_is_not_the_plan_itself(field):
    text = f"{field}Người ký | Lê Văn Mẫu\nSố: 7/KH-UBND\nKẾ HOẠCH\nCHUYỂN ĐỔI SỐ NĂM 2026\n{BODY}"
    assert told(text)[4] == "CHUYỂN ĐỔI SỐ NĂM 2026"
