"""The sample province from nothing: people, letters, what happened to them, and the sign-ins to look at it with."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.accounts.models import Account
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.numbering import queries as numbering
from lienthong.foundation.numbering.actions.reserve import reserve
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.models import Agency, Identifier
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.extend import ask
from lienthong.modules.documents.actions.answer_request import answer_request
from lienthong.modules.documents.actions.keep_list import keep_list
from lienthong.modules.documents.actions.recall import recall
from lienthong.modules.documents.actions.replace import replace
from lienthong.modules.documents.models import Assignment, SenderRequest
from lienthong.modules.documents.terms import IncomingState
from lienthong.site.sample import agencies
from lienthong.site.sample.bulk_agencies import add_agencies
from lienthong.site.sample.centres import open_centres
from lienthong.site.sample.counter import Counter
from lienthong.site.sample.flow import Clock, Flow, learn_sizes
from lienthong.site.sample.letters import letters
from lienthong.site.sample.people import Builder, Province
from lienthong.site.sample.plans import put_plans
from lienthong.site.sample.year import USUAL, Scale, Year

PASSWORD = "Tinh-Son-Hai-2026"  # noqa: S105 - of the fictional people, printed for everyone to see


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person to sign in as; `what_to_try` is said in the person's own language."""

    username: str
    password: str
    person: str
    post: str
    agency: str
    what_to_try: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


# username → (office, division, which post there, what to try)
_SIGN_INS = (
    ("vanthu", "UBND", "", "clerk", "Vào sổ văn bản đến; đăng ký và phát hành một văn bản đến 120 cơ quan; xem từng nơi nhận đã đến bước nào"),
    ("chutich", "UBND", "", "leader", "Việc của tôi: bút phê, phân phối văn bản đến"),
    ("vanthu.sxd", "SXD", "", "clerk", "Vào sổ văn bản mới đến; trả lời đề nghị thu hồi của Ủy ban nhân dân tỉnh; in sổ"),
    ("giamdoc.sxd", "SXD", "", "leader", "Phân phối văn bản đến cho các phòng, đặt thời hạn"),
    ("truongphong.sxd", "SXD", "QLXD", "head", "Giao việc cho chuyên viên; quyết định đề nghị gia hạn"),
    ("chuyenvien.sxd", "SXD", "QLXD", "official", "Việc quá hạn, hôm nay, tuần này; ghi tiến độ; hoàn thành"),
    ("motcua", "TTPVHCC", "", "desk", "Một cửa cấp tỉnh: tiếp nhận hồ sơ, chờ bổ sung, chưa rõ cơ quan, trả kết quả, sổ theo dõi"),
    ("motcua.xa", "Hòa Thuận", "", "desk", "Một cửa cấp xã: tiếp nhận khai sinh, hộ kinh doanh, giấy phép xây dựng; trả kết quả"),
    ("quantri", "UBND", "", "administrator", "Cơ quan, con người, tài khoản, lịch làm việc, nhật ký"),
)  # fmt: skip


def is_built() -> bool:
    """Whether this installation holds the sample province."""
    return Identifier.objects.filter(code=agencies.PROVINCE_CODE, agency__name=agencies.COMMITTEE).exists() and (
        Account.objects.filter(username="vanthu.sxd").exists()
    )


def is_empty() -> bool:
    """Whether nobody and nothing is in the installation yet."""
    return not Agency.objects.exists() and not Account.objects.exists()


@transaction.atomic
def build(
    *,
    seed: int,
    now: datetime,
    scale: Scale = USUAL,
    progress: Callable[[str], None] = lambda _: None,
) -> Province:
    """Everything, in one transaction: a build that is stopped leaves nothing behind. The same seed and moment give the
    same province. `scale` is how many documents and dossiers the year holds."""
    with _no_savepoints(), _no_search_for_rings():
        return _build(seed, now, scale, progress)


@contextmanager
def _no_savepoints() -> Iterator[None]:
    """Acts within: one that fails fails the whole build. With a savepoint each, the database would look through
    thousands of part transactions for every row version of this one."""
    features = connection.features
    before, features.uses_savepoints = features.uses_savepoints, False
    try:
        yield
    finally:
        features.uses_savepoints = before


@contextmanager
def _no_search_for_rings() -> Iterator[None]:
    """Some hundred thousand short-lived rows pass through; looking through the living ones for rings, again and again,
    takes a tenth of the time and frees next to nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _build(seed: int, now: datetime, scale: Scale, progress: Callable[[str], None]) -> Province:
    random = Random(seed)  # noqa: S311 - chance for a story, not for a secret
    progress("Cơ quan và con người · agencies and people")
    province = structure(random, now)
    learn_sizes()
    flow = Flow(province, random, Clock(now), progress)
    all_letters = letters(now.year)
    progress(f"{len(all_letters)} văn bản và những gì đã xảy ra với chúng · letters and what became of them")
    _extras(flow)
    progress("Thủ tục, quy trình và hồ sơ một cửa · procedures, processes and dossiers")
    counter = Counter(flow, Random(f"hồ sơ {seed}"))  # noqa: S311 - beside the letters, which stay as they are
    counter.open()
    progress("Cả năm trước đó · the year before that")
    add_agencies(scale.agencies, Random(f"cơ quan {seed}"))  # noqa: S311
    year = Year(flow, counter, Random(f"năm {seed}"), scale, progress)  # noqa: S311
    year.begin()
    learn_sizes()
    flow.run(all_letters)
    year.end()
    learn_sizes()
    _keep_lists(province, now)
    progress("Đếm số liệu · counting figures")
    settle()
    progress("Kế hoạch · plans")
    put_plans(province, now)
    progress("Tài khoản · accounts")
    open_accounts(province, now)
    settle()
    return province


def structure(random: Random, now: datetime) -> Province:
    """Agencies, units, posts and people only."""
    builder = Builder(random, now - timedelta(days=60))
    province = builder.build()
    open_centres(builder)
    return province


def _extras(flow: Flow) -> None:
    """What letters.csv cannot say: a recall, a replacement to which receivers agree, a number kept back, a wish for more time."""
    province, clock = flow.province, flow.clock
    clerk = province.actor(province.offices["UBND"].clerk)
    official = province.offices["SXD"].divisions["QLXD"].officials[0]
    head = province.offices["SXD"].divisions["QLXD"].head

    def take_back(now: datetime) -> None:
        reason = "Số liệu tại phụ lục 2 chưa chính xác."
        recall(outgoing_id=flow.issued["l58"].pk, reason=reason, actor=clerk, now=now)

    def put_another(now: datetime) -> None:
        old, new = flow.issued["l74"].pk, flow.issued["l75"].pk
        replace(outgoing_id=old, by_outgoing_id=new, reason="Thiếu Điều khoản chuyển tiếp.", actor=clerk, now=now)

    def agree(now: datetime) -> None:
        wanted = SenderRequest.objects.filter(incoming__delivery__outgoing=flow.issued["l74"], answered_at__isnull=True)
        for request in wanted.filter(incoming__state=IncomingState.FINISHED).select_related("incoming").order_by("pk"):
            office = province.offices[flow.key_of[request.incoming.agency_id]]
            answer = "Đã thay bằng văn bản mới, thu lại bản cũ."
            answer_request(
                request_id=request.pk, agreed=True, answer=answer, actor=province.actor(office.clerk), now=now
            )

    def keep_number(now: datetime) -> None:
        series = numbering.series_for(clerk.agency_id, "outgoing", "QD")
        assert series is not None
        reserve(series_id=series.pk, count=2, reason="Quyết định về nhân sự, trình ký cuối tuần", actor=clerk, now=now)

    def want_time(now: datetime) -> None:
        row = flow.arrived.get(("l33", "SXD"))
        line = Assignment.objects.filter(incoming=row, post_id=official, done_at__isnull=True).first() if row else None
        if line is not None:
            ask(
                item_id=line.item_id, wanted_due_at=clock.deadline(3), decider_id=head, actor=province.actor(official), now=now,
                reason="Chờ số liệu của Ủy ban nhân dân các xã, phường; mới nhận được 61/100 nơi.",
            )  # fmt: skip

    flow.at(clock.back(1, "16:40"), take_back)
    flow.at(clock.back(5, "08:05"), put_another)
    flow.at(clock.back(4, "10:20"), agree)
    flow.at(clock.back(2, "10:10"), keep_number)
    flow.at(clock.back(1, "15:45"), want_time)


def _keep_lists(province: Province, now: datetime) -> None:
    clerk = province.actor(province.offices["UBND"].clerk)
    departments = [office.agency.pk for office in province.departments()]
    communes = [office.agency.pk for office in province.communes()]
    for name, members in (
        ("20 sở, ban, ngành", departments),
        ("100 xã, phường, đặc khu", communes),
        ("Tất cả cơ quan trong tỉnh", departments + communes),
    ):
        keep_list(name=name, agency_ids=members, actor=clerk, now=now)


def open_accounts(province: Province, now: datetime) -> None:
    """The sign-ins, all with the same password."""
    system, hashed = system_actor(), make_password(PASSWORD)
    for username, office, division, which, _ in _SIGN_INS:
        actor = province.actor(_post(province, office, division, which))
        account = Account(username=username, person_id=actor.person_id, person_name=actor.person_name)
        account.password = hashed
        account.save(force_insert=True)
        write(system, "accounts.open", account, now, sentence=f"mở tài khoản {username} cho {actor.person_name}")


def _post(province: Province, office: str, division: str, which: str) -> int:
    at = province.centres[office] if office in province.centres else province.offices[office]
    if which == "head":
        return at.divisions[division].head
    if which == "official":
        return at.divisions[division].officials[0]
    if which == "desk":
        return at.desks[0]
    return {"clerk": at.clerk, "leader": at.leaders[0], "administrator": province.administrator}[which]


def sign_ins(now: datetime) -> list[SignIn]:
    """Who can sign in here, read back from the installation."""
    accounts = {one.username: one for one in Account.objects.filter(username__in=[row[0] for row in _SIGN_INS])}
    found = []
    for username, _, _, _, hint in _SIGN_INS:
        account = accounts.get(username)
        posts = (
            organizations.posts_of_person(account.person_id, account.person_name, now.date())
            if account and account.person_id
            else []
        )
        if account is not None and posts:
            found.append(
                SignIn(username, PASSWORD, account.person_name, posts[0].post_name, posts[0].agency_name, hint)
            )
    return found
