"""Fees and charges: noted once, voided with a reason, counted by dossier."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.measures.queries.figures import count
from lienthong.foundation.measures.queries.scopes import scope
from lienthong.foundation.measures.rules import month_of
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.modules.dossiers.actions.end_early import withdraw
from lienthong.modules.dossiers.actions.note_payment import Paid, note_payment
from lienthong.modules.dossiers.actions.void_payment import void_payment
from lienthong.modules.dossiers.models import Dossier, Payment
from lienthong.modules.dossiers.terms import PaidBy

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)


@pytest.fixture
def dossier(one_stop) -> Dossier:
    return one_stop.received(version=one_stop.household, now=NOON - timedelta(hours=3))


@pytest.fixture
def pay(one_stop, dossier):
    def make(amount=100_000, way=PaidBy.CASH, reference="", at=NOON, who="ngan", of=None) -> Payment:
        paid = Paid("Lệ phí đăng ký", amount, way, reference, at)
        return note_payment(dossier_id=(of or dossier).pk, paid=paid, actor=one_stop.actor(who), now=NOON)

    return make


def figure(where="tinh"):
    settle()
    measure, period = rules.measure("dossiers.paid_online"), month_of(NOON.date())
    found = count([measure], [period], scope(where), period).figure(measure, 0)
    return found.over, found.under


def test_a_payment_stays_beside_the_dossier_with_who_noted_it(pay, one_stop):
    row = pay(reference=" 0001234 ")
    assert (row.amount, row.reference, row.noted_by) == (100_000, "0001234", one_stop.actor("ngan").person_name)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount": 0}, "lớn hơn 0"),
        ({"amount": 10**13}, "một nghìn tỷ"),
        ({"at": NOON + timedelta(minutes=1)}, "sau lúc này"),
        ({"way": PaidBy.ONLINE}, "mã giao dịch"),
        ({"way": PaidBy.TRANSFER, "reference": "  "}, "mã giao dịch"),
    ],
)
def test_what_cannot_have_been_paid_is_refused(pay, wrong, said):
    with pytest.raises(Refused, match=said):
        pay(**wrong)
    assert not Payment.objects.exists()


def test_one_transaction_pays_one_dossier(pay, one_stop, dossier):
    pay(way=PaidBy.ONLINE, reference="GD-77")
    other = one_stop.received(version=one_stop.household, now=NOON - timedelta(hours=1))
    with pytest.raises(Refused, match=dossier.code):
        pay(way=PaidBy.ONLINE, reference="GD-77", of=other)
    assert Payment.objects.count() == 1


def test_the_number_of_a_voided_payment_may_be_noted_again(pay, one_stop):
    void_payment(
        payment_id=pay(way=PaidBy.ONLINE, reference="GD-77").pk, reason="sai số tiền", actor=one_stop.actor("ngan"), now=NOON
    )  # fmt: skip
    pay(way=PaidBy.ONLINE, reference="GD-77", amount=50_000)
    assert list(Payment.objects.filter(voided_at__isnull=True).values_list("amount", flat=True)) == [50_000]


def test_a_payment_is_voided_once_and_with_a_reason(pay, one_stop):
    row = pay()
    with pytest.raises(Refused, match="lý do"):
        void_payment(payment_id=row.pk, reason=" ", actor=one_stop.actor("ngan"), now=NOON)
    void_payment(payment_id=row.pk, reason="nhầm hồ sơ", actor=one_stop.actor("ngan"), now=NOON)
    with pytest.raises(Refused, match="đã được hủy"):
        void_payment(payment_id=row.pk, reason="lần nữa", actor=one_stop.actor("ngan"), now=NOON)
    row.refresh_from_db()
    assert (row.void_reason, row.amount) == ("nhầm hồ sơ", 100_000)


def test_a_withdrawn_dossier_takes_no_payment(pay, one_stop, dossier):
    withdraw(dossier_id=dossier.pk, reason="Không còn nhu cầu", actor=one_stop.actor("ngan"), now=NOON)
    with pytest.raises(Refused, match="ghi thu phí"):
        pay()
    assert not Payment.objects.exists()


def test_only_a_desk_of_the_dossiers_agencies_notes_payments(pay):
    with pytest.raises((Forbidden, Dossier.DoesNotExist)):
        pay(who="lan")
    assert not Payment.objects.exists()


def test_a_dossier_counts_once_however_often_it_is_paid_for(pay, dossier):
    pay()
    pay(way=PaidBy.ONLINE, reference="GD-1")
    assert figure() == (1, 1)
    assert figure(f"cq-{dossier.decider_id}") == (1, 1)


def test_voiding_moves_the_dossier_to_the_month_of_its_next_payment(pay, one_stop, dossier):
    Dossier.objects.filter(pk=dossier.pk).update(received_at=NOON - timedelta(days=40))
    first = pay(at=NOON - timedelta(days=30))
    pay(way=PaidBy.ONLINE, reference="GD-2")
    assert figure() == (0, 0)
    void_payment(payment_id=first.pk, reason="nhầm ngày", actor=one_stop.actor("ngan"), now=NOON)
    assert figure() == (1, 1)


def test_the_figure_follows_a_dossier_to_another_agency_and_a_corrected_way(pay, one_stop, dossier):
    row = pay()
    assert figure() == (0, 1)
    Payment.objects.filter(pk=row.pk).update(way=PaidBy.ONLINE, reference="GD-3")
    elsewhere = one_stop.province.department
    Dossier.objects.filter(pk=dossier.pk).update(decider=elsewhere)
    assert figure() == (1, 1)
    assert figure(f"cq-{elsewhere.pk}") == (1, 1)


def test_the_page_offers_the_fee_of_the_procedure_and_shows_what_was_paid(browser, dossier):
    desk = browser("ngan")
    form = {
        "what": "Lệ phí đăng ký",
        "amount": "100000",
        "way": "online",
        "reference": "GD-9",
        "paid_at": "2026-11-20T11:00",
    }
    address = reverse("dossiers:note_payment", args=[dossier.pk])
    assert desk.get(address).status_code == 200
    assert desk.post(address, form | {"reference": ""}).status_code == 422
    assert desk.post(address, form).status_code == 302
    page = desk.get(reverse("dossiers:one", args=[dossier.pk])).content.decode()
    assert "100.000 ₫" in page
    assert "GD-9" in page
    row = Payment.objects.get()
    assert desk.post(reverse("dossiers:void_payment", args=[row.pk]), {"reason": "ghi nhầm"}).status_code == 302
    assert "đã hủy ghi" in desk.get(reverse("dossiers:one", args=[dossier.pk])).content.decode()


def test_a_payment_of_a_dossier_one_cannot_read_is_not_found(pay, browser):
    row = pay()
    assert browser("lan").get(reverse("dossiers:void_payment", args=[row.pk])).status_code == 404
    row.refresh_from_db()
    assert row.voided_at is None
