"""Addresses of the exchange module, below /lam-viec/lien-thong/."""

from django.urls import path

from lienthong.modules.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.book, name="book"),
    path("nhap/", views.take, name="take"),
    path("<int:pk>/goi-tin/", views.raw, name="raw"),
    path("<int:pk>/nhap-lai/", views.again, name="again"),
]
