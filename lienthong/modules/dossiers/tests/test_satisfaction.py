"""Satisfaction: one tap at the desk, the code on the paper, and what it comes to."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.modules.dossiers import rules
from lienthong.modules.dossiers.actions.decide import decide
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.give_back import give_back
from lienthong.modules.dossiers.actions.rate import rate_at_desk, rate_by_code
from lienthong.modules.dossiers.models import Dossier, Rating
from lienthong.modules.dossiers.queries import satisfaction
from lienthong.modules.dossiers.terms import Grade, Outcome, ResultWay

pytestmark = pytest.mark.django_db
HOME = "/lam-viec/ho-so/"


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, 0, tzinfo=VIETNAM)


@pytest.fixture
def returned(one_stop):
    """A dossier refused by the commune on the same day (or on `ended`, later) and given back."""

    def make(ended: datetime | None = None) -> Dossier:
        moment = ended or at(20, 10)
        dossier = one_stop.received(version=one_stop.household, now=at(20, 8))
        for _ in range(2):
            run = one_stop.open_run(dossier)
            to = one_stop.province.posts["bao"] if run.key == "2" else None
            finish_step(run_id=run.pk, actor=one_stop.holder(run), now=at(20, 10), to_post_id=to)
        run = one_stop.open_run(dossier)
        decide(run_id=run.pk, outcome=Outcome.REFUSED, reason="Bị cấm", actor=one_stop.actor("dung"), now=moment)
        return give_back(
            dossier_id=dossier.pk,
            way=ResultWay.DESK,
            taken_by="Huỳnh Mỹ Duyên",
            actor=one_stop.actor("ngan"),
            now=moment,
        )

    return make


def test_one_tap_at_the_desk_is_kept_and_shown_on_the_dossiers_page(one_stop, browser, returned):
    dossier = returned()
    page = browser("ngan").get(f"{HOME}{dossier.pk}/")
    assert f"{HOME}{dossier.pk}/hai-long/" in page.content.decode()
    assert browser("ngan").get(f"{HOME}{dossier.pk}/hai-long/").status_code == 200
    assert browser("ngan").post(f"{HOME}{dossier.pk}/hai-long/", {"muc-do": "very_good"}).status_code == 302
    text = browser("ngan").get(f"{HOME}{dossier.pk}/").content.decode()
    assert "Đánh giá của người nộp" in text and "Rất hài lòng" in text and "/hai-long/" not in text.split("<main")[1]
    rating = Rating.objects.get()
    assert (rating.grade, rating.way, rating.criteria) == ("very_good", "desk", [])


def test_a_second_tap_and_half_of_the_criteria_are_refused_and_the_comment_stays(one_stop, browser, returned):
    dossier = returned()
    half = browser("ngan").post(
        f"{HOME}{dossier.pk}/hai-long/", {"muc-do": "bad", "tieu-chi-0": "1", "gop-y": "Chờ lâu"}
    )
    assert half.status_code == 422 and "Chờ lâu" in half.content.decode() and not Rating.objects.exists()
    whole = {f"tieu-chi-{place}": "1" for place in range(5)}
    browser("ngan").post(f"{HOME}{dossier.pk}/hai-long/", {"muc-do": "bad", "gop-y": "Chờ lâu", **whole})
    assert Rating.objects.get().criteria == [1] * 5
    with pytest.raises(Refused, match="đã được đánh giá"):
        rate_by_code(code=dossier.code, grade=Grade.GOOD, criteria=[], comment="", now=at(20, 11))


def test_a_dossier_that_is_still_handled_is_not_rated(one_stop, browser):
    dossier = one_stop.received()
    response = browser("ngan").post(f"{HOME}{dossier.pk}/hai-long/", {"muc-do": "good"})
    assert response.status_code == 422 and not Rating.objects.exists()


def rated(one_stop, returned, *grades):
    for grade in grades:
        rate_at_desk(
            dossier_id=returned().pk, grade=grade, criteria=[2, 1, 1, 0, 2], comment="", actor=one_stop.actor("ngan"),
            now=at(20, 11),
        )  # fmt: skip


def test_shares_are_counted_over_ratings_and_set_beside_what_ended(one_stop, returned):
    rated(one_stop, returned, Grade.VERY_GOOD, Grade.GOOD, Grade.BAD, Grade.GOOD)
    returned()  # nobody rated this one
    commune = one_stop.province.commune.pk
    rows, whole = satisfaction.statistics([commune], "decider", "agency", date(2026, 11, 1), date(2026, 11, 30))
    assert [(row.key, row.rated, row.very_good, row.good, row.bad, row.ended) for row in rows] == [
        (commune, 4, 1, 2, 1, 5)
    ]
    assert whole.share == 0.75 and whole.averages == [2, 1, 1, 0, 2]
    assert whole.points == 15.0  # (1 - 0 - 0.25) / 0.9 * 18
    assert satisfaction.statistics([commune], "decider", "agency", date(2026, 10, 1), date(2026, 10, 31))[0] == []


def test_late_dossiers_and_dissatisfaction_both_cost_points():
    assert rules.satisfaction_points(late=0, bad=0.1) == 18
    assert rules.satisfaction_points(late=0.3, bad=0.25) == 9.0
    assert rules.satisfaction_points(late=0.8, bad=0.5) == 0


def test_each_officer_is_counted_for_what_that_officer_did(one_stop, returned):
    rated(one_stop, returned, Grade.GOOD, Grade.BAD)
    period = (date(2026, 11, 20), date(2026, 11, 20))
    commune, posts = one_stop.province.commune.pk, one_stop.province.posts
    receiving, _ = satisfaction.statistics([commune], "decider", "receiver", *period)
    assert [(row.key, row.rated) for row in receiving] == [(posts["ngan"], 2)]
    assert "Đỗ Kim Ngân" in receiving[0].label and receiving[0].points is None
    handling, _ = satisfaction.statistics([commune], "decider", "handler", *period)
    assert [(row.key, row.rated, row.ended) for row in handling] == [(posts["bao"], 2, 2)]
    procedures, _ = satisfaction.statistics([commune], "decider", "procedure", *period)
    assert [(row.label, row.rated) for row in procedures] == [("Đăng ký thành lập hộ kinh doanh", 2)]


def test_more_ratings_need_no_more_statements(one_stop, returned):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            satisfaction.statistics(
                [one_stop.province.commune.pk], "decider", "handler", date(2026, 11, 1), date(2026, 11, 30)
            )
        return len(seen)

    rated(one_stop, returned, Grade.GOOD)
    few = asked()
    rated(one_stop, returned, Grade.GOOD, Grade.BAD, Grade.BAD)
    assert asked() == few == 4


def test_every_figure_opens_the_ratings_that_it_counted(one_stop, browser, returned):
    import re
    from html import unescape

    rated(one_stop, returned, Grade.GOOD, Grade.BAD)
    period = "tu=2026-11-01&den=2026-11-30"
    for who in ("dung", "ngan", "quy"):
        for by in ("co-quan", "tiep-nhan", "xu-ly", "thu-tuc"):
            page = browser(who).get(f"{HOME}hai-long/?theo={by}&{period}")
            text = page.content.decode()
            assert page.status_code == 200 and "766/QĐ-TTg" in text and "32/2017/TT-BTTTT" in text
            row = text.split("<tbody>")[1].split("</tr>")[0]
            links = [unescape(one) for one in re.findall(r'href="([^"]*hai-long/danh-gia[^"]*)"', row)]
            figures = re.findall(r"danh-gia[^>]*>(\d+)</a>", row)
            assert figures == ["2", "0", "1", "1"], (who, by, figures)
            for link, figure in zip(links, figures, strict=True):
                behind = browser(who).get(link).content.decode()
                assert behind.count("<tr>") - 1 == int(figure) or (figure == "0" and "Không có đánh giá" in behind)


def test_another_agency_sees_neither_the_ratings_nor_their_figures(one_stop, browser, returned):
    rated(one_stop, returned, Grade.BAD)
    text = browser("phuoc").get(f"{HOME}hai-long/?tu=2026-11-01&den=2026-11-30").content.decode()
    assert "Chưa có đánh giá" in text
    commune = one_stop.province.commune.pk
    listed = browser("phuoc").get(
        f"{HOME}hai-long/danh-gia/?co-quan={commune}&theo=co-quan&dong={commune}&tu=2026-11-01&den=2026-11-30"
    )
    assert "Không có đánh giá" in listed.content.decode()
    assert browser("bao").get(f"{HOME}hai-long/").status_code == 403


def test_a_rating_that_is_refused_keeps_what_the_applicant_wrote(returned, client):
    typed = {"ma": returned().code, "muc-do": "good", "tieu-chi-0": "2", "gop-y": "Chỉ dẫn rõ ràng"}
    response = client.post("/tra-cuu-ho-so/danh-gia/", typed)
    text = response.content.decode()
    assert response.status_code == 422 and not Rating.objects.exists()
    assert "Chỉ dẫn rõ ràng" in text and 'name="tieu-chi-0" value="2" checked' in text and "chấm đủ 5 tiêu chí" in text
