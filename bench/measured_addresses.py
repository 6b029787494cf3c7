"""Every address of the installation, and an empty page for signed-in staff to compare with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from lienthong.site.urls import urlpatterns as all_addresses


def nothing(request: HttpRequest) -> HttpResponse:
    """Past the doorkeeper like any page of the workspace, and nothing more."""
    return HttpResponse("ok")


urlpatterns = [path("lam-viec/do-luong/", nothing), *all_addresses]
