"""Addresses that everybody may open, under /thu-tuc/."""

from django.urls import path

from lienthong.modules.procedures.views import public

app_name = "public_procedures"
urlpatterns = [
    path("", public.catalogue, name="list"),
    path("<str:code>/", public.one, name="one"),
]
