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
        Verb("measures.read", N_("Xem số liệu")),
        Verb("measures.type", N_("Nhập số kèm nguồn")),
        Verb("measures.close", N_("Khóa sổ, đính chính số liệu")),
        Verb("measures.publish", N_("Công bố chỉ tiêu")),
    ),
    grants={
        "leader": {
            "work.hold": "own", "work.grant": "agency", "trail.read": "agency", "measures.read": "province",
            "measures.type": "agency",
        },
        "unit_head": {"work.hold": "own", "work.grant": "unit", "measures.read": "province"},
        "official": {"work.hold": "own", "measures.read": "province"},
        "desk": {"measures.read": "province"},
        "clerk": {
            "work.hold": "own", "numbering.reserve": "agency", "numbering.edit": "agency", "measures.read": "province",
            "measures.type": "agency",
        },
        "administrator": {
            "work.hold": "own",
            "organizations.edit": "province",
            "accounts.manage": "province",
            "calendar.edit": "province",
            "numbering.edit": "province",
            "trail.read": "province",
            "measures.read": "province",
            "measures.type": "province",
            "measures.close": "province",
            "measures.publish": "province",
        },
        "auditor": {
            "work.hold": "own", "trail.read": "province", "measures.read": "province", "measures.type": "province",
            "measures.close": "province", "measures.publish": "province",
        },
    },
    menu=(
        MenuEntry("", N_("Làm thay"), "/lam-viec/thay-the/", "person-badge", "work.hold"),
        MenuEntry(N_("Số liệu"), N_("Số liệu"), "/lam-viec/so-lieu/", "graph-up", "measures.read"),
        MenuEntry(N_("Số liệu"), N_("Khóa sổ"), "/lam-viec/so-lieu/khoa-so/", "lock", "measures.close"),
        MenuEntry(N_("Số liệu"), N_("Công bố chỉ tiêu"), "/lam-viec/so-lieu/cong-bo/", "megaphone", "measures.publish"),
        MenuEntry(N_("Quản trị"), N_("Cơ quan"), "/lam-viec/quan-tri/co-quan/", "building", "organizations.edit"),
        MenuEntry(N_("Quản trị"), N_("Tài khoản"), "/lam-viec/quan-tri/tai-khoan/", "person-gear", "accounts.manage"),
        MenuEntry(N_("Quản trị"), N_("Lịch làm việc"), "/lam-viec/quan-tri/lich/", "calendar3", "calendar.edit"),
        MenuEntry(N_("Quản trị"), N_("Nhật ký"), "/lam-viec/quan-tri/nhat-ky/", "journal-text", "trail.read"),
    ),
)  # fmt: skip
