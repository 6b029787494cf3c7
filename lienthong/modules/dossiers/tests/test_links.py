"""One trail: official documents bound to a dossier, and the way back from the document."""

import pytest

from lienthong.kit.refusal import Refused
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.actions.set_matter import set_matter
from lienthong.modules.documents.models import Incoming, Outgoing
from lienthong.modules.documents.rules import OutgoingDetails, Paper, Recipient
from lienthong.modules.dossiers.actions.keep_result import ResultDetails, link_document, release_result
from lienthong.modules.dossiers.models import DossierDocument
from lienthong.modules.dossiers.terms import DocumentRole

pytestmark = pytest.mark.django_db
HOME = "/lam-viec/ho-so/"


@pytest.fixture
def letter(one_stop, now, pdf):
    def make(subject: str = "Lấy ý kiến về chỉ giới xây dựng", who: str = "gam") -> Outgoing:
        return register_outgoing(
            paper=Paper("TTR", "", subject, now.date()), details=OutgoingDetails(), attached=[pdf(text=subject)],
            actor=one_stop.actor(who), now=now,
        )  # fmt: skip

    return make


def test_a_document_is_found_by_its_number_and_each_side_shows_the_other(one_stop, browser, letter):
    dossier, row = one_stop.at_step("3"), letter()
    letter("Việc khác")
    address = f"{HOME}{dossier.pk}/gan-van-ban/"
    found = browser("gam").get(address, {"q": row.document.code}).content.decode()
    assert f'value="{row.pk}"' in found and "Việc khác" not in found
    assert browser("gam").post(address, {"van-ban": row.pk, "vai-tro": "submission"}).status_code == 302
    page = browser("gam").get(f"{HOME}{dossier.pk}/").content.decode()
    assert row.document.code in page and "Tờ trình" in page
    back = browser("gam").get(f"/lam-viec/van-ban/di/{row.pk}/").content.decode()
    assert f'href="{HOME}{dossier.pk}/"' in back and dossier.code in back


def test_choosing_nothing_or_no_role_is_refused_and_the_choice_stays(one_stop, browser, letter):
    dossier, row = one_stop.at_step("3"), letter()
    address = f"{HOME}{dossier.pk}/gan-van-ban/"
    assert browser("gam").post(address, {"vai-tro": "opinion"}).status_code == 422
    response = browser("gam").post(address, {"van-ban": row.pk})
    assert response.status_code == 422 and f'value="{row.pk}" checked' in response.content.decode()
    assert not DossierDocument.objects.exists()


def test_a_document_of_another_agency_and_a_stranger_to_the_dossier_are_refused(one_stop, browser, letter, now):
    dossier, theirs = one_stop.at_step("3"), letter("Của tỉnh", who="lan")
    with pytest.raises(Outgoing.DoesNotExist):
        link_document(
            dossier_id=dossier.pk,
            outgoing_id=theirs.pk,
            role=DocumentRole.OPINION,
            actor=one_stop.actor("gam"),
            now=now,
        )
    assert browser("lan").get(f"{HOME}{dossier.pk}/gan-van-ban/").status_code == 404


def test_receivers_elsewhere_read_the_words_without_the_way(one_stop, browser, letter, now):
    dossier, row = one_stop.at_step("3"), letter()
    link_document(
        dossier_id=dossier.pk, outgoing_id=row.pk, role=DocumentRole.OPINION, actor=one_stop.actor("gam"), now=now
    )
    issue(
        outgoing_id=row.pk, recipients=[Recipient(one_stop.province.department.pk)], to_places="", actor=one_stop.actor("gam"), now=now
    )  # fmt: skip
    arrived = Incoming.objects.get(agency=one_stop.province.department)
    text = browser("oanh").get(f"/lam-viec/van-ban/den/{arrived.pk}/").content.decode()
    assert dossier.code in text and f"{HOME}{dossier.pk}/" not in text
    assert dossier.applicant_name not in text


def test_a_released_result_says_what_it_belongs_to(one_stop, now, pdf):
    dossier = one_stop.at_step("3")
    kept = release_result(
        dossier_id=dossier.pk, result=ResultDetails("Giấy phép"), paper=Paper("QD", "", "Cấp giấy phép", now.date()),
        details=OutgoingDetails(), attached=[pdf()], actor=one_stop.actor("gam"), now=now,
    )  # fmt: skip
    assert dossier.code in kept.document.__class__.objects.get(pk=kept.document_id).matter


def test_a_document_of_two_dossiers_names_both_and_leads_to_the_first(one_stop, letter, now):
    first, second, row = one_stop.at_step("3"), one_stop.at_step("3"), letter()
    for dossier in (first, second, first):
        link_document(
            dossier_id=dossier.pk, outgoing_id=row.pk, role=DocumentRole.OPINION, actor=one_stop.actor("gam"), now=now
        )
    row.document.refresh_from_db()
    assert first.code in row.document.matter and second.code in row.document.matter
    assert row.document.matter_address == f"{HOME}{first.pk}/"
    assert DossierDocument.objects.count() == 2


def test_empty_words_say_nothing_and_are_refused(one_stop, letter, now):
    row = letter()
    with pytest.raises(Refused, match="thuộc việc nào"):
        set_matter(outgoing_id=row.pk, words=" ", address="/x/", actor=one_stop.actor("gam"), now=now)
