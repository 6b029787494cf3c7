"""PDF by typst. Text goes in as data (`sys.inputs`), never as source, so that nothing typed by anyone is ever run."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

HERE = Path(__file__).parent
REGISTER = HERE / "register.typ"
SLIP = HERE / "slip.typ"
ONE_STOP_SLIP = HERE / "one_stop_slip.typ"
ONE_STOP_CONTROL = HERE / "one_stop_control.typ"
ONE_STOP_BOOK = HERE / "one_stop_book.typ"
POST_LIST = HERE / "post_list.typ"
UNCOLLECTED = HERE / "uncollected.typ"
PLAN_MONTH = HERE / "plan_month.typ"
FONTS = HERE.parents[2] / "node_modules/@expo-google-fonts/tinos"
ARCHIVAL: Final = "a-2a"  # PDF/A-2a: tagged, self-contained, fit for the archive


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    # Typst's own serif stands in where the front-end parts are not installed; system fonts would differ by machine.
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)] if FONTS.is_dir() else [])


def pdf(template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Fill a template with plain values (anything JSON holds) and return the PDF; `at` becomes its date of creation."""
    compiler = typst.Compiler(
        str(template),
        root=str(HERE.parents[1]),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    moment = at.astimezone(UTC).replace(microsecond=0)
    made = compiler.compile(format="pdf", pdf_standards=[ARCHIVAL], timestamp=moment)
    assert isinstance(made, bytes)  # one document makes one file
    return made
