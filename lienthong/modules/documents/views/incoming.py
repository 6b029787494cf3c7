"""Incoming documents: the book, one document, and every act on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail import queries as trail
from lienthong.foundation.work import queries as work
from lienthong.foundation.work.actions.extend import ask
from lienthong.foundation.work.terms import ROLE_LABELS, Role
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents import forms, queries, rules
from lienthong.modules.documents.actions.answer_request import answer_request
from lienthong.modules.documents.actions.assign import assign
from lienthong.modules.documents.actions.enter_incoming import enter_incoming
from lienthong.modules.documents.actions.finish import finish
from lienthong.modules.documents.actions.forward import forward
from lienthong.modules.documents.actions.instruct import instruct
from lienthong.modules.documents.actions.note import note
from lienthong.modules.documents.actions.receive_paper import receive_paper
from lienthong.modules.documents.actions.register_incoming import register_incoming
from lienthong.modules.documents.actions.return_to_sender import return_to_sender
from lienthong.modules.documents.actions.see import see
from lienthong.modules.documents.actions.start import start
from lienthong.modules.documents.models import Assignment, Incoming
from lienthong.modules.documents.queries import lists
from lienthong.modules.documents.terms import CHANNEL_LABELS, INCOMING_LABELS, OPEN_INCOMING, Channel, IncomingState
from lienthong.modules.documents.views.clock import Deadlines, now
from lienthong.modules.documents.views.filters import agencies_in, filter_from, page_number
from lienthong.modules.documents.views.uploads import stored
from lienthong.web.act_page import act_page
from lienthong.web.refusal import told
from lienthong.web.request import Request

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Post, Unit


@dataclass(frozen=True)
class Taker:
    """Who may be given a document: a unit, or (with `post`, what they are there) the people of a post. `key` names the
    fields of its line as `forms.given_from` reads them: unit-3, post-12."""

    key: str
    name: str
    post: str = ""

    @property
    def role_field(self) -> str:
        return f"role-{self.key}"

    @property
    def due_field(self) -> str:
        return f"due-{self.key}"


def address(row: Incoming) -> str:
    return reverse("documents:incoming", args=[row.pk])


def book(request: Request) -> HttpResponse:
    """The list of incoming documents that the viewer may see."""
    viewer, at = request.actor, now()
    wanted = filter_from(request)
    page = lists.incoming_page(viewer, wanted, page_number(request), at)
    words = Deadlines(viewer, at)
    for row in page.rows:
        row.deadline = words(row.due_at, row.ended_at if row.state == IncomingState.FINISHED else None)
        row.label = INCOMING_LABELS[IncomingState(row.state)]
    context = {
        **agencies_in(request, wanted),
        "page": page,
        "wanted": wanted,
        "counts": lists.incoming_counts(viewer, at, wanted.agency_id),
        "year": at.year,
        "tabs": _tabs(),
    }
    return render(request, "documents/incoming_book.html", context)


def _tabs() -> list[tuple[str, str]]:
    return [
        ("", _("Tất cả")), ("cho-phan-phoi", _("Chờ phân phối")), ("dang-xu-ly", _("Đang xử lý")), ("qua-han", _("Quá hạn")),
        ("hoan-thanh", _("Hoàn thành")), ("tra-lai", _("Đã trả lại")), ("thu-hoi", _("Đã thu hồi")),
    ]  # fmt: skip


def arrived(request: Request) -> HttpResponse:
    """What has arrived and waits to be registered; several can be registered at once."""
    viewer, at = request.actor, now()
    require(viewer, "documents.register", agency_id=viewer.agency_id)
    if request.method == "POST":
        return _register_many(request, at)
    page = lists.arrived_page(viewer, page_number(request))
    words, known = Deadlines(viewer, at), queries.duplicates_among(page.rows)
    for row in page.rows:
        row.deadline = words(row.register_item.due_at if row.register_item else None)
        row.known = known[row.pk]
    return render(request, "documents/arrived.html", {"page": page})


def _register_many(request: Request, at: datetime) -> HttpResponse:
    """Each document in its own transaction: one that is refused holds up none of the others."""
    done, refused = [], []
    if not request.POST.getlist("row"):
        refused.append(_("Chưa chọn văn bản nào. Đánh dấu các văn bản cần vào sổ rồi bấm lại."))
    for text in request.POST.getlist("row"):
        try:
            row = register_incoming(incoming_id=int(text), actor=request.actor, now=at)
            assert row.arrival_number is not None
            done.append(row.arrival_number)
        except Refused as refusal:
            refused.append(told(refusal))
        except (Incoming.DoesNotExist, ValueError):
            refused.append(_("Một văn bản được chọn không còn ở danh sách này. Tải lại trang."))
    if done:
        numbers = str(done[0]) if len(done) == 1 else f"{min(done)}–{max(done)}"
        messages.success(
            request, _("Đã vào sổ {count} văn bản, số đến {numbers}.").format(count=len(done), numbers=numbers)
        )
    for text in dict.fromkeys(refused):
        messages.error(request, text)
    return redirect("documents:arrived")


def enter(request: Request) -> HttpResponse:
    """Enter a document that came on paper or by e-mail."""
    actor, at = request.actor, now()
    require(actor, "documents.register", agency_id=actor.agency_id)
    form = forms.EnterForm(
        request.POST or None,
        request.FILES or None,
        today=at.date(),
        initial={"arrived_at": at.replace(second=0, microsecond=0)},
    )

    def do(data: dict[str, Any]) -> Incoming:
        issuer = organizations.agency_named(data["issuer_name"])
        return enter_incoming(
            paper=form.paper(
                issuer_id=issuer.pk if issuer else None, issuer_name=data["issuer_name"], number=data["number"].strip(),
                notation=data["notation"].strip(),
            ),
            channel=data["channel"], attached=stored(data["files"], at), arrived_at=min(data["arrived_at"], at), actor=actor, now=at,
            note=data["note"], form_key=data["form_key"] or None, confirmed=data["confirmed"],
        )  # fmt: skip

    return act_page(
        request, form=form, do=do, title=_("Vào sổ văn bản đến"), submit=_("Vào sổ, lấy số đến"), back=reverse("documents:incoming_book"),
        done=address, said=lambda row: _("Đã vào sổ, số đến {number}.").format(number=row.arrival_number),
        template="documents/enter.html", agencies=organizations.agencies(at.date()).values_list("name", flat=True)[:1500],
    )  # fmt: skip


def one(request: Request, pk: int) -> HttpResponse:
    """One incoming document: what it is, what it holds, what has happened, and what this viewer may do now."""
    viewer, at = request.actor, now()
    row = queries.incoming_for(viewer, pk)
    line = queries.my_assignment(viewer, row)
    see(document_id=row.document_id, line=line, actor=viewer, now=at)
    words = Deadlines(viewer, at)
    lines = queries.assignments(row)
    for one_line in lines:
        one_line.deadline = words(one_line.item.due_at, one_line.done_at)
        one_line.role_label = ROLE_LABELS[Role(one_line.role)]
    files = queries.files_of(viewer, row)
    context = {
        "row": row,
        "document": row.document,
        "label": INCOMING_LABELS[IncomingState(row.state)],
        "channel": CHANNEL_LABELS[Channel(row.channel)],
        "deadline": words(row.due_at, row.ended_at if row.state == IncomingState.FINISHED else None),
        "files": files,
        "main": next((file for file in files if file.stored.extension == "pdf"), None),
        "body": "" if row.state == IncomingState.WITHDRAWN else queries.body_of(row),
        "instructions": queries.instructions(row),
        "lines": lines,
        "line": line,
        "notes": queries.notes(row),
        "replies": queries.replies_to(row),
        "requests": queries.open_requests(row),
        "history": trail.history([row]),
        "known": queries.duplicates_of(row) if row.state == IncomingState.ARRIVED else [],
        "may": _may(viewer, row, line),
        "extension": work.open_extension(line.item_id) if line else None,
    }
    return render(request, "documents/incoming.html", context)


def _may(viewer: Seated, row: Incoming, line: Assignment | None) -> set[str]:
    """The acts that this viewer may do on this document now; what is absent here is absent on the page."""
    state, may = row.state, set()
    here = row.agency_id == viewer.agency_id
    if here and viewer.may("documents.register"):
        if state == IncomingState.ARRIVED:
            may |= {"register", "return"}
        if state == IncomingState.REGISTERED and row.channel in {"here", "axis"}:
            may.add("return")
        if (
            row.paper_received_at is None
            and row.channel != "paper"
            and state not in {IncomingState.RETURNED, IncomingState.WITHDRAWN}
        ):
            may.add("paper")
        may.add("answer")
    if here and viewer.may("documents.instruct") and state in OPEN_INCOMING:
        may.add("instruct")
    if line is not None and line.done_at is None and state in OPEN_INCOMING:
        may |= {"note", "finish", "forward"}
        if line.role == "lead" and state == IncomingState.ASSIGNED:
            may.add("start")
        if line.item.due_at:
            may.add("extend")
        if viewer.may("documents.assign") and line.unit_id and viewer.unit_id == line.unit_id:
            may.add("assign")
    return may


@require_POST
def register(request: Request, pk: int) -> HttpResponse:
    row = register_incoming(
        incoming_id=pk, actor=request.actor, now=now(), confirmed=request.POST.get("confirmed") == "1"
    )
    messages.success(request, _("Đã vào sổ, số đến {number}.").format(number=row.arrival_number))
    return redirect(address(row))


@require_POST
def begin(request: Request, pk: int) -> HttpResponse:
    row, line = _mine(request, pk)
    start(assignment_id=line.pk, actor=request.actor, now=now())
    return redirect(address(row))


@require_POST
def paper(request: Request, pk: int) -> HttpResponse:
    row = receive_paper(incoming_id=pk, actor=request.actor, now=now())
    return redirect(address(row))


def send_back(request: Request, pk: int) -> HttpResponse:
    row = queries.incoming_for(request.actor, pk, "documents.return")
    return _act(
        request, row, forms.ReasonForm(request.POST or None), _("Trả lại bên gửi"), _("Trả lại"), danger=True,
        do=lambda data: return_to_sender(incoming_id=pk, reason=data["reason"], actor=request.actor, now=now()),
    )  # fmt: skip


def write_note(request: Request, pk: int) -> HttpResponse:
    row, line = _mine(request, pk)
    form = forms.NoteForm(request.POST or None, request.FILES or None)
    if line.role != "support":
        del form.fields["opinion_given"]

    def do(data: dict[str, Any]) -> None:
        file = stored([data["file"]], now())[0] if data["file"] else None
        note(
            assignment_id=line.pk, text=data["text"], attached=file, actor=request.actor, now=now(),
            opinion_given=data.get("opinion_given", False),
        )  # fmt: skip

    return _act(request, row, form, _("Ghi tiến độ, ý kiến"), _("Ghi"), do=do)


def end(request: Request, pk: int) -> HttpResponse:
    row, line = _mine(request, pk)
    return _act(
        request, row, forms.FinishForm(request.POST or None), _("Hoàn thành"), _("Hoàn thành"),
        said=_("Đã hoàn thành phần việc được giao."),
        do=lambda data: finish(assignment_id=line.pk, result=data["result"], actor=request.actor, now=now()),
    )  # fmt: skip


def distribute(request: Request, pk: int) -> HttpResponse:
    """The leader's instruction: words, and who leads, supports, is informed."""
    row = queries.incoming_for(request.actor, pk, "documents.instruct")
    today = now().date()
    return _give_page(
        request, row, title=_("Bút phê, phân phối"), submit=_("Phân phối"),
        units=organizations.units_of(row.agency_id, today),
        posts=[post for post in organizations.posts_of(row.agency_id, today) if post.pk != request.actor.post_id],
        roles=[Role.LEAD, Role.SUPPORT, Role.INFORM],
        do=lambda given, form: instruct(
            incoming_id=pk, text=form.cleaned_data["text"], given=given, due_at=form.due_at(), actor=request.actor, now=now()
        ),
    )  # fmt: skip


def hand_on(request: Request, pk: int) -> HttpResponse:
    """A unit's head gives the document to people of the unit."""
    row, line = _mine(request, pk)
    today = now().date()
    posts = [post for post in organizations.posts_of(row.agency_id, today) if post.unit_id == request.actor.unit_id]
    return _give_page(
        request, row, title=_("Giao trong đơn vị"), submit=_("Giao việc"), units=[], roles=[Role.LEAD, Role.SUPPORT],
        posts=[post for post in posts if post.pk != request.actor.post_id],
        do=lambda given, form: assign(
            assignment_id=line.pk, text=form.cleaned_data["text"], actor=request.actor, now=now(), given=_with_due(given, form.due_at()),
        ),
    )  # fmt: skip


def pass_on(request: Request, pk: int) -> HttpResponse:
    """Bring others in, to support or to know."""
    row, line = _mine(request, pk)
    today = now().date()
    return _give_page(
        request, row, title=_("Chuyển tiếp"), submit=_("Chuyển"), roles=[Role.SUPPORT, Role.INFORM],
        units=organizations.units_of(row.agency_id, today),
        posts=[post for post in organizations.posts_of(row.agency_id, today) if post.pk != request.actor.post_id],
        do=lambda given, form: forward(
            assignment_id=line.pk, text=form.cleaned_data["text"], actor=request.actor, now=now(), given=_with_due(given, form.due_at()),
        ),
    )  # fmt: skip


def extend(request: Request, pk: int) -> HttpResponse:
    """Ask the one who gave the work for more time."""
    row, line = _mine(request, pk)
    decider = line.parent.post_id if line.parent else line.instruction.by_post_id
    return _act(
        request, row, forms.ExtensionForm(request.POST or None), _("Xin gia hạn"), _("Gửi đề nghị"),
        do=lambda data: ask(
            item_id=line.item_id, wanted_due_at=datetime.combine(data["day"], time(17), VIETNAM), reason=data["reason"],
            decider_id=decider, actor=request.actor, now=now(),
        ),
    )  # fmt: skip


def answer(request: Request, pk: int, request_id: int) -> HttpResponse:
    """Agree to, or refuse, a recall, an update or a replacement."""
    row = queries.incoming_for(request.actor, pk, "documents.register")
    asked = queries.open_request(row, request_id)
    return _act(
        request, row, forms.AnswerForm(request.POST or None), _("Trả lời đề nghị của bên gửi"), _("Trả lời"),
        template="documents/answer.html", asked=asked,
        do=lambda data: answer_request(
            request_id=request_id, agreed=data["agreed"] == "1", answer=data["answer"], actor=request.actor, now=now()
        ),
    )  # fmt: skip


def _mine(request: Request, pk: int) -> tuple[Incoming, Assignment]:
    row = queries.incoming_for(request.actor, pk)
    line = queries.my_assignment(request.actor, row)
    if line is None:
        raise rules.NotReady(N_("Văn bản này không giao cho chức danh đang dùng."))
    return row, line


def _with_due(given: list[rules.Given], due_at: datetime | None) -> list[rules.Given]:
    return [rules.Given(one.role, one.post_id, one.unit_id, one.due_at or due_at) for one in given]


def _act(
    request: Request,
    row: Incoming,
    form: Form,
    title: str,
    submit: str,
    *,
    do: Callable[[dict[str, Any]], Any],
    **more: Any,
) -> HttpResponse:
    about = " · ".join(filter(None, (row.document.code, row.document.subject)))
    more.setdefault("said", _("Đã thực hiện: {act}.").format(act=title))
    return act_page(
        request, form=form, do=do, title=title, submit=submit, back=address(row), about=about, row=row, **more
    )


def _give_page(
    request: Request,
    row: Incoming,
    *,
    title: str,
    submit: str,
    units: "Sequence[Unit]",
    posts: "Sequence[Post]",
    roles: Sequence[Role],
    do: Callable[[list[rules.Given], forms.DueForm], Any],
) -> HttpResponse:
    form = forms.DueForm(request.POST or None)
    people = organizations.people_in([post.pk for post in posts], now().date())
    takers = [Taker(f"unit-{unit.pk}", unit.name) for unit in units]
    takers += [
        Taker(f"post-{post.pk}", names, f"{post.name}{', ' + post.unit.name if post.unit else ''}")
        for post in posts
        if (names := ", ".join(person.name for person in people.get(post.pk, [])))
    ]
    return _act(
        request, row, form, title, submit, template="documents/give.html", takers=takers,
        chosen=request.POST if request.method == "POST" else {}, roles=[(role.value, ROLE_LABELS[role]) for role in roles],
        do=lambda data: do(forms.given_from(request.POST), form),
    )  # fmt: skip
