"""What pages tell clerks: nothing is left out or lost without a word."""

from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lienthong.foundation.notify.models import Message
from lienthong.modules.documents.actions.keep_list import keep_list
from lienthong.modules.documents.actions.return_to_sender import return_to_sender
from lienthong.modules.documents.actions.tell_people import of_return
from lienthong.modules.documents.facts import SentBack
from stories.accounts import account_of, signed_in


def test_registering_with_nothing_chosen_says_so(way, province, client):
    way.arrived()
    answer = signed_in(client, province, "oanh").post(reverse("documents:arrived"), {})
    assert "Chưa chọn văn bản nào" in str(next(iter(get_messages(answer.wsgi_request))))


def test_a_paper_copy_for_nobody_chosen_stops_the_issue(way, province, client):
    sent, address = way.registered(), "documents:issue"
    client = signed_in(client, province, "lan")
    answer = client.post(reverse(address, args=[sent.pk]), {"paper": province.department.pk, "to_places": "Lưu: VT"})
    assert answer.status_code == 422 and "chỉ được đánh dấu kèm bản giấy" in answer.content.decode()
    sent.refresh_from_db()
    assert sent.state == "registered"


def test_a_refused_form_says_that_the_chosen_files_are_gone(way, province, client):
    client = signed_in(client, province, "lan")
    answer = client.post(
        reverse("documents:register"),
        {"type_code": "KH", "subject": "", "files": SimpleUploadedFile("a.pdf", b"%PDF-1.4")},
    )
    assert answer.status_code == 422 and "chọn lại tệp" in answer.content.decode()
    bare = client.post(reverse("documents:register"), {"type_code": "KH", "subject": ""})
    assert bare.status_code == 422 and "chọn lại tệp" not in bare.content.decode()


def test_the_senders_clerk_hears_of_a_returned_document_once(way, province, now):
    row = way.arrived()
    return_to_sender(incoming_id=row.pk, reason="Thiếu phụ lục 2", actor=province.actor("oanh"), now=now)
    for _again in range(2):
        of_return(SentBack(incoming_id=row.pk), now=now)
    notice = Message.objects.get(title__contains="trả lại")
    assert "Thiếu phụ lục 2" in notice.title
    assert notice.person_id == account_of(province, "lan").person_id


def test_a_saved_list_names_its_members_that_have_ended(way, province, client, now):
    sent, lan = way.registered(), province.actor("lan")
    kept = keep_list(name="Các sở", agency_ids=[province.department.pk], actor=lan, now=now)
    client, address = signed_in(client, province, "lan"), reverse("documents:issue", args=[sent.pk])
    asked = {"danh-sach": kept.pk}
    assert "đã kết thúc" not in client.get(address, asked).content.decode()
    type(province.department).objects.filter(pk=province.department.pk).update(valid_to=now.date())
    page = client.get(address, asked).content.decode()
    assert "có cơ quan đã kết thúc" in page and province.department.name in page
