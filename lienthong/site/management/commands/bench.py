"""Measure work beside its floor (docs/benchmarks.md)."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

ROOT = Path(__file__).resolve().parents[4]
NOTHING_DONE = 2


class Command(BaseCommand):
    help = "Đo tốc độ: mỗi việc so với mức sàn của nó trên cùng máy"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="việc cần đo; không ghi: tất cả")
        parser.add_argument("--json", action="store_true", help="mỗi dòng một kết quả dạng JSON")
        parser.add_argument("--documents", type=int, default=1_000_000, help="số văn bản của hệ thống lớn")
        parser.add_argument("--quick", action="store_true", help="ít vòng hơn, 1.000 và 20.000 văn bản")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.path.insert(0, str(ROOT))
        bench, workloads = importlib.import_module("bench"), importlib.import_module("bench.workloads").WORKLOADS
        size = bench.Size(10_000, options["documents"], 7, 8, 10_000)
        if options["quick"]:
            size = bench.Size(1_000, 20_000, 3, 3, 1_000)
        unknown = [name for name in options["names"] if name not in workloads]
        if unknown:
            raise CommandError(
                _("Không có việc {names}. Có: {known}").format(names=", ".join(unknown), known=", ".join(workloads)),
                returncode=NOTHING_DONE,
            )
        if not options["json"]:
            self.stdout.write(f"{'':<24}{'ours':>10}{'floor':>10}{'ratio':>8}  {'target':<12}{'unit':<14}{'runs':>7}")
        for name in options["names"] or workloads:
            for result in workloads[name](size, self._say):
                self._show(result, options["json"])

    def _show(self, result: Any, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(result.as_dict(), ensure_ascii=False))
            return
        mark = "✓" if result.holds else "✗"
        self.stdout.write(
            f"{result.name:<24}{result.ours:>10.1f}{result.floor:>10.1f}{result.ratio:>8.2f}  {result.target:<12}{result.unit:<14}"
            f"{result.runs:>7} {mark} {result.note}"
        )

    def _say(self, text: str) -> None:
        self.stderr.write(f"▸ {text}")
