"""Addresses of applicants, below /lam-viec/nguoi-nop/. The page of one applicant shows dossiers and stands in `dossiers`."""

from django.urls import path

from lienthong.modules.citizens import views

app_name = "citizens"
urlpatterns = [
    path("<int:pk>/sua/", views.edit, name="edit"),
    path("<int:pk>/gop/", views.merge_page, name="merge"),
]
