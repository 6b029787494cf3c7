"""Việc của tôi: everything that waits for the post in use, late first; and the small pages around it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.accounts.actions.choose_post import choose_post
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.wording import deadline
from lienthong.foundation.work import queries as work
from lienthong.foundation.work.terms import ROLE_LABELS, Role
from lienthong.kit.dates import VIETNAM, start_of_day, weekday_name
from lienthong.kit.declare import WorkKind
from lienthong.kit.refusal import N_
from lienthong.site import wiring
from lienthong.site.views.clock import now
from lienthong.web.request import Request

if TYPE_CHECKING:
    from lienthong.foundation.work.models import Item

PAGE = 100


@dataclass
class Group:
    """Debts that are due in the same stretch; `kind` is "late" for those that are late."""

    title: str
    kind: str = ""
    items: "list[Item]" = field(default_factory=list)


def front(request: Request) -> HttpResponse:
    """The root: staff go to their work."""
    return redirect("home")


def mine(request: Request) -> HttpResponse:
    """The post's debts by deadline; `loai` and `vai-tro` in the address narrow them, `dung` shows the stopped ones,
    `chon` offers boxes to hand some over."""
    viewer, at = request.actor, now()
    kinds = {kind.code: kind for module in wiring.MODULES for kind in module.work_kinds}
    tallies = work.tallies(viewer, at)
    role = request.GET.get("vai-tro", "")
    role = role if role in set(Role) else ""
    kind = request.GET.get("loai", "")
    kind = kind if kind in kinds else ""
    stopped = work.stopped(viewer)
    show_stopped = "dung" in request.GET
    number = _number(request)
    items = stopped if show_stopped else work.mine(
        viewer, kinds=[kind] if kind else [], role=role, start=(number - 1) * PAGE, limit=PAGE + 1
    )  # fmt: skip
    shown = items[:PAGE]
    _dress(shown, viewer, at, kinds)
    counted = [tally for tally in tallies if not role or tally.role == role]
    context = {
        "at": at,
        "weekday": weekday_name(at),
        "groups": [Group(_("Đang dừng"), "", shown)] if show_stopped else groups(shown, at),
        "tabs": _tabs(kinds, counted),
        "kind": kind,
        "role": role,
        "roles": [(code.value, ROLE_LABELS[code]) for code in Role],
        "total": sum(tally.all for tally in counted),
        "late": sum(tally.late for tally in counted),
        "today": sum(tally.today for tally in counted),
        "stopped": len(stopped),
        "show_stopped": show_stopped,
        "choosing": "chon" in request.GET and viewer.may("work.hold"),
        "may_hand_over": viewer.may("work.hold"),
        "number": number,
        "more": not show_stopped and len(items) > PAGE,
        "shown": len(shown),
    }
    return render(request, "home/mine.html", context)


def groups(items: "list[Item]", at: datetime) -> list[Group]:
    """Late, today, the next seven days, later, without a deadline; empty ones are left out. Keeps the order."""
    today = at.astimezone(VIETNAM).date()
    midnight, week = start_of_day(today + timedelta(days=1)), start_of_day(today + timedelta(days=8))
    made = [
        Group(_("Quá hạn"), "late"),
        Group(_("Hôm nay")),
        Group(_("Trong 7 ngày tới")),
        Group(_("Sau đó")),
        Group(_("Không có hạn")),
    ]
    for item in items:
        if item.due_at is None:
            place = 4
        elif item.due_at < at:
            place = 0
        else:
            place = 1 if item.due_at < midnight else 2 if item.due_at < week else 3
        made[place].items.append(item)
    return [group for group in made if group.items]


def _dress(items: "list[Item]", viewer: Seated, at: datetime, kinds: dict[str, WorkKind]) -> None:
    """Give each debt its words and where it leads; a decision leads to the page where it is made."""
    hours = working_time(viewer.schedule_id)
    asked = [item.pk for item in items if item.kind == "work.extension"]
    decisions = work.decisions(viewer, asked) if asked else {}
    for item in items:
        kind = kinds.get(item.kind)
        item.deadline = deadline(at, item.due_at, hours)
        item.icon = kind.icon if kind else "check2-square"
        item.kind_label = kind.label if kind else N_("Việc")
        item.role_label = ROLE_LABELS[Role(item.role)]
        item.leads_to = item.address
        if item.pk in decisions:
            item.leads_to = reverse("decide_extension", args=[decisions[item.pk]])


def _tabs(kinds: dict[str, WorkKind], tallies: list[work.Tally]) -> list[tuple[str, str, int]]:
    """(kind, label, how many) of the kinds that have any, in the order in which the modules declare them."""
    counts: dict[str, int] = {}
    for tally in tallies:
        counts[tally.kind] = counts.get(tally.kind, 0) + tally.all
    return [(code, kind.label, counts[code]) for code, kind in kinds.items() if counts.get(code)]


def _number(request: Request) -> int:
    text = request.GET.get("trang", "1")
    return min(max(int(text), 1), 10_000) if text.isdecimal() and len(text) < 6 else 1


def keys(request: Request) -> HttpResponse:
    """The keys, for those who come without the dialog."""
    return render(request, "home/keys.html")


@require_POST
def switch_post(request: Request) -> HttpResponse:
    """Act through another of one's posts from now on. The page one came from may not be this post's: go home."""
    wanted = next((actor for actor in request.posts if str(actor.post_id) == request.POST.get("post", "")), None)
    if wanted is None:
        return render(request, "refused.html", {"text": _("Chức danh này không còn giao cho ông, bà.")}, status=403)
    request.session["post"] = wanted.post_id
    choose_post(account=request.user, actor=wanted)
    following = request.POST.get("next", "")
    safe = following and url_has_allowed_host_and_scheme(following, {request.get_host()})
    return redirect(following if safe else "home")
