"""One person with two identity numbers: the old card's nine digits and the personal twelve."""

from datetime import date

import pytest

from lienthong.foundation.trail.models import Entry
from lienthong.kit.refusal import Refused
from lienthong.modules.citizens import queries, rules
from lienthong.modules.citizens.actions.edit_applicant import edit_applicant
from lienthong.modules.citizens.actions.keep_applicant import keep_applicant
from lienthong.modules.citizens.actions.merge import merge
from lienthong.modules.citizens.models import Applicant
from lienthong.modules.citizens.rules import Details
from lienthong.modules.citizens.terms import IdentityScheme

pytestmark = pytest.mark.django_db
CARD = "099190001234|123456789|Lưu Thị Bích Hằng|05031990|Nữ|Thôn 3, xã Sơn Lâm|01012024"
OLD = Details("Lưu Thị Bích Hằng", scheme=IdentityScheme.OLD_ID, number="123 456 789", born_on=date(1990, 3, 5))


@pytest.fixture
def keep(one_stop, now):
    return lambda details: keep_applicant(details=details, actor=one_stop.actor("ngan"), now=now)


def test_who_came_with_the_old_card_is_the_same_person_with_the_new_one(keep):
    first = keep(OLD)
    again = keep(rules.read_card(CARD))
    assert again.pk == first.pk and Applicant.objects.filter(name=OLD.name).count() == 1
    assert {one.number for one in queries.identities(first.pk)} == {"123456789", "099190001234"}
    assert queries.number_of(first.pk) == "099190001234"
    assert keep(OLD).pk == keep(rules.read_card(CARD)).pk == first.pk


def test_a_card_leads_to_one_person_by_either_of_its_numbers(keep):
    first = keep(rules.read_card(CARD))
    assert keep(OLD).pk == first.pk


@pytest.mark.parametrize(
    "other",
    [
        Details("Lưu Thị Bích Hà", scheme=IdentityScheme.OLD_ID, number="123456789"),
        Details(OLD.name, scheme=IdentityScheme.OLD_ID, number="123456789", born_on=date(1971, 1, 1)),
    ],
)
def test_an_old_number_that_was_given_twice_makes_two_people_no_one(other, keep):
    first = keep(other)
    second = keep(rules.read_card(CARD))
    assert second.pk != first.pk
    assert queries.by_number(IdentityScheme.OLD_ID, "123456789").pk == first.pk


def test_a_second_personal_number_is_never_given_to_a_person_by_itself(keep):
    first = keep(rules.read_card(CARD))
    assert keep(rules.read_card(CARD.replace("099190001234", "099190009999"))).pk != first.pk
    assert [one.number for one in queries.identities(first.pk)] == ["099190001234", "123456789"]


def test_a_second_number_is_added_to_a_person_and_refused_where_it_is_somebody_elses(keep, one_stop, now):
    person, other = keep(OLD), keep(Details("Mai Văn Tám", number="099180004321"))
    more = Details(OLD.name, number="099190001234", born_on=OLD.born_on)
    edit_applicant(applicant_id=person.pk, details=more, actor=one_stop.actor("ngan"), now=now)
    assert queries.by_number(IdentityScheme.PERSONAL, "099190001234").pk == person.pk
    taken = Details(OLD.name, number="099180004321", born_on=OLD.born_on)
    with pytest.raises(Refused, match="người nộp khác"):
        edit_applicant(applicant_id=person.pk, details=taken, actor=one_stop.actor("ngan"), now=now)
    assert queries.by_number(IdentityScheme.PERSONAL, "099180004321").pk == other.pk


def test_two_rows_of_one_person_are_merged_with_both_numbers_and_their_dossiers(keep, one_stop, now):
    first, second = keep(OLD), keep(Details("Lưu Bích Hằng", number="099190001234"))
    dossier = one_stop.received(applicant_id=first.pk)
    merge(applicant_id=first.pk, into_id=second.pk, reason="Cùng một người", actor=one_stop.actor("ngan"), now=now)
    for scheme, number in ((IdentityScheme.OLD_ID, "123456789"), (IdentityScheme.PERSONAL, "099190001234")):
        assert queries.by_number(scheme, number).pk == second.pk
    dossier.refresh_from_db()
    assert dossier.applicant_id in queries.ids_of(second.pk) and dossier.applicant_name == OLD.name
    assert Entry.objects.filter(verb="citizens.merge").count() == 1
