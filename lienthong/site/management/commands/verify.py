"""`./lt verify`"""

import json
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from lienthong.foundation.files import queries as files
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail import queries as trail
from lienthong.modules.documents.queries import numbers

ALL_HOLDS, FAULTS = 0, 3
FILE_WHY = {
    "missing": N_("tệp bị mất"),
    "changed": N_("nội dung tệp không còn đúng mã băm"),
    "unreadable": N_("không đọc được tệp"),
}
NUMBER_WHY = {
    "gap": N_("số đã cấp nhưng không có văn bản và không phải số đang giữ"),
    "beyond": N_("số lớn hơn số cuối mà sổ đã cấp"),
    "twice": N_("số vừa có văn bản vừa đang giữ"),
}


class Command(BaseCommand):
    help = "Kiểm tra chuỗi nhật ký, mốc ngoài cơ sở dữ liệu, tệp theo mã băm, số văn bản không đứt quãng"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        self._shown = time.monotonic()
        self._quiet = options["json"]
        counts: dict[str, int] = {}
        faults: list[dict[str, Any]] = []
        counts["entries"], broken = trail.verify()
        counts["anchors"], in_files = trail.verify_files(Path(settings.ANCHORS_ROOT))
        names = self._chains([one.chain for one in (*broken, *in_files)])
        faults += [
            {"what": "trail", "where": _("nhật ký {chain}, dòng {no}").format(chain=names[one.chain], no=one.no),
             "why": _(trail.WHY[one.why])}
            for one in (*broken, *in_files)
        ]  # fmt: skip
        counts["files"], unsound = files.verify(self._progress)
        known = numbers.files_named([one.stored_id for one in unsound])
        faults += [
            {"what": "file", "where": _("tệp {sha256}").format(sha256=one.sha256) + known.get(one.stored_id, ""),
             "why": _(FILE_WHY[one.why])}
            for one in unsound
        ]  # fmt: skip
        counts["numbers"], wrong = numbers.verify()
        faults += [{"what": "number", "where": _place(one), "why": _(NUMBER_WHY[one.why])} for one in wrong]
        self._tell(counts, faults, options["json"])
        if faults:
            raise SystemExit(FAULTS)

    def _tell(self, counts: dict[str, int], faults: list[dict[str, Any]], as_json: bool) -> None:
        if as_json:
            self.stdout.write(
                json.dumps({"holds": not faults, "checked": counts, "faults": faults}, ensure_ascii=False)
            )
            return
        for fault in faults:
            self.stderr.write(f"✗ {fault['where']}: {fault['why']}")
        said = _(
            "Đã kiểm tra {entries} dòng nhật ký, {anchors} mốc ngoài, {files} tệp, {numbers} số văn bản: {result}."
        )
        result = _("{n} lỗi").format(n=len(faults)) if faults else _("đúng cả")
        self.stdout.write(said.format(**counts, result=result))

    def _chains(self, chains: list[int]) -> dict[int, str]:
        agencies = organizations.agencies_by_id(chains)
        return {
            chain: agencies[chain].name if chain in agencies else _("chung của hệ thống") if not chain else str(chain)
            for chain in chains
        }

    def _progress(self, done: int, total: int) -> None:
        """A line every few seconds, on the terminal of whoever waits."""
        if not self._quiet and time.monotonic() - self._shown > 5:
            self._shown = time.monotonic()
            self.stderr.write(_("… {done}/{total} tệp").format(done=done, total=total))


def _place(one: numbers.Fault) -> str:
    run = str(one.first) if one.first == one.last else f"{one.first}–{one.last}"
    return _("{agency}, sổ {series} năm {year}, số {run}").format(
        agency=one.agency_name, series=one.series_name, year=one.year, run=run
    )
