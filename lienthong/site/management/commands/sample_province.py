"""Fill an empty installation with the fictional tỉnh Sơn Hải."""

import json
import time
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lienthong.kit.dates import VIETNAM
from lienthong.site.sample import build
from lienthong.site.sample.year import USUAL, Scale

NOTHING_DONE = 2


class Command(BaseCommand):
    help = "Dựng tỉnh mẫu Sơn Hải (hư cấu) trong một hệ thống còn trống"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale", type=_count, default=0, help="số văn bản trong năm, ví dụ 700000; cứ bảy văn bản thì năm hồ sơ"
        )
        parser.add_argument("--agencies", type=int, default=256, help="số cơ quan khi có --scale (256)")
        parser.add_argument("--seed", type=int, default=1, help="hạt giống ngẫu nhiên")
        parser.add_argument("--json", action="store_true", help="in tài khoản dạng JSON, mỗi dòng một người")

    def handle(self, *args: Any, **options: Any) -> None:
        now, began = datetime.now(VIETNAM), time.monotonic()
        if build.is_built():
            self._say(_("Tỉnh mẫu đã có sẵn, giữ nguyên"))
        elif not build.is_empty():
            raise CommandError(
                _(
                    "Hệ thống này đã có dữ liệu. Tỉnh mẫu chỉ dựng trong hệ thống trống; đặt LIENTHONG_HOME khác để thử."
                ),
                returncode=NOTHING_DONE,
            )
        else:
            build.build(seed=options["seed"], now=now, scale=_scale(options), progress=self._say)
            self._say(_("Xong sau {seconds} giây").format(seconds=round(time.monotonic() - began)))
        for one in build.sign_ins(now):
            if options["json"]:
                self.stdout.write(json.dumps(one.as_dict(), ensure_ascii=False))
            else:
                self.stdout.write(
                    f"{one.username:<16} {one.password}  {one.person}, {one.post}, {one.agency}\n{'':<16} → {one.what_to_try}"
                )

    def _say(self, text: str) -> None:
        self.stderr.write(f"▸ {text}")


def _scale(options: dict[str, Any]) -> Scale:
    """Five dossiers for seven documents."""
    documents = options["scale"]
    return Scale(documents, documents * 5 // 7, options["agencies"]) if documents else USUAL


def _count(text: str) -> int:
    """700000, 700.000 or 700_000."""
    return int(text.replace(".", "").replace("_", ""))
