"""Addresses of dossiers, below /lam-viec/ho-so/."""

from django.urls import path

from lienthong.modules.dossiers.views import acts, board, book, dossiers, files, intake, lists, papers, post, results

app_name = "dossiers"
urlpatterns = [
    path("", lists.book, name="list"),
    path("chua-ro/", lists.unclear, name="unclear"),
    path("bang/", board.board, name="board"),
    path("tiep-nhan/", intake.counter, name="counter"),
    path("tiep-nhan/nguoi-nop/", intake.applicant, name="applicant"),
    path("giay-to/<int:pk>/", files.paper, name="paper"),
    path("ket-qua/<int:pk>/tep/", files.result, name="result_file"),
    path("y-kien/<int:pk>/tep/", files.opinion, name="opinion_file"),
    path("y-kien/<int:pk>/tra-loi/", acts.answer_opinion_page, name="answer_opinion"),
    path("phieu/<int:pk>.pdf", papers.slip, name="slip"),
    path("<int:pk>/phieu-kiem-soat.pdf", papers.control_slip, name="control_slip"),
    path("so/", book.page, name="book"),
    path("so/so-theo-doi.pdf", book.as_pdf, name="book_pdf"),
    path("so/so-theo-doi.xlsx", book.as_xlsx, name="book_xlsx"),
    path("buu-chinh/", post.page, name="parcel_list"),
    path("buu-chinh/danh-sach.pdf", post.as_pdf, name="parcel_pdf"),
    path("<int:pk>/", dossiers.one, name="one"),
    path("<int:pk>/nhan/", acts.take_over_now, name="take_over"),
    path("<int:pk>/co-quan/", acts.name_agency_page, name="name_agency"),
    path("<int:pk>/bo-sung/", acts.take_supplement_page, name="take_supplement"),
    path("<int:pk>/chay-lai/", acts.resume_page, name="resume"),
    path("<int:pk>/xin-loi/", acts.apologise_page, name="apologise"),
    path("<int:pk>/rut/", acts.withdraw_page, name="withdraw"),
    path("<int:pk>/dung/", acts.stop_page, name="stop"),
    path("<int:pk>/sua-giay/", acts.correct_page, name="correct"),
    path("<int:pk>/lam-lai/", acts.restart_page, name="restart"),
    path("<int:pk>/ket-qua/", results.keep, name="keep_result"),
    path("<int:pk>/van-ban/", results.release, name="release_result"),
    path("<int:pk>/tra/", results.give_back_page, name="give_back"),
    path("<int:pk>/gui/", results.parcel_page, name="parcel"),
    path("buoc/<int:pk>/xong/", acts.finish_page, name="finish"),
    path("buoc/<int:pk>/quyet-dinh/", acts.decide_page, name="decide"),
    path("buoc/<int:pk>/tra-lai/", acts.send_back_page, name="send_back"),
    path("buoc/<int:pk>/giao/", acts.assign_page, name="assign"),
    path("buoc/<int:pk>/yeu-cau-bo-sung/", acts.supplement_page, name="ask_supplement"),
    path("buoc/<int:pk>/tam-dung/", acts.suspend_page, name="suspend"),
    path("buoc/<int:pk>/lay-y-kien/", acts.opinion_page, name="ask_opinion"),
]
