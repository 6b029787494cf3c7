"""Addresses below /lam-viec/quan-tri/tai-khoan/."""

from django.urls import path

from lienthong.foundation.accounts import admin_views as views

app_name = "accounts"
urlpatterns = [
    path("", views.staff, name="staff"),
    path("mo/<int:person_id>/", views.open_one, name="open"),
    path("<int:pk>/mat-khau/", views.new_password, name="reset"),
    path("<int:pk>/khoa/", views.lock, name="lock"),
    path("<int:pk>/mo-khoa/", views.unlock, name="unlock"),
    path("<int:pk>/phien/", views.sign_out, name="end_sessions"),
    path("<int:pk>/hai-lop/", views.second_step, name="second_step"),
]
