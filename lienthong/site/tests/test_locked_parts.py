import importlib.metadata
import json
import re

import pytest

from lienthong.site.running.places import checkout

LOCKS = ("base", "test", "node")
# Copyleft that would reach our own source; the LGPL does not (psycopg is used, not changed).
REFUSED = re.compile(r"(?<!lesser )general public license|(?<!l)gpl|affero", re.IGNORECASE)


def locked(name: str) -> dict[str, str]:
    """Each requirement of a lock file with everything that stands under it."""
    text = (checkout() / f"requirements/{name}.txt").read_text()
    parts = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    return {
        re.split(r"[=\[ ]", part, maxsplit=1)[0]: part for part in parts if part.strip() and not part.startswith("#")
    }


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_part_has_an_exact_version_and_hashes(name: str) -> None:
    parts = locked(name)
    assert parts
    for part, text in parts.items():
        assert re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+", text), part
        assert "--hash=sha256:" in text, part


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_address(name: str) -> None:
    text = (checkout() / f"requirements/{name}.txt").read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_wished_for_is_locked(name: str) -> None:
    lines = (checkout() / f"requirements/{name}.in").read_text().splitlines()
    wished = {canonical(re.split(r"[\[<>=~ ]", line, maxsplit=1)[0]) for line in lines if re.match(r"[a-z]", line)}
    assert wished <= set(locked(name))


def test_test_parts_agree_with_base_parts() -> None:
    version = re.compile(r"==(\S+)")
    base, test = locked("base"), locked("test")
    for part in base.keys() & test.keys():
        assert version.search(base[part])[1] == version.search(test[part])[1], part  # type: ignore[index]


def test_the_front_end_lock_names_no_address_and_checks_every_package() -> None:
    lock = json.loads((checkout() / "package-lock.json").read_text())
    assert lock["lockfileVersion"] == 3
    packages = {place: package for place, package in lock["packages"].items() if place}
    assert packages
    for place, package in packages.items():
        assert "resolved" not in package, place
        assert package["integrity"].startswith("sha512-"), place
    wished = json.loads((checkout() / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wished.values())


def test_no_part_has_a_licence_that_would_bind_our_source() -> None:
    seen = 0
    for part in {**locked("base"), **locked("test")}:
        try:
            about = importlib.metadata.metadata(part)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system
        seen += 1
        named = [value for value in about.get_all("Classifier", []) if value.startswith("License ::")]
        short = about.get("License-Expression") or (about.get("License") or "").split("\n")[0]
        words = " ".join([*named, short]).replace("Lesser General Public License", "LGPL")
        words = words.replace("Library or ", "")
        assert not REFUSED.search(words), f"{part}: {words}"
    assert seen > 30
