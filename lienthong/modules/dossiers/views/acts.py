"""One page for each act on a dossier."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lienthong.foundation.access.rules import Forbidden, require
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import due_at
from lienthong.foundation.files.actions.store import store
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.content_type import safe_name
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import forms, queries
from lienthong.modules.dossiers.actions.answer_opinion import answer_opinion
from lienthong.modules.dossiers.actions.apologise import apologise
from lienthong.modules.dossiers.actions.ask_opinion import ask_opinion
from lienthong.modules.dossiers.actions.ask_supplement import ask_supplement
from lienthong.modules.dossiers.actions.assign_step import assign_step
from lienthong.modules.dossiers.actions.correct_receipt import Corrections, correct_receipt
from lienthong.modules.dossiers.actions.decide import decide
from lienthong.modules.dossiers.actions.end_early import stop, withdraw
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.name_agency import name_agency
from lienthong.modules.dossiers.actions.send_back import restart_step, send_back
from lienthong.modules.dossiers.actions.start_steps import steps_of
from lienthong.modules.dossiers.actions.suspend import resume, suspend
from lienthong.modules.dossiers.actions.take_over import take_over
from lienthong.modules.dossiers.actions.take_supplement import take_supplement
from lienthong.modules.dossiers.models import Consultation, Dossier, StepRun
from lienthong.modules.dossiers.rules import MOST_PAPERS, Handed, PlainStep
from lienthong.modules.dossiers.terms import Outcome, PaperForm, PauseKind
from lienthong.modules.dossiers.views.clock import now
from lienthong.modules.procedures import queries as procedures
from lienthong.modules.procedures.terms import StepKind
from lienthong.web.act_page import act_page
from lienthong.web.request import Request

_CHOOSES = {StepKind.HANDLE, StepKind.INSPECT, StepKind.COUNCIL}


def address(dossier_id: int) -> str:
    return reverse("dossiers:one", args=[dossier_id])


def _run(request: Request, pk: int) -> tuple[Dossier, StepRun]:
    """The step and its dossier, within the viewer's sight (404 otherwise), for whoever holds it or may give it out (403)."""
    run = StepRun.objects.select_related("agency", "item", "post").get(pk=pk)
    dossier = queries.dossier_for(request.actor, run.dossier_id)
    if not queries.holds(request.actor, run):
        raise Forbidden(N_("Bước này đang do người khác giữ."))
    return dossier, run


def _about(dossier: Dossier) -> str:
    return " · ".join(filter(None, (dossier.code, dossier.applicant_name, dossier.version.name)))


def _people(dossier: Dossier, at: datetime) -> list[tuple[int, str]]:
    return organizations.post_labels(dossier.decider_id, at.date()) if dossier.decider_id else []


def _following(dossier: Dossier, run: StepRun) -> list[PlainStep]:
    steps = steps_of(dossier)
    keys = next((step.next for step in steps if step.key == run.key), ())
    return [step for step in steps if step.key in keys]


def finish_page(request: Request, pk: int) -> HttpResponse:
    """End a step. Where a person does the next one, the finisher may choose who."""
    at = now()
    dossier, run = _run(request, pk)
    chooses = any(step.kind in _CHOOSES for step in _following(dossier, run))
    form = forms.FinishForm(request.POST or None, people=_people(dossier, at) if chooses else ())
    return act_page(
        request, form=form, title=_("Xong bước: {step}").format(step=run.name), submit=_("Xong, chuyển bước sau"), said=_("Đã xong bước, hồ sơ sang bước sau."),
        back=address(dossier.pk), about=_about(dossier),
        do=lambda data: finish_step(
            run_id=pk, actor=request.actor, now=at, note=data["note"], to_post_id=data.get("to_post")
        ),
    )  # fmt: skip


def decide_page(request: Request, pk: int) -> HttpResponse:
    """Grant or refuse."""
    at = now()
    dossier, run = _run(request, pk)
    require(request.actor, "dossiers.decide", agency_id=run.agency_id)
    form = forms.DecideForm(request.POST or None)
    return act_page(
        request, form=form, title=_("Quyết định"), submit=_("Ghi quyết định, chuyển bước sau"), said=_("Đã ghi quyết định."), back=address(dossier.pk),
        about=_about(dossier),
        do=lambda data: decide(
            run_id=pk, outcome=Outcome(data["outcome"]), reason=data["reason"], actor=request.actor, now=at
        ),
    )  # fmt: skip


def send_back_page(request: Request, pk: int) -> HttpResponse:
    """Give the dossier back to an earlier step."""
    at = now()
    dossier, run = _run(request, pk)
    steps = steps_of(dossier)
    back_to = next((step.back_to for step in steps if step.key == run.key), "")
    done = {one.key for one in queries.runs(dossier.pk)} - {run.key}
    choices = [(step.key, f"{step.key}. {_(step.name)}") for step in steps if step.key in done]
    form = forms.SendBackForm(request.POST or None, steps=choices, initial={"to_key": back_to})
    return act_page(
        request, form=form, title=_("Trả lại bước trước"), submit=_("Trả lại"), said=_("Đã trả lại bước trước."), back=address(dossier.pk), about=_about(dossier),
        danger=True,
        do=lambda data: send_back(
            run_id=pk, to_key=data["to_key"], reason=data["reason"], actor=request.actor, now=at
        ),
    )  # fmt: skip


def assign_page(request: Request, pk: int) -> HttpResponse:
    """Give an open step to a person."""
    at = now()
    dossier, run = _run(request, pk)
    form = forms.AssignForm(request.POST or None, people=organizations.post_labels(run.agency_id, at.date()))
    return act_page(
        request, form=form, title=_("Giao bước: {step}").format(step=run.name), submit=_("Giao"), said=_("Đã giao bước."), back=address(dossier.pk),
        about=_about(dossier),
        do=lambda data: assign_step(
            run_id=pk, to_post_id=data["to_post"], reason=data["reason"], actor=request.actor, now=at
        ),
    )  # fmt: skip


def restart_page(request: Request, pk: int) -> HttpResponse:
    """Begin a step again with another person."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    require(request.actor, "dossiers.assign", agency_id=dossier.decider_id)
    steps = [(step.key, f"{step.key}. {_(step.name)}") for step in steps_of(dossier)]
    form = forms.RestartForm(request.POST or None, people=_people(dossier, at), steps=steps)
    return act_page(
        request, form=form, title=_("Làm lại một bước"), submit=_("Làm lại"), said=_("Bước được làm lại."), back=address(pk), about=_about(dossier),
        do=lambda data: restart_step(
            dossier_id=pk, key=data["key"], to_post_id=data["to_post"], reason=data["reason"], actor=request.actor, now=at
        ),
    )  # fmt: skip


def supplement_page(request: Request, pk: int) -> HttpResponse:
    """Ask the applicant for papers."""
    at = now()
    dossier, _run_row = _run(request, pk)
    papers = [(paper.pk, paper.name) for paper in queries.papers(dossier.pk)]
    form = forms.SupplementForm(request.POST or None, papers=papers, again=dossier.supplements > 0)
    return act_page(
        request, form=form, title=_("Yêu cầu bổ sung hồ sơ"), submit=_("Lập phiếu, dừng đồng hồ"), said=_("Đã lập phiếu yêu cầu bổ sung, đồng hồ dừng."), back=address(dossier.pk),
        about=_about(dossier),
        do=lambda data: ask_supplement(
            run_id=pk, lines=data["lines"].splitlines(), reason=data["reason"], paper_ids=data["papers"],
            answer_by=data["answer_by"], confirmed=data.get("confirmed", False), actor=request.actor, now=at,
        ),
    )  # fmt: skip


def take_supplement_page(request: Request, pk: int) -> HttpResponse:
    """The applicant has brought what was asked."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    require(request.actor, "dossiers.receive", agency_id=request.actor.agency_id)
    asked = "\n".join(paper.name for paper in queries.papers(pk) if paper.asked)
    form = forms.TakeSupplementForm(request.POST or None, request.FILES or None, initial={"lines": asked})

    def do(data: dict[str, Any]) -> Dossier:
        names = [line.strip() for line in data["lines"].splitlines() if line.strip()]
        if max(len(names), len(data["files"])) > MOST_PAPERS:
            raise Refused(N_("Một lần nhận nhiều nhất {most} giấy tờ bổ sung."), most=MOST_PAPERS)
        kept = [
            (store(stream=file, name=file.name or "", now=at).pk, safe_name(file.name or "")) for file in data["files"]
        ]
        papers = []
        for place in range(max(len(names), len(kept))):  # a scan without a line is a paper under the name of its file
            name = names[place] if place < len(names) else ""
            stored_id, file_name = kept[place] if place < len(kept) else (None, "")
            form_of = PaperForm.ORIGINAL if name else PaperForm.SCAN
            papers.append(
                Handed(
                    name or file_name,
                    form=form_of,
                    originals=1 if name else 0,
                    stored_id=stored_id,
                    file_name=file_name,
                )
            )
        return take_supplement(dossier_id=pk, papers=papers, actor=request.actor, now=at)

    return act_page(
        request, form=form, title=_("Nhận giấy tờ bổ sung"), submit=_("Nhận, cho đồng hồ chạy lại"), said=_("Đã nhận giấy tờ bổ sung, đồng hồ chạy lại."), back=address(pk),
        about=_about(dossier), do=do,
    )  # fmt: skip


def suspend_page(request: Request, pk: int) -> HttpResponse:
    """Stop the clock for another cause than papers."""
    at = now()
    dossier, _run_row = _run(request, pk)
    form = forms.SuspendForm(request.POST or None)
    return act_page(
        request, form=form, title=_("Tạm dừng giải quyết"), submit=_("Tạm dừng"), said=_("Đã tạm dừng, đồng hồ dừng."), back=address(dossier.pk), about=_about(dossier),
        do=lambda data: suspend(
            run_id=pk, kind=PauseKind(data["kind"]), reason=data["reason"], actor=request.actor, now=at
        ),
    )  # fmt: skip


def resume_page(request: Request, pk: int) -> HttpResponse:
    """The cause of a stop is gone."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    queries.require_handling(request.actor, dossier)
    return act_page(
        request, form=forms.NoteForm(request.POST or None), title=_("Cho đồng hồ chạy lại"), submit=_("Chạy lại"), said=_("Đồng hồ chạy lại."),
        back=address(pk), about=_about(dossier),
        do=lambda data: resume(dossier_id=pk, note=data["note"], actor=request.actor, now=at),
    )  # fmt: skip


def opinion_page(request: Request, pk: int) -> HttpResponse:
    """Ask other agencies."""
    at = now()
    dossier, run = _run(request, pk)
    agencies = organizations.agencies(at.date(), here_only=True).exclude(pk=run.agency_id)
    initial = {"due_at": due_at(at, 3, "working_days", working_time(request.actor.schedule_id))}
    form = forms.OpinionForm(request.POST or None, agencies=agencies.values_list("pk", "name")[:1500], initial=initial)
    return act_page(
        request, form=form, title=_("Lấy ý kiến cơ quan khác"), submit=_("Gửi lấy ý kiến"), said=_("Đã gửi lấy ý kiến."), back=address(dossier.pk),
        about=_about(dossier), template="dossiers/opinion.html",
        do=lambda data: ask_opinion(
            run_id=pk, agency_ids=data["agencies"], question=data["question"], due_at=data["due_at"], actor=request.actor, now=at
        ),
    )  # fmt: skip


def answer_opinion_page(request: Request, pk: int) -> HttpResponse:
    """Answer what another agency asked."""
    at = now()
    row = Consultation.objects.select_related("from_agency").get(pk=pk)
    dossier = queries.dossier_for(request.actor, row.dossier_id)
    require(request.actor, "dossiers.handle", agency_id=row.agency_id, post_ids=[row.item.holder_id if row.item else 0])
    form = forms.AnswerForm(request.POST or None, request.FILES or None)

    def do(data: dict[str, Any]) -> Consultation:
        file = data["file"]
        kept = store(stream=file, name=file.name or "", now=at) if file else None
        return answer_opinion(
            consultation_id=pk, answer=data["answer"], actor=request.actor, now=at, stored_id=kept.pk if kept else None,
            file_name=safe_name(file.name or "") if file else "",
        )  # fmt: skip

    return act_page(
        request, form=form, title=_("Trả lời ý kiến"), submit=_("Gửi trả lời"), said=_("Đã gửi trả lời."), back=address(dossier.pk),
        about=f"{row.from_agency.name}: {row.question}", do=do,
    )  # fmt: skip


def apologise_page(request: Request, pk: int) -> HttpResponse:
    """Say sorry with the reason and a new date, once."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    require(request.actor, "dossiers.decide", agency_id=dossier.decider_id)
    return act_page(
        request, form=forms.ApologyForm(request.POST or None), title=_("Xin lỗi và hẹn lại"),
        submit=_("Lập phiếu xin lỗi, báo người nộp"), said=_("Đã lập phiếu xin lỗi, hẹn lại."), back=address(pk), about=_about(dossier),
        do=lambda data: apologise(
            dossier_id=pk, new_due=data["new_due"], reason=data["reason"], actor=request.actor, now=at
        ),
    )  # fmt: skip


def withdraw_page(request: Request, pk: int) -> HttpResponse:
    """The applicant takes the request back."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    require(request.actor, "dossiers.receive", agency_id=request.actor.agency_id)
    return act_page(
        request, form=forms.ReasonForm(request.POST or None), title=_("Rút hồ sơ"), submit=_("Ghi nhận rút hồ sơ"), said=_("Đã ghi nhận rút hồ sơ."),
        back=address(pk), about=_about(dossier), danger=True,
        do=lambda data: withdraw(dossier_id=pk, reason=data["reason"], actor=request.actor, now=at),
    )  # fmt: skip


def stop_page(request: Request, pk: int) -> HttpResponse:
    """Stop handling, with cause."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    require(request.actor, "dossiers.decide", agency_id=dossier.decider_id)
    return act_page(
        request, form=forms.HousekeepingForm(request.POST or None), title=_("Dừng giải quyết"), submit=_("Dừng giải quyết"), said=_("Đã dừng giải quyết hồ sơ."),
        back=address(pk), about=_about(dossier), danger=True,
        do=lambda data: stop(
            dossier_id=pk, reason=data["reason"], actor=request.actor, now=at, housekeeping=data["housekeeping"]
        ),
    )  # fmt: skip


def correct_page(request: Request, pk: int) -> HttpResponse:
    """A receipt was wrong."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    require(request.actor, "dossiers.receive", agency_id=request.actor.agency_id)
    names = ("applicant_name", "identity", "address", "phone", "email", "matter", "copies", "due_at")
    form = forms.CorrectForm(request.POST or None, initial={name: getattr(dossier, name) for name in names})

    def do(data: dict[str, Any]) -> None:
        given = {name: data[name] for name in names if name in form.changed_data}
        correct_receipt(dossier_id=pk, right=Corrections(**given), reason=data["reason"], actor=request.actor, now=at)

    return act_page(
        request, form=form, title=_("Sửa giấy tiếp nhận"), submit=_("Sửa, in giấy mới"), said=_("Đã sửa, giấy mới ở nút in."), back=address(pk),
        about=_("Giấy cũ được giữ lại và ghi rõ đã thay."), do=do,
    )  # fmt: skip


@require_POST
def take_over_now(request: Request, pk: int) -> HttpResponse:
    """The competent agency gets the dossier."""
    take_over(dossier_id=pk, actor=request.actor, now=now())
    messages.success(request, _("Đã nhận hồ sơ, đồng hồ bắt đầu."))
    return redirect(address(pk))


def name_agency_page(request: Request, pk: int) -> HttpResponse:
    """Say which agency is competent."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    require(request.actor, "dossiers.receive", agency_id=request.actor.agency_id)
    offering = procedures.deciders(dossier.version.procedure_id, at.date())
    agencies = [(one.pk, one.name) for one in offering]
    agencies += [
        (one.pk, one.name)
        for one in organizations.agencies(at.date(), here_only=True)
        if one.pk not in {pk for pk, _name in agencies}
    ]
    form = forms.AgencyForm(request.POST or None, agencies=agencies)
    return act_page(
        request, form=form, title=_("Xác định cơ quan giải quyết"), submit=_("Chuyển, in giấy tiếp nhận"), said=_("Đã chuyển cơ quan giải quyết; giấy tiếp nhận ở nút in."), back=address(pk),
        about=_about(dossier),
        do=lambda data: name_agency(dossier_id=pk, agency_id=data["agency"], actor=request.actor, now=at),
    )  # fmt: skip
