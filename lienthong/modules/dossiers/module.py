"""One-stop: a dossier is received, handled on time by everyone it needs, and its result returned. Read this first."""

from lienthong.kit.declare import MenuEntry, Module, Verb, WorkKind
from lienthong.kit.refusal import N_

_DESK = N_("Một cửa")
_DOSSIERS = N_("Hồ sơ")

MODULE = Module(
    code="dossiers",
    label=N_("Hồ sơ một cửa"),
    verbs=(
        Verb("dossiers.read", N_("Đọc hồ sơ")),
        Verb("dossiers.receive", N_("Tiếp nhận, bổ sung, rút hồ sơ")),
        Verb("dossiers.return", N_("Trả kết quả")),
        Verb("dossiers.handle", N_("Xử lý bước được giao")),
        Verb("dossiers.assign", N_("Phân công, giao lại bước")),
        Verb("dossiers.decide", N_("Quyết định, xin lỗi, dừng giải quyết")),
        Verb("dossiers.board", N_("Xem bảng theo dõi hồ sơ")),
        Verb("dossiers.print_book", N_("In sổ theo dõi hồ sơ")),
    ),
    grants={
        "desk": {
            "dossiers.read": "agency", "dossiers.receive": "agency", "dossiers.return": "agency", "dossiers.handle": "own",
            "dossiers.print_book": "agency", "dossiers.board": "agency",
        },
        "clerk": {"dossiers.read": "agency", "dossiers.handle": "agency", "dossiers.print_book": "agency"},
        "leader": {
            "dossiers.read": "agency", "dossiers.handle": "agency", "dossiers.assign": "agency", "dossiers.decide": "agency",
            "dossiers.board": "branch", "dossiers.print_book": "agency",
        },
        "unit_head": {
            "dossiers.read": "unit", "dossiers.handle": "own", "dossiers.assign": "unit", "dossiers.board": "agency",
        },
        "official": {"dossiers.read": "own", "dossiers.handle": "own"},
        "auditor": {"dossiers.read": "province", "dossiers.board": "province", "dossiers.print_book": "province"},
    },
    menu=(
        MenuEntry(_DESK, N_("Tiếp nhận hồ sơ"), "/lam-viec/ho-so/tiep-nhan/", "person-plus", "dossiers.receive"),
        MenuEntry(_DESK, N_("Chờ bổ sung"), "/lam-viec/ho-so/?muc=cho-bo-sung", "hourglass-split", "dossiers.receive"),
        MenuEntry(_DESK, N_("Trả kết quả"), "/lam-viec/ho-so/?muc=cho-tra", "box-seam", "dossiers.return"),
        MenuEntry(_DESK, N_("Chưa đến nhận"), "/lam-viec/ho-so/?muc=chua-den-nhan&ben=tiep-nhan", "person-x", "dossiers.return"),
        MenuEntry(_DESK, N_("Gửi qua bưu chính"), "/lam-viec/ho-so/buu-chinh/", "mailbox", "dossiers.return"),
        MenuEntry(_DESK, N_("Chưa rõ cơ quan"), "/lam-viec/ho-so/chua-ro/", "question-diamond", "dossiers.receive"),
        MenuEntry(_DOSSIERS, N_("Hồ sơ"), "/lam-viec/ho-so/", "folder2-open", "dossiers.read"),
        MenuEntry(_DOSSIERS, N_("Bảng theo dõi"), "/lam-viec/ho-so/bang/", "bar-chart", "dossiers.board"),
        MenuEntry(_DOSSIERS, N_("Kho kết quả"), "/lam-viec/ho-so/ket-qua/", "award", "dossiers.read"),
        MenuEntry(_DOSSIERS, N_("Mức độ hài lòng"), "/lam-viec/ho-so/hai-long/", "emoji-smile", "dossiers.board"),
        MenuEntry(_DOSSIERS, N_("Sổ theo dõi hồ sơ"), "/lam-viec/ho-so/so/", "journal", "dossiers.print_book"),
    ),
    work_kinds=(
        WorkKind("dossiers.step", N_("Hồ sơ"), "folder2-open"),
        WorkKind("dossiers.take_over", N_("Hồ sơ chuyển đến"), "box-arrow-in-down"),
        WorkKind("dossiers.unclear", N_("Chưa rõ cơ quan"), "question-diamond"),
        WorkKind("dossiers.opinion", N_("Cho ý kiến hồ sơ"), "chat-left-text"),
        WorkKind("dossiers.return", N_("Trả kết quả"), "box-seam"),
        WorkKind("dossiers.apology", N_("Sắp trễ hẹn"), "alarm"),
    ),
)  # fmt: skip
