"""Addresses of the documents module, below /lam-viec/van-ban/."""

from django.urls import path

from lienthong.modules.documents.views import books, files, incoming, outgoing, registers

app_name = "documents"
urlpatterns = [
    path("den/", incoming.book, name="incoming_book"),
    path("den/cho-vao-so/", incoming.arrived, name="arrived"),
    path("den/nhap/", incoming.enter, name="enter"),
    path("den/<int:pk>/", incoming.one, name="incoming"),
    path("den/<int:pk>/vao-so/", incoming.register, name="register_incoming"),
    path("den/<int:pk>/tra-lai/", incoming.send_back, name="return"),
    path("den/<int:pk>/phan-phoi/", incoming.distribute, name="instruct"),
    path("den/<int:pk>/giao/", incoming.hand_on, name="assign"),
    path("den/<int:pk>/chuyen/", incoming.pass_on, name="forward"),
    path("den/<int:pk>/nhan-viec/", incoming.begin, name="start"),
    path("den/<int:pk>/ghi/", incoming.write_note, name="note"),
    path("den/<int:pk>/hoan-thanh/", incoming.end, name="finish"),
    path("den/<int:pk>/gia-han/", incoming.extend, name="extend"),
    path("den/<int:pk>/ban-giay/", incoming.paper, name="paper"),
    path("den/<int:pk>/de-nghi/<int:request_id>/", incoming.answer, name="answer"),
    path("den/<int:pk>/tra-loi/", outgoing.reply_to, name="reply"),
    path("den/<int:pk>/phieu/", registers.handling_slip, name="slip"),
    path("di/", outgoing.book, name="outgoing_book"),
    path("di/dang-ky/", outgoing.register, name="register"),
    path("di/<int:pk>/", outgoing.one, name="outgoing"),
    path("di/<int:pk>/phat-hanh/", outgoing.choose_receivers, name="issue"),
    path("di/<int:pk>/nhac/", outgoing.remind, name="remind"),
    path("di/<int:pk>/thu-hoi/", outgoing.call_back, name="recall"),
    path("di/<int:pk>/thay-the/", outgoing.put_another, name="replace"),
    path("di/<int:pk>/cap-nhat/", outgoing.correct, name="update"),
    path("di/<int:pk>/huy-so/", outgoing.give_up, name="void"),
    path("theo-doi/", registers.follow_up, name="follow_up"),
    path("so/<slug:book>/", registers.print_book, name="print_book"),
    path("noi-nhan/", books.recipient_lists, name="recipient_lists"),
    path("noi-nhan/<int:pk>/bo/", books.remove_list, name="remove_list"),
    path("day-so/", books.series, name="series"),
    path("day-so/mo/", books.new_series, name="new_series"),
    path("day-so/giu/", books.set_aside, name="reserve"),
    path("day-so/<int:pk>/dong/", books.close, name="close_series"),
    path("tep/<int:pk>/", files.document_file, name="file"),
    path("tep-y-kien/<int:pk>/", files.note_file, name="note_file"),
]
