"""What every page of a plan begins with."""

from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.foundation.measures.rules import DAY, Period, period_said
from lienthong.modules.plans import queries, rules
from lienthong.modules.plans.models import Plan, Target, Task
from lienthong.web.request import Request


def obtain(request: Request, pk: int, verb: str = "") -> Plan:
    """The plan that the viewer reads and, with `verb`, may change; another is not found, a right that is missing is said."""
    require(request.actor, "plans.read", agency_id=request.actor.agency_id)
    try:
        plan = queries.plan(request.actor, pk)
    except Plan.DoesNotExist:
        raise Http404 from None
    if verb:
        require(request.actor, verb, agency_id=plan.issuer_id)
    return plan


def obtain_draft(request: Request, pk: int) -> Plan:
    """The plan that the viewer may still write; refused when it is in force, before anybody fills in a form."""
    plan = obtain(request, pk, queries.MAKE)
    rules.require_draft(plan.state)
    return plan


def obtain_part(model: type[Target] | type[Task], request: Request, plan_id: int, pk: int) -> Any:
    """A target or task of a plan that the viewer may see, or 404."""
    obtain(request, plan_id)
    found = model.objects.filter(plan=plan_id, pk=pk).first()
    if found is None:
        raise Http404
    return found


def anchor_of(row: Target | Task) -> str:
    """What a target or task is called on a page."""
    return f"{'chi-tieu' if isinstance(row, Target) else 'nhiem-vu'}-{row.pk}"


def reading_at(row: Target | Task) -> str:
    """The page of proposals, opened at this one."""
    return f"{reverse('plans:reading', args=[row.plan_id])}?muc={anchor_of(row)}#{anchor_of(row)}"


def page_of(pk: int, place: str) -> str:
    """The part of a plan's page that an act leads back to."""
    return f"{reverse('plans:plan', args=[pk])}#{place}"


def label_of(start: date, end: date) -> str:
    """A period of whole days, `end` its last, in the reader's words."""
    return period_said(Period(start, end + DAY), _)
