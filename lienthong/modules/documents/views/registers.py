"""The registers: the follow-up page, the books as PDF and XLSX, the handling slip."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lienthong.foundation.access.rules import require


def follow_up(request: HttpRequest) -> HttpResponse:
    require(request.actor, "documents.print_registers", agency_id=request.actor.agency_id)
    return render(request, "documents/follow_up.html", {})


def print_book(request: HttpRequest, book: str) -> HttpResponse:
    return follow_up(request)


def handling_slip(request: HttpRequest, pk: int) -> HttpResponse:
    return follow_up(request)
