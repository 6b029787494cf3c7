"""What the foundation offers: the verbs that administrators and everybody need, and their pages."""

from lienthong.kit.declare import MenuEntry, Module, Verb
from lienthong.kit.refusal import N_

MODULE = Module(
    code="foundation",
    label=N_("Nền tảng"),
    verbs=(
        Verb("work.hold", N_("Nhận và chuyển giao việc")),
        Verb("work.grant", N_("Quyết định gia hạn việc đã giao")),
        Verb("organizations.edit", N_("Sửa cơ quan, đơn vị, chức danh, con người")),
        Verb("accounts.manage", N_("Mở, khóa tài khoản và kết thúc phiên đăng nhập")),
        Verb("calendar.edit", N_("Sửa ngày nghỉ, ngày làm bù, giờ làm việc")),
        Verb("numbering.reserve", N_("Giữ số văn bản")),
        Verb("numbering.edit", N_("Sửa dãy số văn bản")),
        Verb("trail.read", N_("Xem nhật ký hệ thống")),
    ),
    grants={
        "leader": {"work.hold": "own", "work.grant": "agency", "trail.read": "agency"},
        "unit_head": {"work.hold": "own", "work.grant": "unit"},
        "official": {"work.hold": "own"},
        "clerk": {"work.hold": "own", "numbering.reserve": "agency", "numbering.edit": "agency"},
        "administrator": {
            "work.hold": "own",
            "organizations.edit": "province",
            "accounts.manage": "province",
            "calendar.edit": "province",
            "numbering.edit": "province",
            "trail.read": "province",
        },
        "auditor": {"work.hold": "own", "trail.read": "province"},
    },
    menu=(
        MenuEntry("", N_("Làm thay"), "/lam-viec/thay-the/", "person-badge", "work.hold"),
        MenuEntry(N_("Quản trị"), N_("Cơ quan"), "/lam-viec/quan-tri/co-quan/", "building", "organizations.edit"),
        MenuEntry(N_("Quản trị"), N_("Tài khoản"), "/lam-viec/quan-tri/tai-khoan/", "person-gear", "accounts.manage"),
        MenuEntry(N_("Quản trị"), N_("Lịch làm việc"), "/lam-viec/quan-tri/lich/", "calendar3", "calendar.edit"),
        MenuEntry(N_("Quản trị"), N_("Nhật ký"), "/lam-viec/quan-tri/nhat-ky/", "journal-text", "trail.read"),
    ),
)
