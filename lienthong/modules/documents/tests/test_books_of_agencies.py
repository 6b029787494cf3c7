"""Closing a book of numbers, and the books of other agencies for those whose duty reaches them."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from lienthong.foundation.access.rules import Forbidden, system_actor
from lienthong.foundation.access.terms import Duty
from lienthong.foundation.numbering import queries as numbering
from lienthong.foundation.numbering.models import Series
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.actions.add_person import add_person
from lienthong.foundation.organizations.actions.add_post import add_post
from lienthong.foundation.organizations.models import Agency
from lienthong.foundation.trail.models import Entry
from lienthong.modules.documents.queries import registers
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(province, now):
    """Đỗ Thanh Tâm audits the whole province from a post of the committee."""
    since = date(2026, 1, 5)
    post = add_post(
        agency_id=province.committee.pk, unit_id=None, name="Thanh tra viên", duties=[Duty.AUDITOR], valid_from=since,
        actor=system_actor(), now=now,
    )  # fmt: skip
    add_person(
        name="Đỗ Thanh Tâm",
        email="tam@sonhai.example",
        post_id=post.pk,
        valid_from=since,
        actor=system_actor(),
        now=now,
    )
    province.posts["tam"] = post.pk
    return province.actor("tam")


def page(client, name, *args, **query):
    return client.get(reverse(f"documents:{name}", args=args), query)


def test_a_clerk_closes_a_book_after_reading_what_stays(way, province, client, now):
    way.registered()
    series, client = numbering.series_for(province.committee.pk, "outgoing"), signed_in(client, province, "lan")
    address = reverse("documents:close_series", args=[series.pk])
    assert address in page(client, "series").content.decode()
    asked = client.get(address)
    assert "Sổ đã cấp đến số 1 năm" in asked.content.decode()
    assert Series.objects.get(pk=series.pk).valid_to is None

    assert client.post(address).status_code == 302

    assert Series.objects.get(pk=series.pk).valid_to is not None
    assert Entry.objects.filter(verb="numbering.close_series").count() == 1
    assert address not in page(client, "series").content.decode()
    assert numbering.series_for(province.committee.pk, "outgoing") is None


def test_a_closed_book_is_not_closed_again(province, client):
    client = signed_in(client, province, "lan")
    address = reverse("documents:close_series", args=[numbering.series_for(province.committee.pk, "outgoing").pk])
    client.post(address)
    again = client.post(address)
    assert again.status_code == 422
    assert "Sổ này đã đóng." in again.content.decode()
    assert Entry.objects.filter(verb="numbering.close_series").count() == 1


@pytest.mark.parametrize(("who", "answer"), [("oanh", 404), ("huong", 403)])
def test_nobody_closes_a_book_of_another_agency_or_without_the_right(province, client, who, answer):
    series = numbering.series_for(province.committee.pk, "outgoing")
    client = signed_in(client, province, who)
    assert client.post(reverse("documents:close_series", args=[series.pk])).status_code == answer
    assert Series.objects.get(pk=series.pk).valid_to is None


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
@pytest.mark.parametrize("book", list(registers.BOOKS))
def test_an_auditor_prints_the_books_of_any_agency_here(way, province, auditor, client, book, form):
    way.given()
    client = signed_in(client, province, "tam")
    agency = province.committee if book == "van-ban-di" else province.department
    printed = page(client, "print_book", book, dang=form, **{"co-quan": agency.pk, "tu": "2026-01-01"})
    assert printed.status_code == 200
    if form == "pdf":
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.content)).pages)
        assert agency.name.upper() in text.upper()


def test_an_auditor_chooses_an_agency_and_sees_its_documents(way, province, auditor, client, now):
    row = way.given()
    client = signed_in(client, province, "tam")
    link = reverse("documents:incoming", args=[row.pk])
    for name in ("follow_up", "incoming_book"):
        offered = page(client, name)
        assert {one.pk for one in offered.context["agencies"]} == set(
            Agency.objects.filter(is_here=True).values_list("pk", flat=True)
        )
        theirs = page(client, name, **{"co-quan": province.department.pk}).content.decode()
        others = page(client, name, **{"co-quan": province.commune.pk}).content.decode()
        assert link in theirs and link not in others
        assert f'<option value="{province.commune.pk}" selected>' in others
    printed = reverse("documents:print_book", args=["van-ban-den"])
    chosen = page(client, "incoming_book", **{"co-quan": province.department.pk})
    assert f"{printed}?dang=pdf&amp;co-quan={province.department.pk}" in chosen.content.decode()
    sent = page(client, "outgoing_book", **{"co-quan": province.commune.pk})
    assert sent.context["page"].rows == []
    assert len(page(client, "outgoing_book", **{"co-quan": province.committee.pk}).context["page"].rows) == 1


def test_who_prints_for_one_agency_is_offered_no_other_and_gets_no_other(way, province, client, now):
    way.given()
    client = signed_in(client, province, "oanh")
    assert page(client, "follow_up").context["agencies"] == []
    assert 'name="co-quan"' not in page(client, "incoming_book").content.decode()
    for name, args in (("follow_up", []), ("print_book", ["van-ban-di"])):
        assert page(client, name, *args, **{"co-quan": province.committee.pk}).status_code == 404
    for book in registers.BOOKS.values():
        with pytest.raises(Forbidden):
            book(
                province.actor("oanh"), organizations.agency(province.committee.pk), since=now.date(), until=now.date(),
                now=now,
            )  # fmt: skip


def test_an_agency_that_is_not_there_is_not_found(province, auditor, client):
    client = signed_in(client, province, "tam")
    assert page(client, "follow_up", **{"co-quan": 999_999_999}).status_code == 404
    assert page(client, "follow_up", **{"co-quan": province.ministry.pk}).status_code == 404
