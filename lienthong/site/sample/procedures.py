"""The procedures of the sample: facts read from procedures.csv (codes, names, times, fees, papers, numbers of laws), in our
own words, entered by the same act as an import.

A line of procedures.csv: `by` is who decides (xa: every commune, else an office's key), `unit` of the time is d (working days)
or c (calendar days), `level` F whole, P part, I information; `subjects` are letters of _SUBJECTS; `marks` nt (may be filed
anywhere), "im lặng" (silence is a yes). Papers are `name:originals:copies`, `!` where required, `=code` for the result of
another procedure that may stand in; `name@days>` begins a case, `//` the next one.
"""

import csv
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from lienthong.foundation.access.terms import Actor
from lienthong.modules.procedures import queries
from lienthong.modules.procedures.actions.edit_version import edit_version
from lienthong.modules.procedures.actions.import_procedures import import_procedures
from lienthong.modules.procedures.actions.offer import offer
from lienthong.modules.procedures.models import Version
from lienthong.modules.procedures.portal_file import Basis, Charge, Entry, Gain, Paragraph, Way
from lienthong.modules.procedures.portal_values import Paper, Situation
from lienthong.modules.procedures.terms import Channel, ServiceLevel, TermUnit, Tier
from lienthong.site.sample.agencies import COMMITTEE
from lienthong.site.sample.people import BEGINNING, Office, Province

COMMUNES = "xa"
SOURCE = "Tỉnh mẫu Sơn Hải"
_LEVELS = {"F": ServiceLevel.FULL, "P": ServiceLevel.PARTIAL, "I": ServiceLevel.INFORMATION}
_UNITS = {"d": TermUnit.WORKING_DAYS, "c": TermUnit.CALENDAR_DAYS}
_SUBJECTS = {
    "C": "Công dân Việt Nam", "V": "Người Việt Nam định cư ở nước ngoài", "N": "Người nước ngoài", "D": "Doanh nghiệp",
    "T": "Tổ chức (không bao gồm doanh nghiệp, hợp tác xã)", "H": "Hợp tác xã",
}  # fmt: skip
_PAPER = re.compile(r"^(?P<name>.+):(?P<originals>\d+):(?P<copies>\d+)(?P<required>!?)(?:=(?P<code>.+))?$")
_SITUATION = re.compile(r"^(?:(?P<name>[^>@]+)(?:@(?P<days>\d+))?>)?(?P<papers>.+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Facts:
    """One line of procedures.csv: who decides, and the procedure in the shape an import takes. `months` is how long the
    result holds."""

    by: str
    entry: Entry
    silent: bool
    months: int | None
    persons: bool  # whether a person may apply, not organisations only
    firms: bool


def facts() -> list[Facts]:
    """All lines, as written."""
    path = Path(__file__).parent / "procedures.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        return [_facts(place, row) for place, row in enumerate(csv.DictReader(rows, delimiter="|"), 2)]


def _facts(line: int, row: dict[str, str]) -> Facts:
    amount, unit = Decimal(row["amount"]), _UNITS[row["unit"]]
    charges = (Charge("Lệ phí", int(row["fee"]), ""),)
    channels = [Channel.DIRECT, Channel.POST] if row["level"] == "I" else [Channel.DIRECT, Channel.ONLINE, Channel.POST]
    marks = row["marks"].split(";")
    at_communes = row["by"] == COMMUNES
    entry = Entry(
        line=line, code=row["code"], name=row["name"], field_code=row["field_code"], field_name=row["field"],
        tiers=(Tier.COMMUNE if at_communes else Tier.PROVINCE,), service_level=_LEVELS[row["level"]],
        subjects=tuple(_SUBJECTS[letter] for letter in row["subjects"]),
        executing=("Ủy ban nhân dân cấp xã",) if at_communes else ("Ủy ban nhân dân cấp tỉnh",),
        receiving_place="Trung tâm Phục vụ hành chính công " + ("xã, phường, đặc khu" if at_communes else "tỉnh Sơn Hải"),
        conditions=row["words"], issuer_name=COMMITTEE, decision_no="" if line % 11 == 0 else "1805/QĐ-UBND", non_territorial="nt" in marks,
        stages=(Paragraph("Nộp hồ sơ", "Nộp tại Trung tâm Phục vụ hành chính công, qua bưu chính hoặc trực tuyến."),
                Paragraph("Giải quyết", row["words"]),
                Paragraph("Nhận kết quả", "Theo giấy hẹn, tại nơi nộp hoặc theo cách đã chọn.")),
        ways=tuple(Way(channel, amount, unit, "", charges) for channel in channels),
        situations=tuple(_situation(text) for text in row["papers"].split("//")),
        bases=tuple(Basis(number, f"Văn bản số {number}") for number in row["bases"].split(";")),
        gains=(Gain(row["result_code"], row["result"]),),
    )  # fmt: skip
    months = int(row["months"]) if row["months"] else None
    letters = set(row["subjects"])
    return Facts(row["by"], entry, "im lặng" in marks, months, bool(letters & set("CVN")), bool(letters & set("DTH")))


def _situation(text: str) -> Situation:
    found = _SITUATION.match(text)
    assert found is not None, text
    days = Decimal(found["days"]) if found["days"] else None
    papers = tuple(_paper(one) for one in found["papers"].split(";"))
    return Situation("", found["name"] or "", days, TermUnit.WORKING_DAYS if days else TermUnit.NONE, "", papers)


def _paper(text: str) -> Paper:
    found = _PAPER.match(text)
    assert found is not None, text
    return Paper(
        found["code"] or "", found["name"], int(found["originals"]), int(found["copies"]), bool(found["required"])
    )


def enter(province: Province, actor: Actor, now: datetime) -> dict[str, Version]:
    """Enter all procedures, say who decides them, and give back code → the version in force."""
    lines = facts()
    import_procedures(
        entries=[one.entry for one in lines], source=SOURCE, actor=actor, now=now, since=BEGINNING,
    )  # fmt: skip
    versions = {}
    for one in lines:
        version = queries.version_by_code(one.entry.code, now.date())
        assert version is not None, one.entry.code
        deciders = [office.agency.pk for office in offices(province, one.by)]
        offer(procedure_id=version.procedure_id, agency_ids=deciders, valid_from=BEGINNING, actor=actor, now=now)
        if one.silent:
            version = edit_version(
                version_id=version.pk, service_level=ServiceLevel(version.service_level), old_level=None, silent_approval=True,
                non_territorial=version.non_territorial, reason="Luật quy định hết thời hạn không trả lời là chấp thuận",
                valid_from=now.date(), actor=actor, now=now,
            )  # fmt: skip
        versions[one.entry.code] = version
    return versions


def offices(province: Province, by: str) -> list[Office]:
    """Who decides what `by` says."""
    return province.communes() if by == COMMUNES else [province.offices[by]]
