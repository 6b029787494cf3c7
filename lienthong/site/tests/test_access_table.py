"""Every address × who → answer to a plain look (GET). An address that nobody listed fails.

`nobody` is not signed in; the others are people of the small province (stories/people.py). The row at hand is a letter of
the committee (lan) that the construction department's clerk (oanh) has registered and nobody was given yet; and a dossier
that the centre of the commune (ngan) has received and an official of the commune (bao) is handling under its chairman (dung),
for which the department's director (phuoc) was asked for an opinion; and a plan of the committee that is still being read.
302 leads to sign-in, 404 hides what may not be seen, 403 says that the post has no right, 405 only takes a form.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from lienthong.foundation.organizations import queries as organizations
from lienthong.modules.documents import queries
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.register_incoming import register_incoming
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.rules import OutgoingDetails, Paper, Recipient
from lienthong.modules.dossiers import queries as dossier_queries
from lienthong.modules.dossiers.actions.ask_opinion import ask_opinion
from lienthong.modules.dossiers.actions.note_payment import Paid, note_payment
from lienthong.modules.dossiers.terms import PaidBy
from lienthong.modules.plans.actions.make_plan import PlanHead, make_plan

pytestmark = pytest.mark.django_db
WHO = ("nobody", "huong", "oanh", "lan", "phuoc", "minh", "ngan", "bao", "dung")
NOBODYS = 999_999_999  # an id that no row has
TABLE = Path(__file__).parent / "access_table.txt"


def addresses(resolver, prefix=""):
    """Every address pattern of the installation, as Django writes it."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern)


ALL = sorted(set(addresses(get_resolver())))


def listed() -> dict[str, tuple[int, ...]]:
    rows = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            *codes, address = line.split(maxsplit=len(WHO))
            rows[address.strip("'")] = tuple(int(code) for code in codes)
    return rows


@pytest.fixture
def people(province, one_stop, pdf, now):
    """One client per person, and the ids that stand in addresses."""
    lan, oanh = province.actor("lan"), province.actor("oanh")
    sent = register_outgoing(
        paper=Paper("KH", "", "Kế hoạch", now.date()), details=OutgoingDetails(), attached=[pdf()], actor=lan, now=now
    )
    issue(outgoing_id=sent.pk, recipients=[Recipient(province.department.pk)], to_places="", actor=lan, now=now)
    row = register_incoming(incoming_id=queries.incoming(oanh).get().pk, actor=oanh, now=now)
    dossier = one_stop.at_step("3")
    run = one_stop.open_run(dossier)
    asked = ask_opinion(
        run_id=run.pk, agency_ids=[province.department.pk], question="Có thuộc quy hoạch?", due_at=now + timedelta(days=3),
        actor=one_stop.actor("bao"), now=now,
    )[0]  # fmt: skip
    paid = note_payment(
        dossier_id=dossier.pk, paid=Paid("Lệ phí", 100_000, PaidBy.CASH, "BL1", now), actor=one_stop.actor("ngan"), now=now
    )  # fmt: skip
    clients = {"nobody": Client()}
    for name in WHO[1:]:
        person = organizations.people_in([province.posts[name]], now.date())[province.posts[name]][0]
        account = get_user_model().objects.create(username=name, person=person, person_name=person.name)
        clients[name] = Client()
        clients[name].force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    ids = {"den": row.pk, "di": sent.pk, "tep": queries.files_of(oanh, row)[0].pk, "co-quan": province.department.pk}
    ids["ke-hoach"] = _plan(province, now)
    ids |= {
        "ho-so": dossier.pk, "buoc": run.pk, "giay-to": dossier_queries.papers(dossier.pk)[0].pk, "y-kien": asked.pk,
        "phieu": dossier_queries.slips(dossier.pk)[0].pk, "nguoi-nop": one_stop.applicant.pk,
        "thu-phi": paid.pk,
    }  # fmt: skip
    return clients, ids


def _plan(province, now) -> int:
    """A plan of the committee that is still being read."""
    head = PlanHead("12/KH-UBND", "Kế hoạch", province.committee.pk, None, now.date(), now.date())
    return make_plan(head=head, text="", actor=province.actor("lan"), now=now).pk


def real(address: str, ids: dict[str, int]) -> str:
    """The pattern with the ids of the row at hand."""
    first = next((pk for part, pk in ids.items() if f"/{part}/<int:" in address), NOBODYS)
    address = re.sub(r"<int:\w+>", str(first), address, count=1)
    address = re.sub(r"<int:\w+>", str(NOBODYS), address)
    address = address.replace("<slug:book>", "van-ban-den")
    address = address.replace("bo-chi-so/<str:code>", "bo-chi-so/766").replace("<str:kind>", "csv")
    address = address.replace("<str:code>/nhap/", "people.online_meetings/nhap/").replace("<str:period>", "2026-Q1")
    if "so-lieu/" in address:
        address = address.replace("<str:code>", "documents.electronic")
    address = re.sub(r"<\w+:\w+>", "x", address)
    return "/" + re.sub(r"[\^$\\?]|\(.*?\)", "", address)


def test_every_address_is_listed():
    assert sorted(set(ALL) - set(listed())) == []


def test_no_listed_address_is_gone():
    assert sorted(set(listed()) - set(ALL)) == []


def test_every_address_answers_each_person_as_the_table_says(people):
    clients, ids = people
    wrong = []
    for address, expected in listed().items():
        codes = tuple(clients[name].get(real(address, ids)).status_code for name in WHO)
        if codes != expected:
            wrong.append(f"{address}: {codes}, the table says {expected}")
    assert wrong == []
