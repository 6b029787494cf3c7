"""Administrative procedures and internal processes: the catalogue everybody reads, and the tables work follows."""

from lienthong.kit.declare import MenuEntry, Module, Verb
from lienthong.kit.refusal import N_

_GROUP = N_("Thủ tục hành chính")

MODULE = Module(
    code="procedures",
    label=_GROUP,
    verbs=(
        Verb("procedures.edit", N_("Quản lý danh mục thủ tục hành chính")),
        Verb("procedures.process", N_("Soạn quy trình nội bộ")),
    ),
    grants={
        "administrator": {"procedures.edit": "province", "procedures.process": "province"},
        "leader": {"procedures.process": "agency"},
        "clerk": {"procedures.process": "agency"},
    },
    menu=(
        MenuEntry(_GROUP, N_("Danh mục thủ tục"), "/lam-viec/thu-tuc/", "journal-text", "procedures.process"),
        MenuEntry(_GROUP, N_("Quy trình nội bộ"), "/lam-viec/thu-tuc/quy-trinh/", "diagram-3", "procedures.process"),
    ),
)
