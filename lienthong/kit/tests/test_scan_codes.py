"""Marks that a reader scans."""

import re

import pytest

from lienthong.kit.scan_codes import CODE_128, code_128_modules, code_128_svg, code_128_symbols, qr_svg


def read_back(modules: list[bool]) -> str:
    """What a reader sees: runs of dark and light, six to a symbol, looked up, checked."""
    widths, last = [], None
    for one in modules:
        if one == last:
            widths[-1] += 1
        else:
            widths.append(1)
        last = one
    symbols = []
    while len(widths) > 7:
        symbols.append(CODE_128.index("".join(map(str, widths[:6]))))
        widths = widths[6:]
    assert "".join(map(str, widths)) == CODE_128[106]
    start, *values, check = symbols
    assert start == 104
    assert (start + sum(place * value for place, value in enumerate(values, 1))) % 103 == check
    return "".join(chr(value + 32) for value in values)


def test_the_table_of_symbols_is_sound():
    """Eleven modules, three bars of an even sum (the standard's own self-check), no two alike; the stop has thirteen."""
    assert len(CODE_128) == 107 and len(set(CODE_128)) == 107
    for symbol in CODE_128[:106]:
        widths = [int(one) for one in symbol]
        assert sum(widths) == 11 and sum(widths[::2]) % 2 == 0, symbol
    assert sum(int(one) for one in CODE_128[106]) == 13


def test_the_check_symbol_is_that_of_the_published_example():
    # PJJ123C is the usual worked example: 54 with start A (103), so 55 with start B (104).
    assert code_128_symbols("PJJ123C")[-2] == 55


@pytest.mark.parametrize("code", ["H99.71.01-261120-0001", "000.00.08.H31-200315-0001", "EB123456789VN"])
def test_a_bar_code_reads_back_as_what_was_written(code):
    assert read_back(code_128_modules(code)) == code


def test_a_text_that_no_bar_code_holds_gives_none():
    assert code_128_svg("Hồ sơ") == "" == code_128_svg("")


def test_a_qr_code_has_its_three_corners_and_quiet_zone():
    svg = qr_svg("https://sonhai.example/tra-cuu-ho-so/?ma=H99.71.01-261120-0001")
    side = int(re.search(r'width="(\d+)"', svg)[1])
    far = side - 4 - 7
    for x, y in ((4, 4), (far, 4), (4, far)):
        assert f"M{x} {y}h7v1h-7z" in svg
    assert not re.search(r"M[0-3] ", svg)
