"""The counter: find the applicant, choose the procedure, tick the papers, receive."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import due
from lienthong.foundation.files.actions.store import store
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.content_type import safe_name
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import vn_fold
from lienthong.modules.citizens import queries as citizens
from lienthong.modules.citizens.actions.keep_applicant import keep_applicant
from lienthong.modules.citizens.rules import Details, masked, read_card
from lienthong.modules.citizens.terms import IdentityScheme, Kind, Sex
from lienthong.modules.dossiers import forms, queries, rules
from lienthong.modules.dossiers.actions.receive import clock, receive
from lienthong.modules.dossiers.actions.turn_away import turn_away
from lienthong.modules.dossiers.models import KeptResult
from lienthong.modules.dossiers.queries import reuse
from lienthong.modules.dossiers.rules import MOST_PAPERS, Handed, Intake
from lienthong.modules.dossiers.terms import PAPER_LABELS, WAY_LABELS, PaperForm, ResultWay, SlipKind
from lienthong.modules.dossiers.views.clock import now
from lienthong.modules.dossiers.views.dossiers import day_lines
from lienthong.modules.procedures import queries as procedures
from lienthong.modules.procedures.terms import CHANNEL_LABELS, UNIT_LABELS, TermUnit
from lienthong.web.act_page import act_page
from lienthong.web.fields import number_in, text_in
from lienthong.web.request import Request

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Agency
    from lienthong.modules.citizens.models import Applicant
    from lienthong.modules.procedures.models import Method, Version


MOST_FOUND = 20  # people shown when looking for an applicant
OWN_ROWS = 3  # blank lines for papers that the procedure does not name
_FORMS = (PaperForm.ORIGINAL, PaperForm.CERTIFIED, PaperForm.COPY, PaperForm.SCAN, PaperForm.DATA)


@dataclass(slots=True)
class Line:
    """One line of the list of papers: what is wanted, what was handed in, what could be reused instead."""

    prefix: str
    name: str = ""
    component_id: int | None = None
    wanted_originals: int = 0
    wanted_copies: int = 0
    required: bool = False
    forms: list[str] = field(default_factory=list)
    reusable: KeptResult | None = None
    checked: bool = False
    reused: bool = False
    form: str = PaperForm.ORIGINAL
    originals: int = 0
    copies: int = 0
    note: str = ""
    stored_id: int | None = None
    file_name: str = ""
    token: str = ""


def counter(request: Request) -> HttpResponse:
    """The page of the desk; what is chosen stands in the address (`nguoi`, `ttt`, `th`, `cq`), so a reload loses nothing."""
    viewer, at = request.actor, now()
    require(viewer, "dossiers.receive", agency_id=viewer.agency_id)
    source = request.POST if request.method == "POST" else request.GET
    person_id, version_id = number_in(source, "nguoi"), number_in(source, "ttt")
    person = citizens.applicant(person_id) if person_id else None
    version = procedures.version(version_id) if version_id else None
    newer = _newer(version, at) if version is not None else None
    if newer is not None and request.method != "POST":
        messages.info(request, _("Thủ tục đã có phiên bản mới; trang này theo phiên bản đang có hiệu lực."))
        return redirect(f"{reverse('dossiers:counter')}?{urlencode({**request.GET.dict(), 'ttt': newer.pk})}")
    version = newer or version
    words = text_in(request.GET, "thu-tuc")
    context: dict[str, Any] = {
        "form_key": text_in(request.POST, "form_key", 40) or uuid.uuid4().hex, "person": person, "version": version, "words": words,
        "found": _named(words, at) if words and version is None else [],
        "frequent": reuse.frequent(viewer, at) if version is None else [],
    }  # fmt: skip
    if person is not None:
        context["masked"] = masked(citizens.number_of(person.pk))
        context["namesakes"] = [(one, masked(citizens.number_of(one.pk))) for one in citizens.namesakes(viewer, person)]
        context["earlier"] = (
            queries.dossiers(viewer)
            .filter(applicant__in=citizens.ids_of(person.pk))
            .select_related("version")
            .order_by("-id")[:3]
        )
    if version is not None:
        context |= _chosen(request, person, version, at)
    if request.method == "POST" and person is not None and version is not None:
        made = _act(request, person, version, context, at, moved=newer is not None)
        if isinstance(made, HttpResponse):
            return made
        context["refusal"] = made
        _hold_scans(request.actor.post_id, context["lines"])
    return render(request, "dossiers/counter.html", context, status=422 if context.get("refusal") else 200)


def _newer(version: Version, at: datetime) -> Version | None:
    """The version that holds today, where the one on the page holds no longer: nobody is served by old rules, and the desk need
    not look for the new ones."""
    current = procedures.version_on(version.procedure_id, at.date())
    return current if current is not None and current.pk != version.pk else None


def _named(words: str, at: datetime) -> list[Version]:
    """Procedures with these words, those first in which they stand one after another."""
    phrase = vn_fold(words)
    return sorted(procedures.catalogue(at.date(), words)[:60], key=lambda one: phrase not in one.folded)[:20]


def _chosen(request: Request, person: Applicant | None, version: Version, at: datetime) -> dict[str, Any]:
    """Everything the form shows of the procedure chosen: cases, agencies, times, papers, the due time to be."""
    source = request.POST if request.method == "POST" else request.GET
    cases = procedures.cases(version.pk)
    case = next((one for one in cases if one.pk == number_in(source, "th")), cases[0] if cases else None)
    deciders = procedures.deciders(version.procedure_id, at.date())
    mine = organizations.agency(request.actor.agency_id)
    near = [one for one in deciders if one.pk in {mine.pk, mine.parent_id}]
    asked = text_in(source, "cq", 20)
    decider = next((one for one in deciders if str(one.pk) == asked), None)
    if decider is None and asked != "chua-ro":
        decider = near[0] if near else deciders[0] if deciders else None
    channel = text_in(source, "kenh", 8) or "direct"
    case_id = case.pk if case else None
    choices = procedures.time_choices(version.pk, case_id, channel)
    asked_way = number_in(source, "tg")
    way_id = next((way.pk for way in choices if way.pk == asked_way), choices[0].pk if choices else None)
    amount, unit, note = procedures.statutory(version.pk, case_id, channel, way_id)
    shown = None
    if decider is not None and amount is not None:
        found = clock(receiver=mine, decider=decider, amount=amount, unit=unit, received=at)
        time_there = working_time(decider.schedule_id)
        counted = due(found.begins_at, rules.plain(amount), unit, time_there) if amount else None
        shown = {"clock": found, "days": day_lines(counted)}
    return {
        "others": list(organizations.agencies(at.date(), here_only=True)[:1000]), "cases": cases, "case": case, "deciders": deciders, "decider": decider, "unclear": asked == "chua-ro",
        "channel": channel, "channels": list(CHANNEL_LABELS.items()), "amount": amount, "unit": UNIT_LABELS[TermUnit(unit)],
        "time_note": note, "shown": shown, "way_id": way_id, "choices": _choices(choices, mine, decider, at),
         "fees": procedures.fees(version.pk), "lines": _lines(request, case_id, person),
        "paper_forms": [(one.value, PAPER_LABELS[one]) for one in _FORMS], "ways": list(WAY_LABELS.items()),
        "data": {name: text_in(request.POST, name, 2000) for name in _NAMES} if request.method == "POST" else {"matter": version.name, "copies": "1"},
        "open": text_in(request.POST, "act", 10),
        "choice": f"{case_id or ''}|{decider.pk if decider else 'chua-ro'}|{channel}",
    }  # fmt: skip


def _choices(ways: list[Method], mine: Agency, decider: Agency | None, at: datetime) -> list[dict[str, Any]]:
    """The times among which the officer says which applies, each with the due time that it would give."""
    return [
        {
            "way": way, "unit": UNIT_LABELS[TermUnit(way.unit)],
            "due_at": clock(receiver=mine, decider=decider, amount=way.amount, unit=way.unit, received=at).due_at if decider else None,
        }
        for way in ways
    ]  # fmt: skip


_NAMES = (
    "matter", "copies", "agent_name", "agent_identity", "agent_phone", "agent_paper", "result_way", "result_address",
    "foreign_code", "due_by_hand", "coordinator", "reason", "lines",
)  # fmt: skip


def _lines(request: Request, case_id: int | None, person: Applicant | None) -> list[Line]:
    components = procedures.components([case_id]) if case_id else []
    codes = [row.code for row in components if row.code]
    kept = reuse.of_applicant(person.pk, codes, now().date()) if person is not None and codes else {}
    lines = [
        Line(
            f"c{row.pk}", row.name, row.pk, row.originals, row.copies, row.required, list(row.forms), kept.get(row.code),
            form=PaperForm.COPY if row.copies and not row.originals else PaperForm.ORIGINAL,
            originals=row.originals or (0 if row.copies else 1), copies=row.copies,
        )
        for row in components
    ]  # fmt: skip
    lines += [Line(f"x{place}") for place in range(OWN_ROWS)]
    if request.method == "POST":
        for line in lines:
            _read(line, request)
    return lines


def _read(line: Line, request: Request) -> None:
    """What stands in the form for a line. A scan or a result taken from the store is the paper itself: it needs no tick."""
    post, file = request.POST, request.FILES.get(f"{line.prefix}-file")
    line.name = line.name or text_in(post, f"{line.prefix}-name", 1000) or (safe_name(file.name or "") if file else "")
    line.reused = line.reusable is not None and f"{line.prefix}-reused" in post
    line.checked = (
        f"{line.prefix}-ok" in post
        or line.reused
        or file is not None
        or (line.component_id is None and bool(line.name))
    )
    line.stored_id, line.file_name = _held(request, line.prefix)
    wanted = text_in(post, f"{line.prefix}-form", 10)
    line.form = wanted if wanted in set(PaperForm) else PaperForm.ORIGINAL
    line.originals = min(number_in(post, f"{line.prefix}-originals") or 0, 99)
    line.copies = min(number_in(post, f"{line.prefix}-copies") or 0, 99)
    line.note = text_in(post, f"{line.prefix}-note", 500)


_SCAN = "dossiers.scan"


def _hold_scans(post_id: int, lines: list[Line]) -> None:
    """Browsers never send chosen files back: what is stored already travels on with the form, sealed for this post."""
    for line in lines:
        if line.stored_id:
            line.token = signing.dumps([post_id, line.stored_id, line.file_name], salt=_SCAN)


def _held(request: Request, prefix: str) -> tuple[int | None, str]:
    try:
        post_id, stored_id, name = signing.loads(
            text_in(request.POST, f"{prefix}-held", 1000), salt=_SCAN, max_age=86_400
        )
    except signing.BadSignature:
        return None, ""
    return (stored_id, name) if post_id == request.actor.post_id else (None, "")


def _act(
    request: Request, person: Applicant, version: Version, context: dict[str, Any], at: datetime, *, moved: bool
) -> HttpResponse | Refused | None:
    """Receive, or give the slip that asks for the rest or refuses. What was typed stays when it is refused, and when the desk has
    chosen another case, agency or channel, or the procedure has `moved` on to a new version: the papers and the time that it saw
    were those of before."""
    post = request.POST
    try:
        _store_scans(request, context["lines"], at)
        if post.get("act") not in {"receive", "ask", "refuse"}:
            return None
        if moved:
            raise Refused(
                N_(
                    "Thủ tục vừa có phiên bản mới: thành phần hồ sơ, thời hạn dưới đây theo phiên bản ấy. Kiểm tra rồi bấm lại."
                )
            )
        if text_in(post, "da-chon", 100) not in {"", context["choice"]}:
            raise Refused(
                N_(
                    "Đã áp dụng trường hợp, cơ quan, cách nộp vừa chọn. Kiểm tra thành phần hồ sơ và hẹn trả, rồi bấm lại."
                )
            )
        intake = _intake(request, person, version, context, at)
        if post.get("act") == "receive":
            dossier = receive(
                intake=intake, actor=request.actor, now=at, form_key=text_in(post, "form_key", 40) or None
            )
            if dossier.code:
                messages.success(request, _("Đã tiếp nhận hồ sơ {code}.").format(code=dossier.code))
            else:
                messages.success(request, _("Đã nhận, chờ xác định cơ quan giải quyết."))
        else:
            kind = SlipKind.REFUSAL if post.get("act") == "refuse" else SlipKind.SUPPLEMENT
            dossier = turn_away(
                intake=intake, kind=kind, lines=text_in(post, "lines", 4000).splitlines(), reason=text_in(post, "reason", 1000),
                actor=request.actor, now=at, form_key=text_in(post, "form_key", 40) or None,
            )  # fmt: skip
            messages.success(request, _("Đã lập phiếu. In và giao cho người nộp."))
    except Refused as refusal:
        return refusal
    return redirect(reverse("dossiers:one", args=[dossier.pk]))


def _intake(request: Request, person: Applicant, version: Version, context: dict[str, Any], at: datetime) -> Intake:
    post, data, case, decider = request.POST, context["data"], context["case"], context["decider"]
    coordinator = number_in(post, "coordinator")
    field_of_moment = forms.moment_field(required=False)
    try:
        by_hand = field_of_moment.clean(data["due_by_hand"])
    except ValidationError:
        raise Refused(N_("Ngày hẹn trả không đọc được.")) from None
    return Intake(
        applicant_id=person.pk, version_id=version.pk, case_id=case.pk if case else None,
        decider_id=decider.pk if decider else None,
        coordinator_id=coordinator if coordinator in {one.pk for one in context["others"]} else None,
        matter=data["matter"], channel=context["channel"],
        copies=number_in(post, "copies", 99) or 0, agent_name=data["agent_name"], agent_identity=data["agent_identity"][:40],
        agent_phone=data["agent_phone"][:20], agent_paper=data["agent_paper"],
        result_way=ResultWay(data["result_way"]) if data["result_way"] in set(ResultWay) else ResultWay.DESK,
        result_address=data["result_address"], method_id=context["way_id"], foreign_code=data["foreign_code"][:60], due_by_hand=by_hand,
        papers=_handed(request, context["lines"]),
    )  # fmt: skip


def _store_scans(request: Request, lines: list[Line], at: datetime) -> None:
    """Store what was uploaded, so that no row ever points at nothing. One file that is refused does not lose the others."""
    if sum(len(request.FILES.getlist(key)) for key in request.FILES) > MOST_PAPERS:
        raise Refused(N_("Một lần gửi nhiều nhất {most} tệp."), most=MOST_PAPERS)
    refused: Refused | None = None
    for line in lines:
        if (file := request.FILES.get(f"{line.prefix}-file")) is None:
            continue
        try:
            line.stored_id, line.file_name = (
                store(stream=file, name=file.name or "", now=at).pk,
                safe_name(file.name or ""),
            )
        except Refused as why:
            refused = refused or why
    if refused is not None:
        raise refused


def _handed(request: Request, lines: list[Line]) -> list[Handed]:
    """The papers ticked, with their scans."""
    found = []
    for line in lines:
        if not line.checked or not line.name:
            continue
        reused = number_in(request.POST, f"{line.prefix}-reused") if line.reused else None
        found.append(
            Handed(
                line.name, line.component_id, PaperForm.REUSED if reused else PaperForm(line.form),
                0 if reused else line.originals, 0 if reused else line.copies, line.stored_id, line.file_name, reused, line.note,
            )
        )  # fmt: skip
    return found


def applicant(request: Request) -> HttpResponse:
    """Find the applicant by the text of the card's code, a number or a name; or write down a new one.

    Always by POST: no identity number stands in an address or a log.
    """
    viewer, at = request.actor, now()
    require(viewer, "citizens.edit", agency_id=viewer.agency_id)
    keep = number_in(request.GET, "ttt")
    back = reverse("dossiers:counter") + (f"?ttt={keep}" if keep else "")
    text = text_in(request.POST, "tim", 500)
    found: list[Applicant] = []
    refusal = None
    initial: dict[str, Any] = {"kind": Kind.PERSON, "scheme": IdentityScheme.PERSONAL}
    if "tim" in request.POST:
        if text.count("|") >= 5:
            try:
                person = keep_applicant(details=read_card(text), actor=viewer, now=at)
                return _to_counter(person, keep)
            except Refused as why:
                refusal = why
        else:
            found = citizens.find(viewer, text, limit=MOST_FOUND + 1)
            if len(found) == 1 and any(char.isdigit() for char in text):
                return _to_counter(found[0], keep)
            initial |= {"number": text} if any(char.isdigit() for char in text) else {"name": text}
    form = forms.ApplicantForm(
        request.POST if "tim" not in request.POST and request.method == "POST" else None, initial=initial
    )

    def do(data: dict[str, Any]) -> Applicant:
        details = Details(
            **{**data, "kind": Kind(data["kind"]), "scheme": IdentityScheme(data["scheme"]), "sex": Sex(data["sex"])}
        )
        return keep_applicant(details=details, actor=viewer, now=at)

    if "tim" in request.POST:
        context = {
            "form": form, "title": _("Người nộp hồ sơ"), "submit": _("Ghi người nộp"), "back": back, "found": found[:MOST_FOUND], "cut": len(found) > MOST_FOUND, "text": text,
            "refusal": refusal, "keep": keep, "searched": True,
        }  # fmt: skip
        return render(request, "dossiers/applicant.html", context, status=422 if refusal else 200)
    return act_page(
        request, form=form, do=do, title=_("Người nộp hồ sơ"), submit=_("Ghi người nộp"), back=back,
        done=lambda person: _counter_address(person, keep), template="dossiers/applicant.html", keep=keep,
    )  # fmt: skip


def _counter_address(person: Applicant, version_id: int | None) -> str:
    return f"{reverse('dossiers:counter')}?nguoi={person.pk}" + (f"&ttt={version_id}" if version_id else "")


def _to_counter(person: Applicant, version_id: int | None) -> HttpResponse:
    return redirect(_counter_address(person, version_id))
