"""Addresses for everybody, below /tra-cuu-ho-so/."""

from django.urls import path

from lienthong.modules.dossiers.views import public

app_name = "dossiers_public"
urlpatterns = [
    path("", public.look_up, name="look_up"),
    path("danh-gia/", public.rate, name="rate"),
    path("thoi-gian/", public.times, name="times"),
]
