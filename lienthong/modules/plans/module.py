"""Plans: what was promised, held against what the records of the work count; who owes which task. Read this first."""

from lienthong.kit.declare import MenuEntry, Module, Verb, WorkKind
from lienthong.kit.refusal import N_

_FIGURES = N_("Số liệu")

MODULE = Module(
    code="plans",
    label=N_("Kế hoạch"),
    verbs=(
        Verb("plans.read", N_("Xem kế hoạch")),
        Verb("plans.make", N_("Lập, xác nhận, ban hành kế hoạch")),
        Verb("plans.report", N_("Báo cáo tiến độ kế hoạch")),
    ),
    grants={
        "leader": {"plans.read": "province", "plans.make": "agency", "plans.report": "agency"},
        "unit_head": {"plans.read": "province", "plans.report": "agency"},
        "official": {"plans.read": "province", "plans.report": "agency"},
        "clerk": {"plans.read": "province", "plans.make": "agency", "plans.report": "agency"},
        "desk": {"plans.read": "province"},
        "administrator": {"plans.read": "province", "plans.make": "province", "plans.report": "province"},
        "auditor": {"plans.read": "province"},
    },
    menu=(MenuEntry(_FIGURES, N_("Kế hoạch"), "/lam-viec/ke-hoach/", "flag", "plans.read"),),
    work_kinds=(WorkKind("plans.task", N_("Nhiệm vụ kế hoạch"), "flag"),),
)
