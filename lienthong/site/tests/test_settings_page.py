"""What can be set is written down, and what is written down can be set."""

import re
from pathlib import Path

from django.conf import settings

from lienthong.site import environment

ROOT = Path(settings.CHECKOUT)


def test_the_page_of_settings_is_current():
    """`./lt manage settings_page` writes it."""
    written = (ROOT / "docs/operators/settings.md").read_text(encoding="utf-8")
    assert written == environment.settings_page()


def test_every_setting_that_the_programme_reads_is_on_the_page():
    places = [ROOT / "lt", *(path for path in (ROOT / "lienthong").rglob("*.py") if "tests" not in path.parts)]
    read = {
        name
        for path in places
        for name in re.findall(r"\b(?:LIENTHONG_[A-Z_]+|DATABASE_URL)\b", path.read_text(encoding="utf-8"))
    }
    assert read == set(environment.SETTINGS)
