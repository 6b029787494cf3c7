"""Fees and charges of a dossier: noted when paid, voided when noted by mistake."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.modules.dossiers import forms, queries, rules
from lienthong.modules.dossiers.actions.note_payment import Paid, note_payment
from lienthong.modules.dossiers.actions.void_payment import void_payment
from lienthong.modules.dossiers.models import Dossier, Payment
from lienthong.modules.dossiers.terms import PaidBy
from lienthong.modules.dossiers.views.acts import _about, address
from lienthong.modules.dossiers.views.clock import now
from lienthong.modules.procedures import queries as procedures
from lienthong.web.act_page import act_page
from lienthong.web.request import Request


def note(request: Request, pk: int) -> HttpResponse:
    """Somebody paid."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    require(request.actor, "dossiers.receive", agency_id=request.actor.agency_id)

    def do(data: dict[str, Any]) -> Payment:
        paid = Paid(data["what"], data["amount"], PaidBy(data["way"]), data["reference"], data["paid_at"])
        return note_payment(dossier_id=pk, paid=paid, actor=request.actor, now=at)

    return act_page(
        request, form=forms.PaymentForm(request.POST or None, initial={"paid_at": at, **_asked(dossier)}),
        title=_("Ghi thu phí, lệ phí"), submit=_("Ghi đã nộp"), said=_("Đã ghi khoản thu."), back=address(pk), about=_about(dossier), do=do,
    )  # fmt: skip


def void(request: Request, pk: int) -> HttpResponse:
    """It was noted by mistake."""
    at = now()
    row = queries.payment_for(request.actor, pk)
    require(request.actor, "dossiers.receive", agency_id=request.actor.agency_id)
    return act_page(
        request, form=forms.VoidPaymentForm(request.POST or None), title=_("Hủy ghi khoản thu"), submit=_("Hủy ghi"), danger=True,
        back=address(row.dossier_id), about=f"{row.what} · {rules.money(row.amount)}", said=_("Đã hủy ghi khoản thu."),
        do=lambda data: void_payment(payment_id=pk, reason=data["reason"], actor=request.actor, now=at),
    )  # fmt: skip


def _asked(dossier: Dossier) -> dict[str, Any]:
    """The first fee with an amount that the procedure asks of this way to file."""
    fees = [fee for fee in procedures.fees(dossier.version_id) if fee.amount]
    fee = next((fee for fee in fees if fee.method.channel == dossier.channel), fees[0] if fees else None)
    return {"what": fee.name or _("Lệ phí"), "amount": fee.amount} if fee else {}
