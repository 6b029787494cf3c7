"""Addresses of the trail, below /lam-viec/quan-tri/nhat-ky/."""

from django.urls import path

from lienthong.foundation.trail import views

app_name = "trail"
urlpatterns = [path("", views.entries, name="entries")]
