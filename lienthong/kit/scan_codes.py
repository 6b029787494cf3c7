"""Marks that a reader scans, as SVG: QR codes, and Code 128 bar codes for the post (ISO/IEC 15417)."""

from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M

# Widths of bar, space, bar, space, bar, space of the symbols 0 to 105; the stop (106) has a seventh.
_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
CODE_128 = _WIDTHS.split()
_START_B, _STOP = 104, 106
_QUIET = 10  # blank modules that the standard wants on either side


def qr_svg(text: str) -> str:
    """A QR code of medium error correction with its quiet zone of four modules."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return _svg(len(rows), len(rows), "".join(_path(row, y, 1) for y, row in enumerate(rows)))


def code_128_symbols(text: str) -> list[int]:
    """Start, characters, check symbol and stop in code set B; ValueError for what it has no symbol for."""
    if not text or any(not " " <= one <= "~" for one in text):
        raise ValueError(f"Code 128 B holds printable ASCII only: {text!r}")
    values = [ord(one) - 32 for one in text]
    check = (_START_B + sum(place * value for place, value in enumerate(values, 1))) % 103
    return [_START_B, *values, check, _STOP]


def code_128_modules(text: str) -> list[bool]:
    """Dark or light, module by module, without the quiet zones."""
    widths = "".join(CODE_128[symbol] for symbol in code_128_symbols(text))
    return [place % 2 == 0 for place, width in enumerate(widths) for _ in range(int(width))]


def code_128_svg(text: str) -> str:
    """The bar code with its quiet zones, 40 modules high; "" for a text that no bar code can hold."""
    try:
        modules = code_128_modules(text)
    except ValueError:
        return ""
    blank = [False] * _QUIET
    row = [*blank, *modules, *blank]
    return _svg(len(row), 40, _path(row, 0, 40))


def _path(row: list[bool], y: int, height: int) -> str:
    """One rectangle for each run of dark modules: neighbours drawn apart would show hairlines between them."""
    drawn, x = [], 0
    for dark, run in groupby(row):
        width = len(list(run))
        if dark:
            drawn.append(f"M{x} {y}h{width}v{height}h-{width}z")
        x += width
    return "".join(drawn)


def _svg(width: int, height: int, path: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )
