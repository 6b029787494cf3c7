"""Addresses of the calendar, below /lam-viec/quan-tri/lich/."""

from django.urls import path

from lienthong.foundation.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.year, name="year"),
    path("ngay/them/", views.new_day, name="new_day"),
    path("ngay/hoan-doi/", views.new_swap, name="new_swap"),
    path("ngay/<int:pk>/bo/", views.drop_day, name="drop_day"),
    path("gio/them/", views.new_schedule, name="new_schedule"),
    path("gio/<int:pk>/", views.change_schedule, name="change_schedule"),
    path("gio/<int:pk>/bo/", views.drop_schedule, name="drop_schedule"),
    path("tinh-han/", views.count, name="count"),
]
