"""What no browser sends: NUL bytes, 100 kB in a field, numbers beyond any row, days that do not exist. It is refused in
words or left out; nothing of it is a fault of the server, and nothing of it is written."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.test import Client

from lienthong.foundation.trail.models import Entry
from lienthong.modules.documents.models import Delivery, Outgoing, RecipientList
from lienthong.site.tests.test_access_table import ALL, people, real  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
PACKAGE = Path(settings.CHECKOUT) / "lienthong"
ASKED = re.compile(r"""(?:GET\.get|GET\.getlist|\bget|_in|_day)\((?:[\w.]+, )?"([a-z][a-z-]*)\"""")
NAMES = sorted(
    {
        name
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts and "views" in path.as_posix()
        for name in ASKED.findall(path.read_text(encoding="utf-8"))
    }
    | {"page", "ma", "nam", "lich", "tu-ngay", "received_at", "amount", "unit", "schedule_id", "pauses"}
)
ODD = {
    "a NUL": "\x00",
    "a NUL within": "a\x00b",
    "a number beyond any row": "99999999999999999999",
    "a negative number": "-1",
    "a number in other digits": "٣²",
    "a day that does not exist": "2026-02-31",
    "the last day there is": "9999-12-31",
    "the first day there is": "0001-01-01",
    "half a character": "\ud800",
    "100 kB": "x" * 100_000,
    "a wildcard": "%_\\'\"",
}


def test_the_parameters_of_the_lists_are_among_those_that_are_tried():
    assert {"q", "tu", "den", "trang", "loc", "tac-gia", "co-quan", "don-vi", "viec"} <= set(NAMES)


@pytest.mark.parametrize("odd", ODD)
def test_no_odd_question_is_a_fault_of_the_server(people, odd):  # noqa: F811
    clients, ids = people
    query = "&".join(f"{name}={_quoted(ODD[odd])}" for name in NAMES if len(ODD[odd]) < 1000 or name == "q")
    faults = []
    for address in ALL:
        client: Client = clients[_who_opens(address)]
        client.raise_request_exception = False
        if "dang-xuat" not in address and client.get(real(address, ids) + "?" + query).status_code >= 500:
            faults.append(address)
    assert faults == []


def _who_opens(address: str) -> str:
    if "/quan-tri/" in address:
        return "minh"
    return "lan" if "van-ban/di/" in address else "oanh"


WRITERS = ("oanh", "lan", "phuoc", "minh", "huong")
TYPED = {"a NUL": "a\x00b", "100 kB": "x" * 100_000}

LONG = {"lam-viec/ke-hoach/moi/ text"}  # a whole plan is pasted there
AT_ALL = {"text": "__all__"}  # the text of a file that was read already is refused as a file


@pytest.mark.parametrize("odd", TYPED)
def test_odd_text_in_a_field_is_refused_at_that_field_and_nothing_is_written(people, odd):  # noqa: F811
    clients, ids = people
    before, tried, wrong = Entry.objects.count(), 0, []
    for address in ALL:
        for client, form in _forms(clients, real(address, ids)):
            for name, field in form.fields.items():
                if not isinstance(field, forms.CharField) or (odd == "100 kB" and f"{address} {name}" in LONG):
                    continue
                tried += 1
                data = {form.add_prefix(other): _plain(form, other) for other in form.fields if other != name}
                answer = client.post(real(address, ids), data | {form.add_prefix(name): TYPED[odd]})
                told = answer.context["form"].errors if answer.context and "form" in answer.context else {}
                if odd == "a NUL" and "Có ký tự không nhìn thấy" not in answer.content.decode():
                    wrong.append(f"{address} {name}: not said in Vietnamese")
                if answer.status_code not in {200, 400, 422} or not told.keys() & {name, AT_ALL.get(name)}:
                    wrong.append(f"{address} {name}: {answer.status_code}, errors at {sorted(told)}")
    assert "\n".join(wrong) == ""
    assert tried > 40
    assert Entry.objects.count() == before


def _state():
    return Entry.objects.count(), Delivery.objects.count(), RecipientList.objects.count()


@pytest.mark.parametrize("odd", [*TYPED, "99999999999999999999", "999999999"])
@pytest.mark.parametrize("field", ["to", "inform", "paper", "list_name", "to_places"])
def test_no_odd_receiver_is_sent_anything(people, province, odd, field):  # noqa: F811
    clients, ids = people
    ready = Outgoing.objects.get(pk=ids["di"])
    Outgoing.objects.filter(pk=ready.pk).update(state="registered", issued_at=None)
    before, number = _state(), odd not in TYPED
    if number and field not in {"to", "inform"}:
        pytest.skip("a number is no odd text there")
    data = {"to": province.commune.pk, "list_name": "Mọi nơi", "to_places": "Như trên"} | {field: TYPED.get(odd, odd)}
    clients["lan"].raise_request_exception = False
    answer = clients["lan"].post(f"/lam-viec/van-ban/di/{ready.pk}/phat-hanh/", data)
    if field == "inform" and not number:  # what is no agency's number is not a choice at all
        assert answer.status_code == 302
    elif field == "paper":  # paper for nobody is refused in words, or is no choice at all
        assert answer.status_code in {302, 422}
        assert answer.status_code == 302 or (answer.context["refused"] and _state() == before)
    else:
        assert answer.status_code == 422
        assert answer.context["refused"]
        assert _state() == before


@pytest.mark.parametrize("odd", [*TYPED, "99999999999999999999", "-1"])
def test_no_odd_row_is_registered(people, odd):  # noqa: F811
    clients, _ids = people
    before = _state()
    clients["oanh"].raise_request_exception = False
    answer = clients["oanh"].post("/lam-viec/van-ban/den/cho-vao-so/", {"row": TYPED.get(odd, odd)}, follow=True)
    assert answer.status_code == 200
    assert "Một văn bản được chọn không còn ở danh sách này." in answer.content.decode()
    assert _state() == before


def _forms(clients, path):
    """The form that a page offers to the first of the people who may open it, with that person's client."""
    for who in WRITERS:
        clients[who].raise_request_exception = False
        answer = clients[who].get(path)
        form = answer.context.get("form") if answer.status_code == 200 and answer.context else None
        if isinstance(form, forms.BaseForm) and b'method="post"' in answer.content.split(b"<main", 1)[-1]:
            return [(clients[who], form)]
    return []


def _plain(form, name):
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        return next((key for key, _label in field.choices if key not in ("", None)), "")
    value = form.get_initial_for_field(field, name)
    return "1" if value is None else value


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("odd", TYPED)
@pytest.mark.parametrize("field", ["login", "password"])
def test_odd_text_at_the_entrance_is_refused(client, odd, field):
    data = {"login": "huong", "password": "x"} | {field: TYPED[odd]}
    answer = client.post(settings.LOGIN_URL, data)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
