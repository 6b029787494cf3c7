"""`./lt manage count_again`: count every figure's days anew, after rows were loaded past the triggers."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lienthong.foundation.measures.actions.settle import rebuild, settle
from lienthong.foundation.measures.rules import DAY, Period
from lienthong.kit.refusal import Refused
from lienthong.site.running.speech import said_now_and_then
from lienthong.web.clock import today
from lienthong.web.refusal import told


class Command(BaseCommand):
    help = "Đếm lại số liệu từng ngày từ bản ghi"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=date.fromisoformat, required=True, help="ngày đầu, ví dụ 2026-01-01")
        parser.add_argument("--until", type=date.fromisoformat, default=None, help="ngày cuối; không ghi là hôm nay")

    def handle(self, *args: Any, **options: Any) -> None:
        since, until = options["since"], options["until"] or today()
        try:
            period = Period(since, until + DAY)
        except Refused as refused:
            raise CommandError(told(refused), returncode=2) from refused
        settle()
        rebuild(period.start, period.end, progress=said_now_and_then("Đếm lại", "counting again"))
        self.stdout.write(f"{since:%d/%m/%Y} – {until:%d/%m/%Y}")
