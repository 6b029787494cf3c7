"""ZIP files from outside: bombs, passwords, lies and odd names."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kit.refusal import Refused
from lienthong.kit.zip import LIMITS, Limits, SafeZip


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def contents(data: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    archive = SafeZip(BytesIO(data), limits)
    return {entry.name: b"".join(archive.pieces(entry)) for entry in archive.entries}


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(Refused) as caught:
        contents(data, limits)
    return str(caught.value)


def test_files_come_out_and_folders_are_left_out() -> None:
    data = packed({"thu muc/": b"", "thu muc/tờ trình.txt": "nội dung".encode()})
    assert contents(data) == {"tờ trình.txt": "nội dung".encode()}


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\Windows\\passwd", "..\\passwd"])
def test_a_path_as_entry_name_becomes_a_bare_name(name: str) -> None:
    assert list(contents(packed({name: b"x"}))) == ["passwd"]


def test_a_bomb_is_stopped_by_its_ratio() -> None:
    data = packed({"a.txt": bytes(64 << 20)})
    assert len(data) < 100_000
    assert "bom nén" in refusal(data)


def test_a_bomb_is_stopped_by_its_size_before_anything_is_unpacked() -> None:
    data = packed({f"{n}.txt": bytes(1 << 20) for n in range(4)})
    with pytest.raises(Refused, match="hơn 3 MB"):
        SafeZip(BytesIO(data), Limits(total_bytes=3 << 20))


def test_a_bomb_that_lies_about_its_size_is_stopped_while_unpacking() -> None:
    data = bytearray(packed({"a.txt": bytes(8 << 20)}))
    for start, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(start) + offset
        data[at : at + 4] = (100).to_bytes(4, "little")
    assert refusal(bytes(data), Limits(total_bytes=1 << 20))


def test_too_many_entries_are_refused() -> None:
    data = packed({f"{n}": b"" for n in range(11)})
    assert "quá 10 tệp" in refusal(data, Limits(entries=10))


def test_a_large_table_of_contents_is_refused_before_it_is_read() -> None:
    data = packed({"n" * 60_000 + str(n): b"" for n in range(3)})
    assert refusal(data, Limits(directory_bytes=100_000))


def test_a_file_with_a_password_is_refused() -> None:
    data = bytearray(packed({"mat.txt": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[data.index(b"PK\x03\x04") + 6] |= 1
    assert refusal(bytes(data)) == "Tệp nén có mật khẩu (mat.txt) nên không mở được."
    assert SafeZip(BytesIO(bytes(data))).encrypted


def test_an_unusual_packing_is_refused() -> None:
    assert "kiểu nén không được hỗ trợ" in refusal(packed({"a": b"x" * 100}, zipfile.ZIP_LZMA))


def test_content_that_does_not_match_its_checksum_is_refused() -> None:
    data = bytearray(packed({"a": b"so 12/QD-UBND"}, zipfile.ZIP_STORED))
    data[data.index(b"so 12")] = ord("S")
    assert "bị hỏng" in refusal(bytes(data))


def test_names_of_old_packers_are_read_as_utf8() -> None:
    name = "Quyết định.txt".encode()
    data = packed({"x" * len(name): b"x"}).replace(b"x" * len(name), name)
    assert SafeZip(BytesIO(data)).entries[0].name == "Quyết định.txt"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x05\x06", b"no zip at all" * 10])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    assert "bị hỏng hoặc không phải tệp ZIP" in refusal(data)


@given(st.data())
def test_a_damaged_zip_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    sound = packed({"a.txt": b"abc" * 50, "b/c.txt": b"def"})
    damaged = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(sound)))
    for candidate in (bytes(damaged), sound[:cut]):
        try:
            contents(candidate, Limits(total_bytes=1 << 20))
        except Refused as refused:
            said = str(refused)
        else:
            said = "read"
        assert said
