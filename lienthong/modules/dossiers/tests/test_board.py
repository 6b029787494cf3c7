"""Boards: what they say is what counting gives, to the last act, also after the rows were added up."""

import html
import re
from datetime import datetime, timedelta

import pytest

from lienthong.kit.dates import VIETNAM
from lienthong.modules.dossiers.actions import count as counting
from lienthong.modules.dossiers.actions.end_early import withdraw
from lienthong.modules.dossiers.actions.publish_times import publish_times
from lienthong.modules.dossiers.actions.turn_away import turn_away
from lienthong.modules.dossiers.models import Dossier, ProcessingTime, Tally
from lienthong.modules.dossiers.queries import board as boards
from lienthong.modules.dossiers.terms import SlipKind
from lienthong.modules.dossiers.tests.test_handling import decide_all

pytestmark = pytest.mark.django_db


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=VIETNAM)


def month_of(one_stop, by, roots=()):
    agencies = [one_stop.province.commune.pk]
    return {row.key: row for row in boards.board(agencies, by, at(1, 8).date(), at(30, 8).date(), at(20, 17), roots)}


def everything(one_stop):
    done = one_stop.at_step("3", now=at(20, 8))
    decide_all(one_stop, done, at(20, 10))
    one_stop.received(now=at(20, 9))
    one_stop.received(now=at(20, 9), version=one_stop.household)
    gone = one_stop.received(now=at(20, 9))
    withdraw(dossier_id=gone.pk, reason="x", actor=one_stop.actor("ngan"), now=at(20, 11))


@pytest.mark.parametrize("by", ["agency", "field", "procedure"])
def test_a_board_counts_every_dossier_once(one_stop, by):
    everything(one_stop)
    whole = boards.total(month_of(one_stop, by).values())
    assert (whole.flows["received"], whole.flows["done"], whole.flows["withdrawn"]) == (4, 1, 1)
    assert (whole.stocks["open"], whole.stocks["ready"]) == (2, 1)


def test_what_is_summed_for_the_agencies_above_is_the_same(one_stop):
    everything(one_stop)
    own, above = month_of(one_stop, "procedure"), month_of(one_stop, "procedure", [one_stop.province.committee.pk])
    assert {key: row.flows for key, row in own.items()} == {key: row.flows for key, row in above.items()}


def test_adding_up_changes_no_figure_and_leaves_fewer_rows(one_stop, monkeypatch):
    everything(one_stop)
    monkeypatch.setattr(counting, "MANY", 1)
    before = {by: [(key, row.flows) for key, row in sorted(month_of(one_stop, by).items())] for by in boards.BY}
    rows = Tally.objects.count()
    counting.add_up()
    after = {by: [(key, row.flows) for key, row in sorted(month_of(one_stop, by).items())] for by in boards.BY}
    assert after == before and Tally.objects.count() < rows


def test_closures_for_housekeeping_stay_out_of_published_times(one_stop):
    everything(one_stop)
    Dossier.objects.filter(state="ready").update(ended_at=datetime.now(VIETNAM) - timedelta(days=1))
    publish_times(now=datetime.now(VIETNAM))
    assert ProcessingTime.objects.get().count == 1
    Dossier.objects.filter(state="ready").update(housekeeping=True)
    ProcessingTime.objects.all().delete()
    publish_times(now=datetime.now(VIETNAM))
    assert not ProcessingTime.objects.exists()


_FIGURE = re.compile(r'<a (?:class="[^"]*" )?href="(/lam-viec/ho-so/\?[^"]+)"[^>]*>(?:<b>)?([\d.]+)<')
_STEP = re.compile(r'href="(/lam-viec/ho-so/\?[^"]+buoc=[^"]+)".*?<td class="num nw">(\d+)')


def opened(client, address: str) -> int:
    page = client.get(html.unescape(address))
    assert page.status_code == 200, address
    return page.context["page"].total


@pytest.mark.parametrize("by", ["co-quan", "linh-vuc", "thu-tuc", "can-bo"])
@pytest.mark.parametrize("who", ["dung", "quy", "ngan", "chau"])
def test_every_figure_of_a_board_opens_exactly_what_it_counts(one_stop, browser, who, by):
    everything(one_stop)
    turned = one_stop.intake()
    turn_away(
        intake=turned, kind=SlipKind.REFUSAL, lines=(), reason="Sai nơi", actor=one_stop.actor("ngan"), now=at(20, 9)
    )
    reader = browser(who)
    page = reader.get(f"/lam-viec/ho-so/bang/?theo={by}&tu=2026-11-01&den=2026-11-30").content.decode()
    figures = _FIGURE.findall(page) + _STEP.findall(page)
    assert any(int(shown) for _, shown in figures)
    assert not {
        address: (shown, opened(reader, address)) for address, shown in figures if int(shown) != opened(reader, address)
    }


def test_what_a_board_counts_may_be_opened_and_nothing_else(one_stop, browser):
    dossier = one_stop.received()
    assert browser("chau").get(f"/lam-viec/ho-so/{dossier.pk}/").status_code == 200  # the leader of the province
    assert browser("bao").get("/lam-viec/ho-so/?bang=1").status_code == 403  # an official has no board
    assert browser("tuyet").get(f"/lam-viec/ho-so/{dossier.pk}/").status_code == 404


@pytest.mark.parametrize("by", ["co-quan", "linh-vuc", "thu-tuc", "can-bo"])
def test_every_figure_of_a_board_carries_its_name_for_a_narrow_screen(one_stop, browser, by):
    everything(one_stop)
    page = browser("dung").get(f"/lam-viec/ho-so/bang/?theo={by}&tu=2026-11-01&den=2026-11-30").content.decode()
    table = page[page.index('<table class="table board labelled">') : page.index("</table>")]
    cells = re.findall(r"<td[^>]*>", table)
    assert len(cells) >= 10 and all('data-label="' in cell for cell in cells)
