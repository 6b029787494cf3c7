"""`./lt import processes FILE…`"""

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.procedures import process_file
from lienthong.modules.procedures.actions.import_processes import Report, import_processes
from lienthong.modules.procedures.process_file import Refusal, Table
from lienthong.site.management.commands.import_procedures import ALL_DONE, NOTHING_DONE, SOME_REFUSED, told, why


class Command(BaseCommand):
    help = "Nhập quy trình nội bộ từ JSONL, CSV hoặc XLSX (Bước, Công việc, Người thực hiện, Thời gian…)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--agency", help="mã định danh của cơ quan có quy trình này (bỏ trống: dùng chung)")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        now = datetime.now(VIETNAM)
        agency_id = None
        if options["agency"]:
            agency = organizations.by_code(options["agency"], now.date())
            if agency is None:
                raise CommandError(
                    _("Không có cơ quan mã {code}.").format(code=options["agency"]), returncode=NOTHING_DONE
                )
            agency_id = agency.pk
        codes = [self._one(path, agency_id, now, options["json"]) for path in options["files"]]
        code = max(codes)
        if SOME_REFUSED in codes or (code == NOTHING_DONE and min(codes) != NOTHING_DONE):
            code = SOME_REFUSED
        if code:
            raise SystemExit(code)

    def _one(self, path: Path, agency_id: int | None, now: datetime, as_json: bool) -> int:
        try:
            tables = _tables(path)
        except OSError as error:
            raise CommandError(
                _("Không mở được tệp {path}: {error}").format(path=path, error=error.strerror), returncode=NOTHING_DONE
            ) from None
        except Refused as refusal:
            raise CommandError(
                f"{path}: {_(refusal.msgid).format(**refusal.params)}", returncode=NOTHING_DONE
            ) from None
        report = import_processes(
            tables=tables, source=path.name, actor=system_actor(), now=now, agency_id=agency_id, progress=self._progress
        )
        for mark, refusals in (
            (_("từ chối"), report.refused),
            (_("bỏ phần này, còn lại đã nhập"), report.partly),
            (_("đã sửa hoặc suy ra, cần xem lại"), report.remarks),
        ):
            for one in sorted(refusals, key=lambda refusal: refusal.line):
                self.stderr.write(f"{path}:{one.line}: {': '.join(filter(None, (one.where, why(one))))} [{mark}]")
        self._tell(path, report, as_json)
        if not report.read or not (report.made or report.same or report.changed):
            return NOTHING_DONE
        return SOME_REFUSED if report.refused or report.partly else ALL_DONE

    def _progress(self, count: int) -> None:
        if sys.stderr.isatty() and count % 100 == 0:
            self.stderr.write(_("… đã đọc {count} quy trình").format(count=count))

    def _tell(self, path: Path, report: Report, as_json: bool) -> None:
        if as_json:
            answer = {
                "file": str(path), "read": report.read, "made": report.made, "changed": report.changed,
                "same": report.same, "loose": report.loose, "refused": told(report.refused),
                "partly": told(report.partly), "remarks": told(report.remarks),
            }  # fmt: skip
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        self.stdout.write(
            _(
                "{path}: đọc {read} quy trình; {made} mới, {changed} thành phiên bản mới, {same} giữ nguyên, {refused} từ chối, "
                "{partly} chỗ không đọc được, {remarks} chỗ cần xem lại; {loose} chưa gắn với thủ tục nào"
            ).format(
                path=path,
                read=report.read,
                made=report.made,
                changed=report.changed,
                same=report.same,
                refused=len(report.refused),
                partly=len(report.partly),
                remarks=len(report.remarks),
                loose=report.loose,
            )
        )


def _tables(path: Path) -> Iterable[Table | Refusal]:
    kind = path.suffix.lower()
    if kind in (".json", ".jsonl", ".ndjson"):
        with path.open("rb") as file:
            return process_file.read_jsonl(file)
    if kind in (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls"):
        return process_file.read(path.read_bytes(), path.stem)
    raise Refused(N_("Không biết đọc tệp loại này: dùng .xlsx, .csv, .jsonl hoặc .json."))
