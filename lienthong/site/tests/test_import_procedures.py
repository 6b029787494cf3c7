"""`./lt import procedures` and `./lt import processes`: exit codes, refusals line by line, JSON."""

import json

import pytest
from django.core.management import CommandError, call_command

from lienthong.modules.procedures.models import Process, Version
from lienthong.modules.procedures.tests.files import USUAL, lines, raw, steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, capsys):
    """Calls the command with a file of these lines; gives exit code, output and errors."""

    def call(name: str, content: list[bytes], *more: str, suffix: str = ".jsonl"):
        path = tmp_path / f"tep{suffix}"
        path.write_bytes(b"\n".join(content))
        try:
            call_command(name, str(path), *more)
            code = 0
        except SystemExit as ended:
            code = ended.code
        except CommandError as error:
            code = error.returncode
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_a_whole_file_ends_with_0_and_the_same_file_changes_nothing(run):
    code, out, err = run("import_procedures", lines(raw()))
    assert (code, err) == (0, "")
    assert "1 mới" in out
    code, out, _err = run("import_procedures", lines(raw()))
    assert (code, Version.objects.count()) == (0, 1)
    assert "1 giữ nguyên" in out


def test_each_refusal_is_one_line_and_the_rest_comes_in(run):
    code, out, err = run("import_procedures", [*lines(raw()), b"{", *lines(raw(code="1.900002", categoriesDetails=[]))])
    assert code == 3
    first, second = err.splitlines()
    assert first.endswith(":2: dòng không phải JSON [từ chối]")
    assert ":3: categoriesDetails" in second
    assert "Lĩnh vực khác" in second
    assert Version.objects.count() == 2
    assert "2 mới" in out


@pytest.mark.parametrize("name", ["import_procedures", "import_processes"])
def test_nothing_usable_ends_with_2(run, name, tmp_path):
    assert run(name, [b"x", b"{}"])[0] == 2
    with pytest.raises(CommandError) as error:
        call_command(name, str(tmp_path / "khong-co.jsonl"))
    assert error.value.returncode == 2


def test_json_says_what_changed_field_by_field(run):
    run("import_procedures", lines(raw()))
    code, out, _err = run("import_procedures", lines(raw(requirementsAndConditions="Khác.")), "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["changed"][0]["version"] == 2
    assert answer["changed"][0]["fields"] == [
        {"field": "conditions", "before": "Cách khu dân cư 300 m.", "after": "Khác."}
    ]


def test_processes_come_from_jsonl_and_csv_and_doubts_are_told(run):
    swapped = list(USUAL)
    swapped[1] = (USUAL[1][1], USUAL[1][0], USUAL[1][2])
    code, out, err = run("import_processes", steps(*swapped))
    assert code == 0
    assert "đã đổi lại" in err
    assert "1 mới" in out
    table = [
        "Bước,Công việc,Người thực hiện,Thời gian (giờ)",
        "1,Tiếp nhận,Một cửa,2",
        "2,Trả kết quả,Một cửa,khi xong",
    ]
    code, out, err = run("import_processes", [line.encode() for line in table], "--json", suffix=".csv")
    assert code == 3
    assert "khi xong" in json.loads(out)["partly"][0]["why"]
    assert Process.objects.count() == 2


def test_a_table_that_is_no_process_is_refused_with_its_faults(run):
    table = ["Bước,Công việc,Người thực hiện,Bước tiếp theo", "1,Tiếp nhận,Một cửa,2", "2,Trả kết quả,Một cửa,1"]
    code, _out, err = run("import_processes", [line.encode() for line in table], suffix=".csv")
    assert code == 2
    assert "nằm trong một vòng" in err
    assert Process.objects.count() == 0


def test_an_unknown_agency_is_refused(run):
    assert run("import_processes", steps(*USUAL), "--agency", "H99.404")[0] == 2


def test_a_process_of_one_agency_is_that_agencys(run, province):
    assert run("import_processes", steps(*USUAL), "--agency", "H99.07")[0] == 0
    assert Process.objects.get().agency == province.department
