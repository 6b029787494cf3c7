"""Addresses of plans, below /lam-viec/ke-hoach/."""

from django.urls import path

from lienthong.modules.plans.urls_extra import EXTRA
from lienthong.modules.plans.views import making, plans

app_name = "plans"
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("moi/", making.new, name="new"),
    path("<int:pk>/", plans.plan, name="plan"),
    path("<int:pk>/doc/", making.reading, name="reading"),
    path("<int:pk>/doc/quyet/", making.decide, name="decide"),
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
    *EXTRA,
]
