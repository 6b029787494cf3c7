"""Addresses of figures, below /lam-viec/so-lieu/."""

from django.urls import path

from lienthong.foundation.measures.views import closing, download, figures, index

app_name = "measures"
urlpatterns = [
    path("", figures.figures, name="figures"),
    path("khoa-so/", closing.closing, name="closing"),
    path("khoa-so/<str:period>/dinh-chinh/", closing.correct, name="correct"),
    path("cong-bo/", closing.publication, name="publication"),
    path("bo-chi-so/<str:code>/", index.index, name="index"),
    path("nguon/<int:pk>/", closing.source, name="source"),
    path("<str:code>/", figures.figure, name="figure"),
    path("<str:code>/ban-ghi/", figures.records, name="records"),
    path("<str:code>/dinh-nghia/", figures.definition, name="definition"),
    path("<str:code>/tep.<str:kind>", download.download, name="download"),
    path("<str:code>/nhap/", closing.type_one, name="type"),
    path("<str:code>/cong-bo/", closing.publish_one, name="publish"),
]
