"""Reading XML from outside: what is sound comes through, everything else is refused in Vietnamese."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kit import xml
from lienthong.kit.refusal import Refused


class Collected(xml.Target):
    def __init__(self, limits: xml.Limits = xml.LIMITS) -> None:
        super().__init__(limits)
        self.tags: list[str] = []
        self.text = ""

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        self.tags.append(xml.local_name(tag))

    def data(self, text: str) -> None:
        self.text += text


def read(content: bytes, limits: xml.Limits = xml.LIMITS) -> Collected:
    target = Collected(limits)
    xml.stream(BytesIO(content), target)
    return target


def refusal(content: bytes, limits: xml.Limits = xml.LIMITS) -> str:
    with pytest.raises(Refused) as caught:
        read(content, limits)
    return str(caught.value)


def test_names_are_local_and_text_comes_through() -> None:
    found = read('<a xmlns:x="urn:x"><x:b>Đắk Lắk &amp; <![CDATA[<Huế>]]></x:b></a>'.encode())
    assert found.tags == ["a", "b"]
    assert found.text == "Đắk Lắk & <Huế>"


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>',
        b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
    ],
)
def test_a_doctype_is_refused(content: bytes) -> None:
    assert "DOCTYPE" in refusal(content)


def test_an_undeclared_entity_is_refused_with_its_place() -> None:
    assert refusal(b"<a>\n&b;</a>") == "Tệp XML dùng thực thể không được phép (dòng 2, cột 4)."


def test_a_mismatched_tag_is_refused_with_its_place() -> None:
    assert "thẻ mở và thẻ đóng không khớp" in refusal(b"<a>\n<b></a>")
    assert "dòng 2" in refusal(b"<a>\n<b></a>")


@pytest.mark.parametrize("content", [b"<a><b>", b"<a/>more", b"<a>text"])
def test_a_cut_off_message_is_refused(content: bytes) -> None:
    assert "bị cắt cụt hoặc có phần thừa" in refusal(content)


@pytest.mark.parametrize("content", [b"", b"   \n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert "rỗng" in refusal(content)


def test_bytes_that_are_not_of_the_declared_encoding_are_refused() -> None:
    assert "bảng mã" in refusal(b"<a>\xff\xfe</a>")
    assert "bảng mã" in refusal(b'<?xml version="1.0" encoding="klingon"?><a/>')


def test_utf16_and_a_utf16_label_on_utf8_are_both_read() -> None:
    text = '<?xml version="1.0" encoding="utf-16"?><a>Hòa Bình</a>'
    assert read(text.encode("utf-16")).text == "Hòa Bình"
    assert read(text.encode("utf-8")).text == "Hòa Bình"


def test_depth_elements_markup_and_size_are_limited() -> None:
    assert "lồng nhau quá 5 tầng" in refusal(b"<a>" * 6 + b"</a>" * 6, xml.Limits(depth=5))
    assert "quá 10 phần tử" in refusal(b"<a>" + b"<b/>" * 10 + b"</a>", xml.Limits(elements=10))
    long_comment = b"<a><!--" + b"x " * (4 << 20) + b"--></a>"
    assert "lớn hơn 1 MB" in refusal(long_comment, xml.Limits(markup_bytes=1 << 20))
    assert "lớn hơn 1 MB" in refusal(b"<a>" + b"x" * (2 << 20) + b"</a>", xml.Limits(total_bytes=1 << 20))


def test_a_huge_attribute_is_refused() -> None:
    assert "quá lớn" in refusal(b'<a b="' + b"x" * (12 << 20) + b'"/>')


def test_a_small_file_can_be_had_as_a_tree() -> None:
    root = xml.parse("<a><b>Cà Mau</b></a>".encode())
    assert root.findtext("b") == "Cà Mau"
    with pytest.raises(Refused):
        xml.parse(b"<!DOCTYPE a><a/>")


def test_a_shortened_value_is_one_printable_line() -> None:
    assert xml.shorten("a\n\x00b\u202e" + "c" * 200) == "a b " + "c" * 76 + "…"
    assert xml.shorten("ngắn") == "ngắn"


@given(st.binary(max_size=300))
def test_no_bytes_at_all_raise_anything_but_a_refusal(content: bytes) -> None:
    try:
        read(content)
    except Refused as refused:
        said = str(refused)
    else:
        said = "read"
    assert said
