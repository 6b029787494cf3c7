"""What the documents say exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.CHECKOUT)
PAGES = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "WORDS.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md")) + sorted((ROOT / "decisions").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_path_of_a_page_leads_somewhere(page):
    text = page.read_text(encoding="utf-8")
    wanted = {page.parent / link.split("#")[0] for link in re.findall(r"\]\((?!http)([^)#][^)]*)\)", text)}
    wanted |= {
        ROOT / path
        for path in re.findall(r"`((?:lienthong|stories|docs|decisions|requirements|bench)/[\w./-]+)`", text)
    }
    assert [str(path) for path in wanted if not path.exists()] == []


def test_the_tests_that_the_duties_name_exist():
    text = (ROOT / "docs/duties.md").read_text(encoding="utf-8")
    names = set(re.findall(r"(test_\w+\.py)", text))
    there = {path.name for path in [*ROOT.glob("lienthong/**/test_*.py"), *ROOT.glob("stories/test_*.py")]}
    assert names - there == set()


def test_the_architecture_stays_one_page():
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= 70


def test_no_lock_file_names_a_host():
    for path in [*ROOT.glob("requirements/*.txt"), ROOT / "package-lock.json"]:
        assert "://" not in re.sub(
            r"https?://(?:github\.com|opencollective\.com|[\w./-]*fund\w*)\S*", "", path.read_text(encoding="utf-8")
        ), path
