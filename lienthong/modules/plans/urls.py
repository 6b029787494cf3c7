"""Addresses of plans, below /lam-viec/ke-hoach/."""

from django.urls import path

from lienthong.modules.plans.views import budget, committee, making, monthly, plans, reading, reports

app_name = "plans"
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("moi/", making.new, name="new"),
    path("<int:pk>/", plans.plan, name="plan"),
    path("<int:pk>/doc/", reading.reading, name="reading"),
    path("<int:pk>/doc/quyet/", reading.decide, name="decide"),
    path("<int:pk>/chi-tieu/moi/", making.new_target, name="new_target"),
    path("<int:pk>/chi-tieu/<int:target_id>/", making.target, name="target"),
    path("<int:pk>/chi-tieu/<int:target_id>/gan/", making.bind, name="bind"),
    path("<int:pk>/nhiem-vu/moi/", making.new_task, name="new_task"),
    path("<int:pk>/nhiem-vu/<int:task_id>/", making.task, name="task"),
    path("<int:pk>/nhiem-vu/<int:task_id>/xong/", making.finish, name="finish"),
    path("<int:pk>/nhiem-vu/<int:task_id>/thoi/", making.give_up, name="give_up"),
    path("<int:pk>/ban-hanh/", making.force, name="force"),
    path("<int:pk>/ket-thuc/", making.end, name="end"),
    path("<int:pk>/tiep-theo/", making.follow, name="follow"),
    path("<int:pk>/kinh-phi/them/", budget.add, name="budget_add"),
    path("<int:pk>/kinh-phi/<int:line_id>/", budget.change, name="budget_change"),
    path("<int:pk>/kinh-phi/<int:line_id>/bo/", budget.remove, name="budget_remove"),
    path("<int:pk>/ban-chi-dao/cu/", committee.seat, name="seat"),
    path("<int:pk>/ban-chi-dao/<int:member_id>/thoi/", committee.unseat, name="unseat"),
    path("<int:pk>/ban-chi-dao/bien-ban/luu/", committee.keep, name="minutes_keep"),
    path("<int:pk>/ban-chi-dao/bien-ban/<int:minutes_id>/tep/", committee.paper, name="minutes_file"),
    path("<int:pk>/bao-cao/lap/", reports.make, name="report_make"),
    path("<int:pk>/bao-cao/<int:report_id>/", reports.one, name="report"),
    path("<int:pk>/bao-cao/<int:report_id>/dem-lai/", reports.count_again, name="report_again"),
    path("<int:pk>/bao-cao/<int:report_id>/viet/", reports.complete, name="report_complete"),
    path("<int:pk>/bao-cao/<int:report_id>/gui/", reports.send, name="report_send"),
    path("<int:pk>/bao-cao/thang/<str:month>.pdf", monthly.as_pdf, name="monthly"),
]
