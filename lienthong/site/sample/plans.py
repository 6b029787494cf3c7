"""Plans of the sample province: the promises of five published provincial plans (2011-2018), taken over for the present year, so that what was
promised stands beside a year of simulated work; and one of its own that is still being read."""

import csv
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from lienthong.foundation.measures.actions.close_period import close_period
from lienthong.foundation.measures.actions.publish import publish
from lienthong.foundation.measures.rules import month_of
from lienthong.kit.dates import VIETNAM
from lienthong.modules.plans.actions.add_goal import add_goal
from lienthong.modules.plans.actions.decide_target import Binding, add_target
from lienthong.modules.plans.actions.decide_task import add_task
from lienthong.modules.plans.actions.finish_task import finish_task
from lienthong.modules.plans.actions.keep_budget_line import keep_budget_line
from lienthong.modules.plans.actions.keep_minutes import keep_minutes
from lienthong.modules.plans.actions.make_plan import PlanHead, make_plan
from lienthong.modules.plans.actions.put_in_force import put_in_force
from lienthong.modules.plans.actions.seat_member import seat_member
from lienthong.modules.plans.models import Plan
from lienthong.modules.plans.queries import tasks
from lienthong.modules.plans.rules import Promise
from lienthong.modules.plans.terms import Comparator
from lienthong.site.sample.people import Province

# Letter of plans.csv → (number here, what it is about, whose promises they are).
_PLANS = {
    "A": (
        "12/KH-UBND",
        "Ứng dụng công nghệ thông tin trong cơ quan nhà nước",
        "Kế hoạch 12/KH-UBND của Kiên Giang, 2013",
    ),
    "B": (
        "43/KH-UBND",
        "Ứng dụng công nghệ thông tin, mạng và cổng thông tin",
        "Quyết định 2543/QĐ-UBND của Thái Nguyên, 2011",
    ),
    "C": ("37/KH-UBND", "Thực hiện Nghị quyết 36a về Chính phủ điện tử", "Kế hoạch 37/KH-UBND của Tiền Giang, 2016"),
    "D": ("60/KH-UBND", "Văn bản điện tử giữa các cơ quan nhà nước", "Kế hoạch năm 2017 của Hòa Bình"),
    "E": ("172/KH-UBND", "Cải cách hành chính", "Kế hoạch 172/KH-UBND của Kiên Giang, 2018"),
}
# Business registration, private medical and pharmacy practice, construction permits.
LICENCES = "G12-HKD,G05-KD07,G18-KCB,G18-DP01,G17-XD11"
_MONEY = (  # name, source, planned, allotted, spent in đồng
    ("Nâng cấp nền tảng tích hợp dữ liệu", "Ngân sách tỉnh", 4_200_000_000, 3_800_000_000, 2_950_000_000),
    ("Tập huấn kỹ năng số", "Ngân sách tỉnh", 650_000_000, 600_000_000, 612_000_000),
    ("Thiết bị cho bộ phận một cửa cấp xã", "Ngân sách xã", 1_500_000_000, 900_000_000, 410_000_000),
)
PUBLISHED = ("documents.electronic", "dossiers.on_time", "dossiers.online", "dossiers.satisfied", "procedures.online")


def put_plans(province: Province, now: datetime) -> None:
    """Six plans of the provincial committee: five in force, one as the reader proposes it."""
    clerk = province.actor(province.offices["UBND"].clerk)
    day = now.astimezone(VIETNAM).date()
    lines = list(csv.DictReader(_beside("plans.csv").splitlines(), delimiter="|"))
    for letter, (code, title, after) in _PLANS.items():
        head = PlanHead(
            code, f"{title} năm {day.year} (chỉ tiêu theo {after})", clerk.agency_id, date(day.year, 1, 5), date(day.year, 1, 1),
            date(day.year, 12, 31),
        )  # fmt: skip
        plan = make_plan(head=head, text="", actor=clerk, now=now)
        for line in lines:
            if line["plan"] == letter:
                _add(plan, line, province, day, now)
        put_in_force(plan_id=plan.pk, actor=clerk, now=now)
        for task in tasks(plan.pk)[:1]:
            finish_task(task_id=task.pk, result="Đã hoàn thành, có báo cáo gửi kèm.", actor=clerk, now=now)
        if letter == "A":
            _steer(plan, province, day, now)
    text = _beside("plan.txt").replace("{year}", str(day.year + 1)).replace("{number}", "215")
    head = PlanHead(
        "215/KH-UBND", f"Chuyển đổi số tỉnh Sơn Hải năm {day.year + 1}", clerk.agency_id, day, date(day.year + 1, 1, 1),
        date(day.year + 1, 12, 31),
    )  # fmt: skip
    make_plan(head=head, text=text, actor=clerk, now=now)
    administrator = province.actor(province.administrator)
    for code in PUBLISHED:
        publish(measure=code, shown=True, actor=administrator, now=now)
    close_period(period=month_of(day).before(), actor=administrator, now=now)


def _steer(plan: Plan, province: Province, day: date, now: datetime) -> None:
    """Money, a committee and what it concluded."""
    office = province.offices["UBND"]
    clerk = province.actor(office.clerk)
    for name, source, planned, allotted, spent in _MONEY:
        keep_budget_line(
            plan_id=plan.pk, line_id=None, name=name, source=source, planned=planned, allotted=allotted, spent=spent, actor=clerk, now=now
        )  # fmt: skip
    for post, role in (
        (office.leaders[0], "Trưởng ban"),
        (province.offices["SKHCN"].leaders[0], "Ủy viên thường trực"),
    ):
        seat_member(plan_id=plan.pk, post_id=post, role=role, since=day - timedelta(days=30), actor=clerk, now=now)
    keep_minutes(
        plan_id=plan.pk, held_on=day - timedelta(days=12), conclusion="Sở Khoa học và Công nghệ báo cáo tiến độ hằng tháng; các xã, phường tiếp nhận mọi hồ sơ trên hệ thống.",
        stored=None, file_name="", actor=clerk, now=now,
    )  # fmt: skip


def _add(plan: Plan, line: dict[str, str], province: Province, day: date, now: datetime) -> None:
    clerk = province.actor(province.offices["UBND"].clerk)
    who = province.offices[line["who"]].agency.pk if line["who"] else None
    if line["kind"] == "goal":
        add_goal(plan_id=plan.pk, text=line["subject"], actor=clerk, now=now)
    elif line["kind"] == "task":
        due = day + timedelta(days=int(line["due"]))
        add_task(
            plan_id=plan.pk, text=line["subject"], responsible_id=who, coordinating="", due=due, actor=clerk, now=now
        )
    else:
        parts = LICENCES if line["parts"] == "@licences" else line["parts"]
        promise = Promise(
            Comparator(line["comparator"]),
            Decimal(line["low"]),
            Decimal(line["high"]) if line["high"] else None,
            "%",
            plan.end,
        )
        bound = Binding(line["measure"], line["scope"] or "tinh", parts, line["why_not"])
        add_target(
            plan_id=plan.pk,
            subject=line["subject"],
            promise=promise,
            bound=bound,
            actor=clerk,
            now=now,
            responsible_id=who,
        )


def _beside(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
