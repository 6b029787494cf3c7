"""`./lt import agencies FILE…`"""

import json
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.organizations import agency_file
from lienthong.foundation.organizations.actions.import_agencies import Report, import_agencies
from lienthong.foundation.organizations.agency_file import Fault, Outcome
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.web.refusal import told

ALL_DONE, NOTHING_DONE, SOME_REFUSED = 0, 2, 3
_MARKS = {Outcome.KEPT: "đã nhập cơ quan", Outcome.REPEATED: "bỏ qua", Outcome.REFUSED: "từ chối"}


class Command(BaseCommand):
    help = "Nhập cơ quan từ tệp CSV (ma_dinh_danh,ten,dia_ban,dia_chi,cap,ma_cap_tren)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--only-good", action="store_true", help="nhập các dòng tốt dù có dòng bị từ chối")
        how.add_argument("--all-or-nothing", action="store_true", help="không nhập gì nếu có bất kỳ lỗi nào")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        code = max(self._one(path, options) for path in options["files"])
        if code == NOTHING_DONE and len(options["files"]) > 1:
            code = SOME_REFUSED
        if code:
            raise SystemExit(code)

    def _one(self, path: Path, options: dict[str, Any]) -> int:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                lines = agency_file.read(file)
        except OSError as error:
            raise CommandError(
                _("Không mở được tệp {path}: {error}").format(path=path, error=error.strerror), returncode=NOTHING_DONE
            ) from None
        except Refused as refusal:
            raise CommandError(f"{path}: {told(refusal)}", returncode=NOTHING_DONE) from None
        report = import_agencies(
            lines=lines, only_good=options["only_good"], all_or_nothing=options["all_or_nothing"], actor=system_actor(),
            now=datetime.now(VIETNAM),
        )  # fmt: skip
        for _number, faults in groupby(report.faults, key=lambda fault: fault.line):
            found = list(faults)
            what = "; ".join(f"{one.column} {one.value or '(trống)'}: {_why(one)}" for one in found)
            self.stderr.write(f"{path}:{found[0].line}: {what} [{_mark(found[0], report)}]")
        self._tell(path, report, options["json"])
        if not report.loaded:
            return NOTHING_DONE
        return SOME_REFUSED if report.faults else ALL_DONE

    def _tell(self, path: Path, report: Report, as_json: bool) -> None:
        if as_json:
            faults = [
                {
                    "line": one.line,
                    "column": one.column,
                    "value": one.value,
                    "why": _why(one),
                    "outcome": one.outcome.value,
                }
                for one in report.faults
            ]
            answer = {
                "file": str(path),
                "loaded": report.loaded,
                "rows": report.rows,
                "created": report.created,
                "unchanged": report.unchanged,
                "faults": faults,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        elif report.loaded:
            self.stdout.write(
                _("{path}: {rows} dòng, {created} cơ quan mới, {unchanged} đã có, {faults} lỗi").format(
                    path=path,
                    rows=report.rows,
                    created=report.created,
                    unchanged=report.unchanged,
                    faults=len(report.faults),
                )
            )
        else:
            self.stderr.write(
                _("{path}: chưa nhập gì. Sửa các dòng trên, hoặc thêm --only-good để nhập các dòng còn lại.").format(
                    path=path
                )
            )


def _why(fault: Fault) -> str:
    return told(fault.why)


def _mark(fault: Fault, report: Report) -> str:
    return _MARKS[fault.outcome] if report.loaded or fault.outcome != Outcome.KEPT else "chưa nhập"
