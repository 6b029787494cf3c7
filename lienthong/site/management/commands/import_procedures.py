"""`./lt import procedures FILE…`"""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import system_actor
from lienthong.kit.dates import VIETNAM, vn_date
from lienthong.modules.procedures import portal_file
from lienthong.modules.procedures.actions.import_procedures import Report, import_procedures
from lienthong.modules.procedures.portal_file import Entry, Refusal

ALL_DONE, NOTHING_DONE, SOME_REFUSED = 0, 2, 3


class Command(BaseCommand):
    help = "Nhập thủ tục hành chính từ tệp JSONL của Cổng Dịch vụ công quốc gia (nguyên dạng hoặc rút gọn)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        codes = [self._one(path, options["json"]) for path in options["files"]]
        code = max(codes)
        if SOME_REFUSED in codes or (code == NOTHING_DONE and min(codes) != NOTHING_DONE):
            code = SOME_REFUSED
        if code:
            raise SystemExit(code)

    def _one(self, path: Path, as_json: bool) -> int:
        try:
            report = import_procedures(
                entries=_entries(path),
                source=path.name,
                actor=system_actor(),
                now=datetime.now(VIETNAM),
                progress=self._progress,
            )
        except OSError as error:
            raise CommandError(
                _("Không mở được tệp {path}: {error}").format(path=path, error=error.strerror), returncode=NOTHING_DONE
            ) from None
        refused, partly = sorted(report.refused, key=_line), sorted(report.partly, key=_line)
        for mark, refusals in ((_("từ chối"), refused), (_("bỏ phần này, còn lại đã nhập"), partly)):
            for one in refusals:
                self.stderr.write(f"{path}:{one.line}: {': '.join(filter(None, (one.where, why(one))))} [{mark}]")
        self._tell(path, report, as_json)
        if report.read == len(refused):
            return NOTHING_DONE
        return SOME_REFUSED if refused or partly else ALL_DONE

    def _progress(self, count: int) -> None:
        if sys.stderr.isatty() or count % 1000 == 0:
            self.stderr.write(_("… đã đọc {count} thủ tục").format(count=count))

    def _tell(self, path: Path, report: Report, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(_answer(path, report), ensure_ascii=False))
            return
        for changed in report.changed:
            labels = ", ".join(_(change.label) for change in changed.changes) or _("có hiệu lực trở lại")
            self.stdout.write(
                _("  {code}: phiên bản {no} từ {day}: {labels}").format(
                    code=changed.code, no=changed.no, day=vn_date(changed.valid_from), labels=labels
                )
            )
        self.stdout.write(
            _(
                "{path}: đọc {read} thủ tục; {made} mới, {changed} đổi nội dung, {filled} được bổ sung, {same} giữ nguyên, "
                "{refused} từ chối, {partly} chỗ không đọc được"
            ).format(
                path=path,
                read=report.read,
                made=report.made,
                changed=len(report.changed),
                filled=report.filled,
                same=report.same,
                refused=len(report.refused),
                partly=len(report.partly),
            )
        )


def _entries(path: Path) -> Iterator[Entry | Refusal]:
    with path.open("rb") as file:
        yield from portal_file.read(file)


def _line(refusal: Refusal) -> int:
    return refusal.line


def why(refusal: Refusal) -> str:
    """The reason in the language of whoever reads."""
    return _(refusal.msgid).format(**dict(refusal.params))


def told(refusals: list[Refusal]) -> list[dict[str, Any]]:
    """Refusals for JSON."""
    return [{"line": one.line, "where": one.where, "why": why(one)} for one in refusals]


def _answer(path: Path, report: Report) -> dict[str, Any]:
    return {
        "file": str(path),
        "read": report.read,
        "made": report.made,
        "changed": [
            {
                "code": one.code,
                "version": one.no,
                "valid_from": one.valid_from.isoformat(),
                "fields": [{"field": c.field, "before": c.before, "after": c.after} for c in one.changes],
            }
            for one in report.changed
        ],
        "filled": report.filled,
        "same": report.same,
        "refused": told(report.refused),
        "partly": told(report.partly),
    }
