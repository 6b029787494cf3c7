"""Official documents: registering, issuing, receiving, handling, following (30/2020/NĐ-CP). Read this first."""

from lienthong.kit.declare import MenuEntry, Module, Verb, WorkKind
from lienthong.kit.refusal import N_

_CLERK = N_("Văn thư")
_DOCUMENTS = N_("Văn bản")

MODULE = Module(
    code="documents",
    label=N_("Văn bản"),
    verbs=(
        Verb("documents.read", N_("Đọc văn bản")),
        Verb("documents.register", N_("Vào sổ văn bản đi, văn bản đến")),
        Verb("documents.issue", N_("Phát hành, thu hồi, thay thế văn bản đi")),
        Verb("documents.return", N_("Trả lại văn bản đến")),
        Verb("documents.instruct", N_("Bút phê, phân phối văn bản đến")),
        Verb("documents.assign", N_("Giao việc trong đơn vị")),
        Verb("documents.handle", N_("Xử lý văn bản được giao")),
        Verb("documents.print_registers", N_("In sổ văn bản")),
    ),
    grants={
        "clerk": {
            "documents.read": "agency",
            "documents.register": "agency",
            "documents.issue": "agency",
            "documents.return": "agency",
            "documents.handle": "own",
            "documents.print_registers": "agency",
        },
        "leader": {
            "documents.read": "agency",
            "documents.instruct": "agency",
            "documents.handle": "own",
            "documents.print_registers": "agency",
        },
        "unit_head": {"documents.read": "unit", "documents.assign": "unit", "documents.handle": "own"},
        "official": {"documents.read": "own", "documents.handle": "own"},
        "auditor": {"documents.read": "province", "documents.print_registers": "province"},
    },
    menu=(
        MenuEntry(
            _CLERK, N_("Chờ vào sổ"), "/lam-viec/van-ban/den/cho-vao-so/", "inboxes", "documents.register", "arrived"
        ),
        MenuEntry(_DOCUMENTS, N_("Văn bản đến"), "/lam-viec/van-ban/den/", "envelope", "documents.read"),
        MenuEntry(_DOCUMENTS, N_("Văn bản đi"), "/lam-viec/van-ban/di/", "send", "documents.read"),
        MenuEntry(
            _DOCUMENTS,
            N_("Theo dõi giải quyết"),
            "/lam-viec/van-ban/theo-doi/",
            "list-check",
            "documents.print_registers",
        ),
        MenuEntry(N_("Tra cứu"), N_("Danh sách nơi nhận"), "/lam-viec/van-ban/noi-nhan/", "people", "documents.issue"),
        MenuEntry(N_("Tra cứu"), N_("Dãy số văn bản"), "/lam-viec/van-ban/day-so/", "hash", "numbering.edit"),
    ),
    work_kinds=(
        WorkKind("documents.register", N_("Vào sổ"), "inboxes"),
        WorkKind("documents.instruct", N_("Phân phối"), "pen"),
        WorkKind("documents.handle", N_("Văn bản đến"), "envelope"),
        WorkKind("documents.request", N_("Đề nghị của bên gửi"), "arrow-counterclockwise"),
        WorkKind("work.extension", N_("Gia hạn"), "clock-history"),
    ),
)
