"""Closed figures stay as they were; typed ones have a source; published ones are for everybody."""

import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.files.actions.store import store
from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.close_period import close_period, restate
from lienthong.foundation.measures.actions.publish import publish
from lienthong.foundation.measures.actions.type_figure import type_figure
from lienthong.foundation.measures.models import Publication, Reading, TypedFigure
from lienthong.foundation.measures.queries import readings
from lienthong.foundation.measures.queries.scopes import scope
from lienthong.foundation.measures.rules import parse_period
from lienthong.foundation.organizations.terms import SuccessionKind
from lienthong.kit.refusal import Refused
from lienthong.modules.documents.models import Delivery
from lienthong.site.actions.succeed import succeed
from stories.accounts import signed_in
from stories.history import letters

pytestmark = pytest.mark.django_db
NOVEMBER, LATER = parse_period("2026-11"), timedelta(days=20)


@pytest.fixture
def closed(province, pdf, now):
    letters(province, pdf, now)
    return close_period(period=NOVEMBER, actor=province.actor("minh"), now=now + LATER)


def kept(measure, agency=None):
    return Reading.objects.filter(measure=measure, agency=agency).order_by("-closed_at", "-id").first()


def test_a_closed_period_keeps_value_counts_version_and_hash(closed, province):
    row = kept("documents.wholly_electronic")
    assert (row.over, row.under, row.value, row.version) == (7, 8, Decimal("87.5"), 1)
    assert len(row.rows_hash) == 64
    assert row.closed_by_name == province.actor("minh").person_name
    assert kept("documents.sent", province.committee.pk).over == 8
    assert kept("documents.sent", province.department.pk) is None


def test_a_period_that_is_not_over_cannot_be_closed(province, now):
    with pytest.raises(Refused, match="01/12/2026"):
        close_period(period=NOVEMBER, actor=province.actor("minh"), now=now)
    assert not Reading.objects.exists()


def test_a_period_is_closed_once(closed, province, now):
    before = Reading.objects.count()
    with pytest.raises(Refused, match="đã khóa sổ"):
        close_period(period=NOVEMBER, actor=province.actor("minh"), now=now + LATER)
    assert Reading.objects.count() == before


def test_only_who_may_close_closes(province, now):
    with pytest.raises(Forbidden):
        close_period(period=NOVEMBER, actor=province.actor("lan"), now=now + LATER)
    assert not Reading.objects.exists()


def test_a_later_correction_stands_beside_the_closed_figure(closed, province, now):
    old = kept("documents.parallel")
    Delivery.objects.filter(paper_too=True).update(paper_too=False)
    changed = restate(period=NOVEMBER, reason="đính chính bản giấy", actor=province.actor("minh"), now=now + LATER)
    assert changed > 0
    new = kept("documents.parallel")
    assert (new.over, new.restates_id, new.reason) == (0, old.pk, "đính chính bản giấy")
    old.refresh_from_db()
    assert old.over == 1


def test_correcting_what_did_not_change_writes_nothing(closed, province, now):
    before = Reading.objects.count()
    assert restate(period=NOVEMBER, reason="kiểm tra lại", actor=province.actor("minh"), now=now + LATER) == 0
    assert Reading.objects.count() == before


def test_a_correction_needs_a_reason_and_a_closed_period(province, now):
    with pytest.raises(Refused, match="lý do"):
        restate(period=NOVEMBER, reason=" ", actor=province.actor("minh"), now=now)
    with pytest.raises(Refused, match="chưa khóa"):
        restate(period=NOVEMBER, reason="x", actor=province.actor("minh"), now=now)


def test_the_page_shows_the_closed_figure_and_what_is_counted_now(closed, province, client):
    Delivery.objects.filter(paper_too=True).update(paper_too=False)
    page = signed_in(client, province, "huong").get("/lam-viec/so-lieu/documents.parallel/?ky=2026-11").content.decode()
    assert "Đã khóa sổ" in page
    assert "12,5 %" in page
    assert "nay đếm được" in page


@pytest.fixture
def typed(province, now):
    def make(value="61.5", who="lan", source=True, measure="people.online_meetings", period=NOVEMBER, agency=None):
        paper = store(stream=io.BytesIO(b"%PDF-1.4 bang so"), name="bang-so.pdf", now=now) if source else None
        return type_figure(
            measure=measure, agency_id=agency or province.committee.pk, period=period, value=Decimal(value), stored=paper,
            file_name="bang-so.pdf", note="", actor=province.actor(who), now=now,
        )  # fmt: skip

    return make


def test_a_typed_figure_is_shown_with_its_source_and_looks_different(typed, province, client):
    row = typed()
    viewer = signed_in(client, province, "huong")
    page = viewer.get("/lam-viec/so-lieu/people.online_meetings/?ky=2026-11").content.decode()
    assert "61,5 %" in page and "bang-so.pdf" in page and "note typed" in page
    assert b"".join(viewer.get(f"/lam-viec/so-lieu/nguon/{row.pk}/").streaming_content) == b"%PDF-1.4 bang so"


def test_a_later_figure_replaces_an_earlier_one_and_keeps_it(typed):
    first, second = typed(), typed("70")
    first.refresh_from_db()
    assert first.replaced_by_id == second.pk
    assert TypedFigure.objects.filter(replaced_by__isnull=True).count() == 1


@pytest.mark.parametrize("value", ["140", "-1"])
def test_a_share_outside_its_bounds_is_refused(typed, value):
    with pytest.raises(Refused, match="0 đến 100"):
        typed(value)
    assert not TypedFigure.objects.exists()


@pytest.mark.parametrize(("measure", "together"), [("people.online_meetings", "45"), ("people.it_staff", "90")])
def test_shares_that_agencies_type_are_averaged_and_their_numbers_add_up(typed, province, measure, together):
    typed("60", measure=measure)
    typed("30", measure=measure, who="oanh", agency=province.department.pk)
    found = readings.typed([rules.measure(measure)], scope("tinh"), NOVEMBER.start, NOVEMBER.end)
    assert found.of(rules.measure(measure), NOVEMBER) == Decimal(together)
    assert found.of(rules.measure(measure), NOVEMBER, [province.department.pk]) == 30
    assert found.of(rules.measure(measure), NOVEMBER, [province.commune.pk]) is None


def test_a_later_month_stands_for_the_year_until_the_next_is_typed(typed, province):
    typed("60")
    typed("70", period=parse_period("2026-10"))
    typed("99", period=parse_period("2025-12"))
    signed, year = rules.measure("people.online_meetings"), parse_period("2026")
    assert readings.typed([signed], scope("tinh"), year.start, year.end).latest(signed, year) == 60


def test_a_closed_figure_of_one_agency_is_not_laid_beside_that_of_it_and_its_predecessors(closed, province, now):
    over = scope(f"cq-{province.committee.pk}")
    assert readings.reading("documents.sent", NOVEMBER, over).over == 8
    succeed(
        kind=SuccessionKind.MERGE, predecessor_ids=[province.commune.pk], successor_ids=[province.committee.pk],
        on=(now + LATER).date(), legal_basis="Nghị quyết 12/NQ-HĐND", actor=province.actor("minh"), now=now + LATER,
    )  # fmt: skip
    over = scope(f"cq-{province.committee.pk}")
    assert province.commune.pk in over.ids
    assert readings.reading("documents.sent", NOVEMBER, over) is None
    assert readings.reading("documents.sent", NOVEMBER, scope("tinh")).over == 8


def test_no_figure_without_a_source(typed):
    with pytest.raises(Refused, match="nguồn"):
        typed(source=False)
    assert not TypedFigure.objects.exists()


def test_what_the_system_counts_itself_is_not_typed(typed):
    with pytest.raises(Refused, match="đếm từ bản ghi"):
        typed(measure="documents.sent")
    assert not TypedFigure.objects.exists()


def test_one_types_for_the_own_agency_only(typed):
    with pytest.raises(Forbidden):
        typed(who="oanh")
    assert not TypedFigure.objects.exists()


def test_a_published_measure_is_for_everybody_and_others_are_not(province, pdf, now, client):
    letters(province, pdf, now)
    for _twice in range(2):
        publish(measure="documents.electronic", shown=True, actor=province.actor("minh"), now=now)
    assert Publication.objects.count() == 1
    found = json.loads(client.get("/so-lieu/documents.electronic.json?ky=2026-11").content)
    assert (found["value"], found["numerator_count"], found["denominator_count"]) == (100.0, 8, 8)
    assert [line["agency"] for line in found["agencies"]] == [province.committee.name]
    assert client.get("/so-lieu/documents.sent.json").status_code == 404
    assert "Văn bản trao đổi dưới dạng điện tử" in client.get("/so-lieu/").content.decode()
    publish(measure="documents.electronic", shown=False, actor=province.actor("minh"), now=now)
    assert client.get("/so-lieu/documents.electronic.json").status_code == 404


def test_only_who_may_publish_publishes(province, now):
    with pytest.raises(Forbidden):
        publish(measure="documents.electronic", shown=True, actor=province.actor("lan"), now=now)
    assert not Publication.objects.exists()
