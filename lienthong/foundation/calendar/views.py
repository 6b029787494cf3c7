"""The calendar's pages: a year at a glance, days and hours that differ, and a term counted day by day."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lienthong.foundation.access.rules import require
from lienthong.foundation.calendar import forms, queries, year_sheet
from lienthong.foundation.calendar.actions.add_special_day import add_special_day
from lienthong.foundation.calendar.actions.remove_schedule import remove_schedule
from lienthong.foundation.calendar.actions.remove_special_day import remove_special_day
from lienthong.foundation.calendar.actions.set_schedule import set_schedule
from lienthong.foundation.calendar.actions.swap_days import swap_days
from lienthong.foundation.calendar.models import Schedule, SpecialDay
from lienthong.foundation.calendar.rules import Due, OfficeHours, due
from lienthong.foundation.calendar.terms import Reason
from lienthong.foundation.calendar.working_time import FIRST_DAY, LAST_DAY
from lienthong.kit.dates import weekday_name
from lienthong.kit.refusal import Refused
from lienthong.web.act_page import act_page
from lienthong.web.clock import now, today
from lienthong.web.fields import number_in
from lienthong.web.refusal import told
from lienthong.web.request import Request

VERB = "calendar.edit"


def year(request: Request) -> HttpResponse:
    """Twelve months with what differs in them; `nam` chooses the year, `lich` the schedule."""
    require(request.actor, VERB)
    chosen = min(max(number_in(request.GET, "nam") or today().year, FIRST_DAY.year), LAST_DAY.year)
    known = queries.schedule_hours()
    schedule = next((one for one, _hours in known if one.pk == number_in(request.GET, "lich")), None)
    working_time = queries.working_time(schedule.pk if schedule else None)
    own = {(row.date, row.schedule_id): row for row in queries.special_days(chosen)}
    cells = [
        (
            cell,
            weekday_name(cell.day),
            own.get((cell.day, schedule.pk if schedule else None)) or own.get((cell.day, None)),
        )
        for cell in (year_sheet.cell(day, working_time) for day in sorted(working_time.rules) if day.year == chosen)
        if cell.sort != "rest"
    ]
    context = {
        "year": chosen, "first": FIRST_DAY.year, "last": LAST_DAY.year, "today": today(), "schedule": schedule,
        "months": list(enumerate(year_sheet.months(chosen, working_time), start=1)),
        "signs": year_sheet.SIGNS, "words": year_sheet.WORDS, "days": cells,
        "schedules": [(one, hours.as_text()) for one, hours in known], "hours": OfficeHours().as_text(),
    }  # fmt: skip
    return render(request, "calendar/year.html", context)


def new_day(request: Request) -> HttpResponse:
    require(request.actor, VERB)
    return act_page(
        request, title=_("Thêm ngày khác thường"), submit=_("Thêm ngày"), back=reverse("calendar:year"),
        form=forms.DayForm(request.POST or None, schedules=queries.schedules()), said=_("Đã thêm."),
        about=_("Ngày nghỉ lễ theo luật đã có sẵn. Hạn đã tính giữ nguyên, hạn tính từ nay theo lịch mới."),
        do=lambda data: add_special_day(actor=request.actor, now=now(), **data), done=lambda made: _year_of(made.date.year),
    )  # fmt: skip


def new_swap(request: Request) -> HttpResponse:
    require(request.actor, VERB)
    form = forms.SwapForm(request.POST or None, schedules=queries.schedules())
    return act_page(
        request, title=_("Hoán đổi ngày làm việc"), submit=_("Hoán đổi"), back=reverse("calendar:year"), form=form,
        about=_("Một ngày làm việc được nghỉ, làm bù vào một ngày nghỉ hằng tuần."), said=_("Đã hoán đổi."),
        do=lambda data: swap_days(actor=request.actor, now=now(), **data),
        done=lambda made: _year_of(form.cleaned_data["day_off"].year),
    )  # fmt: skip


def _year_of(number: int) -> str:
    return f"{reverse('calendar:year')}?nam={number}"


@require_POST
def drop_day(request: Request, pk: int) -> HttpResponse:
    """Take a special day back."""
    try:
        day = remove_special_day(special_day_id=pk, actor=request.actor, now=now())
    except SpecialDay.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("Đã bỏ quy định riêng của ngày đó."))
    return redirect(_year_of(day.year))


def new_schedule(request: Request) -> HttpResponse:
    return _schedule_page(request, None, {}, _("Thêm giờ làm việc"))


def change_schedule(request: Request, pk: int) -> HttpResponse:
    for one, hours in queries.schedule_hours():
        if one.pk == pk:
            initial = {"name": one.name, "hours": hours.as_text(), "is_default": one.is_default}
            return _schedule_page(request, pk, initial, _("Sửa giờ làm việc"))
    raise Http404


def _schedule_page(request: Request, pk: int | None, initial: dict[str, Any], title: str) -> HttpResponse:
    require(request.actor, VERB)
    return act_page(
        request, title=title, submit=_("Lưu giờ làm việc"), back=reverse("calendar:year"), said=_("Đã lưu."),
        form=forms.ScheduleForm(request.POST or None, initial=initial),
        about=_("Cơ quan nào dùng lịch nào: chọn ở trang của cơ quan."),
        do=lambda data: set_schedule(schedule_id=pk, actor=request.actor, now=now(), **data),
    )  # fmt: skip


@require_POST
def drop_schedule(request: Request, pk: int) -> HttpResponse:
    """Take a schedule away that nobody uses."""
    try:
        remove_schedule(schedule_id=pk, actor=request.actor, now=now())
    except Schedule.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("Đã bỏ giờ làm việc."))
    return redirect("calendar:year")


def count(request: Request) -> HttpResponse:
    """Count a term and account for every day. Open to all staff: anybody may check a deadline."""
    asked = "received_at" in request.GET
    initial = {"received_at": now().replace(second=0), "amount": 5, "unit": "working_days"}
    form = forms.DueForm(request.GET if asked else None, initial=initial, schedules=queries.schedules())
    answer: Due | None = None
    if asked and form.is_valid():
        data = form.cleaned_data
        try:
            answer = due(
                data["received_at"],
                data["amount"],
                data["unit"],
                queries.working_time(data["schedule_id"]),
                data["pauses"],
            )
            steps = answer.steps_told(_told)
        except Refused as refusal:
            answer = None
            form.add_error(None, told(refusal))
    context: dict[str, Any] = {"form": form, "answer": answer}
    if answer is not None:
        context |= {
            "steps": [(step, weekday_name(step.day)) for step in steps[:400]],
            "sentence": answer.told(_told),
            "more": max(len(steps) - 400, 0),
            "in_days": answer.unit == "calendar_days",
        }
    return render(request, "calendar/due.html", context, status=422 if form.errors else 200)


def _told(said: str) -> str:
    """A marked sentence, or a reason of the law with the name in it, in the reader's language."""
    if isinstance(said, Reason):
        return _(said.msgid).format(**{name: _(value) for name, value in said.params.items()})
    return _(said) if said else ""
