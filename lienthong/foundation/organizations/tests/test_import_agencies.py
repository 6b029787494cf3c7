"""Importing agencies through the act and the command."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.organizations import agency_file, queries
from lienthong.foundation.organizations.actions.import_agencies import import_agencies
from lienthong.foundation.organizations.models import Agency, Identifier
from lienthong.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db
REAL = Path(__file__).resolve().parents[5] / "shared/data/agencies/tayninh_H53_agencies_2020.csv"
HEADER = "ma_dinh_danh,ten,dia_ban,dia_chi,cap,ma_cap_tren\n"
GOOD = (
    "000.00.00.H99,UBND tỉnh Sơn Hải,Sơn Hải,Số 1 đường Biển,1,\n000.00.07.H99,Sở Xây dựng,Sơn Hải,,2,000.00.00.H99\n"
)
BAD = "000.00.08.H99,,Sơn Hải,,2,000.00.00.H99\n"


def run(path, *options):
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("import_agencies", str(path), *options, stdout=out, stderr=err)
    except SystemExit as ended:
        code = ended.code
    except CommandError as error:
        code = error.returncode
        err.write(str(error))
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path):
    def make(text):
        path = tmp_path / "co-quan.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_a_good_file_is_loaded_with_paths_codes_and_trail(file, now):
    code, _, err = run(file(HEADER + GOOD))
    assert (code, err) == (0, "")
    province, department = Agency.objects.order_by("id")
    assert department.parent == province
    assert department.path == f"{province.pk}/{department.pk}/"
    assert (department.short_name, department.place, province.address) == ("SXD", "Sơn Hải", "Số 1 đường Biển")
    assert queries.by_code("H99.07", now.date().replace(year=2099)) == department
    assert Entry.objects.filter(verb="organizations.add_agency").count() == 2


def test_the_same_file_twice_changes_nothing(file):
    run(file(HEADER + GOOD))
    before = list(Agency.objects.order_by("id").values())
    assert run(file(HEADER + GOOD))[0] == 0
    assert list(Agency.objects.order_by("id").values()) == before
    assert Identifier.objects.count() == 4


def test_nothing_is_loaded_from_a_file_with_a_refused_row_unless_told_to(file):
    code, _, err = run(file(HEADER + GOOD + BAD))
    assert code == 2
    assert "co-quan.csv:4: ten (trống): thiếu tên cơ quan [từ chối]" in err
    assert not Agency.objects.exists()
    assert not Entry.objects.exists()
    code, out, _ = run(file(HEADER + GOOD + BAD), "--only-good", "--json")
    assert code == 3
    assert Agency.objects.count() == 2
    answer = json.loads(out)
    assert answer["created"] == 2
    assert answer["faults"][0]["line"] == 4


def test_all_or_nothing_stops_at_a_doubtful_row_too(file):
    text = HEADER + GOOD + "000.00.07.H99,Sở Giao thông,,,2,000.00.00.H99\n"
    assert run(file(text), "--all-or-nothing")[0] == 2
    assert not Agency.objects.exists()
    assert run(file(text))[0] == 3
    assert Agency.objects.count() == 3


def test_a_missing_file_and_a_file_of_another_kind_exit_with_2(tmp_path, file):
    assert run(tmp_path / "khong-co.csv")[0] == 2
    code, _, err = run(file("a,b\n1,2\n"))
    assert code == 2
    assert "thiếu cột" in err


def test_who_may_not_edit_agencies_imports_none(province, now):
    lines = agency_file.read(io.StringIO(HEADER + "H55,Cơ quan mới,,,1,\n"))
    with pytest.raises(Forbidden):
        import_agencies(lines=lines, only_good=False, all_or_nothing=False, actor=province.actor("lan"), now=now)
    assert not Agency.objects.filter(name="Cơ quan mới").exists()


@pytest.mark.skipif(not REAL.exists(), reason="the real file of agencies is not beside this checkout")
def test_the_455_real_agencies_are_loaded_and_the_duplicates_and_the_malformed_code_named(
    django_assert_max_num_queries,
):
    with django_assert_max_num_queries(30):
        code, _, err = run(REAL)
    assert code == 3
    assert Agency.objects.count() == 455
    named = [line.split(": ")[0].rsplit(":", 1)[1] for line in err.splitlines()]
    assert named == ["17", "60", "65", "68", "73", "76", "83", "316"]
    assert not Agency.objects.filter(path="").exists()
    assert Identifier.objects.filter(code="000.1137.H53", scheme="alias").exists()
    before = list(Agency.objects.order_by("id").values_list("id", "name", "path"))
    assert run(REAL)[0] == 3
    assert list(Agency.objects.order_by("id").values_list("id", "name", "path")) == before
