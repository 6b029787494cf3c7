"""The command that anybody can check deadlines with."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from lienthong.foundation.calendar.due_file import main, run

HEAD = "id,received_at,amount,unit,pauses\n"


def _run(tmp_path: Path, cases: str | bytes, days: str | None = None, hours: str | None = None, as_json: bool = False):
    source = tmp_path / "CASES.csv"
    source.write_bytes(cases if isinstance(cases, bytes) else cases.encode())
    days_path = None
    if days is not None:
        days_path = tmp_path / "DAYS.csv"
        days_path.write_text(days, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    code = run(source, days_path, hours, out, err, as_json)
    return code, out.getvalue(), err.getvalue()


def _rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_due_at_and_why_are_added_and_other_columns_kept(tmp_path: Path) -> None:
    code, out, err = _run(tmp_path, HEAD + "a1,2026-11-20T10:00,1,working_days,\n")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "id,received_at,amount,unit,pauses,due_at,why"
    row = _rows(out)[0]
    assert row["id"] == "a1"
    assert row["due_at"] == "2026-11-23T10:00:00+07:00"
    assert "21/11/2026 (Thứ Bảy)" in row["why"]


@pytest.mark.parametrize(
    "received",
    [
        "2026-11-20T10:00",
        "2026-11-20 10:00",
        "2026-11-20 10:00:00",
        "2026-11-20T10:00+07:00",
        "2026-11-20T03:00Z",
        "2026-11-20 05:00 +0200",
        "20/11/2026 10:00",
        " 20/11/2026 10:00:00 ",
    ],
)
def test_a_moment_may_be_written_in_every_usual_way(tmp_path: Path, received: str) -> None:
    _, out, _ = _run(tmp_path, HEAD + f"1,{received},1,working_days,[]\n")
    assert _rows(out)[0]["due_at"] == "2026-11-23T10:00:00+07:00"


def test_a_date_alone_counts_from_the_opening(tmp_path: Path) -> None:
    _, out, _ = _run(tmp_path, HEAD + "1,2026-11-20,1,working_days,\n2,20/11/2026,4,working_hours,\n")
    assert [row["due_at"][:16] for row in _rows(out)] == ["2026-11-23T07:30", "2026-11-20T11:30"]


def test_days_of_ones_own_hold_over_the_law(tmp_path: Path) -> None:
    days = "date,kind,reason\n2026-11-24,off,Ngày Văn hóa\n28/11/2026,WORK,làm bù\n"
    cases = (
        HEAD
        + "1,2026-11-23T10:00,1,working_days,\n2,2026-11-27T10:00,1,working_days,\n3,2026-04-29T10:00,1,working_days,\n"
    )
    code, out, err = _run(tmp_path, cases, days)
    assert (code, err) == (0, "")
    assert [row["due_at"][:10] for row in _rows(out)] == ["2026-11-25", "2026-11-28", "2026-05-04"]
    assert "Ngày Văn hóa" in _rows(out)[0]["why"]


def test_hours_of_ones_own_are_used(tmp_path: Path) -> None:
    _, out, _ = _run(tmp_path, HEAD + "1,2026-11-20T13:10,1,working_days,\n", hours="07:30-11:30,13:30-17:00")
    assert _rows(out)[0]["due_at"] == "2026-11-23T13:30:00+07:00"


def test_pauses_are_a_json_list_and_an_open_one_leaves_no_deadline(tmp_path: Path) -> None:
    cases = HEAD + (
        '1,2026-11-09T10:00,3,working_days,"[[""2026-11-10T08:00"", ""2026-11-12T08:00""]]"\n'
        '2,2026-11-09T10:00,3,working_days,"[[""2026-11-10T08:00"", null]]"\n'
    )
    code, out, err = _run(tmp_path, cases)
    assert (code, err) == (0, "")
    assert [row["due_at"] for row in _rows(out)] == ["2026-11-16T10:00:00+07:00", ""]
    assert "chưa xác định được hạn" in _rows(out)[1]["why"]


@pytest.mark.parametrize("mark", [";", "\t"])
def test_bom_crlf_and_other_separators_are_tolerated(tmp_path: Path, mark: str) -> None:
    text = (
        "\ufeff"
        + mark.join(["Received_At", "amount", "unit"])
        + "\r\n"
        + mark.join(["20/11/2026 10:00", "0,5", "working_days"])
        + "\r\n\r\n"
    )
    code, out, err = _run(tmp_path, text.encode())
    assert (code, err) == (0, "")
    assert _rows(out, mark)[0]["due_at"] == "2026-11-20T15:30:00+07:00"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-11-31T10:00,1,working_days,", "không có thật"),
        ("29/02/2026 10:00,1,working_days,", "không có thật"),
        ("hôm qua,1,working_days,", "không đọc được"),
        (",1,working_days,", "Cột received_at để trống"),
        ("2026-11-20T10:00,,working_days,", "Cột amount để trống"),
        ("2026-11-20T10:00,0,working_days,", "lớn hơn 0"),
        ("2026-11-20T10:00,-2,working_days,", "lớn hơn 0"),
        ("2026-11-20T10:00,1e9999999,working_days,", "không phải là một số"),
        ("2026-11-20T10:00,1,weeks,", "Đơn vị tính"),
        ("2026-11-20T10:00,1.5,calendar_days,", "số nguyên"),
        ("1890-11-20T10:00,1,working_days,", "nằm ngoài lịch"),
        ("0001-01-01T00:00+14:00,1,working_days,", "nằm ngoài lịch"),
        ("2026-11-20T10:00,1,working_days,[", "không phải là JSON"),
        ("2026-11-20T10:00,1,working_days,{}", "danh sách các cặp"),
        ("2026-11-20T10:00,1,working_days,[1]", "danh sách các cặp"),
        ('2026-11-20T10:00,1,working_days,"[[""2026-11-21"",""2026-11-20""]]"', "kết thúc trước khi bắt đầu"),
        ("2026-11-20T10:00,1,working_days,[],thừa", "Dòng có 6 ô"),
        ("2026-11-20T10:00,1," + "x" * 100_000 + ",", "Đơn vị tính"),
    ],
)
def test_a_bad_row_is_refused_in_one_line_and_the_others_are_done(tmp_path: Path, row: str, said: str) -> None:
    code, out, err = _run(tmp_path, HEAD + f"1,{row}\n2,2026-11-20T10:00,1,working_days,\n")
    assert code == 3
    assert len(err.splitlines()) == 1
    assert err.startswith("CASES.csv: dòng 2: ")
    assert said in err
    assert len(err) < 400
    bad, good = _rows(out)
    assert bad["due_at"] == ""
    assert good["due_at"] == "2026-11-23T10:00:00+07:00"


def test_a_bad_day_is_refused_and_the_deadlines_are_computed_without_it(tmp_path: Path) -> None:
    days = "date,kind,reason\n2026-11-23,maybe,?\n2026-11-24,off,a\n2026-11-24,work,b\n"
    code, out, err = _run(tmp_path, HEAD + "1,2026-11-20T10:00,2,working_days,\n", days)
    assert code == 3
    assert [line.split(": ")[1] for line in err.splitlines()] == ["dòng 2", "dòng 4"]
    assert _rows(out)[0]["due_at"][:10] == "2026-11-25"


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        (b"", "thiếu cột received_at, amount, unit"),
        (b"2026-11-20T10:00,1,working_days\n", "thiếu cột"),
        (b"received_at,amount\n2026-11-20,1\n", "thiếu cột unit"),
        (b"received_at,amount,unit,unit\n", "hai lần"),
        (b"received_at,amount,unit\n\xff\xfe\xfa", "UTF-8"),
        (b"received_at,amount,unit\nx,1,working_days\n", "không đọc được"),
    ],
)
def test_nothing_done_is_exit_two_with_the_reason(tmp_path: Path, cases: bytes, said: str) -> None:
    code, _, err = _run(tmp_path, cases)
    assert code == 2
    assert said in err


def test_a_missing_file_and_impossible_hours_are_exit_two(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    assert run(tmp_path / "none.csv", None, None, out, err) == 2
    assert "không mở được tệp" in err.getvalue()
    assert _run(tmp_path, HEAD, hours="17:00-07:00")[0] == 2
    assert _run(tmp_path, HEAD, days="ngày,loại\n")[0] == 2


def test_json_carries_the_days_one_by_one(tmp_path: Path) -> None:
    code, out, _ = _run(tmp_path, HEAD + "1,2026-11-20T10:00,1,working_days,\n2,x,1,working_days,\n", as_json=True)
    answer = json.loads(out)
    assert code == 3
    assert answer["rows"][0]["steps"][1] == {"date": "2026-11-21", "counted": False, "hours": 0.0, "reason": "Thứ Bảy"}
    assert answer["refused"] == [{"what": "CASES.csv", "where": "dòng 3", "why": answer["rows"][1]["why"]}]


def test_a_deadline_that_was_given_is_kept_beside_the_computed_one(tmp_path: Path) -> None:
    _, out, _ = _run(tmp_path, "received_at,amount,unit,due_at\n2026-11-20T10:00,1,working_days,hôm nào đó\n")
    assert _rows(out)[0]["given_due_at"] == "hôm nào đó"
    assert _rows(out)[0]["due_at"] == "2026-11-23T10:00:00+07:00"


def test_the_command_writes_to_a_file_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "c.csv", tmp_path / "o.csv"
    source.write_text(HEAD + "1,2026-11-20T10:00,1,working_days,\n", encoding="utf-8")
    assert main([str(source), "--out", str(target)]) == 0
    assert _rows(target.read_text(encoding="utf-8"))[0]["due_at"] == "2026-11-23T10:00:00+07:00"
    assert capsys.readouterr().out == ""
