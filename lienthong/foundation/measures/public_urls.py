"""Published indicators, below /so-lieu/: open to everybody."""

from django.urls import path

from lienthong.foundation.measures.views import public

app_name = "indicators"
urlpatterns = [
    path("", public.indicators, name="indicators"),
    path("du-lieu.json", public.indicators_json, name="json"),
    path("<str:code>.json", public.indicator_json, name="one_json"),
]
