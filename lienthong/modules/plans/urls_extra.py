"""Addresses of a plan's money, committee and reports; urls.py puts them among its own."""

from django.urls import path

from lienthong.modules.plans.views import budget, committee, monthly, reports

EXTRA = [
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
